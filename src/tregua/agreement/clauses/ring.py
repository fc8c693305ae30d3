"""A strip measured from a line, road or zone, on one side, possibly by weapon class."""

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
    Key("from", ValueType.NAME, required=True, kinds=("line", "road", "zone")),
    Key(
        "side",
        ValueType.WORD,
        UNDEFINED,
        words=("north", "south", "east", "west", "both", "own", "other"),
    ),
    Key("distance", ValueType.LENGTH, UNDEFINED),
    Key(
        "kept free of",
        ValueType.WORDS,
        "any",
        words=("heavy-weapons", "vehicles", "personnel", "all-weapons", "aircraft", "any"),
    ),
    Key("applies to", ValueType.NAMES, "all-parties", kinds=WHO, also=WHO_BUILT_IN),
    Key("allowed inside", ValueType.TEXTS),
)

EXAMPLE = """\
ring north-heavy "Heavy weapons, north side"
    from: north-road
    side: north
    distance: 3500 m
    kept free of: heavy-weapons
    applies to: government
"""

RING = ClauseKind(
    kind="ring",
    what="A strip along a line, road or zone that is kept free of something.",
    keys=KEYS,
    violated="By presence of what it is kept free of, through the norm that names it.",
    evidence="Positions and photographs.",
    example=EXAMPLE,
)
