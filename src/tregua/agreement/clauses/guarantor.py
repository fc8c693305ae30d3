"""A power that stands behind a party; not a mediator, witness or sponsor as such."""

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
    Key("of", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key(
        "means",
        ValueType.WORDS,
        UNDEFINED,
        words=("influence", "sanctions", "force", "mediation", "money"),
    ),
    Key(
        "also",
        ValueType.WORDS,
        words=(
            "side",
            "sponsor",
            "mediator",
            "co-chair",
            "chair",
            "facilitator",
            "witness",
            "depositary",
        ),
    ),
    Key("has forces here", ValueType.WORD, UNDEFINED, words=("yes", "no")),
)

EXAMPLE = """\
guarantor east-power "Eastern Power"
    of: government
    means: undefined
    also: co-chair
    has forces here: yes
"""

GUARANTOR = ClauseKind(
    kind="guarantor",
    what="A power that stands behind a party, and with what means.",
    keys=KEYS,
    violated="Cannot be violated itself; what a guarantor owes is written as a duty.",
    evidence="The text, or statements of the time.",
    example=EXAMPLE,
)
