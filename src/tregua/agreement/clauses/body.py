"""A commission, mission, centre or hotline, and how it decides."""

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
        words=(
            "joint-commission",
            "mission",
            "centre",
            "committee",
            "task-force",
            "hotline",
            "local-committee",
            "political-body",
        ),
        open=False,
    ),
    Key("members", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN, counted=True),
    Key("chair", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("quorum", ValueType.NUMBER, UNDEFINED),
    Key(
        "decides by",
        ValueType.WORD,
        UNDEFINED,
        words=(
            "consensus",
            "majority",
            "two-thirds",
            "consensus-then-majority",
            "chair",
            "each-alone",
        ),
    ),
    Key("on a tie", ValueType.WORD, UNDEFINED, words=("chair", "fails", "higher-body")),
    Key("dissent", ValueType.WORD, UNDEFINED, words=("recorded", "not-recorded")),
    Key("starts", ValueType.TIME, UNDEFINED),
    Key(
        "may",
        ValueType.WORDS,
        words=(
            "receive",
            "verify",
            "determine",
            "authorise",
            "certify",
            "publish",
            "recommend",
            "refer",
            "interpret",
            "amend",
            "exclude",
        ),
    ),
    Key("reports to", ValueType.NAMES, UNDEFINED, kinds=WHO, also=WHO_BUILT_IN),
    Key("reports every", ValueType.SPAN, UNDEFINED),
    Key("final on meaning", ValueType.WORD, "no", words=("yes", "no")),
    Key("fallback", ValueType.NAME, UNDEFINED, kinds=(*WHO, "procedure"), also=WHO_BUILT_IN),
)

EXAMPLE = """\
body joint-centre "Joint centre"
    is: centre
    members: ru 1, us 1
    decides by: consensus
    may: receive, verify
    fallback: undefined
"""

BODY = ClauseKind(
    kind="body",
    what="A body of the deal: who sits in it, how it decides, what it may do.",
    keys=KEYS,
    violated="Cannot be violated itself; that it is set up is a duty or a gate.",
    evidence="Minutes, notices, certificates.",
    example=EXAMPLE,
)
