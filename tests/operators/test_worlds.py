"""Worlds: written out or drawn, they lie between must and may, and bits agree with brute force."""

from __future__ import annotations

from hashlib import sha256
from itertools import product
from math import isclose, prod
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given

from tests.operators.generated import LENGTH, TABLES, TICKS
from tregua.assessment.columns import Rows, Ticks, Truth, certain_rows, flags, ints
from tregua.assessment.operators import count_within, none_within, once_within
from tregua.assessment.sliced import count_in_worlds, none_in_worlds, once_in_worlds
from tregua.assessment.worlds import Worlds, packed, possible_worlds, unpacked
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

HEAD = sha256(b"head").digest()
NAMES = [f"I-{k}" for k in range(100)]


def known(rows: Rows) -> Rows:
    """Return the rows with known instants; in worlds each alternative has one."""
    return Rows(rows.row, rows.partition, rows.t_lo, rows.t_lo, rows.must, rows.may, rows.incident)


def shares_of(rows: Rows) -> NDArray[np.float64]:
    """Return equal shares for the alternatives of each incident, nine tenths together."""
    same = np.array([int((rows.incident == code).sum()) for code in rows.incident])
    return np.where(rows.must, 1.0, 0.9 / np.maximum(same, 1))


def worlds_of(rows: Rows, *, head: bytes = HEAD, width: int = 64) -> Worlds:
    counts = Truth(rows.must, rows.may)
    shares = shares_of(rows)
    return possible_worlds(rows.incident, shares, counts, names=NAMES, head=head, width=width)


def in_world(rows: Rows, present: NDArray[np.bool_]) -> Rows:
    return certain_rows(rows.row, rows.partition, rows.t_lo).take(present)


@given(TABLES.map(known), TICKS, LENGTH)
def test_bits_agree_with_each_world_alone(rows: Rows, ticks: Ticks, within: int) -> None:
    """Once, none and count in bits are what the plain operators say in each world by itself."""
    worlds = worlds_of(rows)
    once = unpacked(once_in_worlds(rows, worlds.words, ticks, within=within))
    none = unpacked(none_in_worlds(rows, worlds.words, ticks, within=within))
    count = count_in_worlds(rows, worlds.words, ticks, within=within)
    for w in {0, 1, worlds.size // 2, worlds.size - 1} & set(range(worlds.size)):
        alone = in_world(rows, unpacked(worlds.words)[:, w])
        plain = once_within.reference(alone, ticks, within=within)
        assert plain.must.tolist() == once[:, w].tolist()
        assert [not yes for yes in plain.must.tolist()] == none[:, w].tolist()
        expected = count_within.reference(alone, ticks, within=within).low
        assert expected.tolist() == count[:, w].tolist()


@given(TABLES.map(known), TICKS, LENGTH)
def test_shares_lie_between_must_and_may(rows: Rows, ticks: Ticks, within: int) -> None:
    """Property P5: must <= p <= may, for once and for none, whatever the worlds."""
    worlds = worlds_of(rows)
    for sliced, plain in ((once_in_worlds, once_within), (none_in_worlds, none_within)):
        p = worlds.share(sliced(rows, worlds.words, ticks, within=within))
        bounds = plain.columnar(rows, ticks, within=within)
        assert (bounds.must <= p).all()
        assert (p <= bounds.may).all()


@given(TABLES.map(known), TICKS, LENGTH)
def test_written_out_worlds_agree_with_brute_force(rows: Rows, ticks: Ticks, within: int) -> None:
    """With few uncertain incidents the probability is the sum over every combination."""
    worlds = worlds_of(rows)
    if not worlds.exact:
        return
    p = worlds.share(once_in_worlds(rows, worlds.words, ticks, within=within))
    shares = shares_of(rows)
    groups = [
        [i for i in range(len(rows)) if rows.incident[i] == code and not rows.must[i]]
        for code in sorted(set(rows.incident.tolist()))
    ]
    options = [[*group, None] for group in groups if group]
    expected = np.zeros(len(ticks))
    if prod(map(len, options)) > 300:
        return
    for picked in product(*options):
        present = rows.must.copy()
        present[[i for i in picked if i is not None]] = True
        chance = prod(_chance(i, option, shares) for i, option in zip(picked, options, strict=True))
        found = once_within.reference(in_world(rows, present), ticks, within=within)
        expected += chance * found.must
    assert all(isclose(a, b, abs_tol=1e-9) for a, b in zip(expected, p, strict=True))


def _chance(picked: int | None, option: Sequence[int | None], shares: NDArray[np.float64]) -> float:
    taken = sum(float(shares[i]) for i in option if i is not None)
    return 1 - taken if picked is None else float(shares[picked])


def many(count: int) -> Rows:
    """Return so many incidents that may have happened, each at its own instant."""
    number = np.arange(count)
    no, yes = np.zeros(count, np.bool_), np.ones(count, np.bool_)
    return Rows(number, 0 * number, number, number, no, yes, number)


def drawn(count: int, *, head: bytes = HEAD, share: float = 0.3) -> Worlds:
    rows = many(count)
    names = [f"I-{k}" for k in range(count)]
    shares = np.full(count, share)
    counts = Truth(rows.must, rows.may)
    return possible_worlds(rows.incident, shares, counts, names=names, head=head, width=256)


def test_sixteen_incidents_are_written_out_and_seventeen_drawn() -> None:
    """Sixteen uncertain incidents give all 65,536 worlds; one more gives 256 drawn ones."""
    assert (True, 1 << 16) == (drawn(16).exact, drawn(16).size)
    assert (False, 256) == (drawn(17).exact, drawn(17).size)


def test_the_same_head_draws_the_same_worlds() -> None:
    """A draw depends on the head and the incident's id; other incidents do not disturb it."""
    assert (drawn(20).words == drawn(30).words[:20]).all()
    assert (drawn(20).words != drawn(20, head=sha256(b"other").digest()).words).any()


def test_drawn_worlds_are_these() -> None:
    """The words of a draw are fixed for ever: a published number can be recomputed."""
    assert [
        4072102893233992200,
        4035245499785425191,
        4685064701612271136,
        9553898800016659090,
    ] == drawn(17).words[0].tolist()


def test_shares_of_drawn_worlds_are_near_the_truth() -> None:
    """Over many incidents the share of worlds in which each counts is near its probability."""
    worlds = drawn(400)
    assert abs(float(worlds.share(worlds.words).mean()) - 0.3) < 0.01


def test_alternatives_share_no_world() -> None:
    """Two possible actors of one incident never both did it."""
    count = 40
    incident = np.repeat(np.arange(count), 2)
    sure = np.zeros(2 * count, np.bool_)
    names = [f"I-{k}" for k in range(count)]
    shares = np.tile([0.4, 0.6], count)
    words = possible_worlds(
        incident, shares, Truth(sure, ~sure), names=names, head=HEAD, width=128
    ).words
    assert not (words[::2] & words[1::2]).any()
    assert (unpacked(words[::2] | words[1::2])).all()


def test_packing_is_undone_by_unpacking() -> None:
    """Bits and truths are the same thing."""
    truths = np.random.default_rng(4).random((5, 192)) < 0.5
    assert (truths == unpacked(packed(truths))).all()


def test_impossible_shares_are_refused() -> None:
    """Alternatives of more than one together, a width that fills no word: refused."""
    sure = flags([False, False])
    twice = ints([0, 0])
    with pytest.raises(WrongUse, match="together as well"):
        possible_worlds(twice, np.array([0.7, 0.4]), Truth(sure, ~sure), names=["I"], head=HEAD)
    with pytest.raises(WrongUse, match="multiple of 64"):
        possible_worlds(
            twice, np.array([0.2, 0.4]), Truth(sure, ~sure), names=["I"], head=HEAD, width=100
        )


def test_an_uncertain_instant_is_refused() -> None:
    """In worlds a row has one instant."""
    rows = Rows(ints([0]), ints([0]), ints([1]), ints([2]), flags([True]), flags([True]), ints([0]))
    ticks = Ticks(ints([0]), ints([9]))
    with pytest.raises(WrongUse, match="one instant"):
        once_in_worlds(rows, np.ones((1, 1), np.uint64), ticks, within=5)
