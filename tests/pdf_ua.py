"""PDF/UA-1 (ISO 14289-1): what a machine can check of it, by the clauses' numbers in veraPDF's profile.

In comes a PDF as `pdf_file` opens it; out go its faults, each with the rule it breaks. A rule is a function under its number; what
the book's files have no use for (forms, media, layers) is asked for all the same, by asking that it is not there. Not here: what
only a person can judge, such as whether a figure's words say what it shows.
"""

import io
import re
from collections import Counter
from functools import cached_property

from fontTools.ttLib import TTFont
from pdf_file import Pdf, Ref, Stream, operators, words

RULES = {}
STANDARD = frozenset(
    [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "RB",
        "RT",
        "RP",
        "Warichu",
        "WT",
        "WP",
        "Figure",
        "Formula",
        "Form",
    ]
)
_PAINTS = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'", '"', "EI"])
_SHOWS = frozenset(["Tj", "TJ", "'", '"'])


def rule(number):
    """A function as the rule of a number."""

    def kept(function):
        RULES[number] = function
        return function

    return kept


def faults(content):
    """What in a PDF breaks a rule: the rule's number and what is wrong, each at most five times."""
    return faults_of(Book(content))


def faults_of(book):
    """The same of one that is open."""
    return [f"{number}: {fault}" for number, asked in RULES.items() for fault in list(asked(book))[:5]]


class Element:
    """A mark of the structure: its type, what is in it, what it is in."""

    def __init__(self, held, parent, kind):
        self.held, self.parent, self.kind, self.kids, self.content = held, parent, kind, [], []

    def __repr__(self):
        return f"{self.kind} in {self.parent.kind if self.parent else 'nothing'}"


class Book(Pdf):
    """A PDF with its structure and what its pages draw."""

    @cached_property
    def roles(self):
        """Types that stand for others."""
        return {name: kind[1:] for name, kind in (self.get(self.root, "StructTreeRoot", "RoleMap") or {}).items()}

    def standard(self, kind):
        """The standard type that one stands for."""
        seen = set()
        while kind in self.roles and kind not in STANDARD and kind not in seen:
            seen.add(kind)
            kind = self.roles[kind]
        return kind

    @cached_property
    def elements(self):
        """All elements of the structure, in the order in which they are read."""
        found, self.of_object = [], {}
        waiting = [(self.get(self.root, "StructTreeRoot", "K"), None, 0)]
        while waiting:
            held, parent, number = waiting.pop()
            if isinstance(held, Ref):
                waiting.append((self.value(held), parent, int(held)))
            elif isinstance(held, list):
                waiting += [(kid, parent, 0) for kid in reversed(held)]
            elif isinstance(held, dict) and "S" in held:
                element = Element(held, parent, self.standard(held["S"][1:]))
                found.append(element)
                self.of_object[number] = element
                if parent:
                    parent.kids.append(element)
                waiting.append((held.get("K"), element, 0))
            elif held is not None and parent:
                parent.content.append(held)
        return found

    def of_kind(self, *kinds):
        """The elements of these types."""
        return (element for element in self.elements if element.kind in kinds)

    @cached_property
    def annotations(self):
        """The annotations, each with its page and the element that it is in."""
        found, elements = [], self.elements
        holders = {}
        for element in elements:
            for held in element.content:
                if isinstance(held, dict) and held.get("Type") == "/OBJR":
                    holders[int(held["Obj"])] = element
        for page in self.pages:
            for link in self.value(page.get("Annots")) or []:
                found.append((self.value(link), page, holders.get(int(link)) if isinstance(link, Ref) else None))
        return found

    @cached_property
    def xmp(self):
        """What the file says of itself in XML."""
        held = self.get(self.root, "Metadata")
        return held.opened.decode("utf-8") if isinstance(held, Stream) else ""

    @cached_property
    def painted(self):
        """What pages draw: the glyphs used by font, and what is drawn outside the structure or wrongly within it."""
        glyphs, outside, wrong, marks = {}, Counter(), [], Counter()
        for number, page in enumerate(self.pages, 1):
            self._draw(self.drawn(page), self.get(page, "Resources"), number, [], glyphs, outside, wrong, marks)
        return glyphs, outside, wrong, marks

    def _draw(self, data, resources, page, tags, glyphs, outside, wrong, marks):
        tags, font, fonts = list(tags), None, self.get(resources, "Font") or {}
        depth = len(tags)
        for name, operands in operators(data):
            if name in ("BDC", "BMC"):
                properties = operands[1] if len(operands) > 1 else {}
                if isinstance(properties, str):
                    properties = self.get(resources, "Properties", properties[1:]) or {}
                kind = "Artifact" if operands[0] == "/Artifact" else "MCID" if "MCID" in properties else "other"
                if kind == "MCID":
                    marks[page, properties["MCID"]] += 1
                if {kind, *tags} >= {"Artifact", "MCID"}:
                    wrong.append(f"page {page}: {kind} within {tags}")
                tags.append(kind)
            elif name == "EMC":
                if len(tags) == depth:
                    wrong.append(f"page {page}: a mark ends that never began")
                else:
                    tags.pop()
            elif name == "Tf":
                font = fonts.get(operands[0][1:])
            elif name in _PAINTS:
                if not {"Artifact", "MCID"} & set(tags):
                    outside[page] += 1
                if name in _SHOWS and font is not None:
                    shown = operands[-1] if isinstance(operands[-1], list) else [operands[-1]]
                    used = glyphs.setdefault(int(font), set())
                    for text in shown:
                        if isinstance(text, bytes):
                            used.update(text[at] << 8 | text[at + 1] for at in range(0, len(text) - 1, 2))
                if name == "Do":
                    form = self.get(resources, "XObject", operands[0][1:])
                    if isinstance(form, Stream) and form.get("Subtype") == "/Form":
                        inner = self.value(form.get("Resources")) or resources
                        self._draw(form.opened, inner, page, tags, glyphs, outside, wrong, marks)
        if len(tags) != depth:
            wrong.append(f"page {page}: a mark never ends")

    @cached_property
    def fonts(self):
        """The fonts that pages use: their dictionary, that of their letters, their file, their letters' words, the glyphs used."""
        found = []
        for number, used in self.painted[0].items():
            font = self[number]
            inner = self.value(self.value(font["DescendantFonts"])[0]) if font["Subtype"] == "/Type0" else font
            described = self.get(inner, "FontDescriptor") or {}
            file = next(
                (self.value(described[key]) for key in ("FontFile2", "FontFile3", "FontFile") if key in described), None
            )
            letters = self.get(font, "ToUnicode")
            found.append((font, inner, file, letters_of(letters.opened) if letters else {}, used))
        return found


def letters_of(data):
    """Which words the glyphs of a font stand for."""
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.DOTALL):
        for first, last, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for code in range(int(first, 16), int(last, 16) + 1):
                found[code] = chr(int(text, 16) + code - int(first, 16))
    return found


# the file -------------------------------------------------------------------------------------------------------------------


@rule("5-1")
def says_that_it_is_pdf_ua(book):
    """XMP has the identification."""
    return [] if "http://www.aiim.org/pdfua/ns/id/" in book.xmp and "pdfuaid:part" in book.xmp else ["no pdfuaid:part"]


@rule("5-2")
def says_the_part(book):
    """The part is 1."""
    found = re.search(r"pdfuaid:part(?:=\"|>)(\d+)", book.xmp)
    return [] if found and found[1] == "1" else ["part is not 1"]


@rule("5-3, 5-4, 5-5")
def prefixes(book):
    """Its fields have the prefix pdfuaid."""
    prefix = re.findall(r'xmlns:(\w+)="http://www.aiim.org/pdfua/ns/id/"', book.xmp)
    return [name for name in prefix if name != "pdfuaid"]


@rule("6.1-1")
def header(book):
    """The header names PDF 1.0 to 1.7."""
    return [] if re.match(rb"%PDF-1\.[0-7][\r\n]", book.content) else [book.content[:9].decode("latin-1")]


@rule("6.2-1")
def marked(book):
    """The catalogue says that the file is tagged."""
    return [] if book.get(book.root, "MarkInfo", "Marked") is True else ["not marked"]


@rule("7.1-1, 7.1-2")
def artifacts_and_content_apart(book):
    """No artifact in tagged content, no tagged content in an artifact; marks begin and end."""
    return book.painted[2]


@rule("7.1-3")
def all_is_tagged_or_artifact(book):
    """Whatever is drawn is tagged or an artifact."""
    return [f"page {page}: {count} things drawn are neither" for page, count in book.painted[1].items()]


@rule("7.1-4")
def no_suspects(book):
    """Tags are not under suspicion."""
    return ["suspects"] if book.get(book.root, "MarkInfo", "Suspects") else []


@rule("7.1-5, 7.1-6")
def standard_types(book):
    """Every type is, or stands for, a standard one, and stands for none that leads back to it."""
    return sorted({element.kind for element in book.elements} - STANDARD)


@rule("7.1-7")
def no_standard_type_stands_for_another(book):
    """No standard type is given another meaning."""
    return sorted(set(book.roles) & STANDARD)


@rule("7.1-8")
def metadata(book):
    """The catalogue has metadata."""
    return [] if book.xmp else ["no metadata"]


@rule("7.1-9")
def title(book):
    """XMP has a title."""
    found = re.search(r"<dc:title>.*?<rdf:li[^>]*>([^<]+)", book.xmp, re.DOTALL)
    return [] if found and found[1].strip() else ["no title"]


@rule("7.1-10")
def title_is_shown(book):
    """A viewer shows the title, not the file's name."""
    return [] if book.get(book.root, "ViewerPreferences", "DisplayDocTitle") is True else ["file name is shown"]


@rule("7.1-11")
def structure(book):
    """There is a structure."""
    return [] if book.elements else ["no structure"]


@rule("7.1-12")
def parents(book):
    """Every element names the one that it is in."""
    root = book.root.get("StructTreeRoot")
    for element in book.elements:
        above = element.held.get("P")
        right = element.parent.held if element.parent else book.value(root)
        if above is None or book.value(above) is not right:
            yield f"{element} names another parent"


@rule("7.1 (parent tree)")
def parent_tree(book):
    """What is tagged on a page is in the element that the parent tree names for it."""
    numbers = book.get(book.root, "StructTreeRoot", "ParentTree")
    tree = dict(_numbered(book, numbers))
    elements = {id(element.held): element for element in book.elements}
    for place, page in enumerate(book.pages, 1):
        owners = book.value(tree.get(page.get("StructParents"))) or []
        for (number, mark), count in book.painted[3].items():
            if number != place:
                continue
            if count > 1:
                yield f"page {place}: mark {mark} {count} times"
            owner = book.value(owners[mark]) if mark < len(owners) else None
            if id(owner) not in elements:
                yield f"page {place}: mark {mark} is in no element"


def _numbered(book, node):
    node = book.value(node) or {}
    listed = book.value(node.get("Nums")) or []
    yield from zip(listed[::2], listed[1::2], strict=True)
    for kid in book.value(node.get("Kids")) or []:
        yield from _numbered(book, kid)


# language -------------------------------------------------------------------------------------------------------------------


@rule("7.2-2, 7.2-21, 7.2-22, 7.2-23, 7.2-24, 7.2-30, 7.2-31, 7.2-32, 7.2-33, 7.2-34")
def language(book):
    """The catalogue has a language: bookmarks, descriptions, annotations, metadata and text have it from there."""
    return [] if book.root.get("Lang") else ["no language"]


@rule("7.2-29")
def languages_are_named_rightly(book):
    """Each language is a tag of BCP 47."""
    named = {
        words(held["Lang"]) for held in (book.root, *(element.held for element in book.elements)) if "Lang" in held
    }
    return sorted(name for name in named if not re.fullmatch(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*", name))


# tables, lists, contents -----------------------------------------------------------------------------------------------------


def _within(number, kind, *above):
    """A rule: elements of a type stand only in these."""

    @rule(number)
    def asked(book):
        return [str(found) for found in book.of_kind(kind) if not found.parent or found.parent.kind not in above]


def _holds(number, kind, *below):
    """A rule: elements of a type have only these in them."""

    @rule(number)
    def asked(book):
        return [str(kid) for found in book.of_kind(kind) for kid in found.kids if kid.kind not in below]


_holds("7.2-3", "Table", "TR", "THead", "TBody", "TFoot", "Caption")
_within("7.2-4", "TR", "Table", "THead", "TBody", "TFoot")
_within("7.2-5", "THead", "Table")
_within("7.2-6", "TBody", "Table")
_within("7.2-7", "TFoot", "Table")
_within("7.2-8", "TH", "TR")
_within("7.2-9", "TD", "TR")
_holds("7.2-10", "TR", "TH", "TD")
_holds("7.2-36", "THead", "TR")
_holds("7.2-37", "TBody", "TR")
_holds("7.2-38", "TFoot", "TR")
_within("7.2-17", "LI", "L")
_within("7.2-18", "LBody", "LI")
_holds("7.2-19", "L", "L", "LI", "Caption")
_holds("7.2-20", "LI", "Lbl", "LBody")
_within("7.2-26", "TOCI", "TOC")
_holds("7.2-27", "TOC", "TOC", "TOCI", "Caption")


@rule("7.2-11, 7.2-12, 7.2-13, 7.2-14, 7.2-16, 7.2-39")
def parts_of_tables(book):
    """A table has one head and foot at most, a body where it has either, one caption, first or last."""
    for table in book.of_kind("Table"):
        kinds = [kid.kind for kid in table.kids]
        count = Counter(kinds)
        if count["THead"] > 1 or count["TFoot"] > 1 or count["Caption"] > 1:
            yield f"{table}: {dict(count)}"
        if (count["THead"] or count["TFoot"]) and not count["TBody"]:
            yield f"{table}: head without body"
        if "Caption" in kinds[1:-1]:
            yield f"{table}: caption in the middle"


@rule("7.2-28, 7.2-40")
def captions_come_first(book):
    """The caption of a list or of contents stands first."""
    for found in book.of_kind("L", "TOC"):
        if "Caption" in [kid.kind for kid in found.kids][1:]:
            yield str(found)


def rows(table):
    """The rows of a table as lists of cells."""
    inner = (kid for part in table.kids for kid in ([part] if part.kind == "TR" else part.kids) if kid.kind == "TR")
    return [[cell for cell in row.kids if cell.kind in ("TH", "TD")] for row in inner]


def attribute(book, element, name, default=None):
    """An attribute of an element."""
    held = book.value(element.held.get("A"))
    for part in held if isinstance(held, list) else [held]:
        part = book.value(part)
        if isinstance(part, dict) and name in part:
            return book.value(part[name])
    return default


@rule("7.2-15, 7.2-41, 7.2-42, 7.2-43")
def rows_and_columns_fit(book):
    """Every row of a table fills the same columns, no cell lies over another."""
    for table in book.of_kind("Table"):
        open_rows, widths = Counter(), set()
        for row in rows(table):
            spans = [(attribute(book, cell, "ColSpan", 1), attribute(book, cell, "RowSpan", 1)) for cell in row]
            taken = sum(1 for left in open_rows.values() if left > 0)
            widths.add(taken + sum(wide for wide, _ in spans))
            open_rows = Counter({column: left - 1 for column, left in open_rows.items() if left > 1})
            free = (column for column in range(10_000) if open_rows[column] <= 0)
            for wide, high in spans:
                for _ in range(wide):
                    column = next(free)
                    if high > 1:
                        open_rows[column] = high - 1
        if len(widths) > 1:
            yield f"a table has rows of {sorted(widths)} columns"


@rule("7.5-1, 7.5-2")
def cells_have_heads(book):
    """Every cell of data has a head that is known by its scope, or by name."""
    for table in book.of_kind("Table"):
        cells = [cell for row in rows(table) for cell in row]
        heads = [cell for cell in cells if cell.kind == "TH"]
        ids = {bytes(cell.held["ID"]) for cell in heads if "ID" in cell.held}
        scoped = all(attribute(book, cell, "Scope") in ("/Row", "/Column", "/Both") for cell in heads) and heads
        for cell in cells:
            named = attribute(book, cell, "Headers") or []
            if cell.kind == "TD" and not scoped and (not named or not set(map(bytes, named)) <= ids):
                yield "a cell has no head"


# figures, headings, notes ----------------------------------------------------------------------------------------------------


@rule("7.3-1")
def figures_have_words(book):
    """Every figure has words in its place."""
    return [
        str(found) for found in book.of_kind("Figure") if not (found.held.get("Alt") or found.held.get("ActualText"))
    ]


@rule("7.7-1")
def formulas_have_words(book):
    """Every formula has words in its place."""
    return [
        str(found) for found in book.of_kind("Formula") if not (found.held.get("Alt") or found.held.get("ActualText"))
    ]


@rule("7.4.2-1")
def no_level_is_left_out(book):
    """Headings begin at level 1 and go down one level at a time."""
    last = 0
    for heading in book.of_kind(*(f"H{level}" for level in range(1, 7))):
        level = int(heading.kind[1])
        if level > last + 1:
            yield f"H{level} after H{last}"
        last = level


@rule("7.4.4-1, 7.4.4-2, 7.4.4-3")
def one_kind_of_heading(book):
    """Headings are numbered throughout, or not at all."""
    kinds = {element.kind for element in book.of_kind("H", "H1", "H2", "H3", "H4", "H5", "H6")}
    return ["H beside H1"] if "H" in kinds and len(kinds) > 1 else []


@rule("7.9-1, 7.9-2")
def notes_have_names(book):
    """Every note has a name of its own."""
    names = Counter(bytes(note.held.get("ID") or b"") for note in book.of_kind("Note"))
    return [f"{count} notes are called {name!r}" for name, count in names.items() if count > 1 or not name]


# annotations -----------------------------------------------------------------------------------------------------------------


@rule("7.18.1-1, 7.18.1-3, 7.18.2-1, 7.18.4-1, 7.18.8-1")
def only_links(book):
    """Annotations are links: no notes, forms, traps or printer's marks."""
    return sorted({held["Subtype"] for held, _, _ in book.annotations} - {"/Link"})


@rule("7.18.1-2, 7.18.5-2")
def links_have_words(book):
    """Every link says where it leads."""
    return [f"a link at {held['Rect']}" for held, _, _ in book.annotations if not held.get("Contents")]


@rule("7.18.3-1")
def tabs_follow_the_structure(book):
    """On pages with annotations the Tab key follows the structure."""
    return [
        f"page {number}" for number, page in enumerate(book.pages, 1) if page.get("Annots") and page.get("Tabs") != "/S"
    ]


@rule("7.18.5-1")
def links_are_in_link_elements(book):
    """Every link is in an element Link."""
    return [f"{holder}" for _, _, holder in book.annotations if holder is None or holder.kind != "Link"]


# what is not there -----------------------------------------------------------------------------------------------------------


@rule("7.10-1, 7.10-2")
def no_layers(book):
    """No optional content."""
    return ["optional content"] if "OCProperties" in book.root else []


@rule("7.11-1")
def no_files(book):
    """No embedded files."""
    return ["embedded files"] if book.get(book.root, "Names", "EmbeddedFiles") else []


@rule("7.15-1, 7.2-25, 7.18.4-2")
def no_forms(book):
    """No forms to fill in."""
    return ["a form"] if "AcroForm" in book.root else []


@rule("7.16-1")
def no_lock(book):
    """Not encrypted."""
    return ["encrypted"] if "Encrypt" in book.trailer else []


@rule("7.18.6.2-1, 7.18.6.2-2")
def no_media(book):
    """No sound and no film."""
    return [
        kind
        for kind in ("/Rendition", "/Movie", "/Sound", "/JavaScript")
        if any(link.get("A", {}).get("S") == kind for link, _, _ in book.annotations if isinstance(link.get("A"), dict))
    ]


@rule("7.20-1, 7.20-2")
def drawings_refer_to_no_other_file(book):
    """No drawing stands for one in another file, none is marked for more than one element."""
    forms = (book[number] for number in list(book.places))
    forms = [form for form in forms if isinstance(form, Stream) and form.get("Subtype") == "/Form"]
    return ["a reference" for form in forms if "Ref" in form] + [
        "a marked drawing" for form in forms if b"/MCID" in form.opened
    ]


# fonts -----------------------------------------------------------------------------------------------------------------------


@rule("7.21.3.1-1, 7.21.3.3-1, 7.21.3.3-2, 7.21.3.3-3")
def codes_are_glyphs(book):
    """Fonts are composite, their codes the numbers of glyphs."""
    return [
        str(font["BaseFont"]) for font, *_ in book.fonts if font.get("Encoding") not in ("/Identity-H", "/Identity-V")
    ]


@rule("7.21.3.2-1")
def glyphs_are_found(book):
    """Fonts with TrueType outlines say how their glyphs are numbered."""
    return [
        str(inner["BaseFont"])
        for _, inner, *_ in book.fonts
        if inner["Subtype"] == "/CIDFontType2" and not book.get(inner, "CIDToGIDMap")
    ]


@rule("7.21.4.1-1")
def fonts_are_in_the_file(book):
    """Every font is embedded."""
    return [str(font["BaseFont"]) for font, _, file, *_ in book.fonts if file is None]


@rule("7.21.4.1-2, 7.21.8-1")
def glyphs_are_in_the_font(book):
    """Every glyph that is drawn is in its font, and none stands for a missing one."""
    for font, _, file, _, used in book.fonts:
        if file is None:
            continue
        count = TTFont(io.BytesIO(file.opened), lazy=True)["maxp"].numGlyphs
        if max(used) >= count or 0 in used:
            yield f"{font['BaseFont']}: glyph {0 if 0 in used else max(used)} of {count}"


@rule("7.21.4.2-1, 7.21.4.2-2")
def subsets_say_what_they_have(book):
    """A list of the glyphs in a subset, where there is one, has every glyph used."""
    for font, inner, _, _, used in book.fonts:
        listed = book.get(inner, "FontDescriptor", "CIDSet")
        bits = listed.opened if listed else None
        if bits is not None and any(
            glyph // 8 >= len(bits) or not bits[glyph // 8] >> 7 - glyph % 8 & 1 for glyph in used
        ):
            yield f"{font['BaseFont']}: CIDSet lacks a glyph"


@rule("7.21.5-1")
def widths(book):
    """The widths that the file gives are those of the font."""
    for font, inner, file, _, used in book.fonts:
        if file is None:
            continue
        program = TTFont(io.BytesIO(file.opened), lazy=True)
        order, unit = program.getGlyphOrder(), program["head"].unitsPerEm
        given = dict(_widths(book.value(inner.get("W")) or []))
        for glyph in used:
            real = program["hmtx"].metrics[order[glyph]][0] * 1000 / unit
            if abs(given.get(glyph, inner.get("DW", 1000)) - real) > 1:
                yield f"{font['BaseFont']}: glyph {glyph} is {real:.0f} wide, not {given.get(glyph)}"


def _widths(listed):
    at = 0
    while at < len(listed):
        first, more = listed[at], listed[at + 1]
        if isinstance(more, list):
            yield from enumerate(more, first)
            at += 2
        else:
            yield from ((glyph, listed[at + 2]) for glyph in range(first, more + 1))
            at += 3


@rule("7.21.6-1, 7.21.6-2, 7.21.6-3, 7.21.6-4")
def no_simple_fonts(book):
    """No simple TrueType fonts, whose encodings the rules are about."""
    return [str(font["BaseFont"]) for font, *_ in book.fonts if font["Subtype"] == "/TrueType"]


@rule("7.21.7-1, 7.21.7-2")
def glyphs_have_letters(book):
    """Every glyph that is drawn stands for letters, and for none that are no letters."""
    for font, _, _, letters, used in book.fonts:
        for glyph in used:
            if not letters.get(glyph) or set(letters[glyph]) & {"\0", "\ufffe", "\ufeff"}:
                yield f"{font['BaseFont']}: glyph {glyph} stands for {letters.get(glyph)!r}"
