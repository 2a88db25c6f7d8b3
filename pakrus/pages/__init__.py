"""The book's Sphinx extensions: figures and tables from stored outputs, metadata, citation box, codebook, chronology, claims,
light pages.

Loaded by ``_config.yml`` as ``pakrus.pages``; plain Sphinx only, so that the book does not hang on Jupyter Book.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    from pakrus.pages import (
        accessible,
        bibliography,
        chronology,
        citation,
        claims,
        codebook,
        edition,
        light,
        links,
        mathml,
        nodes,
        numbers,
        onefile,
    )

    # "web": pages in a folder with the data beside them; "pdf": one file that travels alone
    app.add_config_value("pakrus_output", "web", "html", types=[str])
    # Jupyter Book passes settings of extensions that this book does without
    for name in ("comments_config",):
        app.add_config_value(name, None, "", types=[dict])
    for part in (
        nodes,
        accessible,
        mathml,
        bibliography,
        chronology,
        citation,
        claims,
        codebook,
        edition,
        light,
        links,
        numbers,
        onefile,
    ):
        part.setup(app)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
