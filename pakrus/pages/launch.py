"""A link at the head of a notebook's page that opens it on a hosted service, without setting anything up.

What comes in: the address of the repository (``pakrus_repository`` in _config.yml, empty by default), and that of the service
(``pakrus_launch``). What goes out: the link for the template ``launch-link.html``, and nothing while the repository has no
address: the book names no place where it does not lie. The notebook is that of the version which the reader reads: the tag
of the release. What the service installs is in the folder `.binder`. The theme's own buttons know fewer hosts and need a script.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from sphinx.application import Sphinx

from pakrus.pages import formats
from pakrus.pages.citation import book_of

SERVICE = "https://mybinder.org"
_HOSTS = {"github.com": "gh", "gitlab.com": "gl"}  # of which a service knows a short form


def address(service: str, repository: str, version: str, notebook: str) -> str:
    """Return where a service opens a notebook of a repository at a version; "" without a repository or a service.

    Examples
    --------
    >>> address("https://mybinder.org", "https://github.com/some/book", "v1.0.0", "chapters/cold-war.ipynb")
    'https://mybinder.org/v2/gh/some/book/v1.0.0?urlpath=lab%2Ftree%2Fchapters%2Fcold-war.ipynb'
    """
    if not (service and repository):
        return ""
    parts = urlsplit(repository.removesuffix("/").removesuffix(".git"))
    owner, _, name = parts.path.strip("/").rpartition("/")
    short = _HOSTS.get(parts.hostname or "")
    if short == "gh":
        place = f"gh/{owner}/{name}"
    elif short == "gl":
        place = f"gl/{quote(f'{owner}/{name}', safe='')}"
    else:
        place = f"git/{quote(repository, safe='')}"
    opened = quote(f"lab/tree/{notebook}", safe="")
    return f"{service.rstrip('/')}/v2/{place}/{quote(version, safe='')}?urlpath={opened}"


def offer(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Give the template the address at which this page is opened, if it is a notebook and the repository has one."""
    if doctree is None or not formats.of(app.builder).theme or not app.env.doc2path(pagename).endswith(".ipynb"):
        return
    version, notebook = f"v{book_of(app).version}", f"{pagename}.ipynb"
    found = address(app.config.pakrus_launch, app.config.pakrus_repository, version, notebook)
    if found:
        context["launch"] = found


def setup(app: Sphinx) -> None:
    app.add_config_value("pakrus_repository", "", "env", types=[str])
    app.add_config_value("pakrus_launch", SERVICE, "html", types=[str])
    app.connect("html-page-context", offer)
