"""A unilateral statement beside the deal: a side's own clock."""

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
    Key("by", ValueType.NAMES, required=True, kinds=WHO, also=WHO_BUILT_IN),
    Key("date", ValueType.TIME, UNDEFINED),
    Key("starts", ValueType.TIME, UNDEFINED),
    Key("ends", ValueType.TIME, UNDEFINED),
    Key(
        "relation", ValueType.WORD, UNDEFINED, words=("matches", "narrows", "widens", "contradicts")
    ),
    Key("over", ValueType.NAMES, UNDEFINED, kinds=("phase", "instrument", *NORMS)),
    Key("recognised by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
)

EXAMPLE = """\
declaration own-calm "The army's own calm"
    by: government
    starts: 2030-09-12T19:00 Asia/Damascus
    ends: 2030-09-18T23:59 Asia/Damascus
    relation: contradicts
    over: truce
    recognised by: undefined
"""

DECLARATION = ClauseKind(
    kind="declaration",
    what="What one side declared for itself, and how it relates to the deal.",
    keys=KEYS,
    violated="Cannot be violated under the deal; it stands beside it.",
    evidence="The statement and its date.",
    example=EXAMPLE,
)
