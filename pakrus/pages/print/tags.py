"""The marks of a PDF, put right where the typesetter leaves them short of PDF/UA-1.

In come the objects of a PDF before they are written; out go the same with notes marked as notes, the body of each item of a list
as its body, headers and page numbers as what no reader has to hear, heads of tables with their direction, and links with the words
that they stand on. The one difficulty is that nothing here knows the text: an element is told by where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any


def mend(pdf: Any, pages: Iterable[Any]) -> None:
    """Put the marks right of a PDF that was made of these pages."""
    import pydyf

    elements = [
        item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"
    ]
    root = next(item for item in elements if item["S"] == "/Document")
    _notes(pdf, root)
    for item in elements:
        if item["S"] == "/TH" and "ID" in item:
            row = item["ID"].string.split("-")[1]  # the typesetter names a header after its table, row and column
            item["A"]["Scope"] = "/Column" if row == "0" else "/Row"
        elif item["S"] == "/LI":
            _body(pdf, item)
        elif item["S"] == "/Link" and not any(_is_annotation(pdf, kid) for kid in item["K"]):
            item["S"] = "/Span"  # what the style adds to a link, a page number, is no link of its own
    _headers(pdf, root)
    for page in pages:
        for *_, box in page.links:
            words = " ".join("".join(getattr(part, "text", "") for part in _all(box)).split())
            if box.link_annotation is not None and words:
                box.link_annotation["Contents"] = pydyf.String(words)


def _all(box: Any) -> Iterator[Any]:
    yield box
    if hasattr(box, "descendants"):
        yield from box.descendants()


def _number(reference: Any) -> int | None:
    """The number of an object that is referred to; None for what is no reference."""
    return int(reference.split()[0]) if isinstance(reference, bytes) else None


def _kids(pdf: Any, item: Any) -> list[Any]:
    """What is in an element: other elements, and references to annotations."""
    numbers = (_number(kid) for kid in item.get("K", ()))
    return [pdf.objects[number] for number in numbers if number is not None]


def _is_annotation(pdf: Any, kid: Any) -> bool:
    number = _number(kid)
    return number is not None and pdf.objects[number].get("Type") == "/OBJR"


def _notes(pdf: Any, root: Any) -> None:
    """At the foot of a page each element is a note, its first part the number."""
    import pydyf

    last, number = None, 0
    for area in _kids(pdf, root):
        if area["S"] != "/NonStruct":
            continue
        kept = pydyf.Array()
        for note in _kids(pdf, area):
            first = next(iter(_kids(pdf, note)), None)
            if first is not None and first["S"] == "/NonStruct":
                number, last = number + 1, note
                note["S"], note["ID"], first["S"] = "/Note", pydyf.String(f"note-{number}"), "/Lbl"
                kept.append(note.reference)
            elif last is not None and note["S"] == "/Span":  # the next line of the same note
                last["K"].extend(note["K"])
                for kid in _kids(pdf, note):
                    kid["P"] = last.reference
                note.free = "f"
            else:
                kept.append(note.reference)
        area["K"] = kept


def _body(pdf: Any, item: Any) -> None:
    """Put what is in an item of a list, but its mark, into a body."""
    import pydyf

    loose = [
        kid for kid in item["K"] if _number(kid) is None or pdf.objects[_number(kid)].get("S") not in ("/Lbl", "/LBody")
    ]
    if not loose:
        return
    body = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(loose), "Pg": item["Pg"], "P": item.reference}
    )
    pdf.add_object(body)
    for kid in _kids(pdf, body):
        kid["P"] = body.reference
    item["K"] = pydyf.Array([kid for kid in item["K"] if kid not in loose] + [body.reference])


def _headers(pdf: Any, root: Any) -> None:
    """Headers and page numbers, which the typesetter marks but puts nowhere in the structure, become artifacts."""
    placed, waiting = set(), [root]
    while waiting:
        for kid in _kids(pdf, waiting.pop()):
            placed.add(kid.number)
            waiting.append(kid)
    tree = pdf.objects[_number(pdf.objects[_number(pdf.catalog["StructTreeRoot"])]["ParentTree"])]["Nums"]
    for place, reference in enumerate(pdf.pages["Kids"][::3]):
        owners = tree[2 * place + 1]
        loose = {mark for mark, owner in enumerate(owners) if _number(owner) not in placed}
        contents = pdf.objects[_number(pdf.objects[reference]["Contents"])]
        _unmark(contents.stream, loose)
        for mark in loose:
            pdf.objects[_number(owners[mark])].free = "f"
            owners[mark] = "null"


def _unmark(stream: list[Any], marks: set[int]) -> None:
    """Make what is drawn under these marks artifacts."""
    import pydyf

    for at, operation in enumerate(stream):
        if operation == b"BDC" and isinstance(stream[at - 1], pydyf.Dictionary) and stream[at - 1].get("MCID") in marks:
            stream[at - 2] = "/Artifact"
            stream[at - 1] = pydyf.Dictionary({"Type": "/Pagination"})
