"""Of what a condition is asked, and how its arguments are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tregua.agreement.value import Word
from tregua.assessment.steps import moved

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tregua.agreement.model import Amount, Call, Ids
    from tregua.agreement.value import Item
    from tregua.status.facts import Facts
    from tregua.status.lengths_in_worlds import HandsInWorlds
    from tregua.status.model import ClockState, GateState

WIDEST = {"months": timedelta(days=31), "years": timedelta(days=366)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Of what a condition is asked.

    Attributes:
        facts: what is known.
        start: of the stretch, UTC; ``None`` = from the beginning.
        end: of the stretch, UTC.
        bearer: whose violations are meant; ``None`` = anybody's.
        is_over: whether the stretch is over, so that a gap in the watch counts.
        clock: gives the state of a clock.
        gate: gives the state of a gate.
        hands: gives the hands of a clock in each possible world, where worlds are asked about.
    """

    facts: Facts
    start: datetime | None
    end: datetime
    bearer: str | None = None
    is_over: bool = True
    clock: Callable[[str], ClockState | None] = lambda _: None
    gate: Callable[[str], GateState | None] = lambda _: None
    hands: Callable[[str], HandsInWorlds | None] = lambda _: None


def first_word(call: Call) -> str:
    """Return the id that a condition speaks about, its first argument without a name."""
    return next((item.word for item in call.plain()), "")


def words_of(item: Item | None) -> Ids:
    """Return the ids in a named argument."""
    return () if item is None else tuple(a.name for a in item.atoms if isinstance(a, Word))


def earlier(at: datetime, amount: Amount, zone: str) -> datetime:
    """Return the start of a window that ends at ``at`` (UTC), counted back in ``zone``.

    A month step that does not exist is refused when the deal is read (D014); reached from another
    end it takes the widest month, so that no violation falls out of the window.
    """
    found = moved(at, amount, zone=zone, sign=-1)
    if found is not None:
        return found
    return at - float(amount.value) * WIDEST.get(amount.unit, timedelta())
