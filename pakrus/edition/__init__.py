"""The data edition: all tables as one zip and as one SQLite file, made by the same command on every machine.

What comes in are a data folder with its descriptor (`datapackage.json`, which says what the tables are: nothing here
knows any one of them), CITATION.cff, the licences and references.bib; what goes out are the two files and SHA256SUMS.
The one difficulty: the same version of the book must give the same fingerprints everywhere. So the date is that of
CITATION.cff, names are sorted, and the zip stores its files as they are, since compressors differ from version to
version: its bytes are equal. SQLite's files differ in their bytes from version to version, so that the fingerprint of
the database is that of its content (`database.fingerprint`).
"""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pakrus import citation, codebook, store
from pakrus.data import DataError
from pakrus.edition import database, page, snippets
from pakrus.folder import DESCRIPTOR, ROOT, Folder

SUMS = "SHA256SUMS"
# for README.md: what `database.fingerprint` does, for whoever has the file alone
CHECK = """\
import hashlib, json, sqlite3

tables = sqlite3.connect("NAME.sqlite")
digest = hashlib.sha256()
for name, definition in tables.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
    digest.update(f"{json.dumps(definition)}\\n".encode())
    for row in tables.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):
        digest.update(f"{json.dumps(row)}\\n".encode())
print(digest.hexdigest())
"""
EXAMPLE = "unga_contested"  # a program that guesses takes its yes, no and abstain for truth values
ROOT_FILES = ("CITATION.cff", "LICENSE", "LICENSE-content")
THIRD_PARTIES = (
    "Tables compiled for this book may be used under the licence named here. Tables taken or derived from third "
    "parties keep their sources' terms, which the codebook and datapackage.json name for every table."
)


@dataclass(frozen=True)
class File:
    """One file of the edition: its path, size in bytes, sha256, and of what: the file, or its dump."""

    path: Path
    bytes: int
    sha256: str
    of: str = "file"


class Edition:
    """The tables of a data folder with all that goes with them.

    Parameters
    ----------
    root : path
        The book's folder, with CITATION.cff, the licences and references.bib.
    folder : path
        The data folder, with datapackage.json; a references.bib beside it goes before the root's.

    Raises
    ------
    DataError
        When CITATION.cff or the descriptor is missing or cannot be read.
    """

    def __init__(self, root: Path | None = None, folder: Path | None = None):
        self.root, self.folder = Path(root or ROOT), Path(folder or Folder.default().data)
        try:
            self.book = citation.read(self.root / citation.FILE)
        except citation.CitationError as error:
            raise DataError(str(error)) from None
        try:
            self.package = json.loads(_read(self.folder / DESCRIPTOR))
        except ValueError as error:
            raise DataError(f"{self.folder / DESCRIPTOR}: not valid JSON ({error}).") from None
        self.resources = self.package["resources"]
        self.name = f"{self.package['name']}-{self.book.version}"

    def inputs(self) -> list[Path]:
        """The files whose bytes make the edition."""
        beside = self.folder.parent / "references.bib"
        bibliography = beside if beside.is_file() else self.root / "references.bib"
        tables = [self.folder / entry["path"] for entry in self.resources]
        return [*(self.root / name for name in ROOT_FILES), bibliography, self.folder / DESCRIPTOR, *tables]

    def depends_on(self) -> list[Path]:
        """All inputs and the code that makes the edition of them."""
        code = [Path(module.__file__) for module in (database, page, snippets, codebook)]
        return [*self.inputs(), Path(__file__), *code, *sorted(Path(citation.__file__).parent.glob("*.py"))]

    def key(self) -> str:
        """A digest of all that the edition depends on: equal key, equal bytes."""
        digest = hashlib.sha256()
        for path in self.depends_on():
            digest.update(f"{path.name} {hashlib.sha256(_read(path)).hexdigest()}\n".encode())
        return digest.hexdigest()

    @cached_property
    def contents(self) -> dict[str, bytes]:
        """The tables' bytes by table name, each checked against the descriptor."""
        found = {}
        for entry in self.resources:
            path = self.folder / entry["path"]
            content = _read(path)
            digest = hashlib.sha256(content).hexdigest()
            if digest != entry["hash"].removeprefix("sha256:"):
                raise DataError(
                    f"{path}: its sha256 is {digest}, the descriptor says {entry['hash']}. If the table was changed on "
                    "purpose, run 'python -m pakrus check' and then 'python -m pakrus seal'."
                )
            found[entry["name"]] = content
        return found

    def write(self, to: Path | str) -> list[File]:
        """Write zip, SQLite file and SHA256SUMS into the folder `to`; return them in this order.

        Raises
        ------
        DataError
            When a file is missing, a table differs from the descriptor, or a key of the descriptor does not hold.
        """
        to = Path(to)
        to.mkdir(parents=True, exist_ok=True)
        archive, (tables, fingerprint) = self.zip(), self.sqlite()
        files = [
            File(to / f"{self.name}.zip", len(archive), hashlib.sha256(archive).hexdigest()),
            File(to / f"{self.name}.sqlite", len(tables), fingerprint, "dump"),
        ]
        # `sha256sum --check` passes over a line that begins with #
        sums = "".join(
            f"{file.sha256}  {file.path.name}\n"
            if file.of == "file"
            else f"# sha256 of the dump of {file.path.name} (README.md in the zip: how to check): {file.sha256}\n"
            for file in files
        ).encode()
        files.append(File(to / SUMS, len(sums), hashlib.sha256(sums).hexdigest()))
        for file, content in zip(files, (archive, tables, sums), strict=True):
            store.write(file.path, content)
        return files

    # the zip ----------------------------------------------------------------------------------------------------------

    def zip(self) -> bytes:
        """The tables, descriptor, codebook, bibliography, licences and a README, under one folder."""
        members = {path.name: _read(path) for path in self.inputs()[: len(ROOT_FILES) + 2]}
        members |= {entry["path"]: self.contents[entry["name"]] for entry in self.resources}
        members[citation.FILE] = citation.dataset_cff(self.book, self.cite().title, self.description()).encode()
        members |= {name: text.encode() for name, text in snippets.scripts(self.resources).items()}
        members |= {"codebook.html": self.codebook().encode(), "README.md": self.readme().encode()}
        date = self.book.date
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name, content in sorted(members.items()):
                info = zipfile.ZipInfo(f"{self.name}/{name}", (date.year, date.month, date.day, 0, 0, 0))
                info.create_system, info.external_attr = 3, 0o644 << 16
                archive.writestr(info, content)
        return target.getvalue()

    def description(self) -> str:
        """What the data are, and on which terms, in a few sentences."""
        return f"{self.package.get('description') or self.book.abstract} {THIRD_PARTIES}"

    def cite(self) -> citation.Work:
        """The data edition as something to cite."""
        title = self.package.get("title") or self.book.title
        return citation.Work(self.book, title, "data", address=self.book.url, kind="data")

    def example(self) -> dict:
        """The entry of the table that shows how to load one."""
        return next((e for e in self.resources if e["name"] == EXAMPLE), self.resources[0])

    def readme(self) -> str:
        """What the zip holds and how to cite it, as Markdown."""
        book, cite = self.book, self.cite()
        listed = "\n".join(
            f"| {entry['path']} | {entry.get('title', '')} | {entry['pakrus:rows']:,} |" for entry in self.resources
        )
        return f"""# {self.package.get("title", book.title)}

Version {book.version}, {book.date.isoformat()}. {self.package.get("description", "")}

## Files

- `codebook.html`: what every table and field means, its units, sources, terms, gaps, and what it must not be read as
- `datapackage.json`: the same for programs (Frictionless Data Package), with the sha256 of every table
- `references.bib`: every source; `CITATION.cff`: this data edition for reference managers
- `LICENSE-content` for text and tables, `LICENSE` for code

| File | What it holds | Rows |
| --- | --- | ---: |
{listed}

Tables are CSV in UTF-8 with a comma between fields; a missing value is an empty field, never 0. The same tables, with
types and keys, are in `{self.name}.sqlite`.

## How to load them

Tell your program the types, or it guesses: a column of yes, no and abstain becomes true and false, a code becomes a number.
These files beside the tables do so for all of them, from `datapackage.json`:

- `load_pandas.py`, `load_polars.py`: `load("{self.example()["name"]}")` gives a table as a data frame
- `export_stata.py`: writes every table as a Stata file
- `load_duckdb.sql`: all tables as views
- `load_readr.R`: `load_table("{self.example()["name"]}")` in R with readr

For one table:

{self._loading()}
## How to check

`sha256sum --check {SUMS}` checks the zip. The database's bytes depend on the version of SQLite that wrote it, its content
does not: {SUMS} names the sha256 of a dump of it, which this gives again (Python 3, standard library only):

```python
{CHECK.replace("NAME", self.name)}```

## How to cite

> {citation.plain(citation.strings(cite)["apa"])}

```bibtex
{citation.work_bibtex(cite)}```

Cite the sources of the tables that you use as well: the codebook names them, `references.bib` has the entries.

## Licence

{book.content_licence}. {THIRD_PARTIES}
"""

    def _loading(self) -> str:
        shown = ""
        for program, language in snippets.PROGRAMS.items():
            text = snippets.snippet(program, self.example(), f"{self.name}.sqlite")
            shown += f"### {program}\n\n```{language}\n{text}```\n\n"
        return shown

    def codebook(self) -> str:
        """The codebook as one HTML page that needs nothing else."""
        return page.html(self.package, self.book, THIRD_PARTIES)

    def sqlite(self) -> tuple[bytes, str]:
        """All tables with types, keys, `_meta` (version, sha256 of each CSV) and `_fields`; and the dump's sha256."""
        book = self.book
        meta = {
            "title": self.package.get("title", book.title),
            "version": book.version,
            "date": book.date.isoformat(),
            "creator": book.author,
            "licence": book.content_licence,
            "terms": THIRD_PARTIES,
            "cite": citation.plain(citation.strings(self.cite())["apa"]),
        }
        meta |= {f"sha256:{e['path']}": hashlib.sha256(self.contents[e["name"]]).hexdigest() for e in self.resources}
        return database.make(self.resources, self.contents, meta)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"{path}: missing; the data edition needs it. Restore it with git checkout.") from None
