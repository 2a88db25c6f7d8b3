"""Where the book's data, bibliography and citation are: a value that is handed down, never a global that is changed."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DESCRIPTOR = "datapackage.json"
REFERENCES = "references.bib"
CITATION = "CITATION.cff"


@dataclass(frozen=True)
class Folder:
    """A folder of tables with what belongs to it.

    Parameters
    ----------
    data : Path
        The folder of the tables and their descriptor.
    root : Path
        The book's folder, with CITATION.cff, the licences and the bibliography.
    """

    data: Path
    root: Path = ROOT

    @classmethod
    def default(cls) -> "Folder":
        """The folder that PAKRUS_DATA names, else the book's own; the environment is asked at each call."""
        return cls(Path(os.environ.get("PAKRUS_DATA") or ROOT / "data"))

    @property
    def descriptor(self) -> Path:
        """The Frictionless descriptor of the tables."""
        return self.data / DESCRIPTOR

    @property
    def references(self) -> Path:
        """The bibliography: the one beside the data, if there is one, else the book's."""
        beside = self.data.parent / REFERENCES
        return beside if beside.is_file() else self.root / REFERENCES

    @property
    def citation(self) -> Path:
        """What the book is cited as: title, authors, version, date."""
        return self.root / CITATION

    def table(self, name: str) -> Path:
        """The file of a table, which bears the table's name."""
        return self.data / f"{name}.csv"

    def copy(self, to: Path) -> "Folder":
        """Copy data and bibliography into the folder `to`, where they may be changed, and return the copy."""
        shutil.copytree(self.data, to / "data")
        shutil.copy(self.references, to / REFERENCES)
        return Folder(to / "data", self.root)
