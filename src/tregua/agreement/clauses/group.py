"""A force or militia inside a party or outside every party."""

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
        words=("armed-force", "armed-group", "militia", "police", "foreign-force", "mercenary"),
        open=False,
    ),
    Key("part of", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key(
        "basis",
        ValueType.WORD,
        UNDEFINED,
        words=("command", "control", "territory", "influence", "alliance"),
    ),
    Key("certainty", ValueType.NUMBER, "1", share=True),
)

EXAMPLE = """\
group river-brigade "River Brigade"
    is: armed-group
    part of: opposition
    basis: alliance
    certainty: 0.7
"""

GROUP = ClauseKind(
    kind="group",
    what="A force and the party that answers for it, as far as that is certain.",
    keys=KEYS,
    violated="Cannot be violated itself; its acts count as those of the party it is part of.",
    evidence="Statements and reports on who commands it.",
    example=EXAMPLE,
)
