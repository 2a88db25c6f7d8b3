"""What a claim of the commentary can be found to be; the rules stand on the page of the audit."""

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
