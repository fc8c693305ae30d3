"""The road over a growing ledger: what an entry touches is asked again, all else stays as it is.

What was asked again is counted by what the road itself says that it asked, never by a clock.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.explain.ledgers import AT, START, deal
from tregua.assessment.again import DUTY, INCIDENT, TIME
from tregua.assessment.kept import Kept
from tregua.assessment.live_answers import LiveAnswers
from tregua.centre import KnownAt, Picture, known_in, picture, picture_after, take_in
from tregua.ledger.signing.desk import new_desk
from tregua.ledger.stores.memory import MemoryStore
from tregua.reports.model import Observation, Origin, Says, Statement, Watch
from tregua.reports.to_entry import body_of
from tregua.sharing.reader import Reader
from tregua.terms.place import Place
from tregua.terms.time import Precision, When, whole_day

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.assessment.live_answers import Version
    from tregua.reports.model import Record

DESK = new_desk(("PUBLIC",))
EARLY = START - timedelta(days=3)
SHOTS = 30


def minute(hours: float) -> When:
    start = START + timedelta(hours=hours)
    return When(start, start + timedelta(minutes=1), Precision.MINUTE)


def shot(key: str, hours: float, **changed: object) -> Observation:
    """Return a shot by b at a, told by one office."""
    origin = Origin(key, "own", "monitor one", START + timedelta(hours=60))
    seen = Observation(origin, minute(hours), "mortar-fire", Place(name="town"), ("b",), (), ("a",))
    return replace(seen, **changed)  # type: ignore[arg-type]


DAY = Statement(
    Origin("day", "own", "clerk", EARLY), minute(-48), Says.SETS, ("a", "b"), "fix-day", minute(0)
)


def watch() -> Watch:
    """Return a watch over everything while the truce lasts."""
    when = When(START, START + timedelta(hours=48), Precision.PERIOD)
    return Watch(Origin("w", "own", "monitor one", when.end), when, Place(name="everywhere"))


@dataclass
class Road:
    """A ledger that grows, the road that follows it, and the road walked anew beside it."""

    store: MemoryStore = field(default_factory=MemoryStore)
    reader: Reader = field(default_factory=Reader)
    live: LiveAnswers = field(default_factory=LiveAnswers)
    new: tuple[Version, ...] = ()
    at: datetime = AT

    def take(self, *records: Record) -> Picture:
        """Take records in and look again; the picture must be the one made alone."""
        take_in(self.store, [(r, body_of(r)) for r in records], DESK)
        known = known_in(self.store, KnownAt(), reader=self.reader)
        shown, self.new = picture_after(deal(), known, self.live, at=self.at)
        afresh = known_in(self.store, KnownAt())
        alone = picture(deal(), afresh, at=self.at)
        assert afresh == known
        assert repr(alone.assessments) == repr(shown.assessments)
        assert repr(alone.status) == repr(shown.status)
        return shown

    def asked(self) -> Counter[str]:
        """Count what the last picture asked again, by what it was asked about."""
        return Counter(str(key[0]) for key in self.live.kept.asked)

    def of(self, key: str, norm: str = "attacks") -> Version:
        """Return the new version of the answer about the incident that this record tells of."""
        name = f"own:{key}"
        return next(
            v
            for v in self.new
            if v.answer and (v.answer.norm, v.answer.bearer) == (norm, "b")
            if v.answer.instance != "whole" and name in v.answer.records
        )


def quiet_month() -> tuple[Road, Picture]:
    """Return a road with shots an hour and a half apart, so that none answers another."""
    road = Road()
    return road, road.take(DAY, *(shot(f"o{n}", 1.5 * n) for n in range(SHOTS)))


def unlike(first: Picture, second: Picture) -> list[str]:
    """Return the norm and bearer of the answers that are not the object of before."""
    before = {a.id: a for a in first.assessments}
    return [f"{a.norm} {a.bearer}" for a in second.assessments if before.get(a.id) is not a]


def test_the_same_record_asks_nothing_again() -> None:
    """Nothing new: nothing is asked, no version is made, every answer is the same object."""
    road, first = quiet_month()
    second = road.take()
    assert [] == road.live.kept.asked
    assert () == road.new
    assert all(a is b for a, b in zip(first.assessments, second.assessments, strict=True))


def test_a_late_report_asks_only_about_what_it_touches() -> None:
    """Of thirty incidents the late one is asked about, and what lies within reach of it."""
    road, first = quiet_month()
    assert road.asked()[INCIDENT] >= 4 * SHOTS
    second = road.take(shot("late", 16.6))
    # For each norm and bearer whose masks it passes: itself, and those of which it is the last
    # act before (no more than one on either side).
    assert 0 < road.asked()[INCIDENT] <= 12
    touched = {"attacks a", "attacks b", "hold b", "calm a", "nobody "}
    assert touched == set(unlike(first, second))
    assert road.of("late").version == 1
    assert ("because own:late (entry 32) came late",) == road.of("late").because


def test_a_moved_place_is_the_reason_of_the_new_version() -> None:
    """The answer about the incident counts one more and names the entry."""
    road, first = quiet_month()
    second = road.take(shot("o7", 10.5, place=Place(name="valley")))
    assert 0 < road.asked()[INCIDENT] <= 6
    assert road.of("o7").version == 2
    assert ("because entry 32 moved the place (own:o7)",) == road.of("o7").because
    same = [a for a in second.assessments if any(a is b for b in first.assessments)]
    assert len(same) >= len(second.assessments) - 6


def test_an_answer_to_a_shot_is_asked_when_the_shot_moves() -> None:
    """A prior act is another incident: when it moves into the hour before, the answer moves."""
    road = Road()
    fired = shot("first", 9, by=("b",), against=("a",), certain=True)
    answer = shot("answer", 12, by=("a",), against=("b",), certain=True)
    road.take(DAY, fired, answer, shot("other", 30))
    road.take(replace(fired, when=minute(11.5)))
    moved = next(v for v in road.new if v.answer and v.answer.bearer == "a" and v.answer.incidents)
    assert moved.answer is not None
    assert "own:answer" in moved.answer.records
    assert any("entry 5" in text for text in moved.because)


def test_a_report_that_becomes_another_kind_of_record_is_gone() -> None:
    """What was an incident is one no longer: its answers have a version without an answer."""
    road, _ = quiet_month()
    statement = replace(DAY, origin=shot("o7", 0).origin, says=Says.DECLARES, about="something")
    road.take(statement)
    gone = [v for v in road.new if v.answer is None]
    assert gone
    assert all(
        ("because entry 32 made it another kind of record (own:o7)",) == v.because for v in gone
    )


def test_what_comes_back_counts_on() -> None:
    """Taken out of the time in force and put back: versions one, two without an answer, three."""
    road, _ = quiet_month()
    road.take(shot("o7", -90))
    out = {v.id: v for v in road.new if v.answer is None}
    road.take(shot("o7", 10.5))
    back = [v for v in road.new if v.id in out]
    assert back
    assert {(2, 3)} == {(out[v.id].version, v.version) for v in back}


def test_what_was_not_over_is_asked_again_when_it_is() -> None:
    """A shot of some time of a day lies before the moment asked about once the day is over."""
    whole = shot("day-long", 0, when=whole_day(START.date(), "UTC"), certain=True)
    road = Road(at=START + timedelta(hours=12))
    road.take(DAY, whole, shot("before", 3))
    road.at = START + timedelta(hours=36)
    road.take()
    asked = {key[-1] for key in road.live.kept.asked if key[0] == INCIDENT}
    assert {road.of("day-long").answer.instance} == asked  # type: ignore[union-attr]


def test_a_watch_asks_about_no_incident() -> None:
    """Coverage decides about norms over their time and about duties, never about one incident."""
    road, _ = quiet_month()
    road.take(watch())
    assert 0 == road.asked()[INCIDENT]
    assert road.asked()[TIME] > 0
    assert road.asked()[DUTY] > 0


def test_a_statement_asks_everything_again() -> None:
    """Conditions look through all statements: that is not told apart, so nothing is guessed."""
    road, _ = quiet_month()
    before = road.asked()
    road.take(replace(DAY, origin=Origin("s", "own", "clerk", EARLY), says=Says.REPLIES, about="x"))
    assert before[INCIDENT] == road.asked()[INCIDENT]


def test_what_is_kept_may_be_thrown_away_at_any_time() -> None:
    """Neither an answer, nor its version, nor the reason shows that something was kept."""
    kept, thrown = quiet_month()[0], quiet_month()[0]
    steps = (shot("late", 16.6), shot("o7", 10.5, place=Place(name="valley")), shot("o7", -90))
    for record in steps:
        thrown.live.kept, thrown.reader = Kept(), Reader()
        one, other = kept.take(record), thrown.take(record)
        assert repr(one.assessments) == repr(other.assessments)
        assert kept.new == thrown.new
        assert sum(kept.asked().values()) < sum(thrown.asked().values())


def test_drawn_worlds_are_drawn_again_with_every_entry() -> None:
    """Eighteen offices are too many to write out: p is drawn from the root, which entries move."""
    road = Road()
    told = [
        replace(
            shot(f"{matter}{n}", hour, matter=matter, by=(("a", "b")[n % 2],)),
            origin=Origin(f"{matter}{n}", "own", f"office {n}", START + timedelta(hours=20)),
        )
        for matter, hour in (("bridge", 9), ("school", 14))
        for n in range(18)
    ]
    first = road.take(DAY, watch(), *told)
    second = road.take(shot("far", 80, what="publish"))
    drawn = {a.id: a.p for a in first.assessments if a.p.drawn}
    assert drawn
    assert any(a.p != drawn[a.id] for a in second.assessments if a.id in drawn)
    asked = {key[1:3] for key in road.live.kept.asked if key[0] == TIME}
    assert {(a.norm, a.bearer) for a in first.assessments if a.id in drawn} <= asked
    assert not {(a.norm, a.bearer) for a in first.assessments if a.norm == "moves"} & asked
