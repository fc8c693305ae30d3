"""A dated, sourced relation between two actors through which responsibility flows."""

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
            "controls",
            "answers-for",
            "affiliated",
            "allied",
            "split-from",
            "renamed",
            "joined",
            "left",
            "merged",
        ),
        open=False,
    ),
    Key("from", ValueType.NAME, required=True, kinds=WHO, also=WHO_BUILT_IN),
    Key("to", ValueType.NAME, required=True, kinds=WHO, also=WHO_BUILT_IN),
    Key(
        "basis",
        ValueType.WORD,
        UNDEFINED,
        words=("command", "control", "territory", "influence", "alliance"),
    ),
    Key("certainty", ValueType.NUMBER, "1", share=True),
)

EXAMPLE = """\
link rename-1 "Old Front becomes New Front"
    is: renamed
    from: old-front
    to: new-front
    valid from: 2030-07-28
"""

LINK = ClauseKind(
    kind="link",
    what="A dated relation between two actors, such as control or a split.",
    keys=KEYS,
    violated="Cannot be violated itself; it says for whose acts a party answers.",
    evidence="Statements and reports, each with its date.",
    example=EXAMPLE,
)
