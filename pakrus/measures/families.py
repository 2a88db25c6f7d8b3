"""Families of recurring texts: roll calls of the General Assembly whose titles are the same but for what changes every year.

What comes in: the titles of roll calls. What goes out: for each the title as it is compared (`normalised`) and the family that it
belongs to (`families`). The one difficulty is that the files name texts in several ways: catchwords in capitals to session 57 and
again from 61 to 69, the first 60 characters of the official title from 58 to 60, the first 120 in session 70, whole titles after
that. A title that was cut joins the family of the whole title that begins like it; catchwords and official titles are never
joined, so that a text which goes on for decades is several families, one for each way of naming it.
"""

import re
import unicodedata

import pandas as pd

CUT = (60, 120)  # lengths at which the files cut a title
_TAIL = re.compile(r"\s*[:/]\s*(resolution|resol|draft resolution|decision)\b.*$|\s+:\s+[a-z]{0,9}$")
_ORDINAL = (
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
)
_DROPPED = re.compile(
    r"\([^)]*\)|\[[^]]*\]"  # brackets
    r"|\b(draft )?(resolution|decision)s? [a-z]\b|\bdraft [a-z]\b|\bpart [a-z]\b"  # draft letters
    r"|\b(19|20)\d\d([-/]\d{2,4})?\b"  # years and bienniums
    rf"|\b(({_ORDINAL}|twent(y|ieth)|thirt(y|ieth)|fort(y|ieth)|fift(y|ieth)|sixt(y|ieth)|sevent(y|ieth)|\d+(st|nd|rd|th))[ -])+(regular |special |emergency )*session\b"
    r"|\breports? of the (secretary general|special committee|committee|director general|commission)\b"
    r"|\b\d+(st|nd|rd|th)?\b"  # arabic numbers
    r"|\b(ii|iii|iv|vi|vii|viii|ix|xi|xii)\b"  # roman numbers; "i", "v" and "x" may be letters of a name
)


def normalised(title: str) -> str:
    """Return a title as it is compared with others: small letters without accents, signs and what changes every year.

    Taken out are: the file's remark after the title (": resolution / adopted by …"), brackets, draft letters, years and bienniums,
    ordinals of sessions, arabic and roman numbers, "report of the Secretary-General" (Committee, Commission, Director-General),
    and articles. A title of which nothing is left stays as it is, in small letters.
    """
    plain = unicodedata.normalize("NFKD", title).replace("’", "'").replace("‑", "-")
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()
    plain = _TAIL.sub("", plain)
    plain = re.sub(r"[^a-z0-9()\[\]/' ]", " ", plain.replace("u.n.", "un").replace("u.s.", "us").replace("u.k.", "uk"))
    plain = re.sub(r"\s+", " ", plain)
    words = re.sub(r"[^a-z0-9 ]", " ", _DROPPED.sub(" ", plain).replace("'", ""))
    kept = [word for word in words.split() if word not in ("the", "a", "an")]
    kept = ["united nations" if word == "un" else word for word in kept]  # the files have both
    return " ".join(kept) or plain.strip() or title.strip().lower()


def families(titles: pd.Series) -> pd.DataFrame:
    """Return the family of each title (same index): `family_id` (letters and hyphens) and `family` (the compared title).

    The identifier is the compared title with hyphens, cut at a word's end within 60 characters; where two families would have
    the same, the later in alphabetical order get "-2", "-3", … A roll call without a title is a family of its own, "untitled-1", ….
    """
    titles = titles.fillna("").astype(str).str.strip()
    untitled = titles == ""
    titles = titles.mask(untitled, "untitled " + untitled.cumsum().map("number {}".format))
    compared = titles.map(normalised).mask(untitled, "untitled " + untitled.cumsum().astype(str))
    # a title that fills the file's limit may have been cut: its last word may be a part of one
    cut = titles.str.len().isin(CUT)
    whole = compared[~cut].value_counts()
    ordered = sorted(whole.index, key=lambda name: (-whole[name], name))
    stems = {name: name for name in compared[cut].unique()}
    for name in stems:
        stems[name] = next((other for other in ordered if other.startswith(name)), name)
    family = compared.where(~cut, compared.map(stems))
    identifiers, taken = {}, {}
    for name in sorted(family.unique()):
        short = name.replace(" ", "-")
        short = short if len(short) <= 60 else short[:61].rsplit("-", 1)[0]
        taken[short] = taken.get(short, 0) + 1
        identifiers[name] = short if taken[short] == 1 else f"{short}-{taken[short]}"
    return pd.DataFrame({"family_id": family.map(identifiers), "family": family})
