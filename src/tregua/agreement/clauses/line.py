"""A line of contact, border or withdrawal, as of a day."""

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
        words=("contact", "forward", "border", "withdrawal", "separation"),
        open=False,
    ),
    Key("geometry", ValueType.TEXT, UNDEFINED),
    Key("as of", ValueType.TIME, UNDEFINED),
    Key("sides", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("agreed by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("map", ValueType.NAMES, kinds=("instrument",)),
)

EXAMPLE = """\
line contact-2030-09 "Line of contact on the day of signature"
    is: contact
    as of: 2030-09-19 Europe/Kyiv
    geometry: undefined
"""

LINE = ClauseKind(
    kind="line",
    what="A line between sides, as it ran on a certain day.",
    keys=KEYS,
    violated="Cannot be violated itself; crossing it is a norm's matter.",
    evidence="The map, its date, positions.",
    example=EXAMPLE,
)
