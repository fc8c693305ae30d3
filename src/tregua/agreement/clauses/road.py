"""A road, corridor, crossing or port with its regime."""

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
    Key("geometry", ValueType.TEXT, UNDEFINED),
    Key("through", ValueType.NAMES, kinds=PLACES, also=PLACES_BUILT_IN),
    Key("width", ValueType.LENGTH, UNDEFINED),
    Key(
        "open to",
        ValueType.WORDS,
        UNDEFINED,
        words=("humanitarian", "medical", "civilian", "commercial", "fighters-leaving"),
    ),
    Key("checkpoints", ValueType.NUMBER, UNDEFINED),
    Key("run by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key(
        "inspection",
        ValueType.WORD,
        UNDEFINED,
        words=("none", "at-origin", "at-checkpoint", "sealed"),
    ),
    Key("permit from", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
)

EXAMPLE = """\
road north-road "North road"
    open to: humanitarian
    checkpoints: 2
    run by: red-crescent
    inspection: none
    permit from: undefined
"""

ROAD = ClauseKind(
    kind="road",
    what="A road or crossing: who may use it, who runs it, whose permission is needed.",
    keys=KEYS,
    violated="Cannot be violated itself; obstructing it is a norm's matter.",
    evidence="Passages, refusals, inspections.",
    example=EXAMPLE,
)
