"""A condition that lets something begin."""

from __future__ import annotations

from tregua.agreement.clause import (
    NORMS,
    UNDEFINED,
    WHO,
    WHO_BUILT_IN,
    ClauseKind,
    Key,
    ValueType,
)

KEYS = (
    Key("opens when", ValueType.WHEN, required=True),
    Key("decided by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("mode", ValueType.WORD, UNDEFINED, words=("joint", "alone", "either", "body")),
    Key("latest", ValueType.TIME, UNDEFINED),
    Key(
        "if not decided",
        ValueType.WORD,
        UNDEFINED,
        words=("opens", "stays-shut", "lapses", "refer"),
    ),
    Key("leads to", ValueType.NAMES, required=True, kinds=("phase", "body", *NORMS)),
    Key("checked every", ValueType.SPAN),
)

EXAMPLE = """\
gate joint-work "Joint work begins"
    opens when: calm >= 7 days, kept(access, for: 7 days)
    decided by: ru, us
    mode: joint
    latest: undefined
    if not decided: undefined
    leads to: joint-phase
"""

GATE = ClauseKind(
    kind="gate",
    what="A condition, who decides that it is met, and what then begins.",
    keys=KEYS,
    violated="Cannot be violated itself; it stays shut.",
    evidence="Clock, norms kept with coverage, declarations of the deciders.",
    example=EXAMPLE,
)
