"""The words for what an entry moved: late, new, withdrawn, and each part of a revision."""

from __future__ import annotations

import pytest

from tregua.assessment.live import Change, Live
from tregua.assessment.live_because import (
    ALTERNATIVES,
    CERTAINTY,
    LATE,
    NEW,
    TIME,
    WITHDRAWN,
    Because,
    moved,
)
from tregua.assessment.live_norm import LiveNorm, Part, Said
from tregua.assessment.live_rows import Line

CHANGED = ("moved the place", "changed who did it")


def line(
    start: int,
    end: int = 0,
    *,
    alternative: int = 0,
    must: bool = True,
    codes: tuple[int, ...] = (1, 1),
) -> Line:
    return Line("I-1", alternative, start, end or start, must, True, codes)


SECOND = line(5, alternative=1, must=False)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((), (), ()),
        ((), (line(9),), (LATE,)),
        ((), (line(10),), (NEW,)),  # at the same instant as the latest
        ((), (line(9, 10),), (NEW,)),  # it may have been at the latest
        ((), (line(3, must=False), line(11, alternative=1, must=False)), (NEW,)),
        ((line(9),), (), (WITHDRAWN,)),
        ((line(9),), (line(9),), ()),
        ((line(9),), (line(8, 9),), (TIME,)),
        ((line(9),), (line(9, 12),), (TIME,)),
        ((line(9),), (line(9, codes=(2, 1)),), ("moved the place",)),
        ((line(9),), (line(8, codes=(2, 3)),), (TIME, *CHANGED)),
        ((line(9),), (line(9, must=False),), (CERTAINTY,)),
        ((line(5, must=False),), (line(5, must=False), SECOND), (ALTERNATIVES,)),
        ((line(5, must=False), SECOND), (line(5, must=False),), (ALTERNATIVES,)),
        ((line(5, must=False),), (SECOND,), (ALTERNATIVES,)),
    ],
)
def test_what_moved(
    before: tuple[Line, ...], after: tuple[Line, ...], expected: tuple[str, ...]
) -> None:
    """Each way in which two versions of an incident differ has its words, in one order."""
    assert expected == moved(before, after, latest=10, changed=CHANGED)


def test_late_is_before_something_that_certainly_came_after() -> None:
    """What lies somewhere in [3, 20] may have been early: what comes at 10 is not late."""

    def every(part: Part) -> tuple[Said, ...]:
        return part.of_rows(part.rows.row, (part.rows.row,))

    live = Live([LiveNorm("every", lambda _: 0, every)], changed=())
    live.take(0, [Change("I-1", (Line("I-1", 0, 3, 20, True, True, ()),))])
    new, late = Line("I-2", 0, 10, 10, True, True, ()), Line("I-3", 0, 9, 9, True, True, ())
    (revised,) = live.take(1, [Change("I-2", (new,))])
    assert (Because(1, "I-2", (NEW,)),) == revised.because
    assert (Because(2, "I-3", (LATE,)),) == live.take(2, [Change("I-3", (late,))])[0].because
