"""A side that owes duties."""

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
        words=("state", "armed-force", "armed-group", "coalition", "authority"),
        open=False,
    ),
    Key(
        "bound by",
        ValueType.WORD,
        UNDEFINED,
        words=("signature", "declared-acceptance", "order", "association", "not-bound"),
    ),
    Key("accepted", ValueType.TIME, UNDEFINED),
    Key("named in text", ValueType.WORD, "yes", words=("yes", "no")),
    Key("members", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("list", ValueType.TEXT),
    Key("list as of", ValueType.TIME, UNDEFINED),
    Key("command", ValueType.TEXT, UNDEFINED),
    Key("focal point", ValueType.TEXT, UNDEFINED),
    Key("liaison", ValueType.TEXTS, UNDEFINED),
    Key("answers for", ValueType.NAMES, kinds=WHO, also=WHO_BUILT_IN),
)

EXAMPLE = """\
party opposition "Armed groups that accepted the terms"
    is: coalition
    bound by: declared-acceptance
    named in text: no
    members: undefined "all parties"
"""

PARTY = ClauseKind(
    kind="party",
    what="A side that owes duties, and how it came to be bound.",
    keys=KEYS,
    violated="Cannot be violated itself; a party bears the norms that name it.",
    evidence="Signature, declared acceptance or order.",
    example=EXAMPLE,
)
