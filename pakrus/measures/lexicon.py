"""The names that count as a mention of a state or of Kashmir in a speech, and those that only look like one.

A mention is a name of the state, its people, its government or its capital as an actor: country names, adjectives
("Soviet", "Afghan"), demonyms and capitals. It is one whatever its length: "Union of Soviet Socialist Republics" counts
once, so does "Jammu and Kashmir". A phrase may name two states and then counts once for each: "Soviet intervention in
Afghanistan" for RUS and for AFG, "Sino-Soviet" for CHN and for RUS. Pronouns and descriptions ("our neighbour",
"the super-Powers") never count. Rules by which something does not count:

* other members' names: "Byelorussian" or "Ukrainian Soviet Socialist Republic" (or SSR), "White Russia";
  "former Soviet republics" and "post-Soviet" are the successor states, "former Soviet Union" is the Union;
* seas, regions and peoples: Indian Ocean, Indian and Indo-Pakistan subcontinent, American Indians, Indo-China,
  Indo-Pacific, South and East China Sea, Latin, Central, South, North and inter-American, the Americas;
* a capital as the name of a text or a meeting (Moscow Treaty, Beijing Platform, New Delhi summit, Washington Post);
* languages (spoke in Russian, Chinese language) and money (US dollars).

RUS is the USSR and Russia in any age. CHN is China under either government. PAK before 1971 includes East Pakistan.
"""

import re
from dataclasses import dataclass
from functools import cached_property

_EVENT = (
    r"(?:Treat(?:y|ies)|Agreements?|Accords?|Conference|Convention|Declarations?|Documents?|Message|Olympics?|Pact|"
    r"Partial|Plan|Platform|Post|Process|Programme|Protocols?|Summit|Test|Times|Consensus|\+\s?\d)"
)
_WORLD_PARTS = r"(?:Latin|South|Central|North|Meso|Inter|Pan|Ibero|Hispano|Native|African|Spanish)"


@dataclass(frozen=True)
class Group:
    """A group of names: its code (a state, or KASHMIR), what counts and what does not (regular expressions, any case).

    At each place of a text what does not count is tried first; nothing is matched twice. Texts have single spaces, as
    `pakrus.measures.text.plain` leaves them.
    """

    code: str
    title: str
    counts: tuple[str, ...]
    not_counted: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern:
        """The two lists as one expression; only the group `hit` counts."""
        out = "|".join(self.not_counted) or r"(?!)"
        text = rf"(?<![^\W\d_])(?:(?:{out})|(?P<hit>{'|'.join(self.counts)}))(?![^\W\d_])"
        return re.compile(text, re.IGNORECASE)


_OTHER_SSR = r"(?:Byelo-?russian|Belo-?russian|Ukrainian)"
_USSR = r"(?:USSR|Soviet Union|Union of Soviet Socialist Republics)"
_SUBCONTINENT = r"sub-? ?continent"
_BOTH = rf"(?:Indo-? ?Pakistani?|India[-/]Pakistan) {_SUBCONTINENT}"

GROUPS = (
    Group(
        "RUS",
        "USSR and Russia",
        (
            r"Union of (?:the )?Soviet Socialist Republics(?: ?\((?:the )?USSR\))?",
            rf"Supreme Soviet of the {_USSR}", r"Soviet Union", r"Soviets?", r"USSR", r"U\. ?S\. ?S\. ?R\.?",
            r"Russian Federation", r"Russians?", r"Russia", r"Russo(?=-)", r"Moscow", r"Kremlin",
        ),
        (
            rf"{_OTHER_SSR}(?: and (?:the )?{_OTHER_SSR})?,? (?:Soviet Socialist Republics?|S\.? ?S\.? ?R\.?s?)",
            r"(?:\w+ )?Soviet Socialist Republics?", r"White Russians?", r"White Russia", r"post-Soviet",
            r"former Soviet (?:republics?|states?|countries|space)",
            rf"Moscow (?:test|partial|{_EVENT})", r"Treaty of Moscow",
            r"(?:in|from) Russian", r"Russian (?:language|translation|text)",
        ),
    ),
    Group(
        "PAK",
        "Pakistan",
        (r"(?:Indo)?Pakistan(?:is|i)?", r"Islamabad", r"Karachi", r"Rawalpindi"),
        (_BOTH, rf"(?:Islamabad|Karachi) {_EVENT}"),
    ),
    Group("KASHMIR", "Kashmir", (r"(?:Azad )?(?:Jammu (?:and|&) )?Kashmir(?:is|i)?",)),
    Group("AFG", "Afghanistan", (r"Afghanistan(?:is)?", r"Afghan(?:is|i|s)?", r"Kabul"), (rf"Kabul {_EVENT}",)),
    Group(
        "IND",
        "India",
        (r"India", r"Indians?", r"(?:New )?Delhi", r"Indo(?=-)", r"IndoPakistani?"),
        (
            r"Indian(?:,? (?:and |or )?(?:the )?(?:Atlantic|Pacific|Arctic|Southern))* Oceans?",
            rf"(?:British )?Indian {_SUBCONTINENT}", rf"{_SUBCONTINENT} of India", _BOTH,
            r"Indo ?[-–]? ?Chin(?:a|ese)", r"Indo-? ?Pacific", r"(?:American|Red|West|Amazonian) Indians?",
            rf"(?:New )?Delhi {_EVENT}",
        ),
    ),
    Group(
        "USA",
        "United States",
        (
            r"United States(?: of America)?", r"U\.S\.A?\.?", r"USA", r"(?-i:US)", r"America", r"Americans?",
            r"Washington", r"White House",
        ),
        (
            r"United States of (?:Indonesia|Mexico|Brazil|Venezuela|Europe|Africa)",
            r"(?:US|U\.S\.|United States) ?(?:\$|dollars?)", r"\$ ?US(?= ?\d)?", r"US(?= ?\d)",
            rf"{_WORLD_PARTS}[-– ]*(?:(?:and|or) {_WORLD_PARTS}[- ]*)?Americ(?:a|ans?)",
            r"Organi[sz]ation of (?:Central )?American States", r"(?:Africa|Asia),? (?:and|or) America",
            r"American (?:continents?|hemisphere|republics?|States|nations|countries|Indians?)",
            r"George Washington", rf"Washington {_EVENT}",
        ),
    ),
    Group(
        "CHN",
        "China",
        (
            r"(?:People'?s )?Republic of China", r"China", r"Chinese", r"Peking", r"Peiping", r"Beijing", r"Sino(?=-)",
        ),
        (
            r"Indo ?[-–]? ?Chin(?:a|ese)", r"Cochin-? ?China", r"(?:in|from) Chinese", r"Chinese language",
            r"(?:South|East|South and East|East and South)? ?China Seas?", rf"(?:Beijing|Peking) (?:Women|{_EVENT})",
        ),
    ),
)  # fmt: skip

BY_CODE = {group.code: group for group in GROUPS}
