"""Who checks what, by which means, and how sure is sure."""

from __future__ import annotations

from tregua.agreement.clause import (
    NORMS,
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
    Key("of", ValueType.NAMES, required=True, kinds=NORMS, also=("any",)),
    Key("by", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key(
        "means",
        ValueType.WORDS,
        UNDEFINED,
        words=(
            "patrol",
            "post",
            "camera",
            "drone",
            "satellite",
            "radar",
            "phone-round",
            "open-source",
            "party-report",
            "site-visit",
            "interview",
        ),
    ),
    Key("where", ValueType.NAMES, UNDEFINED, kinds=PLACES, also=PLACES_BUILT_IN),
    Key("coverage", ValueType.NUMBER, UNDEFINED, share=True),
    Key(
        "access",
        ValueType.WORD,
        UNDEFINED,
        words=("unhindered", "on-notice", "on-permit", "escorted"),
    ),
    Key("denial is", ValueType.NAMES, UNDEFINED, kinds=NORMS),
    Key("standard", ValueType.TEXT, UNDEFINED),
    Key("violated at", ValueType.NUMBER, UNDEFINED, share=True),
    Key("kept at", ValueType.NUMBER, UNDEFINED, share=True),
    Key("settles after", ValueType.SPAN, UNDEFINED),
    Key("reports to", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("reports every", ValueType.SPAN, UNDEFINED),
    Key("publishes", ValueType.WORD, UNDEFINED, words=("public", "parties", "body", "nothing")),
)

EXAMPLE = """\
verification mission "Mission on both sides of the line"
    of: attacks, withdraw-heavy
    by: observers
    means: patrol, camera
    access: unhindered
    standard: undefined
    settles after: undefined
"""

VERIFICATION = ClauseKind(
    kind="verification",
    what="Who watches which norms, from where, and what proof is enough.",
    keys=KEYS,
    violated="By denial of access, through the norm that `denial is` names.",
    evidence="Coverage: who watched, where and when.",
    example=EXAMPLE,
)
