"""A period in which norms hold."""

from __future__ import annotations

from tregua.agreement.clause import (
    NORMS,
    UNDEFINED,
    ClauseKind,
    Key,
    ValueType,
)

KEYS = (
    Key("starts", ValueType.TIME, required=True),
    Key("lasts", ValueType.SPAN),
    Key("ends", ValueType.TIME),
    Key("extended by", ValueType.NAMES, kinds=("power",)),
    Key("renewal", ValueType.WORD, UNDEFINED, words=("tacit", "by-consensus", "none")),
    Key("renewal lasts", ValueType.SPAN),
    Key("notice", ValueType.SPAN),
    Key("on expiry", ValueType.WORD, UNDEFINED, words=("ends", "continues", "next-phase")),
    Key("next", ValueType.NAME, kinds=("phase",)),
    Key("suspended by", ValueType.NAMES, kinds=("power",)),
    Key("before start", ValueType.NAMES, UNDEFINED, kinds=NORMS),
)

EXAMPLE = """\
phase mandate "First five years"
    starts: 2020-11-10T00:00 Europe/Moscow
    lasts: 5 years
    renewal: tacit
    renewal lasts: 5 years
    notice: 6 months
"""

PHASE = ClauseKind(
    kind="phase",
    what="A period with its start, length, extension and end.",
    keys=KEYS,
    violated="Cannot be violated itself; outside it the norms are not in force.",
    evidence="Declarations of those who may start, extend or end it.",
    example=EXAMPLE,
)
