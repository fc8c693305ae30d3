"""What holds for the symmetry of any deal."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.agreement_versions.deals import plain
from tests.agreement_versions.worlds import exchanged, texts
from tregua.agreement.read import Reading
from tregua.agreement.versions.symmetry import Facing, Row, symmetry


def turned(row: Row) -> tuple[object, ...]:
    """Return a row as it looks from the other side."""
    swap = str.maketrans("ab", "ba")
    about = [
        (u.about, *(t.translate(swap) if u.about == "verifier" else t for t in (u.two, u.one)))
        for u in row.unequal
    ]
    return (row.match, row.two, row.one, about)


def seen(row: Row) -> tuple[object, ...]:
    return (row.match, row.one, row.two, [(u.about, u.one, u.two) for u in row.unequal])


def only(reading: Reading) -> Facing:
    (facing,) = symmetry(reading)
    return facing


@given(texts())
def test_exchanging_two_parties_exchanges_the_columns(text: str) -> None:
    """With a and b exchanged everywhere, the same rows stand with their sides exchanged."""
    here, there = only(plain(text)), only(plain(exchanged(text)))
    assert [turned(r) for r in here.rows] == [seen(r) for r in there.rows]


@given(texts(), st.randoms(use_true_random=False))
def test_the_order_of_blocks_changes_nothing(text: str, chance: Random) -> None:
    """Shuffled blocks give the same report."""
    reading = plain(text)
    blocks = list(reading.text.blocks)
    chance.shuffle(blocks)
    other = replace(reading, text=replace(reading.text, blocks=tuple(blocks)))
    assert symmetry(reading) == symmetry(other)


@given(texts())
def test_every_norm_stands_in_exactly_one_row(text: str) -> None:
    """No norm is lost, none is counted twice."""
    reading = plain(text)
    stood = [i for r in only(reading).rows for i in dict.fromkeys((r.one, r.two)) if i]
    assert sorted(n.id for n in reading.agreement.norms) == sorted(stood)
