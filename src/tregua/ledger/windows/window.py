"""Sealed reporting windows: both sides commit, then all is opened together.

1. A report of a window is committed when its entry stands in the ledger; its disclosures stay with
   the party. Nobody can open it, the centre neither.
2. After ``closes`` a side opens its commitments by an ``opening`` entry that names them. Nothing is
   handed on before every side has opened or ``open_by`` has passed.
3. A commitment after ``closes`` is late evidence, an opening after ``open_by`` is shown late, and
   what was never opened is counted as withheld.
4. What is produced later may refer only to what was committed before it: so says the order of the
   ledger, and its time is that of its own commitment.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tregua.errors import WrongUse
from tregua.ledger.windows.bracket import Bracket, Timing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tregua.ledger.signing.claims import Claims


@dataclass(frozen=True, slots=True)
class Window:
    """A reporting window; times are POSIX seconds.

    Attributes:
        id: its name in entries.
        opens, closes: reports of this time are committed by ``closes``.
        open_by: by when they are opened.
        sides: those whose reports are waited for.
    """

    id: str
    opens: int
    closes: int
    open_by: int
    sides: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.opens < self.closes < self.open_by:
            raise WrongUse(f"window {self.id}: it opens, closes and must be opened in that order")


class Opened(StrEnum):
    """What became of a commitment."""

    OPENED = "opened"
    OPENED_LATE = "opened late"
    OPENING_UNSURE = "opened, whether in time is undetermined"
    SEALED = "sealed"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Commitment:
    """One report of a window.

    Attributes:
        id: entry id (leaf hash, hex).
        side: who committed it.
        committed: whether it stood in the ledger by ``closes``.
        opened: what became of it.
        came: between which times it came.
        opening_came: between which times its opening came; ``None`` while there is none.
    """

    id: str
    side: str
    committed: Timing
    opened: Opened
    came: Bracket
    opening_came: Bracket | None


@dataclass(frozen=True, slots=True)
class WindowState:
    """A window at a time.

    Attributes:
        commitments: in the order of the ledger.
        waits_for: sides that have something sealed and have not opened it, sorted.
        may_hand_on: whether what was opened may be shown to anybody.
    """

    window: Window
    commitments: tuple[Commitment, ...]
    waits_for: tuple[str, ...]
    may_hand_on: bool

    def withheld(self, side: str) -> int:
        """Return how many reports of a side were never opened."""
        mine = (c for c in self.commitments if c.side == side)
        return sum(c.opened is Opened.WITHHELD for c in mine)


def state_of(
    window: Window,
    entries: Iterable[tuple[str, Claims]],
    brackets: Mapping[str, Bracket],
    *,
    at: int,
) -> WindowState:
    """Say how a window stands.

    Args:
        window: which one.
        entries: entry id and open part, in the order of the ledger.
        brackets: entry id -> between which times it came.
        at: the moment asked about, POSIX seconds.
    """
    reports: dict[str, Claims] = {}
    openings: dict[str, str] = {}  # commitment -> the opening that names it first
    for entry_id, claims in entries:
        if claims.window != window.id:
            continue
        if claims.kind in ("report", "nil"):
            reports[entry_id] = claims
        elif claims.kind == "opening":
            for ref in claims.ref:
                if ref in reports and reports[ref].iss == claims.iss:
                    openings.setdefault(ref, entry_id)
    found = tuple(
        Commitment(
            key,
            claims.iss,
            _of(brackets, key).timing(window.closes),
            _opened(window, openings.get(key), brackets, at),
            _of(brackets, key),
            _of(brackets, openings[key]) if key in openings else None,
        )
        for key, claims in reports.items()
    )
    waiting = {c.side for c in found if c.opened is Opened.SEALED}
    missing = set(window.sides) - {c.side for c in found}
    over = at >= window.open_by
    return WindowState(
        window,
        found,
        tuple(sorted(waiting | missing)),
        may_hand_on=over or (at >= window.closes and not waiting | missing),
    )


def _opened(
    window: Window, opening: str | None, brackets: Mapping[str, Bracket], at: int
) -> Opened:
    if opening is None:
        return Opened.WITHHELD if at >= window.open_by else Opened.SEALED
    timing = _of(brackets, opening).timing(window.open_by)
    return {
        Timing.IN_TIME: Opened.OPENED,
        Timing.LATE: Opened.OPENED_LATE,
        Timing.UNDETERMINED: Opened.OPENING_UNSURE,
    }[timing]


def _of(brackets: Mapping[str, Bracket], key: str) -> Bracket:
    return brackets.get(key, Bracket((), ()))
