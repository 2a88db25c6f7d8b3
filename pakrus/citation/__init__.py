"""Who made the book, and how it, a page, a figure, an event or a table of it is cited.

What comes in is CITATION.cff (`book`) and what is to be cited (`work`); what goes out are the forms of the styles
(`styles`: APA, Chicago, MLA, in the text, credit line) and what reference managers read (`exchange`: BibTeX, RIS,
CSL-JSON), for all works from the same fields. All BibTeX of the book, also that of references.bib, is written by `bibtex`.

The authors are a group: braces in BibTeX and a trailing comma elsewhere keep programs from splitting the name. No book
has the field `version` where a program reads it: programs take a book that has one for software, and its version is its
edition.
"""

from pakrus.citation.book import FILE, LICENCES, Book, CitationError, dataset_cff, read
from pakrus.citation.exchange import bibtex, csl_json, files, ris, whole_name, work_bibtex
from pakrus.citation.sources import named
from pakrus.citation.styles import LABELS, plain, strings
from pakrus.citation.work import KINDS, Work

__all__ = [
    "FILE",
    "KINDS",
    "LABELS",
    "LICENCES",
    "Book",
    "CitationError",
    "Work",
    "bibtex",
    "csl_json",
    "dataset_cff",
    "files",
    "named",
    "plain",
    "read",
    "ris",
    "strings",
    "whole_name",
    "work_bibtex",
]
