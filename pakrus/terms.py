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
