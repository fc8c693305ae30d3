"""A timed workflow, such as from report to decision."""

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
        "for",
        ValueType.WORDS,
        required=True,
        words=(
            "violation",
            "dispute",
            "amendment",
            "accession",
            "aid-request",
            "movement",
            "delineation",
            "extension",
        ),
    ),
    Key("opened by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("step", ValueType.STEP, required=True, repeats=True),
    Key("decided by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("dissent", ValueType.WORD, UNDEFINED, words=("recorded", "not-recorded")),
    Key("form", ValueType.TEXT, UNDEFINED),
)

EXAMPLE = """\
procedure incident "From report to decision"
    for: violation
    opened by: all-parties
    step: report by all-parties to commission within 24 hours
    step: request-information by commission within undefined
    step: determine by commission within undefined else refer
    decided by: commission
"""

PROCEDURE = ClauseKind(
    kind="procedure",
    what="Steps, by whom, within what time, and what if not.",
    keys=KEYS,
    violated="By a step that is not taken within its time.",
    evidence="Dated entries for each step.",
    example=EXAMPLE,
)
