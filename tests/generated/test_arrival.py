"""P2 and P3 on drawn deals and ledgers: the order of arrival, and the past as it was known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.generated.ledgers import Records, World, worlds
from tests.generated.moments import START
from tests.generated.road import examples, seen, told
from tregua.centre import KnownAt

if TYPE_CHECKING:
    from random import Random

    from tregua.reports.model import Record


def shuffled(records: Records, random: Random) -> Records:
    """Return the records in another order; versions of one record stay in theirs."""
    order = list(range(len(records)))
    random.shuffle(order)
    versions: dict[str, list[Record]] = {}
    for record in records:
        versions.setdefault(record.origin.id, []).append(record)
    return tuple(versions[records[n].origin.id].pop(0) for n in order)


@examples()
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_is_irrelevant(world: World, random: Random) -> None:
    """P2: any permutation of the intake gives the same incidents, answers and status."""
    other = replace(world, records=shuffled(world.records, random))
    assert told(seen(world)) == told(seen(other))


@examples()
@given(worlds(), st.integers(0, 30))
def test_as_known_at_k_is_the_replay_of_the_first_k_entries(world: World, size: int) -> None:
    """P3: the picture of a prefix is that of a ledger which ends there, positions included."""
    records = entered(world.records)
    k = min(max(size, 2), len(records) + 2)  # first the key of the desk, and the deal
    short = replace(world, records=records[: k - 2])
    first, second = seen(short), seen(world, KnownAt(size=k))
    assert told(first) == told(second)
    assert first.known.positions == second.known.positions


def entered(records: Records) -> Records:
    """Return the records that make an entry: one that changes nothing makes none."""
    found: list[Record] = []
    newest: dict[str, Record] = {}
    for record in records:
        if newest.get(record.origin.id) != record:
            found.append(record)
            newest[record.origin.id] = record
    return tuple(found)


@examples()
@given(worlds(), st.integers(0, 120))
def test_as_known_at_an_instant_is_the_replay_of_what_could_be_known(
    world: World, hours: int
) -> None:
    """P3: a question as of an instant sees the records, and versions, that could be known then."""
    instant = START + timedelta(hours=hours)
    early = tuple(r for r in world.records if r.origin.known <= instant)
    asked = seen(world, KnownAt(instant=instant))
    assert told(seen(replace(world, records=early))) == told(asked)
