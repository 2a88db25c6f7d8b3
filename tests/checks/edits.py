"""Single bad edits of the tables and of references.bib, as people make them by hand in a spreadsheet or an editor.

In comes a `Folder` whose data are valid, and a seed; out come some two hundred `Edit`s, each of which alone makes the data
wrong or unreadable. The same seed gives the same edits on every machine; another seed makes the same mistakes in other cells.
The one difficulty: they are written without sight of the rules of `checks`, by what the descriptor and the codebook say, so
that the trial measures the rules and not their echo. What only a source could reveal (a false sentence, a wrong number that
fits everything else) is left out, and so is what does no harm.
"""

import csv
import io
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from pakrus import data, dates
from pakrus.folder import Folder

REFERENCES = "references"


@dataclass(frozen=True)
class Edit:
    """One mistake: what a person did, where, and the bytes that it makes of a file.

    Parameters
    ----------
    name, kind : str
        Identifier (kind and number in it) and family of mistakes.
    words : str
        What the person did.
    table : str
        The table, or "references".
    change : callable
        From the bytes of the file to those that the person leaves.
    row : int or None
        Number of the row that is changed (the header is 1), where it is one.
    column : str
        Column of the cell that is changed, key of an entry, or "".
    value : str or None
        What the cell holds afterwards.
    near : tuple of str
        Other columns and tables that a message may just as well name: the other side of what no longer agrees.
    """

    name: str
    kind: str
    words: str
    table: str
    change: Callable[[bytes], bytes]
    row: int | None = None
    column: str = ""
    value: str | None = None
    near: tuple[str, ...] = ()

    def path(self, folder: Folder):
        """Where the changed file lies in a folder."""
        return folder.data.parent / "references.bib" if self.table == REFERENCES else folder.table(self.table)


class Book:
    """The tables as they are written, read once."""

    def __init__(self, folder: Folder):
        self.folder = folder
        self._rows = {}

    def rows(self, table: str) -> list[dict[str, str]]:
        """Rows of a table as texts."""
        if table not in self._rows:
            self._rows[table] = data.rows(table, self.folder)
        return self._rows[table]

    def by_key(self, table: str, column: str) -> dict[str, dict[str, str]]:
        """Rows of a table by a column."""
        return {row[column]: row for row in self.rows(table)}

    @cached_property
    def event(self):
        """Events by identifier."""
        return self.by_key("events", "event_id")

    @cached_property
    def known_people(self):
        """People named five times or more in the events."""
        found = Counter(name for row in self.rows("events") for name in row["people"].split("; ") if name)
        return {name for name, number in found.items() if number >= 5}

    @cached_property
    def references(self) -> str:
        """Text of the bibliography."""
        return self.folder.references.read_text(encoding="utf-8")

    @cached_property
    def cited(self) -> set[str]:
        """Keys that the events, their sources or the leads name."""
        return {row["key"] for table in ("event_sources", "leads", "visits") for row in self.rows(table)}


@dataclass(frozen=True)
class At:
    """Where a mistake is made: the row and its number, its neighbours, the book, and the seed's choice."""

    row: dict[str, str]
    position: int
    rows: list[dict[str, str]]
    book: Book
    rnd: random.Random

    @property
    def above(self) -> dict[str, str]:
        """The row above (below, for the first)."""
        return self.rows[self.position - 1 if self.position else 1]


def parse(content: bytes) -> list[list[str]]:
    """Return header and rows of a stored table."""
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def dump(grid: list[list[str]], **form) -> bytes:
    """Return header and rows as the book stores them, or in another form of CSV."""
    out = io.StringIO(newline="")
    csv.writer(out, **{"lineterminator": "\n"} | form).writerows(grid)
    return out.getvalue().encode("utf-8")


# ---- makers: each returns a function (book, rnd) -> the parts of an Edit


def cell(table, column, new, words="", where=lambda row: True, near=()):
    """One cell typed anew; `new` is a value or a function of (old value, At) that returns None where it does not apply."""

    def make(book, rnd):
        rows = book.rows(table)
        for position in rnd.sample(range(len(rows)), len(rows)):
            row = rows[position]
            if not where(row):
                continue
            old = row[column]
            value = new(old, At(row, position, rows, book, rnd)) if callable(new) else new
            if value is None or value == old:
                continue

            def change(content, position=position, value=value):
                grid = parse(content)
                grid[position + 1][grid[0].index(column)] = value
                return dump(grid)

            said = words or f"{old[:60]!r} became {value[:60]!r}"
            return {"words": said, "table": table, "change": change, "row": position + 2, "column": column, "value": value, "near": near}  # fmt: skip
        raise LookupError(f"no cell of {table}.{column} for this mistake")

    return make


def file(table, words, change):
    """The whole file in another form: from bytes to bytes."""
    return lambda book, rnd: {"words": words, "table": table, "change": change}


def grid(table, words, change, column="", near=()):
    """Header and rows changed in place by `change(rows, rnd, book)`, which may return the number of the row it is about."""

    def make(book, rnd):
        seed = rnd.random()

        def apply(content, said=None):
            rows = parse(content)
            row = change(rows, random.Random(seed), book)
            return row if said else dump(rows)

        row = apply(book.folder.table(table).read_bytes(), said=True)
        return {"words": words, "table": table, "change": apply, "row": row, "column": column, "near": near}

    return make


def whole(table, column, new, words, near=()):
    """One change to every cell of a column: find and replace, a format, a sort; `new` is from cells to cells."""

    def change(rows, rnd, book):
        at = rows[0].index(column)
        before = [row[at] for row in rows[1:]]
        after = new(before)
        assert before != after, f"{table}.{column}: nothing to change"
        for row, value in zip(rows[1:], after, strict=True):
            row[at] = value

    return grid(table, words, change, column, near)


def each(new):
    """A change of every filled cell of a column."""
    return lambda cells: [new(value) if value else value for value in cells]


def swapped(table, first, second, where=lambda row: True, near=()):
    """Two cells of a row changed places."""

    def make(book, rnd):
        rows = book.rows(table)
        able = [i for i, row in enumerate(rows) if row[first] != row[second] and where(row)]
        position = rnd.choice(able)

        def change(content):
            content = parse(content)
            a, b = content[0].index(first), content[0].index(second)
            row = content[position + 1]
            row[a], row[b] = row[b], row[a]
            return dump(content)

        return {
            "words": f"{first} and {second} of one row changed places", "table": table, "change": change, "row": position + 2,
            "column": first, "value": rows[position][second], "near": (second, *near),
        }  # fmt: skip

    return make


def gone(table, where=lambda row, book: True, near=(), words="one row deleted"):
    """One row deleted."""

    def make(book, rnd):
        position = rnd.choice([i for i, row in enumerate(book.rows(table)) if where(row, book)])

        def change(content):
            rows = parse(content)
            del rows[position + 1]
            return dump(rows)

        return {"words": words, "table": table, "change": change, "near": near}

    return make


def twice(table, words="one row pasted a second time below itself", edit=lambda row: None, column="", near=()):
    """One row a second time; `edit` changes the second (a dictionary) in place."""

    def change(rows, rnd, book):
        position = rnd.randrange(1, len(rows))
        copy = dict(zip(rows[0], rows[position], strict=True))
        edit(copy)
        rows.insert(position + 1, list(copy.values()))
        return position + 2

    return grid(table, words, change, column, near)


def entry(words, change, where=lambda text, book: True, near=()):
    """One entry of references.bib changed, as text: `change(text, rnd)`."""

    def make(book, rnd):
        found = re.findall(r"^@.*?^}$", book.references, flags=re.M | re.S)
        for text in rnd.sample(found, len(found)):
            if where(text, book) and (after := change(text, rnd)) not in (None, text):
                key = re.match(r"@\w+\{([^,]+)", text)[1]
                return {
                    "words": words, "table": REFERENCES, "column": key, "near": near,
                    "change": lambda content, old=text, new=after: content.replace(old.encode(), new.encode(), 1),
                }  # fmt: skip
        raise LookupError(f"no entry to which this happens: {words}")

    return make


# ---- what fingers and programs do to a value


def typo(old, at):
    """Two neighbouring letters of a longer word changed places."""
    able = [i for i in range(1, len(old) - 2) if old[i : i + 2].isalpha() and old[i] != old[i + 1] and old[i : i + 2].islower()]  # fmt: skip
    if not able:
        return None
    i = at.rnd.choice(able)
    return old[:i] + old[i + 1] + old[i] + old[i + 2 :]


def replaced(pattern, new):
    """The first match of a pattern replaced, None where there is none."""
    return lambda old, at: re.sub(pattern, new, old, count=1) if re.search(pattern, old) else None


def scaled(factor, digits=6):
    """A number times a factor, written as a spreadsheet writes it."""

    def new(old, at):
        return f"{round(float(old) * factor, digits):.10g}" if old and float(old) else None

    return new


def as_day(form):
    """A full date in another form; None for dates of the month or year."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

    def new(old, at):
        if len(old) != 10:
            return None
        year, month, day = old.split("-")
        return form.format(y=year, m=month, d=day, im=int(month), id=int(day), yy=year[2:], mon=months[int(month) - 1])

    return new


def no_such_day(text):
    """The year of the cell with a month and day that the calendar does not have."""
    return lambda old, at: old[:4] + text if old else None


def year_moved(by):
    """The date with another year."""
    return lambda old, at: f"{int(old[:4]) + by}{old[4:]}" if old and dates.valid(f"{int(old[:4]) + by}{old[4:]}") else None  # fmt: skip


def spoiled(text):
    """UTF-8 read as Windows-1252 and stored again."""
    return text.encode("utf-8").decode("cp1252", "replace")


def filled(*columns):
    """Rows in which the columns are not empty."""
    return lambda row: all(row[column] for column in columns)


def day(column):
    """Rows whose date is known to the day."""
    return lambda row: len(row[column]) == 10


def in_event(column):
    """Rows whose date lies within that of the event they name."""
    return lambda row: bool(row["event_id"]) and len(row[column]) == 10


def other(values):
    """Another of some values."""
    return lambda old, at: at.rnd.choice([value for value in values if value != old])


def number_moved(low, high, most=None):
    """An integer changed by some amount between low and high."""

    def new(old, at):
        if not old:
            return None
        value = int(old) + at.rnd.randint(low, high)
        return str(value) if most is None or abs(value) <= most else None

    return new


def misspelt(old, at):
    """Two letters changed places in the name of a person who is named often elsewhere."""
    able = [name for name in old.split("; ") if name in at.book.known_people and len(name) > 9]
    if not able:
        return None
    name = at.rnd.choice(able)
    return old.replace(name, typo(name, at) or name)


def halves(content, keep):
    """The beginning of a file, cut within a row."""
    end = int(len(content) * keep)
    while content[end - 1 : end] in (b"\n", b","):
        end += 1
    return content[:end]


def utf8_smart(content):
    """What a word processor makes of the quotes of CSV."""
    text = re.sub(r'(^|,)"', "\\1\u201c", content.decode("utf-8"), flags=re.M)
    return re.sub(r'"(,|$)', "\u201d\\1", text, flags=re.M).encode("utf-8")


def conflict(content):
    """The marks that an unfinished merge leaves around two versions of a line."""
    lines = content.split(b"\n")
    middle = len(lines) // 2
    lines[middle : middle + 1] = [b"<<<<<<< HEAD", lines[middle], b"=======", lines[middle], b">>>>>>> branch"]
    return b"\n".join(lines)


def _rename(old, new):
    def change(rows, rnd, book):
        rows[0][rows[0].index(old)] = new
        return 1

    return change


def _drop(column):
    def change(rows, rnd, book):
        at = rows[0].index(column)
        for row in rows:
            del row[at]

    return change


def _exchange(first, second, cells):
    def change(rows, rnd, book):
        a, b = rows[0].index(first), rows[0].index(second)
        for row in rows if cells else rows[:1]:
            row[a], row[b] = row[b], row[a]

    return change


def _append(*cells):
    def change(rows, rnd, book):
        rows.append([*cells, *[""] * (len(rows[0]) - len(cells))])
        return len(rows)

    return change


def _with_index(rows, rnd, book):
    for number, row in enumerate(rows):
        row.insert(0, str(number - 1) if number else "")


def _with_column(name, value=""):
    def change(rows, rnd, book):
        for number, row in enumerate(rows):
            row.append(value if number else name)

    return change


def _empty_rows(rows, rnd, book):
    rows.extend([[""] * len(rows[0]) for _ in range(3)])
    return len(rows) - 2


def _header_again(rows, rnd, book):
    rows.insert(len(rows) // 2, list(rows[0]))
    return len(rows) // 2


def _short_row(rows, rnd, book):
    number = rnd.randrange(1, len(rows))
    rows[number].pop()
    return number + 1


def _long_row(rows, rnd, book):
    number = rnd.randrange(1, len(rows))
    rows[number].insert(len(rows[number]) // 2, "and more")
    return number + 1


def _only_header(rows, rnd, book):
    del rows[1:]


def _down_by_one(cells):
    return ["", *cells[:-1]]


def _down_full(cells):
    return [cells[-1], *cells[:-1]]


def _first_line(text):
    return lambda content: text + b"\n" + content


def _new_identifier(column):
    def edit(row):
        row[column] += "-2"

    return edit


def _last_source(row, book):
    return sum(1 for other in book.rows("event_sources") if other["event_id"] == row["event_id"]) == 1


FORMS = {
    "file form": [
        file("project_milestones", "saved as 'CSV UTF-8' by Excel: byte order mark", lambda c: b"\xef\xbb\xbf" + c),
        file("institutions", "saved by Excel of a country with decimal comma: semicolons between cells", lambda c: dump(parse(c), delimiter=";")),
        file("visits", "saved as 'Text (tab delimited)'", lambda c: dump(parse(c), delimiter="\t")),
        file("agreements", "saved as 'Unicode text': UTF-16", lambda c: c.decode().encode("utf-16")),
        file("claim_articles", "saved as 'CSV': Windows-1252", lambda c: c.decode().encode("cp1252", "replace")),
        file("claim_evidence", "saved on an old Mac: Mac Roman", lambda c: c.decode().encode("mac_roman", "replace")),
        file("leads", "saved in the encoding of Moscow: Windows-1251", lambda c: c.decode().encode("cp1251", "replace")),
        file("macro", "line ends of an old Mac: CR alone", lambda c: c.replace(b"\n", b"\r")),
        file("events", "line ends of Windows: CR LF", lambda c: c.replace(b"\n", b"\r\n")),
        file("projects", "a title line above the header", _first_line(b"Projects of Pakistan and Russia")),
        file("opinion", "an empty line above the header", _first_line(b"")),
        file("price_index", "header deleted", lambda c: c.split(b"\n", 1)[1]),
        file("scaling", "file emptied", lambda c: b""),
        file("ideal_points", "a page of the website saved in place of the table", lambda c: b"<!DOCTYPE html>\n<html><head><title>404</title></head>\n<body>Not, found</body></html>\n"),
        file("ungd_mentions", "the upload broke off in the middle of a row", lambda c: halves(c, 0.6)),
        file("recheck_testimony", "curly quotes by a word processor", utf8_smart),
        file("event_sources", "marks of an unfinished merge", conflict),
        file("event_codings", "NUL bytes behind the table", lambda c: c + b"\0" * 64),
        file("claims", "an opening quotation mark too many", lambda c: c.replace(b"\nS2-", b'\n"S2-', 1)),
        file("unga_dyads_rank", "tabs and commas mixed: half of the file pasted from a sheet", lambda c: c[: len(c) // 2].rsplit(b"\n", 1)[0] + b"\n" + c[len(c[: len(c) // 2].rsplit(b"\n", 1)[0]) + 1 :].replace(b",", b"\t")),
    ],
    "header": [
        grid("recheck", "name of a column deleted", _rename("note", ""), "note"),
        grid("event_sources", "name of a column capitalised", _rename("key", "Key"), "key"),
        grid("institutions", "name of a column 'made readable'", _rename("end_date", "end date"), "end_date"),
        grid("unsc_votes", "name of a column translated", _rename("date", "дата"), "date"),
        grid("claim_codings", "name of a column given twice", _rename("second", "first"), "second"),
        grid("leads", "no-break space behind the name of a column", _rename("kind", "kind\u00a0"), "kind"),
        grid("trade", "names of two columns exchanged, cells as they were", _exchange("exporter", "importer", False), "exporter", ("importer",)),
        grid("aid", "two columns moved", _exchange("donor", "flow", True), "donor", ("flow",)),
        grid("icews_dyads", "a column of remarks added", _with_column("remarks", "ok")),
        grid("exercises", "an empty column at the end", _with_column("")),
        grid("sensitivity", "row numbers as first column, as data frames write them", _with_index),
        grid("claim_links", "a column deleted", _drop("resemblance"), "resemblance"),
        grid("unga_validation", "a key column deleted", _drop("partner"), "partner"),
        grid("unga_agreement_issues", "header repeated in the middle", _header_again),
    ],
    "rows of another length": [
        grid("trade_partners", "three rows of commas at the end, by Excel", _empty_rows),
        grid("ungd_contexts", "one cell of a row deleted with its comma", _short_row),
        grid("arms_transfers", "a comma typed without quotes: one cell too many", _long_row),
        grid("arms_volume", "a line of source below the table", lambda rows, rnd, book: rows.append(["Source: SIPRI, 2025"]) or len(rows)),
        grid("trade", "a row 'Total' at the end", _append("Total", "", "", "", "", "8112.4")),
        grid("cross_source", "all rows deleted, header kept", _only_header),
    ],
}  # fmt: skip

VALUES = {
    "booleans": [
        cell("arms_transfers", "ordered_uncertain", lambda old, at: old.upper()),
        cell("ungd_mentions", "self", lambda old, at: old.capitalize()),
        cell("unsc_votes", "sanctions", lambda old, at: "0" if old == "false" else "1"),
        cell("sensitivity", "same_direction", lambda old, at: "yes" if old == "true" else "no", where=filled("same_direction")),
        cell("leads", "was_event", lambda old, at: "WAHR" if old == "true" else "FALSCH"),
        cell("unga_votes", "colonialism", "x", where=lambda row: row["colonialism"] == "true"),
        whole("unga_votes", "human_rights", each(str.upper), "a column of booleans in capitals, by a spreadsheet"),
    ],
    "numbers": [
        cell("opinion", "favourable", replaced(r"\.", ",")),
        cell("macro", "value", lambda old, at: f"{float(old):,.2f}" if float(old) >= 1000 else None),
        cell("media_attention", "n_all", lambda old, at: f"{old[0]} {old[1:]}" if len(old) == 4 else None),
        cell("trade_partners", "value_usd_m", lambda old, at: f"${old}"),
        cell("trade", "value_usd_m", lambda old, at: f"{old}m"),
        cell("unga_agreement", "agreement", lambda old, at: f"{float(old) * 100:.1f}%" if old else None),
        cell("aid", "value", lambda old, at: f"{float(old):.1E}" if float(old) > 1000 else None),
        cell("ideal_points", "n", "NaN"),
        cell("trade_mirror", "ratio", "#DIV/0!", where=filled("ratio")),
        cell("sensitivity", "low", "nan", where=filled("low")),
        cell("unga_agreement", "pi", "#N/A"),
        cell("cross_source", "mean_ratio", "#REF!"),
        cell("icews_dyads", "conflict_high", "inf"),
        cell("recheck", "sample", lambda old, at: f"{old}.0"),
        cell("exercises", "number", lambda old, at: f"{old}th", where=filled("number")),
        whole("unga_contested", "session", each(lambda v: f"{v}.0"), "a column of whole numbers written as decimals"),
        whole("ungd_checked", "check_id", each(lambda v: str(int(v))), "leading zeros lost in a column"),
        cell("price_index", "year", lambda old, at: f"'{old}"),
        cell("trade_partners", "year", lambda old, at: old.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")), "digits of an Urdu keyboard"),
        cell("event_codings", "second", lambda old, at: "\u2212" + old[1:] if old.startswith("-") else None, "a typographic minus"),
        cell("cross_source", "largest_gap", lambda old, at: f"({old[1:]})" if old.startswith("-") else None),
        cell("macro", "year", lambda old, at: old.replace("0", "O", 1) if "0" in old else None, "letter O for nought"),
        cell("ideal_points", "ideal_point", replaced(r"(\d)\.(\d)", r"\1.\2."), "a second point in a number"),
        cell("scaling", "memory_mb", lambda old, at: f"~{old}"),
        cell("project_milestones", "amount", lambda old, at: f"{float(old) / 1e6:g} million", where=filled("amount")),
        cell("unsc_votes", "in_favour", "0", "0 typed for not known", where=lambda row: not row["in_favour"] and not row["against"]),
        cell("ungd_mentions", "words", "-", where=filled("words")),
    ],
    "dates by machines": [
        cell("events", "date", as_day("{d}/{m}/{y}")),
        cell("agreements", "date", as_day("{mon} {id}, {y}")),
        cell("visits", "end_date", as_day("{y}-{m}-{d} 00:00:00")),
        cell("event_sources", "date_given", as_day("{d}.{m}.{y}")),
        cell("exercises", "start_date", lambda old, at: f"Apr-{old[2:4]}" if len(old) == 7 else None),
        cell("leads", "date", "36526", "serial number of a day in a spreadsheet", where=day("date")),
        cell("media_attention", "month", lambda old, at: f"Jan-{old[2:4]}" if old.endswith("-01") else None),
        cell("institutions", "start_date", as_day("{y}–{m}–{d}"), "dashes for hyphens in a date"),
        cell("phases", "first_day", as_day("{im}/{id}/{y}")),
        cell("phase_boundaries", "date", as_day("{mon} {y}")),
        cell("claim_articles", "written", as_day("{y}-{m}-{d}T00:00:00Z")),
        cell("projects", "first_announced", lambda old, at: f"c. {old}" if old else None),
        cell("envoys", "credentials_date", as_day("{y}-{im}-{d}"), where=lambda row: row["credentials_date"][5:6] == "0"),
        cell("project_milestones", "date", as_day("{y}{m}{d}")),
        cell("unsc_votes", "date", as_day("{d}-{mon}-{yy}")),
        cell("agreements", "entry_into_force", as_day("{y}/{m}/{d}"), where=filled("entry_into_force")),
        cell("arms_transfers", "edition", as_day("{d}/{m}/{y}")),
        cell("arms_volume", "edition", as_day("{m}/{d}/{y}")),
        cell("trade", "period", lambda old, at: f"Dec-{old[2:4]}" if re.fullmatch(r"\d{4}-\d\d", old) else None, "fiscal year read as a month"),
        cell("event_sources", "locator", lambda old, at: "03-Apr" if re.search(r"\d", old) else None, "paragraphs 3-4 read as a day"),
        cell("visits", "start_date", as_day("{y}-{m}-{d}?")),
    ],
    "calendar": [
        cell("envoys", "arrival_or_appointment", no_such_day("-13")),
        cell("agreements", "entry_into_force", no_such_day("-02-30")),
        cell("event_sources", "date_given", no_such_day("-06-31")),
        cell("project_milestones", "date", no_such_day("-11-31")),
        cell("institutions", "end_date", no_such_day("-04-31")),
        cell("leads", "date", lambda old, at: f"{old[:7]}-00" if len(old) >= 7 else None),
        cell("projects", "status_as_of", lambda old, at: f"{old[:4]}-02-29" if int(old[:4]) % 4 else None),
        cell("claim_articles", "written", no_such_day("-04-31")),
        cell("unsc_votes", "date", no_such_day("-09-31")),
        cell("media_attention", "month", no_such_day("-13")),
        cell("unga_contested", "date", lambda old, at: f"{old[:4]}-00" if len(old) == 7 else None),
        cell("unga_votes", "date", lambda old, at: f"{old[:4]}-11-31" if len(old) == 10 else None),
        cell("phases", "last_day", no_such_day("-06-31")),
        cell("phase_boundaries", "date", no_such_day("-02-30")),
        cell("exercises", "end_date", no_such_day("-09-31")),
    ],
    "order of dates": [
        cell("visits", "end_date", year_moved(-1), where=filled("end_date"), near=("start_date",)),
        cell("events", "end_date", lambda old, at: f"{int(at.row['date'][:4]) - 2}", where=filled("end_date"), near=("date",)),
        cell("institutions", "end_date", year_moved(-1), where=filled("end_date"), near=("start_date",)),
        cell("exercises", "end_date", year_moved(-10), where=filled("end_date"), near=("start_date",)),
        cell("project_milestones", "date", year_moved(100), near=("milestone_id",)),
        cell("projects", "status_as_of", year_moved(-90), where=filled("first_announced"), near=("first_announced",)),
        cell("agreements", "entry_into_force", year_moved(-9), where=filled("entry_into_force"), near=("date",)),
        cell("envoys", "end_date", year_moved(-60), where=filled("end_date"), near=("credentials_date", "arrival_or_appointment")),
        cell("phases", "last_day", year_moved(20), where=filled("last_day"), near=("first_day",)),
        cell("cross_source", "last_year", lambda old, at: str(int(at.row["first_year"]) - 5), near=("first_year", "largest_gap_year", "n")),
        cell("unga_agreement_issues", "last_session", lambda old, at: str(int(at.row["first_session"]) - 3) if int(at.row["first_session"]) > 5 else None, near=("first_session", "span")),
        cell("unga_validation", "first_session", lambda old, at: str(int(at.row["last_session"]) + 4), near=("last_session", "sessions")),
        cell("arms_transfers", "delivery_years", lambda old, at: str(int(at.row["order_year"]) - 12), where=filled("order_year", "delivery_years"), near=("order_year",)),
        cell("arms_transfers", "delivery_years", lambda old, at: "; ".join(reversed(old.split("; "))) + "; " + old.split("; ")[0] if "; " in old else None, "years of delivery out of order and one twice"),
        cell("visits", "start_date", year_moved(40), "a visit that happened in the future", where=lambda row: row["status"] == "happened" and row["start_date"] > "1990", near=("visit_id", "end_date", "event_id", "status")),
        cell("event_sources", "date_given", year_moved(30), "a day in the future", where=lambda row: row["date_given"] > "2000", near=("event_id",)),
    ],
    "precision": [
        cell("events", "date_precision", "month", where=day("date"), near=("date", "event_id")),
        cell("events", "date", lambda old, at: old[:4], "date cut to its year", where=day("date"), near=("date_precision", "event_id", "visits", "agreements", "exercises", "institutions", "project_milestones", "event_sources")),
        cell("unga_votes", "date", lambda old, at: f"{old}-01-01", "a day made up for a vote known by its year", where=lambda row: len(row["date"]) == 4, near=("session", "unga_contested")),
        cell("unga_contested", "date", lambda old, at: f"{old}-15", "a day made up for a vote known by its month", where=lambda row: len(row["date"]) == 7, near=("unga_votes",)),
        cell("phases", "first_day", lambda old, at: old[:7]),
        cell("unsc_votes", "date", lambda old, at: old[:4], near=("outcome_id",)),
        cell("media_attention", "month", lambda old, at: f"{old}-01"),
    ],
    "missing said in words": [
        cell("visits", "place", "N/A", where=filled("place")),
        cell("exercises", "forces", "unknown", where=filled("forces")),
        cell("agreements", "signatory_rus", "-", where=lambda row: not row["signatory_rus"]),
        cell("events", "dispute_note", "None", where=lambda row: not row["dispute_note"]),
        cell("institutions", "head_rus", "?", where=lambda row: not row["head_rus"]),
        cell("arms_transfers", "supplier", "NULL", where=lambda row: not row["supplier"]),
        cell("claims", "frame", "n/a", where=lambda row: not row["frame"]),
        cell("unga_votes", "PAK", "absent", where=lambda row: not row["PAK"], near=("unga_contested",)),
    ],
}  # fmt: skip

AGREEMENT = {
    "agreement between tables": [
        cell("event_codings", "adjudicated", number_moved(1, 2, 5), near=("events",)),
        cell("events", "cooperation", number_moved(-2, -1, 5), near=("event_codings",)),
        cell("claims", "verdict", other(["supported", "contradicted", "unverifiable"]), near=("claim_codings",)),
        cell("claim_codings", "adjudicated", other(["supported", "contradicted", "opinion"]), near=("claims", "reason")),
        cell("visits", "status", "cancelled", where=lambda row: row["status"] == "happened" and row["event_id"] == row["visit_id"], near=("event_id", "events")),
        cell("visits", "start_date", year_moved(-3), where=in_event("start_date"), near=("visit_id", "event_id", "events")),
        cell("agreements", "date", year_moved(2), where=in_event("date"), near=("agreement_id", "event_id", "events", "entry_into_force")),
        cell("exercises", "status", "planned", where=lambda row: row["status"] == "happened" and row["event_id"] == row["exercise_id"], near=("event_id", "events")),
        cell("institutions", "start_date", lambda old, at: f"{old[:5]}{int(old[5:7]) % 12 + 1:02}-05", where=in_event("start_date"), near=("session_id", "event_id", "end_date", "events")),
        cell("events", "confidence", "confirmed", "'confirmed' with a single source", where=lambda row: row["confidence"] == "reported" and row["status"] == "happened", near=("event_sources",)),
        cell("events", "phase", lambda old, at: "cold-war" if old == "post-9-11" else None, near=("date",)),
        cell("leads", "phase", lambda old, at: "sco-era" if old == "cold-war" else None, near=("date",)),
        cell("unga_contested", "PAK", lambda old, at: {"yes": "no", "no": "yes"}.get(old), near=("sided_with", "unga_votes")),
        cell("unga_contested", "sided_with", lambda old, at: {"RUS": "USA", "USA": "RUS"}.get(old), near=("PAK", "RUS", "USA")),
        cell("unga_contested", "title", lambda old, at: at.above["title"], near=("unga_votes",)),
        cell("unga_votes", "RUS", "abstain", where=lambda row: row["RUS"] == "no" and row["USA"] == "yes", near=("unga_contested", "unga_agreement")),
        cell("unga_votes", "china_seat", lambda old, at: {"ROC": "PRC", "PRC": "ROC"}[old], near=("session",)),
        cell("unga_dyads_rank", "n", number_moved(3, 9), near=("unga_agreement",)),
        cell("unga_dyads_rank", "kappa", scaled(0.5, 4), near=("unga_agreement",)),
        cell("unga_agreement", "n", number_moved(5, 12), near=("unga_dyads_rank", "unga_votes")),
        cell("unga_agreement", "year", number_moved(1, 1), near=("session", "unga_dyads_rank")),
        cell("ideal_points", "year", number_moved(200, 300)),
        cell("ungd_mentions", "phase", lambda old, at: "post-1991" if old == "sco-era" else None, near=("year", "session")),
        cell("ungd_mentions", "year", number_moved(2, 4), near=("session", "phase", "ungd_contexts")),
        cell("ungd_mentions", "self", lambda old, at: {"true": "false", "false": "true"}[old], near=("speaker", "group")),
        cell("ungd_contexts", "term", lambda old, at: "Moscow" if "Soviet" in old else None, near=("context",)),
        cell("ungd_contexts", "session", number_moved(-40, -30, 80), near=("year", "number"), where=lambda row: int(row["session"]) > 45),
        cell("ungd_checked", "verdict", "missed", where=lambda row: row["sample"] == "hit" and row["verdict"] == "right", near=("sample", "note")),
        cell("claim_links", "first_claim", lambda old, at: "S3-05" if at.row["first_article"] != "s3" and old else None, near=("first_article",)),
        cell("claim_links", "second_article", lambda old, at: "s3" if at.row["kind"] == "contradiction-within" and old != "s3" else None, near=("kind", "first_article", "second_claim")),
        cell("claims", "article", lambda old, at: "s4" if old != "s4" else None, near=("claim_id",)),
        cell("recheck", "column", "titel", where=lambda row: row["column"] == "title" or "title" in row["column"]),
        cell("recheck", "verdict", "right", where=lambda row: row["verdict"] == "wrong", near=("column", "found", "should_be")),
        cell("recheck_testimony", "verdict", "right", where=lambda row: row["verdict"] == "wrong", near=("found", "should_be")),
        cell("recheck_testimony", "key", "nazirhussain2012lost", near=("row_key", "event_sources", "claim_evidence"), where=lambda row: row["table_name"] == "event_sources" and row["verdict"] == "right"),
        cell("arms_volume", "tiv", scaled(3), where=lambda row: row["method"] == "even split" and float(row["tiv"]) > 10, near=("arms_transfers",)),
        cell("trade_mirror", "cowtrade", scaled(1.3), where=filled("cowtrade"), near=("trade", "importer_reports", "share_of_pakistan")),
        cell("trade_partners", "value_usd_m", scaled(2), where=lambda row: row["partner"] == "RUS", near=("trade", "trade_mirror")),
        cell("aid", "year", number_moved(7, 9), where=lambda row: row["year"] == row["period"], near=("period",)),
        cell("trade", "year", number_moved(-5, -4), where=lambda row: row["source"] == "comtrade", near=("period", "trade_mirror", "claim_evidence")),
        cell("phases", "first_session", number_moved(3, 4), near=("first_day", "last_session")),
        cell("phase_boundaries", "first_session", number_moved(6, 9), near=("date",)),
        cell("phases", "number", number_moved(1, 2), near=("phase",)),
        cell("scaling", "roll_calls", number_moved(100, 900), near=("repeats",)),
        cell("scaling", "sessions", lambda old, at: at.above["sessions"], near=("repeats",)),
        cell("unga_validation", "sessions", number_moved(60, 70), near=("first_session", "last_session")),
        cell("sensitivity", "baseline", scaled(1.2, 4), where=filled("baseline"), near=("difference_from_baseline", "figure_id")),
        cell("sensitivity", "variant", "ufa-2016", "a rival boundary that does not exist", where=lambda row: row["variant_kind"] == "phase_cut", near=("phase_boundaries",)),
        cell("claim_evidence", "row_key", lambda old, at: old.replace("session=", "session=9") if "session=" in old else None, "a row that the table does not have"),
        cell("claim_evidence", "row_key", lambda old, at: old.replace("partner", "state_b") if "partner=" in old else None, "a column that the table does not have"),
        cell("claim_evidence", "table_name", "projects", where=lambda row: row["table_name"] == "events", near=("row_key",)),
    ],
    "sums and parts": [
        cell("opinion", "no_answer", lambda old, at: f"{float(old) + 21:.1f}", where=filled("favourable", "no_answer"), near=("favourable", "unfavourable")),
        cell("opinion", "unfavourable", lambda old, at: f"{old[1:]}" if re.fullmatch(r"[1-9][1-9]\.\d", old) else None, "first digit lost", near=("favourable", "no_answer")),
        cell("icews_dyads", "verbal_conflict", lambda old, at: f"{float(old) / 2 + 0.2:.4f}" if old else None, near=("conflict", "verbal_cooperation", "material_cooperation", "material_conflict")),
        cell("unsc_votes", "abstained", number_moved(3, 5, 15), "more votes than the Council has members", where=lambda row: row["in_favour"] and sum(int(row[c]) for c in ("in_favour", "against", "abstained")) in (11, 15), near=("in_favour", "against")),
        cell("media_attention", "n_pakistan", lambda old, at: str(int(old) * 10 + 7), near=("share", "n_all", "n_pakistan_title", "low", "high")),
        cell("media_attention", "n_pakistan_title", lambda old, at: str(int(at.row["n_pakistan"]) + 3), near=("n_pakistan",)),
        cell("ungd_mentions", "mentions", lambda old, at: f"1{old}" if old else None, near=("per_10000_words", "words")),
        cell("trade_mirror", "ratio", scaled(0.1, 4), where=filled("ratio"), near=("importer_reports", "exporter_reports")),
        cell("arms_transfers", "tiv_order", scaled(10), where=filled("tiv_order", "tiv_unit", "ordered"), near=("tiv_unit", "ordered", "tiv_delivered")),
        cell("arms_transfers", "delivered", lambda old, at: str(int(at.row["ordered"]) * 3), where=filled("ordered", "delivered"), near=("ordered", "tiv_delivered")),
        cell("sensitivity", "difference_from_baseline", lambda old, at: old[1:] if old.startswith("-") else None, "sign lost", near=("value", "baseline")),
        cell("cross_source", "n_ratio", lambda old, at: str(int(at.row["n"]) + 4), near=("n",)),
        cell("unga_dyads_rank", "rank", lambda old, at: str(int(at.row["dyads"]) + 11), where=filled("rank"), near=("dyads",)),
        cell("unga_dyads_rank", "partner_rank", lambda old, at: str(int(at.row["partners"]) + 2), where=filled("partner_rank"), near=("partners",)),
        cell("trade_partners", "value_usd_m", lambda old, at: f"{float(old) / 100:.3f}", where=lambda row: row["partner"] == "WLD" and float(row["value_usd_m"]) > 100),
    ],
    "intervals": [
        cell("ideal_points", "high", lambda old, at: f"{float(at.row['ideal_point']) - 0.2:.4f}", near=("ideal_point", "low")),
        cell("ideal_points", "low", lambda old, at: old[1:] if old.startswith("-") and -float(old) > float(at.row["high"]) else None, "sign lost", near=("ideal_point", "high")),
        cell("media_attention", "low", lambda old, at: f"{float(at.row['share']) + 0.001:.6f}", near=("share", "high")),
        cell("icews_dyads", "conflict_low", lambda old, at: f"{float(at.row['conflict']) + 0.02:.4f}" if old else None, near=("conflict", "conflict_high")),
        cell("opinion", "favourable_high", lambda old, at: f"{float(at.row['favourable']) - 1:.1f}", where=filled("favourable"), near=("favourable", "favourable_low")),
        cell("unga_agreement_issues", "agreement", lambda old, at: f"{float(at.row['agreement_high']) + 0.005:.4f}" if old and float(at.row["agreement_high"]) < 0.99 else None, near=("agreement_high",)),
        cell("unga_agreement", "agreement_low", "", where=filled("agreement_low"), near=("agreement", "agreement_high")),
        cell("sensitivity", "value", lambda old, at: f"{float(at.row['high']) + 0.1:.4f}", where=filled("high"), near=("high", "difference_from_baseline", "baseline")),
        cell("cross_source", "median_ratio", lambda old, at: f"{float(at.row['highest_ratio']) + 1:.4f}", where=filled("highest_ratio"), near=("highest_ratio",)),
        cell("unga_validation", "mean_absolute_difference", lambda old, at: f"{float(at.row['largest_difference']) + 0.05:.4f}", near=("largest_difference",)),
    ],
    "units and signs": [
        cell("macro", "value", scaled(1e6), "dollars, not millions", where=lambda row: row["indicator"] == "gdp"),
        cell("trade_partners", "value_usd_m", scaled(1e3), "thousands, not millions", where=lambda row: row["partner"] in ("CHN", "USA") and row["year"] > "1980", near=("partner",)),
        cell("trade", "value_usd_m", scaled(1e-3), "billions, not millions", where=lambda row: row["source"] == "comtrade" and float(row["value_usd_m"]) > 100, near=("trade_mirror",)),
        cell("price_index", "cpi_u", scaled(10), "point forgotten"),
        cell("arms_volume", "tiv", scaled(1e3), "point forgotten", where=lambda row: float(row["tiv"]) > 20, near=("arms_transfers",)),
        cell("aid", "value", scaled(1e6), "dollars, not millions", where=lambda row: row["flow"] == "obligation" and float(row["value"]) > 50),
        cell("project_milestones", "amount", lambda old, at: f"{float(old) / 1e6:g}", "millions, not dollars", where=lambda row: row["currency"] == "USD" and float(row["amount"]) >= 1e7),
        cell("unga_agreement_issues", "agreement", lambda old, at: f"{float(old) * 100:.2f}" if old and float(old) > 0.1 else None, "per cent, not share", near=("agreement_high",)),
        cell("media_attention", "share", lambda old, at: f"{float(old) * 100:.4f}" if 0.0005 < float(old) < 0.009 else None, "per cent, not share", near=("n_pakistan", "n_all", "high")),
        cell("trade_mirror", "exporter_reports", lambda old, at: f"-{old}" if old else None, "a sign too many", near=("ratio",)),
        cell("event_codings", "adjudicated", lambda old, at: str(-int(old)) if int(old) else None, "sign turned", near=("events",)),
        cell("scaling", "seconds", scaled(-1)),
        cell("claim_articles", "words", scaled(-1)),
    ],
}  # fmt: skip

WORDS = {
    "states and actors": [
        cell("events", "actors", replaced(r"\bRUS\b", "RSU")),
        cell("events", "actors", lambda old, at: old.replace("; ", ", ") if "; " in old else None),
        cell("events", "actors", lambda old, at: old.lower()),
        cell("events", "actors", lambda old, at: f"{old}; {old.split('; ')[0]}", "an actor named twice"),
        cell("events", "actors", lambda old, at: f"{old};"),
        cell("exercises", "participants", replaced(r"RUS", "Russia")),
        cell("visits", "host_state", "RU", where=lambda row: row["host_state"] == "RUS"),
        cell("visits", "host_state", "SUN", "the code of the USSR, which the book does not use", where=lambda row: row["host_state"] == "RUS" and row["start_date"] < "1991"),
        cell("exercises", "host_state", "Pakistan", where=filled("host_state")),
        cell("envoys", "receiving_state", lambda old, at: at.row["sending_state"], near=("sending_state",)),
        cell("actors", "code", lambda old, at: f"{old}X" if old in ("CHN", "IND", "SCO", "UZB") else None, near=("events", "exercises")),
        cell("actors", "kind", "country", where=lambda row: row["kind"] == "state"),
        cell("actors", "name", lambda old, at: at.above["name"], "the name of the actor above"),
        cell("trade", "importer", lambda old, at: at.row["exporter"], where=filled("exporter"), near=("exporter",)),
        cell("arms_transfers", "recipient", "PK", where=lambda row: row["recipient"] == "PAK", near=("transfer_id",)),
        cell("arms_transfers", "supplier", "SUN", where=lambda row: row["supplier"] == "RUS", near=("transfer_id", "supplier_name")),
        cell("icews_dyads", "target", lambda old, at: at.row["initiator"], near=("initiator",)),
        cell("unsc_votes", "vetoed_by", "USSR", where=lambda row: row["vetoed_by"] == "RUS"),
        cell("unsc_votes", "RUS", "yes", where=lambda row: row["vetoed_by"] == "RUS", near=("vetoed_by",)),
        cell("unsc_votes", "vetoed_by", "", where=lambda row: row["outcome"] == "vetoed" and row["vetoed_by"] != "RUS", near=("outcome",)),
        cell("opinion", "target", "RU", where=lambda row: row["target"] == "RUS"),
        cell("aid", "donor", "USSR", where=lambda row: row["donor"] == "RUS"),
        cell("trade_partners", "partner", "CHI", where=lambda row: row["partner"] == "CHN"),
    ],
    "people": [
        cell("events", "people", misspelt),
        cell("visits", "visitor", misspelt),
        cell("leads", "people", misspelt),
        cell("institutions", "head_rus", misspelt, where=filled("head_rus")),
        cell("agreements", "signatory_pak", misspelt, where=filled("signatory_pak")),
        cell("events", "people", lambda old, at: old.replace("; ", ", ") if "; " in old else None),
        cell("leads", "people", lambda old, at: old.replace("; ", " and ", 1) if "; " in old else None),
        cell("events", "people", lambda old, at: f"{old}; {old.split('; ')[0]}" if old else None, "a person named twice"),
        cell("visits", "counterpart", replaced(r"^(\w+) (\w+)$", r"\2, \1"), "surname first", where=lambda row: row["counterpart"] in ("Vladimir Putin", "Sergei Lavrov", "Imran Khan", "Nawaz Sharif")),
    ],
    "look-alike letters": [
        cell("events", "title", lambda old, at: old.replace("a", "а", 1) if "a" in old else None, "a Cyrillic а in an English word"),
        cell("leads", "summary", lambda old, at: old.replace("o", "ο", 1) if "o" in old else None, "a Greek ο in an English word"),
        cell("projects", "title", lambda old, at: old.replace("e", "е", 1) if "e" in old else None, "a Cyrillic е in an English word"),
        cell("visits", "place", "Мoscow", "a Cyrillic М", where=lambda row: row["place"] == "Moscow"),
        cell("event_sources", "key", lambda old, at: old.replace("c", "с", 1) if "c" in old else None, "a Cyrillic с in a key"),
        cell("events", "actors", lambda old, at: old.replace("PAK", "РАК") if "PAK" in old else None, "Cyrillic letters in a code"),
        cell("claims", "note", lambda old, at: old.replace("P", "Р", 1) if re.search(r"\bP[a-z]", old) else None, "a Cyrillic Р"),
        cell("unsc_votes", "symbol", lambda old, at: old.replace("S/", "Ѕ/", 1) if old.startswith("S/") else None, "a Macedonian Ѕ"),
        cell("envoys", "name", lambda old, at: old.replace("i", "і", 1) if "i" in old else None, "a Ukrainian і"),
        cell("institutions", "place", lambda old, at: old.translate({ord("I"): "Ｉ"}) if old.startswith("I") else None, "a full-width letter"),
    ],
    "invisible characters": [
        cell("events", "title", replaced(r" ", " \u200b"), "a zero-width space"),
        cell("events", "summary", replaced(r"([a-z]{4})([a-z]{3})", "\\1\u00ad\\2"), "a soft hyphen"),
        cell("visits", "visitor", replaced(r" ", "\u00a0"), "a no-break space in a name"),
        cell("leads", "title", lambda old, at: "\u200f" + old, "a mark for right-to-left text"),
        cell("agreements", "key", lambda old, at: old + "\u2060", "a word joiner behind a key"),
        cell("claim_evidence", "note", lambda old, at: "\ufeff" + old if old else None, "a byte order mark in a cell"),
        cell("project_milestones", "description", replaced(r" ", "\t"), "a tab in a cell"),
        cell("phases", "title", lambda old, at: old + "\u200d", "a zero-width joiner"),
        cell("recheck_testimony", "note", replaced(r" ", "\u2009"), "a thin space", where=filled("note")),
    ],
    "blanks and line breaks": [
        cell("event_sources", "key", lambda old, at: f" {old}"),
        cell("exercises", "place", lambda old, at: f"{old} " if old else None),
        cell("events", "title", replaced(r" ", "  "), "a double space"),
        cell("institutions", "note", " ", where=lambda row: not row["note"]),
        cell("projects", "status", lambda old, at: f"{old} "),
        cell("events", "actors", replaced("; ", " ; ")),
        cell("claims", "quote", lambda old, at: f" {old}"),
        cell("events", "people", replaced("; ", ";"), "no space behind a semicolon"),
        cell("events", "summary", replaced(r"(\. )(?=[A-Z])", ".\n"), "a line break in a cell"),
        cell("leads", "note", replaced(" ", "\r\n"), "a line break of Windows in a cell", where=filled("note")),
        cell("agreements", "title", replaced(" ", "\\\\n"), "a backslash and n"),
        cell("trade", "flag", lambda old, at: f"{old}  " if old else None),
        cell("actors", "name", lambda old, at: f" {old}"),
    ],
    "mojibake": [
        cell("claims", "note", lambda old, at: spoiled(old) if "’" in old or "“" in old else None, "UTF-8 read as Windows-1252"),
        cell("claim_links", "note", lambda old, at: spoiled(old) if "–" in old or "’" in old else None, "UTF-8 read as Windows-1252"),
        cell("event_sources", "note", lambda old, at: old.replace("–", "\ufffd") if "–" in old else None, "a sign lost to U+FFFD"),
        cell("envoys", "name", "S?fdar Ali", "a letter lost to a question mark"),
        cell("visits", "outcome", lambda old, at: old.replace(" ", " Ã© ", 1) if " " in old else None, "é twice encoded"),
        cell("leads", "note", "ÐŸÑƒÑ‚Ð¸Ð½ said so", "Cyrillic read as Windows-1252"),
        cell("agreements", "note", "Ïóòèí said so", "Cyrillic of Windows-1251 read as Latin-1"),
    ],
    "formulas and markup": [
        cell("events", "summary", "=H12&\" \"&H13"),
        cell("leads", "title", "=VLOOKUP(A7;$A$2:$F$90;5;0)"),
        cell("arms_volume", "tiv", "=SUM(E2:E40)"),
        cell("project_milestones", "note", "=+B7"),
        cell("ungd_checked", "note", "@SUM(A1:A9)"),
        cell("price_index", "year", lambda old, at: f'="{old}"'),
        cell("events", "title", lambda old, at: old.replace(" and ", " &amp; ", 1) if " and " in old else None),
        cell("claims", "note", replaced("’|'", "&#8217;")),
        cell("leads", "summary", replaced(" ", "&nbsp;")),
        cell("institutions", "outcome", lambda old, at: f"<b>{old}</b>" if old else None),
        cell("visits", "outcome", lambda old, at: f"{old}<br>" if old else None),
    ],
}  # fmt: skip

SHAPES = {
    "find and replace in a column": [
        whole("events", "actors", each(lambda v: v.replace("PAK", "Pakistan")), "PAK by Pakistan in the column actors"),
        whole("project_milestones", "date", each(lambda v: v.replace("-", "/")), "hyphens by strokes in the column date"),
        whole("trade_partners", "value_usd_m", each(lambda v: v.replace(".", ",")), "points by commas in a column of numbers"),
        whole("leads", "phase", each(lambda v: v.replace("cold-war", "Cold War")), "cold-war by Cold War in the column phase"),
        whole("visits", "counterpart", each(lambda v: v.replace("; ", ", ")), "semicolons by commas in the column counterpart"),
        whole("event_sources", "key", each(str.upper), "a column of keys in capitals"),
        whole("unga_votes", "USA", each(lambda v: v.replace("no", "Nein")), "no by Nein in a column of votes"),
        whole("exercises", "place", each(lambda v: v.replace(" ", "")), "all blanks taken out of the column place"),
        whole("claim_links", "resemblance", each(lambda v: v.replace("0.", ".") + "?"), "question marks behind all numbers of a column"),
        whole("claim_events", "claim_id", each(lambda v: v.replace("S", "C")), "S by C in the column claim_id"),
    ],
    "columns sorted or shifted": [
        whole("visits", "start_date", lambda c: sorted(c, reverse=True), "one column sorted by itself", near=("visit_id", "event_id", "end_date")),
        whole("events", "cooperation", lambda c: sorted(c, key=int), "one column sorted by itself", near=("event_codings",)),
        whole("project_milestones", "date", _down_full, "one column shifted down by a row", near=("milestone_id", "event_id")),
        whole("unga_contested", "PAK", _down_full, "one column shifted down by a row", near=("sided_with", "unga_votes")),
        whole("unga_agreement", "n", _down_full, "one column shifted down by a row", near=("unga_dyads_rank", "unga_votes")),
        whole("events", "date_precision", _down_full, "one column shifted down by a row", near=("date",)),
        whole("ungd_mentions", "mentions", _down_by_one, "one column shifted down by a row, the last cell lost", near=("per_10000_words", "words", "ungd_contexts")),
        whole("claims", "verdict", _down_full, "one column shifted down by a row", near=("claim_codings",)),
        whole("icews_dyads", "conflict", lambda c: sorted(c), "one column sorted by itself", near=("conflict_low", "conflict_high", "verbal_conflict")),
        whole("price_index", "year", lambda c: [str(int(c[0]) + i // 2) for i in range(len(c))], "filled down with the wrong series", near=("cpi_u",)),
        whole("arms_transfers", "transfer_id", _down_full, "key column shifted down by a row", near=("supplier", "recipient", "order_year")),
    ],
    "rows": [
        twice("events", column="event_id"),
        twice("event_sources", column="event_id", near=("key", "locator")),
        twice("macro", column="indicator", near=("state", "year")),
        twice("unga_votes", column="vote_id"),
        twice("claim_events", column="event_id", near=("claim_id",)),
        twice("trade_mirror", column="exporter", near=("year",)),
        twice("exercises", "one row copied and its key made new, the rest left", _new_identifier("exercise_id"), "exercise_id"),
        twice("institutions", "one row copied and its key made new, the rest left", _new_identifier("session_id"), "session_id"),
        gone("events", near=("event_sources", "event_codings", "visits", "claim_events")),
        gone("actors", lambda row, book: row["code"] in ("CHN", "IND", "AFG", "SCO"), near=("events", "exercises")),
        gone("claim_articles", near=("claims", "claim_links")),
        gone("unga_votes", lambda row, book: {row["RUS"], row["USA"]} == {"yes", "no"}, near=("unga_contested", "unga_agreement")),
        gone("event_codings", near=("events",)),
        gone("claim_codings", near=("claims",)),
        gone("event_sources", _last_source, near=("events",), words="the only source of an event deleted"),
        gone("price_index", lambda row, book: "1960" < row["year"] < "2010", words="a year in the middle of a series deleted"),
        gone("media_attention", lambda row, book: row["outlet"] == "1tv" and row["month"].endswith("-06"), words="a month in the middle of a series deleted"),
        gone("unga_agreement", near=("unga_dyads_rank", "claim_evidence")),
        gone("unga_contested", near=("unga_votes",)),
        gone("projects", near=("project_milestones", "project_kinds")),
        gone("claims", near=("claim_codings", "claim_evidence", "claim_events", "claim_links")),
        gone("phases", lambda row, book: row["number"] == "2", near=("events", "leads", "phase_boundaries")),
        gone("ungd_mentions", lambda row, book: row["speaker"] == "PAK" and row["group"] == "RUS", near=("ungd_contexts",)),
        grid("visits", "a new row with its key and nothing else", _append("2024-03-01-new-visit")),
        grid("leads", "a new row without title and source", _append("2024-03-01-new-lead", "2024-03-01", "sco-era", "diplomacy")),
    ],
    "keys and references": [
        cell("projects", "key", typo, "letters of a source's key changed places"),
        cell("trade", "source", "comtrad", where=lambda row: row["source"] == "comtrade"),
        cell("opinion", "source", "PewGlobal"),
        cell("macro", "source", lambda old, at: f"{old}2"),
        cell("aid", "source", "", "source deleted"),
        cell("leads", "further_keys", lambda old, at: old.replace("; ", ", ") if "; " in old else None),
        cell("recheck", "key", "nobody2020nothing", where=filled("key")),
        cell("claim_evidence", "key", typo, where=filled("key")),
        cell("claim_links", "key", "hussain2012", where=filled("key")),
        cell("envoys", "key", lambda old, at: f"@{old}"),
        cell("phase_boundaries", "key", lambda old, at: f"{old}; {old}"),
        cell("project_milestones", "key", "https://www.dawn.com/news/1234567", "an address in place of a key"),
        cell("project_milestones", "event_id", typo, where=filled("event_id")),
        cell("project_milestones", "project_id", "north-south-pipeline"),
        cell("visits", "event_id", lambda old, at: at.rows[at.position - 20]["event_id"] or None if at.position > 20 else None, "the event of another visit", where=filled("event_id"), near=("start_date",)),
        cell("agreements", "event_id", lambda old, at: at.rows[at.position - 12]["event_id"] or None if at.position > 12 else None, "the event of another agreement", where=filled("event_id"), near=("date",)),
        cell("institutions", "event_id", lambda old, at: old.upper() if old else None),
        cell("exercises", "event_id", lambda old, at: at.book.rows("leads")[5]["lead_id"], "a lead in place of an event", where=filled("event_id")),
        cell("events", "event_id", lambda old, at: f"{old}-new", "an identifier made new", near=("event_sources", "event_codings", "visits", "claim_events", "claim_evidence")),
        cell("leads", "lead_id", lambda old, at: f"{int(old[:4]) - 1}{old[4:]}", near=("date", "recheck")),
        cell("arms_transfers", "transfer_id", replaced(r"-\d{4}-", "-1066-"), near=("order_year",)),
        cell("claim_codings", "claim_id", lambda old, at: old.replace("-", "–"), "a dash for a hyphen in an identifier", near=("claims",)),
        cell("claim_events", "event_id", typo),
        cell("unga_contested", "vote_id", lambda old, at: old.replace("rcid-", "rcid-9") if old.startswith("rcid-") else None),
        cell("recheck", "event_id", typo),
        cell("unsc_votes", "outcome_id", lambda old, at: f"{int(old[:4]) + 1}{old[4:]}", near=("date",)),
    ],
    "swapped cells": [
        swapped("visits", "start_date", "end_date", lambda row: len(row["start_date"]) == len(row["end_date"]) == 10),
        swapped("opinion", "favourable", "unfavourable", lambda row: row["favourable"] and abs(float(row["favourable"]) - float(row["unfavourable"])) > 9, near=("favourable_low", "favourable_high")),
        swapped("ideal_points", "low", "high"),
        swapped("events", "status", "confidence"),
        swapped("events", "title", "summary"),
        swapped("trade", "exporter", "importer", lambda row: row["source"] in ("cowtrade", "comtrade"), near=("trade_mirror", "source", "year")),
        swapped("unga_contested", "RUS", "USA", near=("sided_with", "unga_votes")),
        swapped("event_sources", "key", "locator", filled("locator")),
        swapped("agreements", "signatory_pak", "signatory_rus", lambda row: "Putin" in row["signatory_rus"] or "Lavrov" in row["signatory_rus"] or "Shoigu" in row["signatory_rus"]),
        swapped("visits", "visitor", "place", filled("visitor", "place")),
        swapped("trade_mirror", "importer_reports", "exporter_reports", filled("ratio"), near=("ratio",)),
        swapped("cross_source", "first_year", "last_year"),
        swapped("unsc_votes", "in_favour", "abstained", lambda row: row["outcome"] == "adopted" and row["abstained"] == "0" and bool(row["in_favour"]), near=("outcome",)),
        swapped("arms_transfers", "supplier", "recipient", filled("supplier"), near=("transfer_id", "supplier_name")),
        swapped("unga_dyads_rank", "rank", "dyads", filled("rank")),
    ],
    "copied and cut cells": [
        cell("events", "summary", lambda old, at: at.above["summary"], "the summary of the row above"),
        cell("events", "title", lambda old, at: at.above["title"], "the title of the row above"),
        cell("leads", "summary", lambda old, at: at.above["summary"], "the summary of the row above"),
        cell("events", "date", lambda old, at: at.above["date"], "the date of the row above", near=("event_id", "date_precision", "end_date", "event_sources", "visits"), where=day("date")),
        cell("leads", "date", lambda old, at: at.above["date"] if at.above["date"][:4] != old[:4] else None, "the date of the row above", near=("lead_id",)),
        cell("claim_articles", "sha256", lambda old, at: at.above["sha256"], "the fingerprint of the row above"),
        cell("claim_articles", "sha256", lambda old, at: old[:60], "a fingerprint cut short"),
        cell("events", "summary", lambda old, at: old[: len(old) * 2 // 3].rsplit(" ", 1)[0], "a summary cut in the middle of a sentence"),
        cell("projects", "summary", lambda old, at: old[: len(old) // 2], "a summary cut in the middle of a word"),
        cell("ungd_contexts", "context", lambda old, at: old.replace("]", ""), "a bracket lost", near=("term",)),
        cell("ungd_checked", "context", lambda old, at: old.replace("[", "").replace("]", "") if "[" in old else None, "the brackets around the name lost", near=("term",)),
        cell("sensitivity", "figure_id", lambda old, at: old.replace("-", "_")),
        cell("sensitivity", "unit", "", "unit deleted"),
        cell("events", "title", "", "title deleted"),
        cell("event_codings", "first", "", "a coding deleted"),
        cell("cross_source", "unit", "", "unit deleted"),
        cell("leads", "note", replaced(r"\)", ""), "a closing bracket lost", where=lambda row: row["note"].count(")") == row["note"].count("(") == 1),
    ],
    "words beyond the vocabulary": [
        cell("visits", "rank", lambda old, at: old.replace("-", " ") if "-" in old else None),
        cell("event_sources", "perspective", lambda old, at: "russian" if old == "soviet-russian" else None),
        cell("event_sources", "testimony", lambda old, at: old.capitalize()),
        cell("agreements", "type", "MoU", where=lambda row: row["type"] == "memorandum"),
        cell("agreements", "in_force", "true"),
        cell("project_milestones", "step", "finished", where=lambda row: row["step"] == "completed"),
        cell("project_kinds", "kind", "sold", where=lambda row: row["kind"] == "shipped"),
        cell("claims", "theme", "Trade", where=lambda row: row["theme"] == "trade"),
        cell("trade", "flow", "export", where=lambda row: row["flow"] == "exports"),
        cell("arms_transfers", "condition", "used", where=lambda row: row["condition"] == "Second hand"),
        cell("project_milestones", "currency", "dollars", where=lambda row: row["currency"] == "USD"),
        cell("unga_votes", "IND", "Y", where=lambda row: row["IND"] == "yes"),
        cell("recheck_testimony", "table_name", "events_sources", where=lambda row: row["table_name"] == "event_sources"),
    ],
    "length": [
        cell("claims", "quote", lambda old, at: old + " and" * (26 - len(old.split())), "a quotation of 26 words"),
        cell("events", "summary", lambda old, at: old[:-1] + " and so on" * 17 + ".", "a summary of more than 60 words", where=lambda row: len(row["summary"].split()) > 20),
        cell("projects", "summary", lambda old, at: old[:-1] + " and so on" * 20 + ".", "a summary of more than 60 words"),
        cell("ungd_contexts", "context", lambda old, at: old + " of the whole region and the world and beyond it", "more than 12 words of a speech"),
        cell("claim_links", "sample", lambda old, at: old + " of the whole region and the world and all that is beyond" if old else None, "more than 12 words of a passage"),
    ],
}  # fmt: skip


def _field(name, new):
    """Replace the value of a field: `new` is a text or a function of the old value."""

    def change(text, rnd):
        found = re.search(rf"^(  {name} = \{{)(.*)(\}},?)$", text, flags=re.M)
        if not found:
            return None
        value = new(found[2]) if callable(new) else new
        return None if value is None else text[: found.start()] + found[1] + value + found[3] + text[found.end() :]

    return change


def _dropped(name):
    return lambda text, rnd: re.sub(rf"^  {name} = .*\n", "", text, flags=re.M)


def _cited(text, book):
    return re.match(r"@\w+\{([^,]+)", text)[1] in book.cited


def _added(after):
    return lambda text, rnd: f"{text}\n\n{after(text)}"


BIBLIOGRAPHY = {
    "BibTeX": [
        file(REFERENCES, "byte order mark", lambda c: b"\xef\xbb\xbf" + c),
        file(REFERENCES, "marks of an unfinished merge", conflict),
        file(REFERENCES, "saved as Windows-1252", lambda c: c.decode().encode("cp1252", "replace")),
        file(REFERENCES, "the file broke off", lambda c: c[: len(c) * 2 // 3]),
        entry("an entry pasted a second time", _added(lambda text: text)),
        entry("an entry pasted again under another key", _added(lambda text: re.sub(r"\{([^,]+),", r"{\1zwei,", text, count=1)), lambda text, book: "url = " in text),
        entry("a key with letters that changed places", lambda text, rnd: re.sub(r"\{(\w)(\w)", r"{\2\1", text, count=1) if text[text.index("{") + 1] != text[text.index("{") + 2] else None, _cited, near=("event_sources", "leads", "visits", "events")),
        entry("a cited entry deleted", lambda text, rnd: "% here was an entry", _cited, near=("event_sources", "leads", "visits", "events")),
        entry("an address without its protocol", _field("url", lambda v: v.replace("https://", ""))),
        entry("a blank in an address", _field("url", lambda v: v[:20] + " " + v[20:])),
        entry("two addresses in one field", _field("url", lambda v: f"{v}, {v}")),
        entry("an unescaped $ in a title", _field("title", lambda v: f"{v} for $5 million")),
        entry("an unescaped % in a title", _field("title", lambda v: f"{v}: up 5%")),
        entry("an unescaped & in a title", _field("title", lambda v: v.replace(" and ", " & ") if " and " in v else None)),
        entry("an unescaped _ in a title", _field("title", lambda v: v.replace(" ", "_", 1))),
        entry("an unescaped # in a title", _field("title", lambda v: f"{v} #2")),
        entry("a closing brace lost", _field("title", lambda v: "{" + v)),
        entry("the comma between two fields lost", lambda text, rnd: text.replace("},\n  url", "}\n  url")),
        entry("an unknown kind of entry", lambda text, rnd: text.replace("@online", "@onlin", 1)),
        entry("no title", _dropped("title")),
        entry("no year", lambda text, rnd: _dropped("date")(_dropped("year")(text, rnd).replace("},\n}", "}\n}"), rnd), lambda text, book: "date = " in text),
        entry("a month that does not exist", _field("date", lambda v: v[:4] + "-13")),
        entry("a day that does not exist", _field("date", lambda v: v[:4] + "-02-30")),
        entry("a month without quotes that BibTeX does not know", lambda text, rnd: text.replace("\n  title", "\n  month = sept,\n  title", 1)),
        entry("year unlike date", _field("year", lambda v: str(int(v) + 10) if v.isdigit() else None), lambda text, book: "date = {" in text),
        entry("a source read before it was published", _field("urldate", lambda v: "1946-01-01"), lambda text, book: "  date = {" in text),
        entry("day of reading as 22/11/2026", _field("urldate", lambda v: "22/11/2026")),
        entry("a year with a letter for a figure", _field("year", lambda v: v.replace("0", "O", 1) if "0" in v else None)),
        entry("a title given twice", lambda text, rnd: re.sub(r"^(  title = .*\n)", r"\1\1", text, count=1, flags=re.M)),
        entry("authors with commas between them", _field("author", lambda v: "Jane Roe, John Doe, Max Muster")),
        entry("mojibake in a title", _field("title", lambda v: f"{v} â€“ Ã©")),
        entry("a zero-width space in a title", _field("title", lambda v: v.replace(" ", " \u200b", 1))),
        entry("a Cyrillic а in an English title", _field("title", lambda v: v.replace("a", "а", 1) if v.isascii() and "a" in v else None)),
        entry("an unknown language", _field("langid", lambda v: "rusian"), lambda text, book: "langid" in text),
        entry("an HTML entity in a title", _field("title", lambda v: f"{v} &amp; more")),
        entry("the DOI with its resolver's address", _field("doi", lambda v: f"https://doi.org/{v}")),
        entry("a title of one blank", _field("title", " ")),
        entry("'et al.' among the authors", _field("author", lambda v: "Roe, Jane and et al.")),
    ],
}  # fmt: skip

KINDS = FORMS | VALUES | AGREEMENT | WORDS | SHAPES | BIBLIOGRAPHY


def edits(seed: int, folder: Folder | None = None) -> list[Edit]:
    """Return the edits of a seed, kind by kind.

    Raises
    ------
    LookupError
        When the tables have no cell to which one of the mistakes can happen.
    """
    book = Book(folder or Folder.default())
    found = []
    for kind, makers in KINDS.items():
        for number, make in enumerate(makers, start=1):
            name = f"{kind} {number}"
            found.append(Edit(name=name, kind=kind, **make(book, random.Random(f"{seed}: {name}"))))
    touched = {edit.table for edit in found}
    for table in (table for table in data.tables(book.folder) if table not in touched):  # younger than the kinds above
        found.append(
            Edit(
                f"header of {table}", "header", "a blank at the end of the first column's name", table, _blank_in_header
            )
        )
    return found


def _blank_in_header(content: bytes) -> bytes:
    return content.replace(b",", b" ,", 1)
