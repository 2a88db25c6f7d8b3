"""The closed vocabularies of the book and what a reader sees for them: one home each. Colours are `figures.style`'s.

What a column may hold, the descriptor says (`constraints.enum`); a test holds both together. A vocabulary stands here if
the code asks for its values by name or shows them in other words than the table has them.
"""

# states: codes of the tables, names in charts (the USSR and Russia are one line)
STATES = {"PAK": "Pakistan", "RUS": "USSR/Russia", "USA": "United States", "CHN": "China", "IND": "India"}

# as a sentence names them: states, what a phase is called, and the sources of trade
IN_SENTENCE = {
    "RUS": "the USSR/Russia", "USA": "the United States", "Cold War": "the Cold War", "SCO era": "the SCO era",
}  # fmt: skip
TRADE_SOURCES = {"cowtrade": "Correlates of War", "comtrade": "UN Comtrade", "unctadmatrix": "UNCTAD"}

# visits: who leads a state or its government; which kinds are visits to the other state, not calls on the margins of
# something else
LEADERS = ("head-of-state", "head-of-government")
BILATERAL = ("state", "official", "working")

# events, in the order in which charts show their categories
CATEGORIES = {
    "diplomacy": "diplomacy",
    "visit": "visit",
    "agreement": "agreement",
    "trade-finance": "trade and finance",
    "energy-industry": "energy and industry",
    "military": "military",
    "multilateral": "multilateral",
    "crisis": "crisis",
    "culture-science": "culture and science",
    "humanitarian": "humanitarian",
}
# whose acts: words that stand before "that happened"; balances are taken of the first alone
SCOPES = {
    "bilateral": "bilateral acts",
    "multilateral": "acts in a forum or with others",
    "context": "acts of others that bore on the two",
}
STATUS = {"happened": "Happened", "planned": "Planned, not known to have happened", "cancelled": "Cancelled"}
# what kind of source an entry of references.bib is, by its `keywords`
SOURCE_KINDS = {
    "primary": "primary document",
    "official": "official statement",
    "scholarship": "scholarship",
    "press": "press",
    "reference": "reference work",
}
PERSPECTIVES = {"pakistani": "Pakistani", "soviet-russian": "Soviet/Russian", "third-party": "Third-party"}

# claims: what a claim of the commentary can be found to be (the rules stand on the page of the claims), which of these
# are errors, which say whether it holds; how evidence bears on it; what time it is about
VERDICTS = (
    "supported",
    "supported with nuance",
    "contradicted",
    "internally inconsistent",
    "unverifiable",
    "opinion",
)
ERRORS = ("contradicted", "internally inconsistent")
DECIDED = ("supported", "supported with nuance", *ERRORS)
CRITERION_VERDICTS = ("met", "leans to met", "leans against", "not met", "cannot tell")
BEARINGS = {"supports": "Supports", "against": "Against", "qualifies": "Qualifies", "context": "Context"}
CLAIM_PHASES = {
    "pre-1947": "before 1947",
    "cold-war": "Cold War",
    "post-1991": "post-1991",
    "post-9-11": "post-9/11",
    "sco-era": "SCO era",
    "cross-period": "several phases",
}
THEMES = {
    "diplomacy": "diplomacy",
    "visits": "visits",
    "agreements": "agreements",
    "trade": "trade",
    "energy-industry": "energy and industry",
    "arms-defence": "arms and defence",
    "alliances": "alliances",
    "un-sco": "the UN and the SCO",
    "afghanistan": "Afghanistan",
    "india-kashmir": "India and Kashmir",
    "people-culture": "people and culture",
    "author": "the author",
}
FRAMES = {
    "missed-chance": "Missed chance",
    "third-parties": "Third parties decide",
    "generous-patron": "Generous patron",
    "reset": "Reset",
    "hedge": "Hedge",
    "corridor": "Corridor",
    "underdelivery": "Underdelivery",
}
QUOTE_WORDS = 25  # the longest quotation from an article, in words

# headings of columns that measures compute and no table of the descriptor has; chapters never rename a column
HEADINGS = {
    "span": "Span",
    "cut": "Cut",
    "phase": "Phase",
    "years": "Years",
    "n": "Joint roll calls",
    "share": "Share",
    "low": "95\u00a0% interval from",
    "high": "95\u00a0% interval to",
    "agreement": "Identical votes",
    "interval_low": "95\u00a0% interval from",
    "interval_high": "95\u00a0% interval to",
    "agreement_low": "95\u00a0% interval from",
    "agreement_high": "95\u00a0% interval to",
    "score": "Agreement",
    "weights": "What an abstention counts",
    "kappa": "Cohen's κ",
    "with_RUS": "With Moscow",
    "with_USA": "With Washington",
    "abstained": "Abstained",
    "agreement_RUS": "Identical votes with Moscow",
    "pi_RUS": "Scott's π with Moscow",
    "percentile_RUS": "Percentile with Moscow",
    "agreement_USA": "Identical votes with Washington",
    "percentile_USA": "Percentile with Washington",
    "contested": "Contested roll calls",
    "share_with_RUS": "Share with Moscow",
    "share_with_USA": "Share with Washington",
    "distance": "Distance of ideal points",
    "leaders": "Leaders' meetings",
    "leaders_per_year": "Leaders' meetings a year",
    "leaders_per_decade": "Leaders' meetings per ten years",
    "per_year": "Per year",
    "first_year": "First year",
    "no_vote": "No vote recorded",
    "rate": "Bilateral events a year",
    "pi": "Scott's π",
    "bilateral": "Bilateral events",
    "bilateral_per_decade": "Bilateral events per ten years",
    "strong_cooperative": "With score +3 or more",
    "strong_conflictual": "With score −3 or less",
    "signed_per_decade": "Texts agreed per ten years",
    "cooperative": "Cooperative, of bilateral acts",
    "conflictual": "Conflictual, of bilateral acts",
    "acts": "Acts that happened",
    "scope": "Whose acts",
    "events": "Events",
    "happened": "Happened",
    "confirmed": "Confirmed",
    "reported": "Reported",
    "disputed": "Disputed",
    "sources": "Sources",
    "two_origins": "Two or more origins",
    "year": "Year",
    "claims": "Claims",
    "errors": "Wrong",
    "decided": "Of decided",
    "evidence_against": "Evidence against it",
    "passages": "Passages",
    "longest": "Longest, in words",
    "promises": "Promises",
    "kept": "Kept",
    "median_wait": "Median wait, years",
    "era": "Announced in",
    "where": "Where",
    "disagreement": "What disagrees",
    "outcome": "What came",
    "last_session": "Last session",
    "first_step": "First step",
    "last_step": "Last step",
    "furthest": "Furthest step",
    "latest": "Latest step",
    "expectation": "Expectation",
    "third": "What the third did",
    "own": "What passed between the two",
    "level": "Correlation of levels",
    "shuffled": "p, years shuffled",
    "surrogates": "p, surrogates",
    "change": "Correlation of changes",
    "lag": "Years the third comes first",
    "p": "p",
    "adjusted": "p, corrected",
    "verdict": "Verdict",
    "who": "Places of",
    "texts": "On",
    "turns": "American",
    "number": "Turns",
    "after_less": "After less before",
    "usual": "Mean of all years",
}


def in_sentence(title: str) -> str:
    """Return a title as it stands in a sentence, with its article where it has one: "the SCO era", "Post-1991"."""
    return IN_SENTENCE.get(title, title)


def named(state: str) -> str:
    """Return a state's name as it stands in a sentence: "Pakistan", "the United States"."""
    return IN_SENTENCE.get(state, STATES[state])


SOVIET_UNTIL = "1991-12-25"  # the USSR's last day; until then cities of Soviet republics lay in what RUS stands for


def of_moscow(first: int, last: int) -> str:
    """Return whose what Moscow did in a span of years was: "Soviet", "Russian", or both."""
    end = int(SOVIET_UNTIL[:4])
    return "Soviet" if last <= end else "Russian" if first > end else "Soviet/Russian"


FIRST_SESSION_OPENED = 1946  # of the General Assembly; it met in January 1946 and each later one opened a year on


def year_of_session(session):
    """Return the year in which a regular session of the General Assembly opened (a number or a column of numbers)."""
    return session + FIRST_SESSION_OPENED - 1


def session_of_year(year):
    """Return the regular session of the General Assembly that opened in a year (a number or a column of numbers)."""
    return year - FIRST_SESSION_OPENED + 1


# names that are written in several ways: parts of people's names, and places that are none of the register's or are written
# in other letters. Whoever searches for one finds the others (`pakrus.pages.web.search`); whole names of people are in
# data/people.csv, those of the register's places in data/places.csv
SPELLINGS = (
    ("Zulfikar", "Zulfiqar"), ("Kosygin", "Kossygin", "Косыгин"), ("Sergei", "Sergey", "Сергей"),
    ("Andrei", "Andrey", "Андрей"), ("Alexei", "Alexey", "Aleksei", "Aleksey", "Алексей"), ("Nikolai", "Nikolay", "Николай"),
    ("Dmitry", "Dmitri", "Dmitriy", "Дмитрий"), ("Yuri", "Yury", "Yuriy", "Юрий"), ("Yevgeny", "Evgeny", "Yevgeniy", "Евгений"),
    ("Valery", "Valeri", "Валерий"), ("Khrushchev", "Khrushchov", "Хрущев"), ("Brezhnev", "Брежнев"), ("Gromyko", "Громыко"),
    ("Podgorny", "Podgorniy", "Подгорный"), ("Gorbachev", "Gorbachov", "Горбачев"), ("Yeltsin", "Eltsin", "Ельцин"),
    ("Putin", "Путин"), ("Lavrov", "Лавров"), ("Medvedev", "Медведев"), ("Matviyenko", "Matvienko", "Матвиенко"),
    ("Molotov", "Молотов"), ("Shevardnadze", "Шеварднадзе"), ("Muhammad", "Mohammad", "Mohammed", "Muhammed"),
    ("Ahmad", "Ahmed"), ("Hussain", "Husain", "Hussein"), ("Ayub", "Ayyub"), ("Liaquat", "Liaqat"), ("Shehbaz", "Shahbaz"),
    ("Suhrawardy", "Suhrawardi"), ("Musharraf", "Musharaf"), ("Sharif", "Shareef"), ("Bhutto", "Бхутто", "بھٹو"),
    ("Dhaka", "Dacca"), ("Kolkata", "Calcutta"), ("Mumbai", "Bombay"), ("Chennai", "Madras"),
    ("Türkiye", "Turkey"), ("Myanmar", "Burma"), ("Sri Lanka", "Ceylon"), ("Kazakhstan", "Kazakstan"),
    ("Kyrgyzstan", "Kirghizia", "Kirgizia"), ("Tajikistan", "Tadzhikistan"),
    ("Khyber Pakhtunkhwa", "North-West Frontier Province", "NWFP"), ("Sindh", "Sind"),
    ("Peshawar", "Peshavar", "Пешавар"), ("Tashkent", "Ташкент", "تاشقند"),
    ("Moscow", "Moskva", "Москва", "ماسکو"), ("Pakistan", "Пакистан", "پاکستان"), ("Russia", "Россия", "روس"),
    ("Islamabad", "Исламабад", "اسلام آباد"), ("Karachi", "Карачи", "کراچی"), ("Taliban", "Taleban"),
)  # fmt: skip
