"""What must not be done; each matching incident is its own violation and the norm survives."""

from __future__ import annotations

from tregua.agreement.clause import (
    NORM_KEYS,
    ClauseKind,
    Key,
    ValueType,
)

KEYS = (
    *NORM_KEYS[:1],
    Key("must not", ValueType.ACTS, required=True),
    *NORM_KEYS[1:],
)

EXAMPLE = """\
prohibition attacks "No attacks with any weapon"
    on: government, opposition
    must not: attack(weapon: any)
    against: government, opposition
    during: truce
    where: everywhere
    except: self-defence, against-excluded
    on violation: undefined
"""

PROHIBITION = ClauseKind(
    kind="prohibition",
    what="What the bearers must not do, in force over an interval.",
    keys=KEYS,
    violated="By each forbidden act of a bearer, in its place and time, that no exception covers.",
    evidence="Reports and photographs; coverage before anything may be called kept.",
    example=EXAMPLE,
)
