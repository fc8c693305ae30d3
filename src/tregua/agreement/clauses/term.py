"""A word of the text and its agreed meaning, or the fact that it has none."""

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
    Key("means", ValueType.TEXT, UNDEFINED),
    Key("measured as", ValueType.WHEN),
    Key("decided by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
)

EXAMPLE = """\
term proportionate "proportionate use of force"
    says: "no greater than required"
    means: undefined
    decided by: undefined
"""

TERM = ClauseKind(
    kind="term",
    what="A word of the text, what it means, and who may say that it applies.",
    keys=KEYS,
    violated="Cannot be violated itself; until someone decides, what hangs on it needs a decision.",
    evidence="A recorded decision.",
    example=EXAMPLE,
)
