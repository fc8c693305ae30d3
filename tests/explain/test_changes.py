"""What later knowledge changed, and which records did it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.explain.ledgers import AT, RECORDS, START, Told, told
from tregua.assessment.changes import Changes, changes
from tregua.assessment.live_answers import LiveAnswers
from tregua.bulletin.status_changes import status_changes
from tregua.centre import KnownAt, side_of
from tregua.reports.model import Observation, Origin, Record, Says, Statement, Watch
from tregua.terms.place import Place
from tregua.terms.time import Precision, When

EARLY = START - timedelta(days=2)


def minute(hours: float) -> When:
    """Return a minute, so many hours after the start."""
    start = START + timedelta(hours=hours)
    return When(start, start + timedelta(minutes=1), Precision.MINUTE)


def shot(key: str = "o1", **changed: object) -> Observation:
    """Return a certain shot by b at a in the valley."""
    origin = Origin(key, "own", "monitor one", START + timedelta(hours=10))
    seen = Observation(
        origin, minute(5), "mortar-fire", Place(name="valley"), ("b",), (), ("a",), certain=True
    )
    return replace(seen, **changed)  # type: ignore[arg-type]


DAY = Statement(
    Origin("day", "own", "clerk", EARLY), minute(-48), Says.SETS, ("a", "b"), "fix-day", minute(0)
)


def compared(before: Told, after: Told) -> Changes:
    """Go from one to the other on the live road, and compare."""
    live, first, second = LiveAnswers(), side_of(before.picture), side_of(after.picture)
    known = before.picture.known
    live.take(first, known.positions, known.size)
    known = after.picture.known
    return changes(first, second, live.take(second, known.positions, known.size))


def between(before: tuple[Record, ...], after: tuple[Record, ...]) -> Changes:
    """Compare two sets of records, both with the day fixed."""
    return compared(told((DAY, *before)), told((DAY, *after)))


def because(found: Changes, norm: str, bearer: str, kind: str) -> list[tuple[str, ...]]:
    """Return why the answers about a norm and a bearer are of that kind."""
    own = [c for c in found.of_kind(kind) if (c.of.norm, c.of.bearer) == (norm, bearer)]
    return [c.told.because for c in own]


def test_nothing_changes_without_new_records() -> None:
    """The same records twice give no change of any kind."""
    assert Changes((), (), (), ()) == between((shot(),), (shot(),))


def test_a_record_that_became_known_is_named() -> None:
    """A new answer and the answer for the whole time name the record that moved them."""
    found = between((), (shot(),))
    assert ("own:o1",) == found.became_known
    said = ("because own:o1 (entry 3) is new",)
    assert [said] == because(found, "attacks", "b", "new")
    assert [said] == because(found, "attacks", "b", "changed")
    numbers = {(c.kind, c.told.version) for c in found.answers}
    assert {("new", 1), ("changed", 2)} <= numbers


def test_a_record_that_is_no_longer_known_is_named() -> None:
    """Compared the other way round, the answer is gone."""
    found = between((shot(),), ())
    assert [("because own:o1 is no longer known",)] == because(found, "attacks", "b", "gone")


@pytest.mark.parametrize(
    ("changed", "how"),
    [
        ({"place": Place(name="town")}, "place moved"),
        ({"when": minute(6)}, "time moved"),
        ({"by": ("black-flag",)}, "accused changed"),
        ({"what": "hand-over"}, "kind of act changed"),
    ],
)
def test_a_revision_says_what_it_changed(changed: dict[str, object], how: str) -> None:
    """A revised record is named with what was revised."""
    found = between((shot(),), (replace(shot(), **changed),))  # type: ignore[arg-type]
    assert (("own:o1", f"was revised ({how})"),) == found.revised


def test_an_incident_that_went_into_another_one_is_told() -> None:
    """A second report may give the incident another id: the two are joined in words."""
    late = replace(
        shot("o0"), origin=Origin("o0", "own", "monitor two", START + timedelta(hours=12))
    )
    found = between((shot(matter="m"),), (shot(matter="m"), replace(late, matter="m")))
    texts = [t for c in found.answers for t in c.told.because]
    assert any("the reports of I-" in t for t in texts) or not found.of_kind("gone")


def test_a_watch_changes_the_coverage() -> None:
    """Silence that turns out to have been watched becomes kept, because of the watch."""
    whole = When(START, START + timedelta(days=4), Precision.PERIOD)
    origin = Origin("w1", "own", "monitor one", AT)
    watch = Watch(origin, whole, Place(name="everywhere"), "patrol")
    found = between((), (watch,))
    assert [("because own:w1 (entry 3) is new",)] == because(found, "attacks", "a", "changed")


def test_a_phase_is_told_in_words() -> None:
    """An extension that became known moves the phase and its end."""
    origin = Origin("s", "own", "press of a", EARLY)
    late = Statement(origin, minute(40), Says.EXTENDS, ("a", "b"), "truce", None, 72.0, "hours")
    before, after = told((DAY,)), told((DAY, late))
    one, other = before.picture.status, after.picture.status
    assert (
        "phase truce: expired -> extended",
        "phase truce, end: 2030-09-14 00:00 UTC -> 2030-09-17 00:00 UTC",
    ) == status_changes(one, other, zone="UTC")


@given(RECORDS, st.integers(0, 18))
def test_every_change_has_a_reason(records: tuple[Record, ...], size: int) -> None:
    """Between any two states of knowledge, each changed answer names what moved it."""
    before, after = told(records, KnownAt(size=size)), told(records)
    found = compared(before, after)
    ids = [c.of.id for c in found.answers]
    assert all(c.told.because for c in found.answers)
    assert len(set(ids)) == len(ids)
    first = {a.id: a for a in before.picture.assessments}
    second = {a.id: a for a in after.picture.assessments}
    moved = {i for i in first.keys() | second.keys() if first.get(i) != second.get(i)}
    assert set(ids) <= moved
    assert {i for i in moved if i not in first or i not in second} <= set(ids)


def test_the_same_state_is_no_change() -> None:
    """Comparing a state with itself finds nothing in the status either."""
    shown = told((DAY, shot())).picture
    assert () == status_changes(shown.status, shown.status, zone="UTC")
