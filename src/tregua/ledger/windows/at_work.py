"""A sealed window at one ledger: declared, committed to, opened, closed; and how it stands.

While no cosignatures are kept, the centre's own clock says when an entry came: the time of the
checkpoint of its batch. That is provisional, and no proof against the centre.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused, WrongUse
from tregua.ledger.intake import machine_clock
from tregua.ledger.put_act import Act, put_acts
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.disclosures import Field, fields_in
from tregua.ledger.signing.read import read_entry
from tregua.ledger.signing.sign import Signed
from tregua.ledger.take_signed import take_signed
from tregua.ledger.windows.bracket import Bracket
from tregua.ledger.windows.declared import closed_in, declares, window_from
from tregua.ledger.windows.window import Opened, Window, state_of
from tregua.terms.marking import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from tregua.ledger.annex import Annex
    from tregua.ledger.signing.device_key import DeviceKey
    from tregua.ledger.store import Store
    from tregua.ledger.take_signed import Taken
    from tregua.ledger.windows.window import WindowState

    Clock = Callable[[], datetime]

CENTRE = "the centre's own clock, provisional"
_MOST = 64  # entries that one entry may refer to


def declare(
    store: Store, annex: Annex, key: DeviceKey, window: Window, *, now: Clock = machine_clock
) -> Taken:
    """Declare a window.

    Raises:
        WrongUse: one of this name is declared already.
    """
    if window.id in _declarations(store):
        raise WrongUse(f"a window {window.id} is declared already", help="give it a new name")
    told = {
        "opens": window.opens,
        "closes": window.closes,
        "open_by": window.open_by,
        "sides": sorted(window.sides),
    }
    fields = tuple(Field(name, value, (PUBLIC,)) for name, value in sorted(told.items()))
    act = Act("notice", (PUBLIC,), fields, window=window.id)
    return put_acts(store, annex, key, [act], now=now)[0]


def commit(
    store: Store, annex: Annex, items: Sequence[Signed], *, now: Clock = machine_clock
) -> tuple[Taken, ...]:
    """Take entries of declared windows in, without anything of what they tell.

    Raises:
        WrongUse: an entry is of no window that is declared.
        EntryRefused: one may not stand where it would; nothing was recorded.
    """
    declared = _declarations(store)
    for number, one in enumerate(items, 1):
        named = read_entry(one.entry).window
        if named not in declared:
            raise WrongUse(f"number {number} of the bundle is of no window that is declared here")
    return take_signed(store, [Signed(one.entry, ()) for one in items], annex, now=now)


def reveal(
    store: Store,
    annex: Annex,
    key: DeviceKey,
    items: Sequence[Signed],
    *,
    now: Clock = machine_clock,
) -> tuple[Taken, ...]:
    """Open commitments: the entries that say so, and what the commitments tell.

    Raises:
        WrongUse: something is not committed, of another party, or its window is not over.
    """
    stand = {e.id: e.claims for _, e in store.entries() if isinstance(e, SignedEntry)}
    by_window: dict[str, list[Signed]] = {}
    for number, one in enumerate(items, 1):
        claims = stand.get(one.next)
        if claims is None or claims.iss != key.party:
            raise WrongUse(f"number {number} of the bundle is no commitment of {key.party} here")
        by_window.setdefault(claims.window, []).append(one)
    acts = []
    for name, mine in sorted(by_window.items()):
        window = window_of(store, name)
        if now().timestamp() < window.closes:
            raise WrongUse(f"window {name} is not over: nothing is opened before it closes")
        rel = tuple(sorted({r for one in mine for r in stand[one.next].rel}))
        ids = [one.next for one in mine]
        chunks = [tuple(ids[i : i + _MOST]) for i in range(0, len(ids), _MOST)]
        acts += [Act("opening", rel, ref=chunk, window=name) for chunk in chunks]
    taken = put_acts(store, annex, key, acts, with_them=items, now=now)
    return taken[len(items) :]


def close(
    store: Store, annex: Annex, key: DeviceKey, name: str, *, now: Clock = machine_clock
) -> Taken:
    """Close a window: what was opened is handed on from this entry on.

    Raises:
        WrongUse: it is closed already, or a side may still open something.
    """
    state = window_state(store, name, at=int(now().timestamp()))
    if is_closed(store, name):
        raise WrongUse(f"window {name} is closed already")
    if not state.may_hand_on:
        waits = ", ".join(state.waits_for) or "its own end"
        raise WrongUse(f"window {name} cannot be closed yet: it waits for {waits}")
    act = Act("notice", (PUBLIC,), ref=(_declarations(store)[name].id,), window=name)
    return put_acts(store, annex, key, [act], now=now)[0]


def window_state(store: Store, name: str, *, at: int) -> WindowState:
    """Say how a window stands at a time (POSIX seconds), by the centre's own checkpoints.

    Raises:
        WrongUse: no such window is declared.
    """
    window = window_of(store, name)
    signed = [(i, e) for i, e in store.entries() if isinstance(e, SignedEntry)]
    own = [(i, e) for i, e in signed if e.claims.window == name]
    brackets = _received(store, own)
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


def is_closed(store: Store, name: str) -> bool:
    """Say whether what was opened is handed on."""
    signed = [e for _, e in store.entries() if isinstance(e, SignedEntry)]
    return name in closed_in((e.id, e.claims) for e in signed)


def window_of(store: Store, name: str) -> Window:
    """Read the window of that name.

    Raises:
        WrongUse: no such window is declared, or its declaration cannot be read.
    """
    declaration = _declarations(store).get(name)
    if declaration is None:
        raise WrongUse(f"no window {name} is declared here")
    try:
        fields = fields_in(declaration.claims, store.bodies.get(declaration.id))
        return window_from(name, fields)
    except EntryRefused as refused:
        raise WrongUse(f"window {name}: {refused.why}") from None


def late(state: WindowState, side: str) -> tuple[int, int, int, int]:
    """Count for a side: commitments, late ones, opened late, withheld."""
    mine = [c for c in state.commitments if c.side == side]
    return (
        len(mine),
        sum(c.committed == "late" for c in mine),
        sum(c.opened is Opened.OPENED_LATE for c in mine),
        state.withheld(side),
    )


def _declarations(store: Store) -> dict[str, SignedEntry]:
    found: dict[str, SignedEntry] = {}
    for _, entry in store.entries():
        if isinstance(entry, SignedEntry) and declares(entry.claims):
            found.setdefault(entry.claims.window, entry)
    return found
