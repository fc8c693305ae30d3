"""What must be done (``must``), or kept so (``must keep``)."""

from __future__ import annotations

from tregua.agreement.clause import (
    NORM_KEYS,
    UNDEFINED,
    WHO,
    WHO_BUILT_IN,
    ClauseKind,
    Key,
    ValueType,
)

KEYS = (
    *NORM_KEYS[:1],
    Key("must", ValueType.ACTS),
    Key("must keep", ValueType.ACTS),
    Key("to", ValueType.NAMES, kinds=WHO, also=WHO_BUILT_IN),
    Key("when", ValueType.WHEN, "start of `during`"),
    Key("within", ValueType.SPAN, UNDEFINED),
    Key("deadline", ValueType.TIME, UNDEFINED),
    Key("every", ValueType.SPAN),
    Key("after", ValueType.NAMES, kinds=("duty",)),
    Key("together with", ValueType.NAMES, kinds=("duty",)),
    Key("amount", ValueType.NAMES, kinds=("quota",)),
    Key("still owed", ValueType.WORD, "yes", words=("yes", "no")),
    *NORM_KEYS[1:],
)

EXAMPLE = """\
duty lists "Lists of detainees"
    on: all-parties
    must: hand-over(list: detainees)
    to: red-cross
    when: in-force(truce)
    within: 72 hours
    verified by: red-cross
"""

DUTY = ClauseKind(
    kind="duty",
    what="What the bearers must do by a time, or keep so over an interval.",
    keys=KEYS,
    violated="`must`: when the time has passed and it was not done. `must keep`: as a prohibition of the contrary.",
    evidence="Notices, certificates, positions, counts.",
    example=EXAMPLE,
)
