"""Who may set, start, extend, suspend, end or amend; its exercise is a ledger entry."""

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
    Key("holder", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("mode", ValueType.WORD, UNDEFINED, words=("joint", "alone", "either", "body")),
    Key(
        "does",
        ValueType.WORD,
        required=True,
        words=(
            "set",
            "start",
            "extend",
            "suspend",
            "resume",
            "end",
            "terminate",
            "amend",
            "accede",
            "exclude",
            "authorise",
            "certify",
            "designate",
            "publish",
        ),
    ),
    Key("sets", ValueType.WORD),
    Key("over", ValueType.NAMES),
    Key("when", ValueType.WHEN),
    Key("at", ValueType.TIME),
    Key("within", ValueType.SPAN, UNDEFINED),
    Key("notice", ValueType.SPAN, UNDEFINED),
    Key("to", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("if silent", ValueType.WORD, UNDEFINED, words=("lapses", "continues", "ends", "extended")),
)

EXAMPLE = """\
power extend "Extension of the first 48 hours"
    holder: ru, us
    mode: joint
    does: extend
    over: truce
    when: judged(satisfied)
    at: D + 2 days
    if silent: undefined
"""

POWER = ClauseKind(
    kind="power",
    what="Who may do what to the deal, alone or together, and what silence means.",
    keys=KEYS,
    violated="Cannot be violated itself; used outside its terms it has no effect.",
    evidence="A declaration of the holder.",
    example=EXAMPLE,
)
