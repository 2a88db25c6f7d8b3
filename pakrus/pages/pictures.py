"""The picture of a figure in all its forms: wide and for a phone, on white and for the dark.

What comes in: the drawings that a notebook stores, wide and for a phone. What goes out: files of all forms, and markup by which a
browser fetches one of them: which width is the browser's choice (``picture``), light or dark is the page's (two pictures, of which one is
hidden, and what is hidden and lazy is not fetched). So it works without script, with the switch of the theme and on paper, which is wide
and light. The one difficulty: Sphinx must know every file from the tree of the page, also of formats that show only the first.
"""

from __future__ import annotations

import re
from html import escape, unescape
from posixpath import join
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from pakrus.pages import dark, formats
from pakrus.pages.lengths import opening

STYLE = "figures.css"
ON_A_PHONE = "screen and (max-width: 40rem)"  # where the drawing for a phone is shown
CLASS = "pakrus-figure-image"
_TO_PIXELS = {"pt": 4 / 3, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "px": 1.0, "": 1.0}


class figure_words(nodes.General, nodes.Element):
    """The whole description of a figure, ``words``, in a fold of its own: of the picture one hears how it begins."""


class picture(nodes.General, nodes.Element):
    """The forms of one picture as images: the first is wide and light, others say by ``phone`` and ``dark`` what they are."""


def made(write: Any, name: str, svg: str | None, png: bytes | None, phone: str | None, alt: str) -> picture:
    """Return a figure's picture; `write` puts a file of a name and a content into the build and returns its address.

    Where there are a vector and a raster every output format chooses: vector in HTML, ePub and the PDF, else the raster.
    """
    ending = "*" if svg and png else "svg" if svg else "png"
    if png:
        stem = write(f"{name}.png", png).removesuffix("png")
    if svg:
        stem = write(f"{name}.svg", svg.encode("utf-8")).removesuffix("svg")
    found = picture("", _image(f"{stem}{ending}", svg, alt, classes=[CLASS]))
    # an underscore is in no name, so that no form is taken for another figure's
    for form, drawn in (("phone", phone), ("dark", svg), ("phone_dark", phone)):
        if drawn:
            content = dark.drawing(drawn) if "dark" in form else drawn
            uri = write(f"{name}_{form}.svg", content.encode("utf-8"))
            found += _image(uri, drawn, "", phone="phone" in form, dark="dark" in form)
    return found


def size(svg: str) -> tuple[float, float] | None:
    """Return width and height of an SVG in CSS pixels, from its attributes or its viewBox."""
    opening = re.search(r"<svg\b[^>]*>", svg)
    if not opening:
        return None
    attributes = dict(re.findall(r"""([\w:]+)\s*=\s*["']([^"']*)["']""", opening.group()))
    lengths = []
    for side in ("width", "height"):
        match = re.fullmatch(r"\s*([\d.]+)\s*([a-z]*)\s*", attributes.get(side, ""))
        if match and match.group(2) in _TO_PIXELS:
            lengths.append(float(match.group(1)) * _TO_PIXELS[match.group(2)])
    if len(lengths) == 2:
        return lengths[0], lengths[1]
    box = attributes.get("viewBox", "").replace(",", " ").split()
    return (float(box[2]), float(box[3])) if len(box) == 4 else None


def _image(uri: str, svg: str | None, alt: str, **attributes: Any) -> nodes.image:
    image = nodes.image(uri=uri, alt=alt, **attributes)
    image["classes"].append("no-scaled-link")
    lengths = size(svg) if svg else None
    if lengths:
        image["width"], image["height"] = (str(round(length)) for length in lengths)
    return image


class FirstForm(SphinxPostTransform):
    """Formats that show one form of a picture keep the first; those that do not know pictures keep its image alone."""

    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        """Take the other forms of one page away, if need be."""
        output = formats.of(self.app.builder)
        for node in list(self.document.findall(picture)):
            if not output.pictures:
                node.children = node.children[:1]
            if not output.html:
                node.replace_self(node.children)


def _visit_picture(self: Any, node: picture) -> None:
    self.body.append('<div class="figure-box">\n')
    images = list(node.children)
    alt = images[0]["alt"]
    if formats.of(self.builder).folds and alt:
        alt = ": ".join(filter(None, (number_of(self, node.parent), opening(alt))))
    shades = [shade for shade in (False, True) if any(image.get("dark", False) is shade for image in images)]
    for shade in shades:
        wide, *phone = sorted(
            (image for image in images if image.get("dark", False) is shade),
            key=lambda image: image.get("phone", False),
        )
        inner = [self.emptytag(nodes.Element(), "source", "", media=ON_A_PHONE, srcset=_address(self, image), **_sides(image)) for image in phone]  # fmt: skip
        attributes = {"src": _address(self, wide), "alt": alt, **_sides(wide), "decoding": "async"}
        attributes |= {"loading": "lazy"} if formats.of(self.builder).lazy_images else {}
        inner.append(self.emptytag(nodes.Element(), "img", "", CLASS=f"{CLASS} dark-light", **attributes))
        if len(images) == 1:
            self.body += [*inner, "\n"]
        else:
            self.body += [f'<picture class="on-{"dark" if shade else "light"}">', *inner, "</picture>\n"]
    self.body.append("</div>\n")
    raise nodes.SkipNode


def vector_address(self: Any, node: nodes.Node) -> str | None:
    """Return the address of the wide light SVG of the figure in which a node stands; None outside one and of a raster."""
    while node is not None and not isinstance(node, nodes.figure):
        node = node.parent
    found = node.next_node(picture) if node is not None else None
    address = _address(self, found[0]) if found is not None else ""
    return address if address.endswith(".svg") else None


def number_of(self: Any, figure: nodes.Element) -> str:
    """Return the number of the figure that is being written, "Figure 2.3", as the writer itself would give it."""
    start = len(self.body)
    self.add_fignumber(figure)
    written = "".join(self.body[start:])
    del self.body[start:]
    return unescape(re.sub("<[^>]+>", "", written)).strip()


def _visit_words(self: Any, node: figure_words) -> None:
    """A fold, where there is more than the picture itself says."""
    if formats.of(self.builder).folds and opening(node["words"]) != node["words"]:
        said = f"{number_of(self, node.parent.parent) or 'The figure'} in words"
        self.body.append(
            f'<details class="figure-words"><summary>{said}</summary>\n<p>{escape(node["words"])}</p>\n</details>\n'
        )
    raise nodes.SkipNode


def _skip(self: Any, node: nodes.Node) -> None:
    raise nodes.SkipNode


def _sides(image: nodes.image) -> dict[str, str]:
    """The size that keeps the page from jumping."""
    return {side: image[side] for side in ("width", "height") if side in image}


def _address(self: Any, image: nodes.image) -> str:
    uri = image["uri"]
    return join(self.builder.imgpath, quote(self.builder.images[uri])) if uri in self.builder.images else uri


def setup(app: Sphinx) -> None:
    """Register the node, its visitor and the style."""
    passing = {name: (lambda self, node: None, lambda self, node: None) for name in formats.PLAIN}
    app.add_node(picture, html=(_visit_picture, None), **passing)
    app.add_node(figure_words, html=(_visit_words, None), **{name: (_skip, None) for name in formats.PLAIN})
    app.add_post_transform(FirstForm)
    app.add_css_file(STYLE)
