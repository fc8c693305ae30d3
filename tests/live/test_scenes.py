"""Scenes a person can follow: a report comes late, an incident moves, one is withdrawn.

Two norms. An attack must have been answered within ten minutes by the other side's attack before it
(`answered`), and a zone is calm on a day without an attack in the week before (`calm`).
"""

from __future__ import annotations

import pytest

from tregua.assessment.columns import NOBODY
from tregua.assessment.live import START, Change, Live, Result
from tregua.assessment.live_norm import LiveNorm, Part, Question, Reach, Said
from tregua.assessment.live_rows import Line
from tregua.assessment.operators import last_other, none_within
from tregua.errors import WrongUse

MINUTE = 60_000_000
DAY = 1_440 * MINUTE
NORTH, SOUTH = 0, 1
RED, BLUE = 0, 1
CHANGED = ("moved the place", "changed who did it")


def zone_of(line: Line) -> int:
    return line.codes[0]


def answered(part: Part) -> tuple[Said, ...]:
    found = last_other.columnar(part.rows, actor=part.code(1), within=10 * MINUTE)
    return part.of_rows(part.rows.row, (found.may,), (found.may_row,))


def calm(part: Part) -> tuple[Said, ...]:
    found = none_within.columnar(part.rows, part.ticks, within=7 * DAY)
    return part.of_ticks((found.must,), (found.must_row,))


def start() -> Live:
    norms = (
        LiveNorm("answered", zone_of, answered, Reach(back=10 * MINUTE)),
        LiveNorm("calm", zone_of, calm, None, (NORTH, SOUTH), (8 * DAY,)),
    )
    return Live(norms, changed=CHANGED)


def attack(incident: str, minute: int, *, zone: int = NORTH, by: int = RED) -> Change:
    at = DAY + minute * MINUTE
    return Change(incident, (Line(incident, 0, at, at, True, True, (zone, by)),))


def told(results: tuple[Result, ...]) -> list[str]:
    """Return each new version as a line of text."""
    return [
        f"{r.norm} {r.question.incident or r.question.partition}: "
        f"{'no longer asked' if r.said is None else _value(r.said)}, version {r.version}, "
        f"{', '.join(map(str, r.because))}"
        for r in results
    ]


def _value(said: Said) -> str:
    witness = said.witnesses[0]
    return ("yes" if said.numbers[0] else "no") + (f" by {witness.incident}" if witness else "")


def test_before_any_entry_only_the_days_are_answered() -> None:
    """With nothing known both zones are calm, from before the first entry and for no reason."""
    first = start().results()
    assert [(0, 1), (1, 1)] == [(r.question.partition, r.version) for r in first]
    assert [(START, ()), (START, ())] == [(r.known_from, r.because) for r in first]


def test_a_late_report_answers_an_attack() -> None:
    """An attack stood alone; the report of the other side's attack before it comes in later."""
    live = start()
    assert [
        "answered I-1: no, version 1, because I-1 (entry 0) is new",
        "calm 0: no by I-1, version 2, because I-1 (entry 0) is new",
    ] == told(live.take(0, [attack("I-1", 30)]))
    assert [
        "answered I-1: yes by I-2, version 2, because I-2 (entry 7) came late",
        "answered I-2: no, version 1, because I-2 (entry 7) came late",
    ] == told(live.take(7, [attack("I-2", 25, by=BLUE)]))


def test_a_late_report_out_of_reach_moves_nothing_else() -> None:
    """Eleven minutes before is no answer: the attack keeps its version."""
    live = start()
    live.take(0, [attack("I-1", 30)])
    revised = live.take(1, [attack("I-2", 19, by=BLUE)])
    assert ["I-2"] == [r.question.incident for r in revised]


def test_what_is_looked_at_again_is_looked_at_whole() -> None:
    """I-2 is near I-3 and answers I-1, which I-3 does not reach: I-3 does not make it forget."""
    live = start()
    live.take(0, [attack("I-1", 20), attack("I-2", 28, by=BLUE)])
    revised = live.take(1, [attack("I-3", 36)])
    assert ["answered I-3: yes by I-2, version 1, because I-3 (entry 1) is new"] == [
        line for line in told(revised) if line.startswith("answered")
    ]


def test_an_incident_moves_to_another_zone() -> None:
    """Both zones are touched: what it answered in the north is alone, the south is not calm."""
    live = start()
    live.take(0, [attack("I-1", 25, by=BLUE), attack("I-2", 30)])
    why = "because entry 412 moved the place (I-1)"
    assert [
        f"answered I-1: no, version 2, {why}",
        f"answered I-2: no, version 2, {why}",
        f"calm 1: no by I-1, version 2, {why}",
    ] == told(live.take(412, [attack("I-1", 25, by=BLUE, zone=SOUTH)]))


def test_a_withdrawn_report_leaves_its_answer_visible() -> None:
    """The attack that it answered is alone again; its own answer ends with a version of its own."""
    live = start()
    live.take(0, [attack("I-1", 25, by=BLUE), attack("I-2", 30)])
    why = "because I-2 was withdrawn by entry 3"
    revised = live.take(3, [Change("I-2", ())])
    assert [
        f"answered I-2: no longer asked, version 2, {why}",
        f"calm 0: no by I-1, version 3, {why}",
    ] == told(revised)
    assert revised[0] in live.results()
    again = live.take(4, [attack("I-2", 30)])
    assert "answered I-2: yes by I-1, version 3, because I-2 (entry 4) is new" == told(again)[0]


def test_a_changed_time_and_actor() -> None:
    """A revision names all that it changed; the answer rests on the new version of its witness."""
    live = start()
    live.take(0, [attack("I-1", 25, by=BLUE), attack("I-2", 30)])
    revised = live.take(1, [attack("I-1", 24, by=BLUE)])
    assert "answered I-2: yes by I-1, version 2, because entry 1 changed the time (I-1)" in told(
        revised
    )
    alone = live.take(2, [attack("I-1", 26, by=RED)])
    why = "because entry 2 changed the time and changed who did it (I-1)"
    assert f"answered I-2: no, version 3, {why}" in told(alone)


def test_every_cause_is_named_in_the_order_of_the_entry() -> None:
    """One entry moves an act to the south and brings the act that it answers: both are causes."""
    live = start()
    live.take(0, [attack("I-2", 30, zone=SOUTH), attack("I-3", 60)])
    moved = attack("I-3", 35, zone=SOUTH)
    revised = live.take(1, [attack("I-9", 33, zone=SOUTH, by=BLUE), moved])
    why = (
        "because I-9 (entry 1) came late, "
        "because entry 1 changed the time and moved the place (I-3)"
    )
    assert f"answered I-3: yes by I-9, version 2, {why}" in told(revised)


def test_a_cause_in_the_zone_that_was_left_is_named() -> None:
    """I-1 leaves the north, where the same entry brings I-9: the day there has both as causes."""
    live = start()
    live.take(0, [attack("I-1", 30)])
    revised = live.take(1, [attack("I-1", 30, zone=SOUTH), attack("I-9", 20)])
    because = {r.question.incident: [b.incident for b in r.because] for r in revised}
    assert ["I-1", "I-9"] == because["I-1"]


def test_an_entry_that_changes_nothing_moves_nothing() -> None:
    """The same incident once more, or the withdrawal of an unknown one: no new version."""
    live = start()
    live.take(0, [attack("I-1", 25)])
    assert () == live.take(1, [attack("I-1", 25), Change("I-9", ())])


def test_certainty_and_alternatives_are_named() -> None:
    """A second possible actor changes the alternatives and takes the certainty away."""
    live = start()
    live.take(0, [attack("I-1", 25)])
    at = DAY + 25 * MINUTE
    two = tuple(Line("I-1", k, at, at, False, True, (NORTH, k)) for k in (RED, BLUE))
    revised = live.take(1, [Change("I-1", two)])
    assert "changed the certainty and changed the alternatives" in str(revised[0].because[0])
    assert {Question("I-1", 0), Question("I-1", 1)} == {r.question for r in revised[:2]}


def test_what_was_known_then() -> None:
    """As known at entry 0 the attack stands alone, whatever came in later."""
    live = start()
    live.take(0, [attack("I-1", 30)])
    live.take(7, [attack("I-2", 25, by=BLUE)])
    (_, then), _ = live.as_of(0)
    (_, now), _ = live.as_of(7)
    assert [("I-1", (0,))] == [(s.question.incident, s.numbers) for s in then]
    assert [("I-1", (1,)), ("I-2", (0,))] == [(s.question.incident, s.numbers) for s in now]


@pytest.mark.parametrize(
    ("entry", "changes", "says"),
    [
        (0, [attack("I-2", 1)], "entry 0 comes after entry 0"),
        (1, [attack("I-2", 1), attack("I-2", 2)], "changes an incident twice"),
        (1, [Change("I-3", attack("I-2", 1).lines)], "another incident stands under I-3"),
        (1, [Change("I-2", attack("I-2", 1).lines * 2)], "alternatives of I-2 are not in order"),
        (1, [Change("I-2", (Line("I-2", 0, 1, 1, True, True, (0,)),))], "does not have 2 codes"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(
    entry: int, changes: list[Change], says: str
) -> None:
    """A wrong call is refused whole: the answers are what they were."""
    live = start()
    live.take(0, [attack("I-1", 30)])
    before = live.results()
    with pytest.raises(WrongUse, match=says):
        live.take(entry, changes)
    assert before == live.results()


def test_impossible_lines_and_norms_are_refused() -> None:
    """An end before its start, "must" without "may", two norms of one name."""
    with pytest.raises(WrongUse, match="I-1 ends before it starts"):
        Line("I-1", 0, 2, 1, True, True, ())
    with pytest.raises(WrongUse, match="so it counts in some"):
        Line("I-1", 0, 1, 1, True, False, ())
    norm = LiveNorm("calm", lambda _: NOBODY, calm)
    with pytest.raises(WrongUse, match="a name of its own"):
        Live([norm, norm], changed=CHANGED)
