"""The trial of PDF/UA (`pdf_ua`) itself: a page that is in order passes, and whatever is broken in it is found by its rule."""

import re

import pytest
from pdf_file import Ref, Stream, opened
from pdf_ua import RULES, Book, faults, faults_of

SMALL = (
    "<html lang='en'><head><title>T</title></head><body><main><section><h1>One</h1><p>A word.<span class='foot' id='n'>Dawn, "
    "<a href='https://dawn.com'><i>A title</i></a>, 1949.</span></p><ul><li><p>First</p></li><li><p>Second</p><p>More</p></li></ul>"
    "<table><thead><tr><th scope='col'>Year</th><th scope='col'>Sum</th></tr></thead><tbody><tr><th scope='row'>1949</th><td>3</td></tr>"
    "</tbody></table><p>See <a class='line' href='#n' data-page='1'><b>1</b> above</a>.</p></section></main></body></html>"
)


@pytest.fixture(scope="module")
def small(tmp_path_factory, needs_pango):
    """A page with a heading, a list, a table, a note and links, as the book's typesetter writes it."""
    from pakrus.pages.print.setting import Typesetter

    folder = tmp_path_factory.mktemp("ua")
    setter = Typesetter("reader.css", folder)
    document = setter.lay_out(SMALL)
    setter.write(document, document.pages, folder / "small.pdf")
    return (folder / "small.pdf").read_bytes()


def test_what_is_written_keeps_the_rules_of_pdf_ua(small):
    assert faults(small) == []
    plain = opened(small)
    assert b"/Note" in plain and b"/Pagination" in plain and plain.count(b"/Subtype /Link") == 2
    assert b"(A title)" in plain and b"(1 above)" in plain  # what a link says to who does not see it


# each rule finds what it is for ---------------------------------------------------------------------------------------------


def tags(book, kind):
    """The elements of a type as the file has them, in order."""
    held = [book[number] for number in sorted(book.places)]
    return [one for one in held if isinstance(one, dict) and one.get("S") == f"/{kind}" and "P" in one]


def retype(kind, other, at=0):
    """One element is given another type."""
    return lambda book: tags(book, kind)[at].update(S=f"/{other}")


def said(pattern, instead):
    """The file says another thing of itself."""

    def damage(book):
        changed = re.sub(pattern, instead, book.xmp, flags=re.DOTALL)
        assert changed != book.xmp
        book.xmp = changed

    return damage


def in_the_catalogue(*names, **changes):
    """The catalogue, or what it names, is changed; None takes a thing out."""

    def damage(book):
        held = book.get(book.root, *names) if names else book.root
        for name, value in changes.items():
            held.update({name: value}) if value is not None else held.pop(name)

    return damage


def drawn(old, new):
    """What a page draws is changed, at the last place where it stands."""

    def damage(book):
        stream = book.value(book.pages[0]["Contents"])
        before, found, after = stream.opened.rpartition(old)
        assert found
        stream.data = before + new + after
        stream.pop("Filter", None)

    return damage


def links(**changes):
    """Each link is changed; None takes a thing out."""

    def damage(book):
        for held in map(book.value, book.value(book.pages[0]["Annots"])):
            for name, value in changes.items():
                held.update({name: value}) if value is not None else held.pop(name)

    return damage


def fonts(change):
    """Each font is changed: its dictionary, that of its letters, its description."""

    def damage(book):
        found = [(font, inner, book.get(inner, "FontDescriptor")) for font, inner, *_ in book.fonts]
        del book.fonts
        for font in found:
            change(*font)

    return damage


def stream(data=b"", **held):
    """A stream that is not compressed."""
    made = Stream(held, Length=len(data))
    made.data = data
    return made


def object_of_its_own(held):
    """Something more stands in the file."""

    def damage(book):
        book.places[99999], book.known[99999] = None, held

    return damage


def without_scope(book):
    """No cell says what it is the head of, nor what its head is."""
    for cell in (*tags(book, "TH"), *tags(book, "TD")):
        cell.pop("A", None)


def with_a_missing_glyph(book):
    """A page draws the sign that stands for a missing one."""
    for used in book.painted[0].values():
        used.add(0)


DAMAGES = {
    "5-1": said("pdfuaid:part", "pdfuaid:piece"),
    "5-2": said(r"(pdfuaid:part(?:=\"|>))1", r"\g<1>2"),
    "5-3": said("pdfuaid", "ua"),
    "6.1-1": lambda book: setattr(book, "content", b"%PDF-2.0\n" + book.content),
    "6.2-1": in_the_catalogue("MarkInfo", Marked=False),
    "7.1-1": drawn(b"EMC", b""),
    "7.1-3": drawn(b"EMC", b"EMC\n0 0 9 9 re f"),
    "7.1-4": in_the_catalogue("MarkInfo", Suspects=True),
    "7.1-5": retype("P", "Paragraph"),
    "7.1-7": in_the_catalogue("StructTreeRoot", RoleMap={"P": "/Span"}),
    "7.1-8": in_the_catalogue(Metadata=None),
    "7.1-9": said("<dc:title>.*?</dc:title>", ""),
    "7.1-10": in_the_catalogue("ViewerPreferences", DisplayDocTitle=False),
    "7.1-11": in_the_catalogue("StructTreeRoot", K=[]),
    "7.1-12": lambda book: tags(book, "TD")[0].update(P=tags(book, "H1")[0]["P"]),
    "7.1 (parent tree)": in_the_catalogue("StructTreeRoot", ParentTree={"Nums": []}),
    "7.2-2": in_the_catalogue(Lang=None),
    "7.2-29": in_the_catalogue(Lang=b"English (UK)"),
    "7.2-3": retype("Sect", "Table"),
    "7.2-4": retype("P", "TR"),
    "7.2-5": retype("P", "THead"),
    "7.2-6": retype("P", "TBody"),
    "7.2-7": retype("P", "TFoot"),
    "7.2-8": retype("P", "TH"),
    "7.2-9": retype("P", "TD"),
    "7.2-10": retype("Sect", "TR"),
    "7.2-36": retype("Sect", "THead"),
    "7.2-37": retype("Sect", "TBody"),
    "7.2-38": retype("Sect", "TFoot"),
    "7.2-17": retype("P", "LI"),
    "7.2-18": retype("P", "LBody"),
    "7.2-19": retype("Sect", "L"),
    "7.2-20": retype("Sect", "LI"),
    "7.2-26": retype("P", "TOCI"),
    "7.2-27": retype("Sect", "TOC"),
    "7.2-11": retype("TBody", "THead"),
    "7.2-28": retype("LI", "Caption", at=-1),
    "7.2-15": lambda book: tags(book, "TD")[0]["A"].update(ColSpan=2),
    "7.5-1": without_scope,
    "7.3-1": retype("P", "Figure"),
    "7.7-1": retype("P", "Formula"),
    "7.4.2-1": retype("H1", "H3"),
    "7.4.4-1": retype("P", "H"),
    "7.9-1": lambda book: tags(book, "Note")[0].pop("ID"),
    "7.18.1-1": links(Subtype="/Widget"),
    "7.18.1-2": links(Contents=None),
    "7.18.3-1": lambda book: book.pages[0].pop("Tabs"),
    "7.18.5-1": retype("Link", "Span"),
    "7.10-1": in_the_catalogue(OCProperties={}),
    "7.11-1": in_the_catalogue("Names", EmbeddedFiles={"Names": []}),
    "7.15-1": in_the_catalogue(AcroForm={}),
    "7.16-1": lambda book: book.trailer.update(Encrypt=Ref(1)),
    "7.18.6.2-1": links(A={"S": "/Movie"}),
    "7.20-1": object_of_its_own(stream(Type="/XObject", Subtype="/Form", Ref={})),
    "7.21.3.1-1": fonts(lambda font, inner, described: font.update(Encoding="/WinAnsiEncoding")),
    "7.21.3.2-1": fonts(lambda font, inner, described: inner.pop("CIDToGIDMap")),
    "7.21.4.1-1": fonts(lambda font, inner, described: described.pop("FontFile2")),
    "7.21.4.1-2": with_a_missing_glyph,
    "7.21.4.2-1": fonts(lambda font, inner, described: described.update(CIDSet=stream())),
    "7.21.5-1": fonts(lambda font, inner, described: inner.update(W=[], DW=1)),
    "7.21.6-1": fonts(lambda font, inner, described: font.update(Subtype="/TrueType", FontDescriptor=described)),
    "7.21.7-1": fonts(lambda font, inner, described: font.update(ToUnicode=stream())),
}


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_of_pdf_ua_finds_what_breaks_it(small, rule):
    book = Book(small)
    DAMAGES[rule.partition(",")[0]](book)
    assert rule in {fault.split(":")[0] for fault in faults_of(book)}


def test_the_trial_of_pdf_ua_finds_what_is_wrong(tmp_path, needs_pango):
    from weasyprint import HTML

    broken = SMALL.replace(
        "<h1>",
        "<img src='data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 width=%229%22 height=%229%22/>'><h3>",
    )
    HTML(string=broken.replace(" lang='en'", "")).write_pdf(tmp_path / "tagged.pdf", pdf_tags=True)
    found = {fault.split(":")[0] for fault in faults((tmp_path / "tagged.pdf").read_bytes())}
    # no name of the standard, no figure's words, a level left out, items without body, links within links
    assert {"5-1", "7.3-1", "7.4.2-1", "7.2-20", "7.18.5-1"} <= found
    HTML(string=SMALL).write_pdf(tmp_path / "plain.pdf")
    assert {"6.2-1", "7.1-3", "7.1-11"} <= {
        fault.split(":")[0] for fault in faults((tmp_path / "plain.pdf").read_bytes())
    }
