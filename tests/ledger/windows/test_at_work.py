"""A window at one ledger by a clock of the test: in time, one beat too late, never opened."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.ledger.signing.conftest import AGR, ALL, REPORT, D, randomness
from tregua.errors import WrongUse
from tregua.ledger.annex import Annex
from tregua.ledger.name_key import put_terms
from tregua.ledger.signing.claims import KeyTerms
from tregua.ledger.signing.device_key import DeviceKey, new_key
from tregua.ledger.signing.keys import Root
from tregua.ledger.signing.sign import Draft, Signed, sign
from tregua.ledger.stores.memory import MemoryStore
from tregua.ledger.take_signed import place_in
from tregua.ledger.windows.at_work import close, commit, declare, reveal
from tregua.ledger.windows.look import counts_of, is_closed, window_state
from tregua.ledger.windows.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable

HOUR = 3_600
WINDOW = Window("am", D, D + 12 * HOUR, D + 24 * HOUR, ("a", "b"))
KINDS = ("report", "notice", "opening")


def clock(hour: int) -> Callable[[], datetime]:
    return lambda: datetime.fromtimestamp(D + hour * HOUR, UTC)


class Table:
    """A ledger at which a, b and the centre sit; the window is declared."""

    def __init__(self) -> None:
        random = randomness("table")
        self.store = MemoryStore()
        self.keys: dict[str, DeviceKey] = {}
        roots = {side: new_key(f"{side}/root", random=random) for side in ("a", "b", "centre")}
        listed = (Root(side, key.alg, key.public) for side, key in sorted(roots.items()))
        self.annex = Annex(tuple(listed), (AGR,))
        for side, root in roots.items():
            key = self.keys[side] = new_key(f"{side}/post", random=random)
            terms = KeyTerms(key.kid, key.alg, key.public, KINDS, D - HOUR, D + 999 * HOUR)
            put_terms(self.store, self.annex, root, terms, now=clock(0))
        declare(self.store, self.annex, self.keys["centre"], WINDOW, now=clock(0))

    def signed(self, side: str) -> Signed:
        key = self.keys[side]
        draft = Draft("report", AGR, ALL, D + HOUR, REPORT, window="am")
        return sign(draft, key, place_in(self.store, key.kid))

    def commit(self, side: str, hour: int) -> Signed:
        one = self.signed(side)
        commit(self.store, self.annex, [one], now=clock(hour))
        return one

    def reveal(self, side: str, one: Signed, hour: int) -> None:
        reveal(self.store, self.annex, self.keys[side], [one], now=clock(hour))

    def counts(self, hour: int) -> dict[str, tuple[int, int, int, int]]:
        """Committed, late, opened late, withheld: the centre's clock leaves nothing open."""
        state = window_state(self.store, "am", at=D + hour * HOUR)
        found = {side: counts_of(state, side) for side in ("a", "b")}
        assert all(c.undetermined == c.opening_undetermined == 0 for c in found.values())
        return {side: (c.committed, c.late, c.opened_late, c.withheld) for side, c in found.items()}


@pytest.fixture
def table() -> Table:
    return Table()


def test_both_in_time(table: Table) -> None:
    a, b = table.commit("a", 5), table.commit("b", 11)
    assert () == table.store.bodies.get(a.next)  # what it tells stays with the side
    table.reveal("a", a, 13)
    table.reveal("b", b, 20)
    assert a.disclosures == table.store.bodies.get(a.next)
    close(table.store, table.annex, table.keys["centre"], "am", now=clock(21))
    assert {"a": (1, 0, 0, 0), "b": (1, 0, 0, 0)} == table.counts(30)


def test_a_commitment_and_an_opening_too_late(table: Table) -> None:
    a, b = table.commit("a", 5), table.commit("b", 14)
    table.reveal("a", a, 13 + 2)
    table.reveal("b", b, 25)
    assert {"a": (1, 0, 0, 0), "b": (1, 1, 1, 0)} == table.counts(30)


def test_what_is_not_opened_is_sealed_until_the_end_and_withheld_after(table: Table) -> None:
    table.commit("a", 5)
    assert {"a": (1, 0, 0, 0), "b": (0, 0, 0, 0)} == table.counts(20)
    assert {"a": (1, 0, 0, 1), "b": (0, 0, 0, 0)} == table.counts(24)


def test_sides_exchanged_exchange_the_counts(table: Table) -> None:
    other = Table()
    b, a = other.commit("b", 5), other.commit("a", 14)
    other.reveal("b", b, 15)
    other.reveal("a", a, 25)
    test_a_commitment_and_an_opening_too_late(table)
    mine, theirs = table.counts(30), other.counts(30)
    assert (mine["a"], mine["b"]) == (theirs["b"], theirs["a"])


def test_a_party_cannot_close_the_window_of_the_centre(table: Table) -> None:
    """Its notice stands, and hands nothing on."""
    a = table.commit("a", 5)
    table.reveal("a", a, 13)
    with pytest.raises(WrongUse):
        close(table.store, table.annex, table.keys["b"], "am", now=clock(14))
    close(table.store, table.annex, table.keys["b"], "am", now=clock(25))
    assert not is_closed(table.store, "am")
