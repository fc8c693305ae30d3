"""A table of weapon classes and distances."""

from __future__ import annotations

from tregua.agreement.clause import (
    UNDEFINED,
    ClauseKind,
    Key,
    ValueType,
)

KEYS = (
    Key(
        "columns",
        ValueType.WORDS,
        required=True,
        words=("class", "family", "calibre", "models", "range", "distance", "width"),
    ),
    Key("row", ValueType.ROW, required=True, repeats=True),
    Key("rest", ValueType.LENGTH, UNDEFINED),
    Key("scope", ValueType.TEXT, UNDEFINED),
)

EXAMPLE = """\
weapons two-classes "Distances"
    columns: class, family, calibre, distance
    row: light-mortar, mortar, 82 mm, 4 km
    row: field-gun, gun, 100 mm, 9 km
    rest: 15 km
"""

WEAPONS = ClauseKind(
    kind="weapons",
    what="A table of weapon classes with what holds for each.",
    keys=KEYS,
    violated="Cannot be violated itself; rings and duties measure by it.",
    evidence="Positions by class of weapon.",
    example=EXAMPLE,
)
