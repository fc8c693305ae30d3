"""An area or site that the deal names."""

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
        "is",
        ValueType.WORD,
        required=True,
        words=(
            "national",
            "area",
            "site",
            "demilitarised",
            "weapons-free",
            "security",
            "cantonment",
            "airspace",
            "held-area",
        ),
        open=False,
    ),
    Key("geometry", ValueType.TEXT, UNDEFINED),
    Key("inside", ValueType.NAMES, kinds=PLACES, also=PLACES_BUILT_IN),
    Key("outside", ValueType.NAMES, kinds=PLACES, also=PLACES_BUILT_IN),
    Key("width", ValueType.LENGTH, UNDEFINED),
    Key(
        "protects",
        ValueType.WORDS,
        words=(
            "school",
            "hospital",
            "market",
            "worship",
            "camp",
            "convoy",
            "water",
            "power",
            "other",
        ),
    ),
    Key("radius", ValueType.LENGTH, UNDEFINED),
    Key("ceiling", ValueType.LENGTH),
    Key("floor", ValueType.LENGTH),
    Key("map", ValueType.NAMES, kinds=("instrument",)),
    Key("as of", ValueType.TIME, UNDEFINED),
    Key("agreed by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("agreed until", ValueType.TIME, UNDEFINED),
    Key("fallback", ValueType.TEXT, UNDEFINED),
    Key("marking", ValueType.WORD, "public", words=("public", "parties", "centre")),
)

EXAMPLE = """\
zone dmz "Demilitarised zone"
    is: demilitarised
    width: 15..20 km
    geometry: undefined "determined by further consultations"
    agreed by: guarantor-a, guarantor-b
    agreed until: undefined
"""

ZONE = ClauseKind(
    kind="zone",
    what="An area or site, its shape, and how it is still to be drawn.",
    keys=KEYS,
    violated="Cannot be violated itself; it bounds the norms that name it.",
    evidence="The map, its date, positions.",
    example=EXAMPLE,
)
