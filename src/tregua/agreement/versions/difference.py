"""One difference between two texts of a deal, in legal terms.

Both ways of reading it are one: what the first text loses, the second gains (`mirrored`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tregua.agreement.model import Ids


class Area(IntEnum):
    """What a difference is about, in the order in which it is told."""

    HEADER = 0
    INSTRUMENT = 1
    WHO = 2
    NORM = 3
    EXCEPTION = 4
    ANSWER = 5
    TIME = 6
    PLACE = 7
    WORD = 8
    DECLARATION = 9
    NO_NORM = 10
    SCENARIO = 11
    PROSE = 12
    NOTE = 13


class Change(StrEnum):
    """What happened on the way from the first text to the second.

    A gap is a key that the text leaves open: ``undefined``, or absent where the language expects
    one (``within`` of a duty). What is absent and not expected is simply not there.
    """

    GAINED = "gained"
    LOST = "lost"
    CHANGED = "changed"
    GAP_CLOSED = "gap closed"
    GAP_OPENED = "gap opened"


_OTHER_WAY = {
    Change.GAINED: Change.LOST,
    Change.LOST: Change.GAINED,
    Change.CHANGED: Change.CHANGED,
    Change.GAP_CLOSED: Change.GAP_OPENED,
    Change.GAP_OPENED: Change.GAP_CLOSED,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one place.

    Attributes:
        area: what it is about.
        change: what happened.
        on: id of the block, ``§label`` of a paragraph's clause, or empty for the deal as a whole.
        kind: kind of the block; ``header``, ``paragraph`` or ``note`` for the rest.
        key: the key that differs; empty when the block as a whole was gained or lost; for a
            paragraph its number in the original, for a note its code.
        who: whom it concerns, sorted by id: for a norm those who owe or hold it.
        before, after: as it is written; empty when it is absent.
        title: of the block, when both texts have the same.
        clause, instrument: where it stands, when it stands in the same place in both.
    """

    area: Area
    change: Change
    on: str
    kind: str
    key: str = ""
    who: Ids = ()
    before: str = ""
    after: str = ""
    title: str = ""
    clause: str = ""
    instrument: str = ""

    def mirrored(self) -> Difference:
        """Return the same difference on the way back."""
        return replace(self, change=_OTHER_WAY[self.change], before=self.after, after=self.before)


def in_telling_order(found: list[Difference]) -> tuple[Difference, ...]:
    """Return differences by area, then by id and key: never by the order of blocks in a file."""
    return tuple(
        sorted(
            found,
            key=lambda d: (d.area, d.instrument, d.on, d.key, d.kind, d.who, d.before, d.after),
        )
    )
