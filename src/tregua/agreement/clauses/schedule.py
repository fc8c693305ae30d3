"""Dated or D-relative steps; each row is an instance of a duty."""

from __future__ import annotations

from tregua.agreement.clause import (
    CHECKERS,
    UNDEFINED,
    WHO_BUILT_IN,
    ClauseKind,
    Key,
    ValueType,
)

KEYS = (
    Key("origin", ValueType.TIME, UNDEFINED),
    Key("row", ValueType.ROW, required=True, repeats=True),
    Key("checked by", ValueType.NAMES, UNDEFINED, kinds=CHECKERS, also=WHO_BUILT_IN),
)

EXAMPLE = """\
schedule hand-over "Districts handed over"
    row: 2020-11-15, armenia, hand-over, undefined, kalbajar
    row: 2020-12-01, armenia, hand-over, undefined, lachin
"""

SCHEDULE = ClauseKind(
    kind="schedule",
    what="Steps with their dates, each owed by someone.",
    keys=KEYS,
    violated="By a step that is not done by its date.",
    evidence="Reports and certificates for each step.",
    example=EXAMPLE,
)
