"""A counter, such as consecutive days of calm."""

from __future__ import annotations

from tregua.agreement.clause import (
    PLACES,
    PLACES_BUILT_IN,
    UNDEFINED,
    WHO,
    WHO_BUILT_IN,
    ClauseKind,
    Key,
    ValueType,
)

KEYS = (
    Key(
        "counts",
        ValueType.WORD,
        required=True,
        words=("consecutive-days", "consecutive-hours", "total-days", "elapsed"),
    ),
    Key("day", ValueType.WORD, UNDEFINED, words=("calendar", "24-hours")),
    Key("time zone", ValueType.ZONE, "header"),
    Key("starts", ValueType.TIME, UNDEFINED),
    Key("bad day", ValueType.WHEN, UNDEFINED),
    Key("resets on", ValueType.WHEN, UNDEFINED),
    Key("pauses on", ValueType.WHEN, UNDEFINED),
    Key("per", ValueType.WORD, "deal", words=("deal", "party", "zone")),
    Key("where", ValueType.NAMES, "everywhere", kinds=PLACES, also=PLACES_BUILT_IN),
    Key("certified by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("target", ValueType.SPAN),
)

EXAMPLE = """\
clock calm "Consecutive days of calm"
    counts: consecutive-days
    day: undefined "consecutive days"
    resets on: violation(attacks)
    certified by: undefined
    target: 7 days
"""

CLOCK = ClauseKind(
    kind="clock",
    what="A counter: what it counts, what resets it, who certifies it.",
    keys=KEYS,
    violated="Cannot be violated itself; assessed violations may reset it.",
    evidence="Assessments, findings, certificates.",
    example=EXAMPLE,
)
