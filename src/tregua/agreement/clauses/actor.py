"""Anyone with a role who is not a side: agencies, missions, states, societies."""

from __future__ import annotations

from tregua.agreement.clause import (
    UNDEFINED,
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
            "un",
            "red-cross",
            "ngo",
            "state",
            "regional-body",
            "civil-society",
            "media",
            "company",
        ),
        open=False,
    ),
    Key(
        "may",
        ValueType.WORDS,
        words=(
            "report",
            "verify",
            "deliver",
            "inspect",
            "host",
            "observe",
            "mediate",
            "receive-persons",
            "list",
            "chair",
        ),
    ),
    Key("needs", ValueType.WORDS, UNDEFINED, words=("permit", "escort", "notification", "nothing")),
)

EXAMPLE = """\
actor relief-agencies "Relief agencies"
    is: un
    may: deliver, report
    needs: notification
"""

ACTOR = ClauseKind(
    kind="actor",
    what="Anyone with a role beside the parties, and what it may do.",
    keys=KEYS,
    violated="Cannot be violated itself; hindering it is a norm of its own.",
    evidence="The mandate.",
    example=EXAMPLE,
)
