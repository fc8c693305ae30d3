"""Bursts: many reports of one key and place in a short time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.ledger.intake import append
from tregua.ledger.signing.device_key import new_key
from tregua.ledger.signing.disclosures import Field
from tregua.ledger.signing.sign import Draft, Place, sign
from tregua.ledger.stores.memory import MemoryStore
from tregua.sharing.bursts import HOUR, MOST, Arrival, arrivals, bursts

if TYPE_CHECKING:
    from collections.abc import Sequence

MINUTE = HOUR // 60
HERE, THERE = (252, 433), (251, 433)


def sent(
    times: Sequence[int], *, kid: str = "a/phone", cell: tuple[int, int] = HERE
) -> list[Arrival]:
    return [Arrival(n, kid, cell, at) for n, at in enumerate(times)]


def test_as_many_as_can_be_read_are_no_burst() -> None:
    """Twenty within the hour pass, the twenty-first makes a burst of all."""
    assert () == bursts(sent([n * MINUTE for n in range(MOST)]))
    (burst,) = bursts(sent([n * MINUTE for n in range(MOST + 1)]))
    assert tuple(range(MOST + 1)) == burst.indices


def test_an_hour_between_first_and_last_is_no_burst() -> None:
    """Twenty-one reports, three minutes apart, fill exactly an hour."""
    assert () == bursts(sent([n * 3 * MINUTE for n in range(MOST + 1)]))


def test_two_waves_are_two_bursts() -> None:
    wave = [n * MINUTE for n in range(MOST + 5)]
    found = bursts(sent([*wave, *(at + 24 * HOUR for at in wave)]))
    assert [(0, MOST + 4), (MOST + 5, 2 * MOST + 9)] == [
        (b.indices[0], b.indices[-1]) for b in found
    ]


def test_keys_and_places_are_told_apart() -> None:
    """Twenty of a and twenty of b, or from two places, are nobody's burst."""
    times = [n * MINUTE for n in range(MOST)]
    assert () == bursts([*sent(times), *sent(times, kid="b/phone"), *sent(times, cell=THERE)])


def test_the_sentence_names_key_place_time_and_entries() -> None:
    (burst,) = bursts(sent([n * MINUTE for n in range(30)]))
    assert (
        "the key a/phone sent 30 reports about the cell at 36 north, 36.5 east from "
        "1970-01-01T00:00:00Z to 1970-01-01T00:29:00Z: entries 0 to 29, all recorded, to be read "
        "as one burst" == str(burst)
    )


@pytest.mark.parametrize("value", [None, "here", [], [1], ["1", "2", 3], {"row": 1}, [1.5, 2, 3]])
def test_whatever_stands_for_a_place_is_read(value: object) -> None:
    """Whoever signs may write what he likes: such a report counts as one without a place."""
    rel, store = ("PUBLIC",), MemoryStore()
    draft = Draft("report", "00" * 32, rel, 5, (Field("where.cell50", value, rel),))
    made = sign(draft, new_key("a/phone"), Place())
    store.bodies.put([made])
    append(store, [made.entry])
    (one,) = arrivals(store)
    assert (0, "a/phone", None) == (one.index, one.kid, one.cell)


@given(st.lists(st.integers(0, 5 * HOUR), max_size=60).map(sorted), st.integers(1, 5))
def test_bursts_are_what_a_plain_count_finds(times: list[int], most: int) -> None:
    """A report is in a burst exactly when some window of an hour with it holds more than most."""
    found = {n for b in bursts(sent(times), most=most) for n in b.indices}
    crowded = {
        n
        for first in times
        for inside in [[n for n, at in enumerate(times) if first <= at < first + HOUR]]
        if len(inside) > most
        for n in inside
    }
    assert crowded == found
