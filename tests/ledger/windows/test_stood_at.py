"""As known at a time: the beginning of the record that others had cosigned by then."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.ledger.entry import canonical
from tregua.ledger.intake import append
from tregua.ledger.stores.memory import MemoryStore
from tregua.ledger.windows.seen import Cosigned, Seen
from tregua.ledger.windows.stood_at import Stood, stood_at

NOON = 1_473_768_000  # 13 September 2016, 12:00 UTC
HOUR = 3_600


def record(*hours: float) -> MemoryStore:
    """A record of an entry at each of these hours after noon, by the centre's clock."""
    store = MemoryStore()
    times = iter([datetime.fromtimestamp(NOON + hour * HOUR, UTC) for hour in hours])
    for n in range(len(hours)):
        append(store, [("notice", "centre", canonical({"n": n}))], now=lambda: next(times))
    return store


def seen(*times: tuple[str, int, float]) -> Seen:
    return Seen(Cosigned(who, size, int(NOON + hour * HOUR)) for who, size, hour in times)


def known(store: MemoryStore, signed: Seen, hour: float) -> Stood:
    return stood_at(int(NOON + hour * HOUR), signed, store)


def test_it_is_the_longest_that_anybody_had_cosigned() -> None:
    """At two o'clock A had cosigned two entries; that the centre had three proves nothing."""
    store = record(0.5, 1.2, 1.8, 2.5)
    signed = seen(("a", 1, 1), ("a", 2, 2), ("b", 2, 2.2), ("a", 3, 3), ("b", 4, 4))
    assert [0, 1, 2, 2, 3] == [known(store, signed, h).size for h in (0.9, 1.5, 2, 2.9, 3.5)]
    assert 0 == known(store, signed, 2.9).provisional


def test_in_the_current_beat_the_centre_s_times_count_and_are_provisional() -> None:
    """Nothing longer has been cosigned since: the last two stand there by its own clock."""
    store = record(0.5, 1.2, 1.8, 2.5)
    signed = seen(("a", 1, 1), ("b", 1, 1.1))
    found = [known(store, signed, h) for h in (1, 1.5, 2, 3)]
    assert [Stood(1), Stood(2, 1), Stood(3, 2), Stood(4, 3)] == found


def test_the_next_beat_says_better() -> None:
    """What was provisional at two o'clock is not known then, once others first saw it at three."""
    store = record(0.5, 1.2)
    assert Stood(2, 1) == known(store, seen(("a", 1, 1)), 2)
    assert Stood(1) == known(store, seen(("a", 1, 1), ("b", 2, 3)), 2)


def test_before_anybody_cosigned_all_is_provisional() -> None:
    store = record(0.5, 1.2)
    assert [Stood(0), Stood(1, 1)] == [known(store, seen(), h) for h in (0, 1)]


SIGNED = st.lists(
    st.tuples(st.sampled_from(["a", "b", "un"]), st.integers(0, 4), st.integers(0, 9)), max_size=8
)


@given(SIGNED, st.integers(0, 9))
def test_both_sides_resolve_a_time_alike(times: list[tuple[str, int, int]], hour: int) -> None:
    """Exchange their cosigners, and lay the cosignatures out in any order: the same answer."""
    store = record(0.5, 1.5, 2.5, 3.5)
    other = {"a": "b", "b": "a", "un": "un"}
    swapped = [(other[who], size, at) for who, size, at in reversed(times)]
    assert known(store, seen(*times), hour) == known(store, seen(*swapped), hour)


@given(SIGNED)
def test_what_was_known_never_shrinks(times: list[tuple[str, int, int]]) -> None:
    store = record(0.5, 1.5, 2.5, 3.5)
    sizes = [known(store, seen(*times), hour).size for hour in range(11)]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize("hour", [4, 40])
def test_a_checkpoint_longer_than_the_centre_s_time_stands(hour: int) -> None:
    """The centre's clock was behind: what others cosigned stands, whatever it says."""
    assert Stood(2) == known(record(39, 39), seen(("a", 2, 3)), hour)
