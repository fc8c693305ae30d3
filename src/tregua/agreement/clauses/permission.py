"""What someone may do; with ``unhindered: yes`` hindering it is forbidden."""

from __future__ import annotations

from tregua.agreement.clause import (
    NORM_KEYS,
    WHO,
    WHO_BUILT_IN,
    ClauseKind,
    Key,
    ValueType,
)

KEYS = (
    *NORM_KEYS[:1],
    Key("may", ValueType.ACTS, required=True),
    Key("unhindered", ValueType.WORD, "no", words=("yes", "no")),
    Key("hindering is", ValueType.ACTS, "obstruct-aid, obstruct-monitor"),
    Key("owed by", ValueType.NAMES, "controller", kinds=WHO, also=WHO_BUILT_IN),
    Key("if", ValueType.WHEN),
    *NORM_KEYS[1:],
)

EXAMPLE = """\
permission relief "Relief convoys pass"
    on: relief-agencies
    may: deliver(passage: humanitarian)
    unhindered: yes
    where: own-control
    during: truce
"""

PERMISSION = ClauseKind(
    kind="permission",
    what="What the holders may do, and who must not hinder it.",
    keys=KEYS,
    violated="Plain: never. Unhindered: by each act of hindering by those who owe free passage.",
    evidence="Requests, answers, passages, refusals.",
    example=EXAMPLE,
)
