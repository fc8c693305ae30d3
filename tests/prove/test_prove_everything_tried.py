"""The solver against trying everything: the same answers, and never a story that is not so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tregua.agreement.prove import l901_circle, l902_double_bind, l903_unreached, l904_limits
from tregua.agreement.prove.abstract import abstract
from tregua.agreement.prove.replay import Run, State, Step, replay
from tregua.agreement.read import read_deal_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Protocol

    from tregua.agreement.model import Agreement
    from tregua.agreement.prove.system import System

    class Tried(Protocol):
        """What conftest.py can find out by trying everything."""

        def runs(self, system: System) -> Iterator[dict[str, int]]: ...
        def smallest_circle(self, system: System, target: str) -> int: ...


pytest.importorskip("clingo", reason="the extra prove (clingo) is not installed")

MOST_CHOICES = 3
A_FEW = settings(max_examples=40, deadline=None, derandomize=True)


def agreement(text: str) -> Agreement:
    return read_deal_text(text, file="made.deal.md").agreement


def is_small(system: System) -> bool:
    return sum(not e.auto for e in system.events) <= MOST_CHOICES


@A_FEW
@given(data=st.data())
def test_reached_or_not_is_what_trying_everything_says(
    data: st.DataObject, small_deals: st.SearchStrategy[str], tried: Tried
) -> None:
    """A phase or gate is called unreachable exactly when no course of events reaches it."""
    system = abstract(agreement(data.draw(small_deals)))
    for event in system.of_kind("start", "open"):
        cone = system.cone([event.name])
        if is_small(cone):
            found = l903_unreached.nearest(system, event)
            assert found is not None
            assert any(event.name in h for h in tried.runs(cone)) == (not found.waived)
            assert "" == replay(cone, found.run, waived=found.waived).problem


@A_FEW
@given(data=st.data())
def test_a_circle_is_the_smallest_that_trying_everything_finds(
    data: st.DataObject, small_deals: st.SearchStrategy[str], tried: Tried
) -> None:
    """Circles exist where every set was tried, and none smaller was overlooked."""
    system = abstract(agreement(data.draw(small_deals))).insisting()
    for event in system.of_kind("done", "open", "start"):
        cone = system.cone([event.name])
        assume(len(cone.events) <= 12)
        circle = l901_circle.circle_of(system, event.name)
        assert tried.smallest_circle(cone, event.name) == len(circle)


@A_FEW
@given(data=st.data())
def test_too_late_or_not_is_what_trying_everything_says(
    data: st.DataObject,
    small_deals: st.SearchStrategy[str],
    tried: Tried,
    due_of: Callable[..., int | None],
) -> None:
    """A limit is called impossible exactly when every course of events that does it is late."""
    system = abstract(agreement(data.draw(small_deals)))
    for event in (e for e in system.of_kind("done", "open") if e.limit is not None):
        cone = system.cone([event.name], limits=[event.name])
        if not is_small(cone):
            continue
        late = [_is_late(cone, event.name, h, due_of) for h in tried.runs(cone) if event.name in h]
        found = l904_limits.first_form(system, event)
        assert (bool(late) and all(late)) == (found is not None)


def _is_late(
    system: System, name: str, happened: dict[str, int], due_of: Callable[..., int | None]
) -> bool:
    days = tuple(range(0, max(happened.values()) + 1440, 1440))
    event = system.event(name)
    last = due_of(event, Run((), days[-1], days), happened)
    return last is not None and happened[name] > last


@A_FEW
@given(data=st.data())
def test_a_squeeze_is_in_time_and_too_late_at_once(
    data: st.DataObject,
    small_deals: st.SearchStrategy[str],
    due_of: Callable[..., int | None],
) -> None:
    """In the story of a squeeze one is within its limit and the limit of the other is over."""
    system = abstract(agreement(data.draw(small_deals)))
    limited = [e for e in system.of_kind("done", "open") if e.limit is not None]
    for event in limited:
        for other in (e for e in limited if e.name in l904_limits.required(system, event)):
            found = l904_limits.second_form(system, event, other)
            if found is not None:
                happened = {s.event: s.minute for s in found.run.steps}
                last, own = (due_of(e, found.run, happened) for e in (event, other))
                assert event.name not in happened
                assert own is None or happened[other.name] <= own
                assert last is not None
                assert last < happened[other.name]


@A_FEW
@given(data=st.data())
def test_a_double_bind_leaves_no_free_moment(
    data: st.DataObject,
    small_deals: st.SearchStrategy[str],
    due_of: Callable[..., int | None],
) -> None:
    """In the story of a double bind the act owed is forbidden at every moment it could be done."""
    deal = agreement(data.draw(small_deals))
    for duty in (n for n in deal.norms if n.kind == "duty"):
        for ban in (n for n in deal.norms if n.kind == "prohibition"):
            if not l902_double_bind.meets(deal, duty, ban):
                continue
            found = l902_double_bind.double_bind(deal, duty, ban)
            if found is not None:
                _check_bind(found, due_of)


def _check_bind(found: l902_double_bind.Bind, due_of: Callable[..., int | None]) -> None:
    run = found.found.run
    state = State(run.moments, {s.event: s.minute for s in run.steps})
    last = due_of(found.system.event(found.event), run, state.happened)
    owed = [
        m
        for m in run.moments
        if m <= run.stop and state.holds(found.owed, m) and (last is None or m <= last)
    ]
    assert owed
    assert all(state.holds(found.banned, m) and not state.holds(found.freed, m) for m in owed)


@A_FEW
@given(data=st.data())
def test_a_story_of_a_circle_ends_in_a_standstill(
    data: st.DataObject, small_deals: st.SearchStrategy[str]
) -> None:
    """Every story replays, and nothing of the circle happens in it."""
    deal = agreement(data.draw(small_deals))
    system = abstract(deal).insisting()
    for event in system.of_kind("done", "open", "start"):
        circle = l901_circle.circle_of(system, event.name)
        if circle:
            found = l901_circle.reached(system, circle)
            assert found is not None
            assert "" == replay(system.cone(circle), found.run).problem
            assert set() == {s.event for s in found.run.steps} & set(circle)
            for member in (e for e in system.events if e.name in circle):
                assert any(l901_circle.blocked(n.formula, circle) for n in member.needs)


@A_FEW
@given(data=st.data())
def test_a_changed_story_does_not_replay(
    data: st.DataObject, small_deals: st.SearchStrategy[str]
) -> None:
    """Leaving out a step that another needs, or telling it later, is noticed."""
    system = abstract(agreement(data.draw(small_deals)))
    event = data.draw(st.sampled_from(system.of_kind("start", "open", "done")))
    found = l903_unreached.nearest(system, event)
    assume(found is not None and not found.waived and len(found.run.steps) > 1)
    assert found is not None
    cone, run = system.cone([event.name]), found.run
    steps = tuple(s for s in run.steps if s.event != run.steps[0].event)
    needed = run.steps[0].event in {n for e in cone.events for n in _speaks_of(e.name, cone)}
    assume(needed)
    assert replay(cone, Run(steps, run.stop, run.moments)).problem
    late = (*steps, Step(run.moments[-1], run.steps[0].event))
    assert replay(cone, Run(late, run.moments[-1], run.moments)).problem


def _speaks_of(name: str, system: System) -> tuple[str, ...]:
    from tregua.agreement.prove.system import depends_on

    event = system.event(name)
    return () if event is None else depends_on(event)
