"""Formulas as MathML, made at build time: no script in the page. A format without MathML gets pictures (SVG).

In comes LaTeX as authors write it for MathJax, which is laxer than both converters: ``prepare`` is the difference.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from pakrus.pages import formats

logger = logging.getLogger(__name__)
RENDERER = "mathml"


def prepare(latex: str, display: bool) -> str:
    """LaTeX as MathJax users write it, in the form the converters know: several lines in an aligned environment."""
    latex = latex.strip()
    if not display or re.match(r"\\begin\{(align|aligned|gather|cases|split|array|matrix|equation)", latex):
        return (
            re.sub(r"(\\(?:begin|end))\{(?:align|gather|split|equation)\*?\}", r"\1{aligned}", latex)
            if display
            else latex
        )
    parts = [part.strip() for part in re.split(r"\n\s*\n", latex) if part.strip()]
    if len(parts) > 1 or r"\\" in latex:
        return r"\begin{aligned}" + r" \\ ".join(parts) + r"\end{aligned}"
    return latex


@lru_cache(maxsize=512)
def to_mathml(latex: str, display: bool) -> str:
    """A formula as a ``<math>`` element; raises what latex2mathml raises."""
    from latex2mathml.converter import convert

    return convert(prepare(latex, display), display="block" if display else "inline")


@lru_cache(maxsize=512)
def to_svg(latex: str, display: bool) -> tuple[str, float]:
    """An SVG and how far it hangs below the line, in em."""
    import ziamath

    size = 16
    formula = ziamath.Latex(prepare(latex, display), size=size, inline=not display)
    _, height = formula.getsize()
    return formula.svg(), -formula.getyofst() / size if height else 0.0


def html(self: Any, latex: str, display: bool, node: nodes.Node) -> str:
    """A formula in the markup that the format knows; one that cannot be converted is reported and shown as LaTeX."""
    try:
        if formats.of(self.builder).mathml:
            return to_mathml(latex, display)
        svg, drop = to_svg(latex, display)
        data = b64encode(svg.encode()).decode()
        style = "" if display else f' style="vertical-align: {-abs(drop):.3f}em"'
        alt = escape(latex.strip(), quote=True)
        return f'<img class="formula" src="data:image/svg+xml;base64,{data}" alt="{alt}"{style}>'
    except Exception as error:  # the converters raise many kinds
        logger.warning(
            "formula cannot be converted (%s): %s", error, latex, location=node, type="pakrus", subtype="math"
        )
        return f"<code>{escape(latex)}</code>"


def _visit_inline(self: Any, node: nodes.math) -> None:
    self.body.append(self.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
    self.body.append(html(self, node.astext(), False, node) + "</span>")
    raise nodes.SkipNode


def _visit_block(self: Any, node: nodes.math_block) -> None:
    attributes = {"tabindex": "0", "role": "group", "aria-label": "Formula"}
    number = get_node_equation_number(self, node) if node["number"] else ""
    if number:
        attributes["aria-label"] += f" {number}"
    else:
        self.pakrus_formulas = getattr(self, "pakrus_formulas", 0) + 1
        attributes["aria-label"] += "" if self.pakrus_formulas == 1 else f" ({self.pakrus_formulas})"
    self.body.append(self.starttag(node, "div", CLASS="math notranslate nohighlight", **attributes))
    if number:
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append(html(self, node.astext(), True, node) + "</div>\n")
    raise nodes.SkipNode


def _prefer(app: Sphinx, config: Any) -> None:
    config.html_math_renderer = RENDERER


def setup(app: Sphinx) -> None:
    """Register the renderer and choose it, whatever the configuration says: MathJax would be a script."""
    app.add_html_math_renderer(RENDERER, (_visit_inline, None), (_visit_block, None))
    app.connect("config-inited", _prefer, priority=900)
