"""Figures and short tables find room: one that does not fit on its page stands further on, and the text closes the gap.

In come a document as HTML and its first setting; out goes the same document in another order. The typesetter breaks the page
before a figure that does not fit, and leaves the rest of it white: here the text that follows fills it, as in any book, and the
figure stands at the next end of a paragraph that has room for it. Text names figures by number, so that none is missed. The one
difficulty is that only the typesetter knows how high things are: they are measured in the first setting, and pages are filled
with them by the same rules as the typesetter's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag

BLOCK, NOTE = "data-block", "data-note"
_LEAVES = ("p", "li", "dt", "dd", "pre", "h1", "h2", "h3", "h4", "figure", "table")
_HEADINGS = ("h1", "h2", "h3", "h4")
_ABOVE_NOTES = 14.0  # the rule over the notes and the space around it, in the typesetter's pixels
SPARES = (
    1.5,
    0.5,
)  # lines left free under a figure, since heights are measured elsewhere on the page; what is tried next
_WIDE = 0.46  # of its size is a letter wide on average
_NUMBER = 4  # letters of a note's number and the blank after it
_WHITE = 0.08  # of a page that may stay white before a figure; twice as much before one that takes a page
_TOGETHER = 2  # lines of a paragraph that stay together


@dataclass
class Block:
    """A paragraph, heading, figure: what is moved or broken as one, with the notes that it calls and where in it."""

    tag: Tag
    height: float = 0.0
    above: float = 0.0
    below: float = 0.0
    notes: list[tuple[float, int, int]] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Its place in the document."""
        return int(self.tag[BLOCK])

    @property
    def heading(self) -> bool:
        """Whether the next block must stand on the same page."""
        return self.tag.name in _HEADINGS

    @property
    def floats(self) -> bool:
        """Whether it may stand further on."""
        return self.tag.name == "figure" and "long" not in self.tag.get("class", [])

    @property
    def breaks(self) -> bool:
        """Whether it is a long table, which goes on over the page."""
        return self.tag.name in ("table", "figure") and not self.floats

    @property
    def door(self) -> bool:
        """Whether a figure may stand before it."""
        return self.tag.parent.name == "section" and not self.follows_heading

    @property
    def follows_heading(self) -> bool:
        """Whether a heading stands right before it."""
        before = self.tag.find_previous_sibling()
        return before is not None and before.name in _HEADINGS


def numbered(html: str) -> tuple[BeautifulSoup, list[Block]]:
    """Return the document with its blocks numbered."""
    soup = BeautifulSoup(html, "lxml")
    of_notes: dict[int, int] = {}
    for number, note in enumerate(soup.select(".foot")):
        note[NOTE] = str(number)
        of_notes |= {id(text): number for text in note.find_all(string=True)}
    blocks: list[Block] = []
    for tag in soup.body.find_all(_LEAVES):
        if tag.name != "figure" and (tag.find_parent("figure") or tag.find(("p", "li", "table", "figure"))):
            continue
        tag[BLOCK] = str(len(blocks))
        blocks.append(Block(tag, notes=list(_calls(tag, of_notes))))
    return soup, blocks


def _calls(tag: Tag, of_notes: dict[int, int]) -> Iterator[tuple[float, int, int]]:
    """Where in a block each of its notes is called, from 0 to 1, its number and its letters."""
    found: dict[int, int] = {}
    letters: dict[int, int] = {}
    length = 0
    for text in tag.find_all(string=True):
        number = of_notes.get(id(text))
        if number is None:
            length += len(text)
        else:
            found.setdefault(number, length)
            letters[number] = letters.get(number, _NUMBER) + len(text)
    for number, at in found.items():
        yield at / max(length, 1), number, letters[number]


def measure(pages: list[Any], blocks: list[Block], size: float, leading: float) -> dict[int, float]:
    """Write into the blocks how high they were set, on pages without notes; return how high the notes will be.

    ``size`` and ``leading`` are those of the notes. They run on, so that each takes its share of the lines.
    """
    from weasyprint.formatting_structure import boxes

    for page in pages:
        seen: dict[int, Any] = {}
        for box in page._page_box.descendants():
            element = getattr(box, "element", None)
            if isinstance(box, boxes.BlockLevelBox) and element is not None and element.get(BLOCK) is not None:
                seen.setdefault(int(element.get(BLOCK)), box)
        for number, box in seen.items():
            block = blocks[number]
            block.height += box.border_height()
            block.above, block.below = max(block.above, box.margin_top), max(block.below, box.margin_bottom)
    each = leading * size * _WIDE / pages[0]._page_box.width
    return {number: length * each for block in blocks for _, number, length in block.notes}


def in_order(
    blocks: list[Block], notes: dict[int, float], room: float, leading: float, spare: float = SPARES[0]
) -> list[tuple[Block, Block | None]]:
    """Fill pages with the blocks; return the figures that have to move, each with the block before which it finds room."""
    page = _Page(room, leading, spare)
    moved: list[tuple[Block, Block | None]] = []
    waiting: list[Block] = []
    for place, block in enumerate(blocks):
        if block.floats:
            if not waiting and page.has_room(block, notes):
                page.put(block, notes)
            else:
                waiting.append(block)
            continue
        if block.heading:
            after = next((other for other in blocks[place + 1 :] if not other.floats), None)
            if not page.has_lines(block, after, notes):
                page.turn()
        elif not page.has_first_lines(block, notes):
            page.turn()
        if block.door:
            while waiting and (page.has_room(waiting[0], notes) or page.is_nearly_full(waiting[0])):
                moved.append((waiting[0], block))
                page.put(waiting.pop(0), notes)
        page.fill(block, notes)
    return moved + [(block, None) for block in waiting]


class _Page:
    """The page that is being filled."""

    def __init__(self, room: float, leading: float, spare: float) -> None:
        self.room, self.leading, self.spare = room, leading, spare
        self.turn()

    def turn(self) -> None:
        """Begin a page."""
        self.used = self.for_notes = self.below = 0.0

    def with_note(self, height: float) -> float:
        """Return the room that notes take with one more."""
        return (self.for_notes or _ABOVE_NOTES) + height if height else self.for_notes

    def above(self, block: Block) -> float:
        """Return the room above a block: the larger of two margins, none at the top."""
        return max(block.above, self.below) if self.used else 0.0

    def has_room(self, block: Block, notes: dict[int, float]) -> bool:
        """Whether a block fits as a whole, with its notes."""
        if not self.used:
            return True
        called = sum(notes.get(number, 0.0) for _, number, _ in block.notes)
        needed = self.used + self.above(block) + block.height + self.with_note(called)
        return needed <= self.room - self.spare * self.leading

    def has_first_lines(self, block: Block, notes: dict[int, float]) -> bool:
        """Whether the lines fit with which a paragraph begins."""
        lines = min(block.height, _TOGETHER * self.leading)
        share = lines / max(block.height, 1.0)
        called = sum(notes.get(number, 0.0) for at, number, _ in block.notes if at < share)
        return self.used + self.above(block) + lines + self.with_note(called) <= self.room

    def has_lines(self, heading: Block, after: Block | None, notes: dict[int, float]) -> bool:
        """Whether a heading fits with the first lines of what follows."""
        more = min(after.height, _TOGETHER * self.leading) if after else 0.0
        return self.used + self.above(heading) + heading.height + more + self.for_notes <= self.room

    def is_nearly_full(self, block: Block) -> bool:
        """Whether little would stay white if a figure began the next page."""
        left = self.room - self.used - self.for_notes
        return left < _WHITE * max(1.0, 2 * block.height / self.room) * self.room

    def put(self, block: Block, notes: dict[int, float]) -> None:
        """Set a block as a whole."""
        if not block.breaks and not self.has_room(block, notes):
            self.turn()
        self.for_notes = self.with_note(sum(notes.get(number, 0.0) for _, number, _ in block.notes))
        self.used += self.above(block) + block.height
        self.below = block.below

    def fill(self, block: Block, notes: dict[int, float]) -> None:
        """Set a block line by line, on as many pages as it takes."""
        if block.breaks or block.heading:
            self.put(block, notes)
            while self.used > self.room:
                self.used -= self.room
            return
        self.used += self.above(block)
        lines = max(1, round(block.height / self.leading))
        step, called = block.height / lines, list(block.notes)
        for line in range(1, lines + 1):
            new = 0.0
            while called and called[0][0] * lines <= line:
                new += notes.get(called.pop(0)[1], 0.0)
            if self.used + step + self.with_note(new) > self.room:
                self.turn()
            self.for_notes = self.with_note(new)
            self.used += step
        self.below = block.below


def rearranged(html: str, order: list[tuple[Block, Block | None]]) -> str:
    """Return a numbered document with its figures put where they found room; what found none stays last."""
    soup = BeautifulSoup(html, "lxml")
    blocks = soup.find_all(attrs={BLOCK: True})
    end = blocks[-1].find_parent("section") if blocks else None  # before the last block itself is taken out
    for block, before in order:
        tag = blocks[block.number].extract()
        if before is not None:
            blocks[before.number].insert_before(tag)
        else:
            end.append(tag)
    return str(soup)
