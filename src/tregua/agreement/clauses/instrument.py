"""One document of the deal: statement, terms, annex, side letter, declaration."""

from __future__ import annotations

from tregua.agreement.clause import (
    UNDEFINED,
    WHO,
    WHO_BUILT_IN,
    ClauseKind,
    Key,
    ValueType,
)

KEYS = (
    Key(
        "is",
        ValueType.WORD,
        required=True,
        words=(
            "statement",
            "terms",
            "procedures",
            "order",
            "protocol",
            "annex",
            "map",
            "side-letter",
            "declaration",
            "amendment",
            "recommitment",
            "minutes",
        ),
        open=False,
    ),
    Key("date", ValueType.TIME, UNDEFINED),
    Key("place", ValueType.TEXT),
    Key("signed by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("witnessed by", ValueType.NAMES, kinds=WHO, also=WHO_BUILT_IN),
    Key("in force", ValueType.TIME, UNDEFINED),
    Key("ends", ValueType.TIME),
    Key("languages", ValueType.WORDS),
    Key(
        "publicity", ValueType.WORD, UNDEFINED, words=("public", "leaked", "unpublished", "partly")
    ),
    Key("held", ValueType.WORD, required=True, words=("whole", "partial", "summary", "none")),
    Key("digest", ValueType.TEXT),
    Key("deal", ValueType.WORD),
    Key("implements", ValueType.NAMES, kinds=("instrument",)),
    Key("amends", ValueType.NAMES, kinds=("instrument",)),
    Key("supersedes", ValueType.NAMES, kinds=("instrument",)),
    Key("recommits to", ValueType.NAMES, kinds=("instrument",)),
    Key("annexed to", ValueType.NAMES, kinds=("instrument",)),
    Key("variant of", ValueType.NAME, kinds=("instrument",)),
    Key("prevails over", ValueType.NAMES, kinds=("instrument",)),
    Key("refers to", ValueType.NAMES, kinds=("instrument",)),
)

EXAMPLE = """\
instrument terms "Terms of the cessation"
    is: terms
    date: 2030-02-22
    signed by: north-state, south-state
    held: partial
    annexed to: statement
"""

INSTRUMENT = ClauseKind(
    kind="instrument",
    what="One document of the deal, with how much of its text is held.",
    keys=KEYS,
    violated="Cannot be violated itself; its clauses can.",
    evidence="The document, its date and its signatures.",
    example=EXAMPLE,
)
