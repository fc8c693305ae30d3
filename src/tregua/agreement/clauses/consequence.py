"""What the deal says follows on a violation."""

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
    Key("when", ValueType.WHEN, required=True),
    Key(
        "threshold",
        ValueType.WORDS,
        UNDEFINED,
        words=("isolated", "repeated", "persistent", "serious"),
    ),
    Key("needs", ValueType.WORD, "finding", words=("assessment", "finding")),
    Key("decided by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("does", ValueType.ACTS, required=True),
    Key("over", ValueType.NAMES, "violator", also=WHO_BUILT_IN),
    Key("within", ValueType.SPAN, UNDEFINED),
    Key("lasts", ValueType.SPAN, UNDEFINED),
    Key("notice", ValueType.SPAN, UNDEFINED),
    Key("undone when", ValueType.WHEN, UNDEFINED),
    Key("then", ValueType.NAMES, kinds=("consequence",)),
    Key("still owed", ValueType.WORD, "yes", words=("yes", "no")),
)

EXAMPLE = """\
consequence referral "Referral to ministers"
    when: violation(attacks, count: 3, in: 7 days)
    threshold: persistent
    decided by: commission
    does: refer(to: ministers)
    within: undefined
    undone when: undefined
    assumed by drafter: when "3 in 7 days; the text says persistent"
"""

CONSEQUENCE = ClauseKind(
    kind="consequence",
    what="What follows when, on whose decision, and the way back.",
    keys=KEYS,
    violated="By not being carried out; `then` names what follows on that.",
    evidence="The decision and the act that carries it out.",
    example=EXAMPLE,
)
