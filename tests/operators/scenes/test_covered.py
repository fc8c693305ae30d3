"""How much of a stretch was watched? Watches that overlap, touch, reach over; the share; gaps."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.operators import forms
from tests.operators.written import said, spans
from tregua.assessment.columns import NOBODY, flags
from tregua.assessment.in_duckdb import asked as answer_to
from tregua.assessment.in_duckdb import table_of
from tregua.assessment.operators.covered import COVERED
from tregua.errors import WrongUse

HALF = Fraction(1, 2)


def watched(
    *watches: tuple[int, int, int], asked: tuple[int, int, int] = (0, 10, 20),
    counts: tuple[str, ...] | None = None, share: Fraction = HALF,
) -> forms.Said:  # fmt: skip
    """Return what is said of one stretch."""
    words = counts or ("yes",) * len(watches)
    return forms.covered(spans(*watches), spans(asked), counts=said(*words), share=share)


def gaps(found: forms.Said) -> list[tuple[int, int]]:
    return list(zip(found["gap_start"], found["gap_end"], strict=True))


@pytest.mark.parametrize(
    ("start", "end", "length", "left"),
    [
        (12, 15, 3, [(10, 12), (15, 20)]),
        (10, 20, 10, []),
        (9, 21, 10, []),
        (11, 20, 9, [(10, 11)]),
        (10, 19, 9, [(19, 20)]),
        (5, 10, 0, [(10, 20)]),  # ends when it begins to matter
        (5, 11, 1, [(11, 20)]),
        (20, 25, 0, [(10, 20)]),
        (19, 25, 1, [(10, 19)]),
    ],
)
def test_one_watch(start: int, end: int, length: int, left: list[tuple[int, int]]) -> None:
    """What lies within counts; what is left over is a gap."""
    found = watched((0, start, end))
    assert ([length], [length]) == (found["low"], found["high"])
    assert left == gaps(found)
    assert [length >= 5] == found["must"] == found["may"]


@pytest.mark.parametrize(
    ("watches", "length", "left"),
    [
        (((0, 11, 14), (0, 13, 16)), 5, [(10, 11), (16, 20)]),  # overlap
        (((0, 11, 13), (0, 13, 16)), 5, [(10, 11), (16, 20)]),  # touch
        (((0, 11, 13), (0, 14, 16)), 4, [(10, 11), (13, 14), (16, 20)]),
        (((0, 11, 18), (0, 12, 13), (0, 14, 16)), 7, [(10, 11), (18, 20)]),  # one holds others
        (((0, 11, 18), (0, 12, 13), (0, 19, 20)), 8, [(10, 11), (18, 19)]),
        (((0, 11, 13), (0, 11, 16)), 5, [(10, 11), (16, 20)]),
        (((0, 5, 8), (0, 12, 18), (0, 14, 15)), 6, [(10, 12), (18, 20)]),
        (((0, 6, 13), (0, 10, 11), (0, 12, 14)), 4, [(14, 20)]),
        (((0, 10, 12), (0, 10, 15), (0, 20, 22)), 5, [(15, 20)]),
        (((0, 2, 4), (0, 5, 6), (0, 30, 40)), 0, [(10, 20)]),
        ((), 0, [(10, 20)]),
    ],
)
def test_several_watches(
    watches: tuple[tuple[int, int, int], ...], length: int, left: list[tuple[int, int]]
) -> None:
    """A moment that two sources watched counts once."""
    found = watched(*watches)
    assert [length] == found["low"]
    assert left == gaps(found)


def test_a_watch_that_may_not_have_taken_place() -> None:
    """It counts for what is possible, and leaves its gap open."""
    found = watched((0, 10, 15), (0, 14, 18), (0, 17, 20), counts=("yes", "perhaps", "no"))
    assert ([5], [8], [(15, 20)]) == (found["low"], found["high"], gaps(found))
    most = watched((0, 10, 15), (0, 14, 18), counts=("yes", "perhaps"), share=Fraction(4, 5))
    assert ([False], [True]) == (most["must"], most["may"])


@pytest.mark.parametrize(("length", "reached"), [(3, False), (4, True), (5, True)])
def test_a_share_that_divides_no_microsecond(length: int, *, reached: bool) -> None:
    """A third of ten microseconds is reached by four; a millionth more of two fifths is not."""
    found = watched((0, 10, 10 + length), share=Fraction(1, 3))
    assert [reached] == found["must"]
    assert [length > 4] == watched((0, 10, 10 + length), share=Fraction(400_001, 1_000_000))["may"]


def test_the_whole_share() -> None:
    """A share of one asks for every microsecond."""
    assert [True] == watched((0, 10, 20), share=Fraction(1))["must"]
    assert [False] == watched((0, 10, 19), share=Fraction(1))["may"]


def test_a_fine_share_of_a_long_time() -> None:
    """Numbers that do not fit into 64 bits together are compared exactly all the same."""
    century = 100 * 366 * 86_400_000_000
    share = Fraction(999_999, 1_000_000)
    least = -(-century * share.numerator // share.denominator)
    for length, reached in ((least, True), (least - 1, False)):
        found = watched((0, 10, 10 + length), asked=(0, 10, 10 + century), share=share)
        assert [reached] == found["must"]


def test_zones_do_not_see_each_other() -> None:
    """A watch of another zone covers nothing; gaps are named by the stretch that they lie in."""
    watches = spans((2, 10, 14), (0, 12, 15), (2, 16, 20), (4, 10, 20))
    asked = spans((2, 8, 20), (1, 10, 20), (0, 10, 20), (3, 0, 9), (2, 11, 13), (5, 1, 2))
    found = forms.covered(watches, asked, counts=said(*["yes"] * 4), share=HALF)
    assert [8, 0, 3, 0, 2, 0] == found["low"]
    assert [True, False, False, False, True, False] == found["must"]
    assert [0, 0, 1, 2, 2, 3, 5] == found["gap_of"]
    assert [(8, 10), (14, 16), (10, 20), (10, 12), (15, 20), (0, 9), (1, 2)] == gaps(found)


@pytest.mark.parametrize("share", [Fraction(-1, 2), Fraction(0), Fraction(1_000_001, 1_000_000)])
def test_a_share_is_above_zero_and_at_most_one(share: Fraction) -> None:
    """Each form refuses a share that no watch could miss, and one that none could reach."""
    none = said()
    for form in (COVERED.reference, COVERED.columnar):
        with pytest.raises(WrongUse, match="above zero"):
            form(spans(), spans((0, 1, 2)), counts=none, share=share)
    with pytest.raises(WrongUse, match="above zero"):
        COVERED.sql(share=share)


@pytest.mark.parametrize("words", [1, 3])
def test_every_watch_is_spoken_of(words: int) -> None:
    """What is said of fewer or more watches than there are is refused."""
    counts = said(*["yes"] * words)
    with pytest.raises(WrongUse, match="same length"):
        COVERED.columnar(spans((0, 1, 2), (0, 3, 4)), spans((0, 1, 9)), counts=counts, share=HALF)


def test_watches_of_another_zone_stand_between() -> None:
    """What another zone watched in the meantime does not part what was watched without a break."""
    watches = spans((1, 10, 16), (0, 11, 12), (1, 14, 20), (0, 15, 20), (1, 18, 20))
    found = forms.covered(watches, spans((1, 8, 22)), counts=said(*["yes"] * 5), share=HALF)
    assert ([10], [(8, 10), (20, 22)]) == (found["low"], gaps(found))


def test_the_text_gives_a_line_per_gap() -> None:
    """A stretch without a gap has one line all the same, in which the gap is nobody's."""
    watches = table_of(
        spans((0, 10, 14), (0, 15, 20)), must=flags([True] * 2), may=flags([True] * 2)
    )
    stretches = table_of(spans((0, 11, 13), (0, 13, 22)))
    q, *_, start, end = answer_to(COVERED.sql(share=HALF), watches=watches, asked=stretches)
    lines = list(zip(q.tolist(), start.tolist(), end.tolist(), strict=True))
    assert [(0, NOBODY, NOBODY), (1, 14, 15), (1, 20, 22)] == lines


def test_without_questions() -> None:
    """Where nothing is asked nothing is said."""
    found = forms.covered(spans((0, 1, 2)), spans(), counts=said("yes"), share=HALF)
    assert [] == found["must"] == found["gap_of"]
