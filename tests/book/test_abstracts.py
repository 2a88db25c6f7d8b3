"""The abstracts in Urdu and Russian: every chapter has one, and its numbers are those of the English abstract and of the facts."""

import re

import pytest
from book_notebooks import ROOT, cells

from pakrus import numbering
from pakrus.notebooks.links import Book, links
from pakrus.pages import abstracts

LANGUAGES = abstracts.languages(ROOT)
CHAPTERS = [page for page, number in numbering.sections(ROOT).items() if number.isdigit()]
# words for numbers from three on ("one", "two" and "both" say too much else) and for parts
NUMBERS = {
    "en": {
        3: r"\bthree\b", 4: r"\bfour\b", 5: r"\bfive\b", 6: r"\bsix\b", 7: r"\bseven\b", 8: r"\beight\b", 9: r"\bnine\b", 10: r"\bten\b",
        13: r"\bthirteen\b", 14: r"\bfourteen\b", 42: r"\bforty-two\b", 1 / 2: r"\bhalf\b", 1 / 3: r"\ba third\b",
    },
    "ru": {
        3: r"\bтр(?:и|ёх|ем|ём|емя)\b", 4: r"\bчетыр(?:е|ёх|ём|ьмя)\b", 5: r"\bпят(?:ь|и|ью)\b", 6: r"\bшест(?:ь|и|ью)\b", 7: r"\bсем(?:ь|и|ью)\b",
        8: r"\bвос(?:емь|ьми)\b", 9: r"\bдевят(?:ь|и|ью)\b", 10: r"\bдесят(?:ь|и|ью|ое|ого)\b", 13: r"\bтринадцат", 14: r"\bчетырнадцат", 42: r"\bсорок",
        1 / 2: r"\bполовин", 1 / 3: r"\bтрет(?:ь|и|ью)\b",
    },
    "ur": {
        3: r"\bتین\b", 4: r"\bچار\b", 5: r"\bپانچ\b", 6: r"\bچھ\b", 7: r"\bسات\b", 8: r"\bآٹھ\b", 9: r"\bنو\b", 10: r"\bدس\b",
        13: r"\bتیرہ\b", 14: r"\bچودہ\b", 42: r"\bبیالیس\b", 1 / 2: r"\bنصف\b", 1 / 3: r"\bتہائی\b",
    },
}  # fmt: skip
# numbers that the English abstracts say in words, and the fact that gives each: (number, page, fact, how one comes from the other)
TOLD = [
    ("introduction", 6, "introduction", "rise_cold_war_post_9_11"), ("introduction", 9, "introduction", "rise_post_1991_sco_era"),
    ("turning-points", 14, "turning-points", "series_break_n"), ("third-parties", 42, "third-parties", "textbook_n"),
    ("voices", 13, "voices", "named_with_india_n"), ("voices", 1997, "voices", "last_named"), ("claims", 249, "claims", "claims"),
    ("claims", 2012, "claims", "first_article_year"), ("claims", 2022, "claims", "last_article_year"),
    ("conclusion", 6, "conclusion", "alignment_cold_war_n"),
]  # fmt: skip
DESIGNATIONS = re.compile(r"JF-17")  # names with a figure in them


def text_of(chapter):
    """The English abstract of a chapter, with what its links say."""
    opening = cells(ROOT / f"{chapter}.ipynb", "markdown")[0]["text"]
    return re.search(r"^\*\*Abstract\.\*\* (.+?)\n\n", opening, flags=re.M | re.S)[1]


def translated(language, name):
    return abstracts.read(ROOT / "abstracts" / language / f"{name}.md")


def numbers(text, language):
    """Every number of a text, whether in figures or in words; 0, 1 and 2 are left out, as their words say too much else."""
    shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", DESIGNATIONS.sub("", text))
    found = {round(float(number)) for number in re.findall(r"\d+(?:\.\d+)?", shown)} - {0, 1, 2}
    return found | {number for number, word in NUMBERS[language].items() if re.search(word, shown, flags=re.I)}


def test_there_are_two_languages_and_each_has_the_book_and_every_chapter():
    assert LANGUAGES == ["ur", "ru"]
    for language in LANGUAGES:
        there = {path.stem for path in (ROOT / "abstracts" / language).glob("*.md")}
        assert there == {"index", *(chapter.removeprefix("chapters/") for chapter in CHAPTERS)}, language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_an_abstract_has_the_numbers_of_the_english_one(chapter, language):
    text = translated(language, chapter.removeprefix("chapters/"))
    assert numbers(text.opening, language) == numbers(text_of(chapter), "en")
    assert text.title and not text.parts


@pytest.mark.parametrize("chapter, number, page, fact", TOLD)
def test_numbers_in_words_are_those_of_the_facts(chapter, number, page, fact):
    assert number in numbers(text_of(f"chapters/{chapter}"), "en")
    book = Book(ROOT)
    assert round(float(book.text("index", f"chapters/{page}.ipynb#{fact}"))) == number


@pytest.mark.parametrize("language", LANGUAGES)
def test_question_and_answer_quote_the_same_facts_as_the_english_page(language):
    english = cells(ROOT / "index.ipynb", "markdown")[0]["text"]
    own = translated(language, "index")
    facts = {target for _, target in links(english) if "#" in target}
    assert (
        facts
        and {target.removeprefix("../../") for _, body in own.parts for _, target in links(body) if "#" in target}
        == facts
    )
    assert [numbers(body, language) for _, body in own.parts[:1]] == [numbers(english.split("\n\n")[1], "en")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_says_that_no_native_reader_has_seen_it_yet(language):
    note = translated(language, "index").opening
    assert re.fullmatch(r"\*[^*]+\*", note) and len(note.split()) >= 5
    for chapter in CHAPTERS:
        text = translated(language, chapter.removeprefix("chapters/"))
        assert text.opening.split("\n\n")[-1] == note and len(text.opening.split("\n\n")) == 2, chapter


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_abstract_is_as_long_as_the_english_one_and_in_its_own_letters(language):
    letters = {"ur": r"[\u0600-\u06ff]", "ru": r"[\u0400-\u04ff]"}[language]
    for chapter in CHAPTERS:
        text = translated(language, chapter.removeprefix("chapters/"))
        english = len(text_of(chapter).split())
        assert 0.6 < len(text.opening.split()) / english < 1.7, chapter
        shown = re.sub(r"\]\([^)]*\)", "", text.opening)
        latin = re.findall(r"[A-Za-z]+", shown)
        assert set(latin) <= {"JF"} and len(re.findall(letters, shown)) > 400, (chapter, latin)
    assert not re.search(
        r"[\u0660-\u0669\u06f0-\u06f9]", "".join(path.read_text("utf-8") for path in (ROOT / "abstracts").rglob("*.md"))
    )
