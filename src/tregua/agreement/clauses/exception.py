"""A claim with a burden, not a silent hole in a norm."""

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
    Key("when", ValueType.WHEN, required=True),
    Key("result", ValueType.WORD, "justified", words=("justified", "outside")),
    Key("burden", ValueType.WORD, UNDEFINED, words=("acting-party", "accusing-party", "centre")),
    Key("claimed by", ValueType.NAMES, "actor", kinds=WHO, also=WHO_BUILT_IN),
    Key("claim within", ValueType.SPAN, UNDEFINED),
    Key("decided by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("only in", ValueType.NAMES, UNDEFINED, kinds=PLACES, also=PLACES_BUILT_IN),
    Key("priority", ValueType.NUMBER, "0"),
)

EXAMPLE = """\
exception self-defence "Answer to an immediate threat"
    when: prior(attack, on: actor, within: 60 minutes), judged(proportionate)
    burden: acting-party
    decided by: undefined
    assumed by drafter: when "60 minutes; the text says immediate threat"
"""

EXCEPTION = ClauseKind(
    kind="exception",
    what="When an act is justified, or lies outside the norm, and who must show it.",
    keys=KEYS,
    violated="Cannot be violated itself; a claim is shown, refuted or left open.",
    evidence="Earlier incidents, places, memberships, recorded decisions on its terms.",
    example=EXAMPLE,
)
