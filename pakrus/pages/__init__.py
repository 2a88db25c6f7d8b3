"""From notebooks with stored outputs to pages: the only room that knows Sphinx.

Loaded by ``_config.yml`` as ``pakrus.pages``; plain Sphinx only, so that the book does not hang on Jupyter Book. What an
output format can do is asked of ``formats``; ``web`` and ``print`` hold what only one of them needs.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register every part of the room."""
    from pakrus.pages import (
        abstracts,
        accounts,
        bibliography,
        cells,
        chapter_head,
        chronology,
        citation,
        claims,
        codebook,
        counts,
        downloads,
        edition,
        entries,
        exercises,
        explorer,
        landing,
        launch,
        layers,
        links,
        metadata,
        nodes,
        notes,
        numbers,
        paragraphs,
        pictures,
        reporting,
        tables,
    )
    from pakrus.pages.print import onefile
    from pakrus.pages.web import accessible, fonts, light, mathml, search

    # Jupyter Book passes settings of extensions that this book does without
    for name in ("comments_config",):
        app.add_config_value(name, None, "", types=[dict])
    for part in (
        nodes,
        accessible,
        mathml,
        abstracts,
        accounts,
        bibliography,
        cells,
        chapter_head,
        chronology,
        citation,
        claims,
        codebook,
        counts,
        downloads,
        edition,
        entries,
        exercises,
        explorer,
        fonts,
        landing,
        launch,
        layers,
        light,
        links,
        metadata,
        notes,
        numbers,
        onefile,
        paragraphs,
        pictures,
        reporting,
        tables,
        search,
    ):
        part.setup(app)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
