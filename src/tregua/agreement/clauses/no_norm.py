"""A clause that deliberately has no block."""

from __future__ import annotations

from tregua.agreement.clause import (
    ClauseKind,
    Key,
    ValueType,
)

KEYS = (
    Key(
        "reason",
        ValueType.WORD,
        required=True,
        words=(
            "preamble",
            "political",
            "no-bearer",
            "duplicate",
            "outside-product",
            "not-held",
            "definition-only",
        ),
    ),
)

EXAMPLE = """\
no-norm aims "Aims of the parties"
    reason: preamble
"""

NO_NORM = ClauseKind(
    kind="no-norm",
    what="Why a clause is not encoded as a norm.",
    keys=KEYS,
    violated="Cannot be violated: it states no norm.",
    evidence="None.",
    example=EXAMPLE,
)
