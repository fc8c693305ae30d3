"""An amount, a ratio or a daily target."""

from __future__ import annotations

from tregua.agreement.clause import (
    CHECKERS,
    UNDEFINED,
    WHO_BUILT_IN,
    ClauseKind,
    Key,
    ValueType,
)

KEYS = (
    Key("of", ValueType.TEXT, required=True),
    Key("amount", ValueType.PHRASE),
    Key("ratio", ValueType.PHRASE),
    Key("every", ValueType.SPAN),
    Key("list", ValueType.NAMES, UNDEFINED, kinds=("instrument",)),
    Key("order", ValueType.TEXT, UNDEFINED),
    Key("counted by", ValueType.NAMES, UNDEFINED, kinds=CHECKERS, also=WHO_BUILT_IN),
    Key("starts", ValueType.TIME, UNDEFINED),
    Key("ends", ValueType.TIME, UNDEFINED),
)

EXAMPLE = """\
quota aid-trucks "Aid trucks a day"
    of: "trucks"
    amount: 600
    every: 1 day
    counted by: undefined
"""

QUOTA = ClauseKind(
    kind="quota",
    what="What is counted, how much of it, and how often.",
    keys=KEYS,
    violated="By falling short of it, or going beyond it, through the duty that names it.",
    evidence="Counts by whoever counts.",
    example=EXAMPLE,
)
