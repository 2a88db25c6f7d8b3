"""The claims audit as pages: every claim under its address with verdict and evidence."""

import csv
import json
import os
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from book_samples import build, write_book
from bs4 import BeautifulSoup
from test_chronology import BIB, EVENTS, SOURCES

ROOT = Path(os.environ.get("PAKRUS_BOOK", Path(__file__).resolve().parents[2]))
CLAIMS = """\
claim_id,article,quote,claim,type,phase,theme,frame,verdict,right_value,reading,note
S0-01,s0,signed on <b>6th</b> January & sealed,Signed 6 January,date,cold-war,diplomacy,missed-chance,contradicted,10 January 1966,the day of signature,The declaration is of the 10th.
S0-02,s0,a new dawn,Mood,opinion,cold-war,diplomacy,,opinion,,,No criterion.
S1-01,s1,member of the SCO in 2017,Member,membership,sco-era,un-sco,,supported,,,So it is.
"""
EVIDENCE = """\
claim_id,table_name,row_key,key,locator,origin_group,bearing,note
S0-01,events,1966-01-10-tashkent-declaration,,,,against,signed on the 10th
S0-01,,,cables,p. 4,US Department of State,against,Says the <i>10th</i>.
S0-01,trade_flows,year=1950,,,Customs,context,no bearing
S1-01,,,dawn,,Dawn,supports,
"""
ARTICLES = """\
article,file,sha256,title,byline,venue,written,written_basis,words
s0,a.txt,0,First article,A. Writer,,2018-05-01,It says so.,100
s1,b.txt,0,Second article,,,2022,No date,90
"""
PAGES = {
    "claims.md": "# Claims\n\n## The ledger\n\n```{claims}\n```\n",
    "evidence.md": "# Evidence\n\n```{claims-evidence}\n```\n",
    "cold-war.md": "# Cold War\n\n```{chronology} cold-war\n```\n",
    "text.md": "# Text\n\nSee {claim}`s0-01` and {claim}`the mood <s0-02>`, {ref}`codebook-trade-flows`.\n",
    "codebook.md": "# Codebook\n\n```{codebook}\n```\n",
    "bibliography.md": "# Bibliography\n\n```{bibliography}\n:style: pakrus\n```\n",
}


def write(folder, pages=PAGES, **tables):
    shutil.rmtree(folder, ignore_errors=True)
    write_book(folder, pages)
    bib = re.sub(r"(?=@online)", "@article{haege2011, author={H, F}, title={C}, journal={P}, year={2011}}\n@misc{votes, author={{United Nations}}, title={Votes}, year={2024}}\n", BIB, count=1)  # fmt: skip
    (folder / "references.bib").write_text(bib, encoding="utf-8")
    given = {
        "events": EVENTS,
        "event_sources": SOURCES,
        "claims": CLAIMS,
        "claim_evidence": EVIDENCE,
        "claim_articles": ARTICLES,
    }
    for name, text in (given | tables).items():
        if text is not None:
            (folder / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def soup(book, page):
    return BeautifulSoup((book.out / page).read_text(encoding="utf-8"), "lxml")


def words(tag):
    return " ".join(tag.get_text().split())


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return build(write(tmp_path_factory.mktemp("claims") / "book"))


def test_builds_without_a_warning(book):
    assert book.warnings == ""


def test_each_claim_has_its_address_with_all_that_is_known(book):
    page = soup(book, "claims.html")
    assert [tag["id"] for tag in page.select("section.claim")] == ["s0-01", "s0-02", "s1-01"]
    claim = page.find(id="s0-01")
    assert (
        claim.h4.a["href"] == "claims/s0-01.html" and words(claim.h4) == "S0-01 “signed on <b>6th</b> January & sealed”"
    )
    text = words(claim)
    for said in ("Contradicted. Right: 10 January 1966.", "Read as: the day of signature.", "The declaration is of the 10th.", "frame: missed chance"):  # fmt: skip
        assert said in text
    assert [(tag["href"], words(tag)) for tag in claim.select(".event-meta a")] == [("evidence.html#evidence-s0-01", "3 pieces of evidence")]  # fmt: skip
    assert not page.find(id="s0-02").select(".event-meta a"), "an opinion without evidence has no way to any"


def test_the_evidence_is_complete_and_leads_back(book):
    page = soup(book, "evidence.html")
    assert [tag["id"] for tag in page.select("section.claim")] == ["evidence-s0-01", "evidence-s1-01"]
    claim = page.find(id="evidence-s0-01")
    assert [(tag["href"], words(tag)) for tag in claim.p.find_all("a")] == [("claims.html#s0-01", "S0-01")]
    assert claim.details.has_attr("open")
    assert words(claim.p) == "Contradicted: S0-01" and words(claim.summary) == "3 pieces of evidence"
    items = [words(tag) for tag in claim.details.find_all("li")]
    assert items[0] == 'Against: Tashkent <b>Declaration</b> & "peace". Signed on the 10th.'
    assert items[1].startswith("Against: Jane Doe and Frank Häge, Cables, Department of State, 1970, p. 4. Origin: US Department of State. Says the <i>10th</i>.")  # fmt: skip
    assert items[2] == "Context: table trade_flows, year 1950. Origin: Customs. No bearing."
    links = [tag["href"] for tag in claim.details.find_all("a")]
    assert links == ["cold-war.html#1966-01-10-tashkent-declaration", "https://doi.org/10.1/x", "codebook/trade_flows.html"]  # fmt: skip


def test_articles_say_who_when_and_how_they_fared(book):
    page = soup(book, "claims.html")
    about = words(page.find(id="claims-s0").find("p"))
    assert about == "A. Writer. It says so. 2 claims: 1 contradicted, 1 opinion."
    assert words(page.find(id="claims-s1").find("p")) == "No date. 1 claim: 1 supported."


def test_a_role_leads_to_a_claim(book):
    links = soup(book, "text.html").select("article p a")
    assert [(tag["href"], words(tag)) for tag in links[:2]] == [("claims.html#s0-01", "S0-01"), ("claims.html#s0-02", "the mood")]  # fmt: skip


@pytest.mark.parametrize(
    ("pages", "tables", "said"),
    [
        ({"text.md": "# Text\n\n{claim}`s9-99`\n"}, {}, r"no claim 's9-99' on a page of the book: see the identifiers in data/claims\.csv"),
        ({}, {"claim_evidence": None}, r"data/claim_evidence\.csv: missing. Restore it: git checkout"),
        ({}, {"claim_evidence": EVIDENCE.replace("cables", "nobody")}, "the claim S0-01 names the source nobody"),
    ],
)  # fmt: skip
def test_mistakes_are_named(tmp_path, pages, tables, said):
    assert re.search(said, build(write(tmp_path / "book", PAGES | pages, **tables)).warnings)


# ------------------------------------------------------------ the book's own page


def test_every_claim_of_the_book_is_on_the_page_with_its_links():
    path = ROOT / "_build" / "html" / "back-matter" / "claims-ledger.html"
    if not path.is_file():
        pytest.skip("the book is not built")
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    with open(ROOT / "data" / "claims.csv", encoding="utf-8", newline="") as file:
        claims = list(csv.DictReader(file))
    assert [tag["id"] for tag in page.select("section.claim")] == [row["claim_id"].lower() for row in claims]
    with open(ROOT / "data" / "claim_evidence.csv", encoding="utf-8", newline="") as file:
        pieces = Counter(row["claim_id"] for row in csv.DictReader(file))
    shown = BeautifulSoup((path.parent / "claims-evidence.html").read_text(encoding="utf-8"), "lxml")
    assert {tag["id"]: len(tag.select("li")) for tag in shown.select("section.claim")} == {
        f"evidence-{claim.lower()}": count for claim, count in pieces.items()
    }


def test_the_sheet_leaves_five_claims_with_folded_answers():
    sheet = (ROOT / "back-matter" / "check-a-claim.md").read_text(encoding="utf-8").replace("\\$", "$")
    answers = re.findall(
        r"```\{admonition\} Answer\n:class: dropdown note\n\n\[S\d-\d\d\]\(claims-ledger\.md#(s\d-\d\d)\)", sheet
    )
    assert len(answers) == len(set(answers)) == 5
    with open(ROOT / "data" / "claims.csv", encoding="utf-8", newline="") as file:
        quotes = {row["claim_id"].lower(): row["quote"] for row in csv.DictReader(file)}
    for answer, shown in zip(answers, re.findall(r"^\*\*\w+\.\*\* “(.+?)” \(S\d\)\.$", sheet, flags=re.M), strict=True):
        assert quotes[answer] in shown or shown in quotes[answer], (answer, shown)
    toc = json.dumps((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    assert "back-matter/check-a-claim" in toc and "chapters/claims" in toc
