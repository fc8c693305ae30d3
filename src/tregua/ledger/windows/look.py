"""How a sealed window stands at one ledger, and by whose clocks.

The cosignatures around an entry say when it came. For what no published checkpoint covers yet, and
where no cosignatures are at hand, the centre's own clock does: the time of the checkpoint of its
batch. That is provisional, and no proof against the centre.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused, WrongUse
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.disclosures import fields_in
from tregua.ledger.windows.bracket import Bracket, Timing
from tregua.ledger.windows.declared import closed_in, declares, window_from
from tregua.ledger.windows.window import Opened, state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tregua.ledger.store import Store
    from tregua.ledger.windows.seen import Seen
    from tregua.ledger.windows.window import Commitment, Window, WindowState

CENTRE = "the centre's own clock, provisional"


def window_state(store: Store, name: str, *, at: int, seen: Seen | None = None) -> WindowState:
    """Say how a window stands at a time.

    Args:
        store: the ledger.
        name: of the window.
        at: POSIX seconds.
        seen: the cosignatures over this ledger; without them all times are the centre's own.

    Raises:
        WrongUse: no such window is declared.
    """
    window = window_of(store, name)
    signed = [(i, e) for i, e in store.entries() if isinstance(e, SignedEntry)]
    own = [(i, e) for i, e in signed if e.claims.window == name]
    brackets = _received(store, own)
    if seen is not None:
        brackets |= {e.id: _seen(seen, i, e, brackets[e.id]) for i, e in own}
    return state_of(window, [(e.id, e.claims) for _, e in own], brackets, at=at)


def _received(store: Store, own: list[tuple[int, SignedEntry]]) -> dict[str, Bracket]:
    """Return for each entry the one time at which the centre says that it came, as a bracket."""
    points = [(c.size, c.at // 1_000_000) for c in store.checkpoints()]
    sizes = [size for size, _ in points]
    found = {}
    for index, entry in own:
        came = ((CENTRE, points[bisect_right(sizes, index)][1]),)
        found[entry.id] = Bracket(came, came)
    return found


def _seen(seen: Seen, index: int, entry: SignedEntry, by_centre: Bracket) -> Bracket:
    """Return the bracket of an entry; of one in the current beat the centre's own time."""
    return by_centre if index >= seen.published else seen.bracket(index, of=entry.issuer)


def is_provisional(bracket: Bracket | None) -> bool:
    """Say whether a time rests on the centre's own clock."""
    return bracket is not None and any(who == CENTRE for who, _ in bracket.after)


def is_closed(store: Store, name: str) -> bool:
    """Say whether what was opened is handed on."""
    signed = [e for _, e in store.entries() if isinstance(e, SignedEntry)]
    return name in closed_in((e.id, e.claims) for e in signed)


def window_of(store: Store, name: str) -> Window:
    """Read the window of that name.

    Raises:
        WrongUse: no such window is declared, or its declaration cannot be read.
    """
    declaration = declarations(store).get(name)
    if declaration is None:
        raise WrongUse(f"no window {name} is declared here")
    try:
        fields = fields_in(declaration.claims, store.bodies.get(declaration.id))
        return window_from(name, fields)
    except EntryRefused as refused:
        raise WrongUse(f"window {name}: {refused.why}") from None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many reports a side committed, and of them those of which there is something to say."""

    committed: int
    late: int
    undetermined: int
    opened_late: int
    opening_undetermined: int
    withheld: int

    @property
    def is_plain(self) -> bool:
        """Say whether all of them were committed and opened in time, as far as it is that far."""
        rest = (self.late, self.undetermined, self.opened_late, self.opening_undetermined)
        return not any((*rest, self.withheld))


def counts_of(state: WindowState, side: str) -> Counts:
    """Count what a side committed."""
    mine = [c for c in state.commitments if c.side == side]

    def many(is_one: Callable[[Commitment], bool]) -> int:
        return sum(map(is_one, mine))

    return Counts(
        len(mine),
        many(lambda c: c.committed is Timing.LATE),
        many(lambda c: c.committed is Timing.UNDETERMINED),
        many(lambda c: c.opened is Opened.OPENED_LATE),
        many(lambda c: c.opened is Opened.OPENING_UNSURE),
        state.withheld(side),
    )


def declarations(store: Store) -> dict[str, SignedEntry]:
    """Return the declaration of each window, by its name; the first of a name counts."""
    found: dict[str, SignedEntry] = {}
    for _, entry in store.entries():
        if isinstance(entry, SignedEntry) and declares(entry.claims):
            found.setdefault(entry.claims.window, entry)
    return found
