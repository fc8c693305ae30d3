"""An example with its expected result: how a legal adviser tests a reading."""

from __future__ import annotations

from tregua.agreement.clause import (
    ClauseKind,
    Key,
    ValueType,
)

KEYS = (
    Key("set", ValueType.PHRASE),
    Key("covered", ValueType.PHRASE, "nothing"),
    Key("given", ValueType.GIVEN, repeats=True),
    Key("known at", ValueType.TIME, "after the last `given`"),
    Key("expect", ValueType.EXPECT, required=True, repeats=True),
)

EXAMPLE = """\
scenario one-shell "One shell, nothing watched afterwards"
    set: D = 2030-09-12T19:00 Asia/Damascus
    given: at D + 10 hours, mortar-fire, by opposition, against government, in dmz
    expect: attacks violated by opposition
    expect: attacks undetermined by government because no-coverage
    expect: calm = 0 days
"""

SCENARIO = ClauseKind(
    kind="scenario",
    what="Given these moments and incidents, what must be assessed.",
    keys=KEYS,
    violated="Cannot be violated; it fails when the reading gives another result.",
    evidence="None; it is made up.",
    example=EXAMPLE,
)
