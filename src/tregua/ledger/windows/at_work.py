"""What is done with a sealed window at one ledger: declared, committed to, opened, closed.

How it stands is for ``look.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.errors import WrongUse
from tregua.ledger.intake import machine_clock
from tregua.ledger.put_act import Act, put_acts
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.disclosures import Field
from tregua.ledger.signing.read import read_entry
from tregua.ledger.signing.sign import Signed
from tregua.ledger.take_signed import take_signed
from tregua.ledger.windows.look import declarations, is_closed, window_of, window_state
from tregua.terms.marking import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from tregua.ledger.annex import Annex
    from tregua.ledger.signing.device_key import DeviceKey
    from tregua.ledger.store import Store
    from tregua.ledger.take_signed import Taken
    from tregua.ledger.windows.window import Window

    Clock = Callable[[], datetime]

_MOST = 64  # entries that one entry may refer to


def declare(
    store: Store, annex: Annex, key: DeviceKey, window: Window, *, now: Clock = machine_clock
) -> Taken:
    """Declare a window.

    Raises:
        WrongUse: one of this name is declared already.
    """
    if window.id in declarations(store):
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
    declared = declarations(store)
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
    act = Act("notice", (PUBLIC,), ref=(declarations(store)[name].id,), window=name)
    return put_acts(store, annex, key, [act], now=now)[0]
