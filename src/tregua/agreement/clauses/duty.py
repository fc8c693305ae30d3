"""What must be done (``must``), or kept so (``must keep``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.clause import (
    NORM_KEYS,
    UNDEFINED,
    WHO,
    WHO_BUILT_IN,
    ClauseKind,
    Key,
    ValueType,
)
from tregua.agreement.reading.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, Entry
    from tregua.agreement.clause import Scope

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


def _check(block: Block, _: Scope) -> Iterator[tuple[Entry | None, Fault]]:
    """Ask for one of ``must`` and ``must keep``, and not for both."""
    keep = block.entry("must keep")
    if block.entry("must") is None and keep is None:
        said = "this duty has no key must, which it needs"
        yield (
            None,
            Fault("D003", said, help="must: ...  or, for what is to stay so,  must keep: ..."),
        )
    elif block.entry("must") is not None and keep is not None:
        said = "a duty is either to be done once (must) or kept so (must keep)"
        yield keep, Fault("D013", said, help="write two duties")


DUTY = ClauseKind(
    kind="duty",
    what="What the bearers must do by a time, or keep so over an interval.",
    keys=KEYS,
    violated="When its time has passed and it was not done; if kept so, by the contrary.",
    evidence="Notices, certificates, positions, counts.",
    example=EXAMPLE,
    check=_check,
)
