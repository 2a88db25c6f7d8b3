"""The closed vocabularies of the book: one home each.

Verdicts: what a claim of the commentary can be found to be; the rules stand on the page of the claims.
"""

QUOTE_WORDS = 25
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
LEADERS = ("head-of-state", "head-of-government")  # ranks of those who lead a state or its government
FIRST_SESSION_OPENED = 1946  # of the General Assembly; it met in January 1946 and each later one opened a year on


def year_of_session(session):
    """Return the year in which a regular session of the General Assembly opened (a number or a column of numbers)."""
    return session + FIRST_SESSION_OPENED - 1


def session_of_year(year):
    """Return the regular session of the General Assembly that opened in a year (a number or a column of numbers)."""
    return year - FIRST_SESSION_OPENED + 1
