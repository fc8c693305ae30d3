"""P1, P2, P3: live is batch at every prefix, in any order of arrival, as known at any entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.live.norms import CHANGED, NORMS, Answered
from tregua.assessment.live import Change, Live
from tregua.assessment.live_rows import Line
from tregua.assessment.operators import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.assessment.live_norm import Said

CODE = st.integers(0, 2)
ALTERNATIVE = st.tuples(
    st.integers(0, 24), st.sampled_from((0, 0, 0, 1, 2, 7)), st.booleans(),
    st.tuples(CODE, CODE, CODE, CODE),
)  # fmt: skip
INCIDENT = st.sampled_from([f"I-{k}" for k in range(5)])


def change(incident: str, alternatives: list[tuple[int, int, bool, tuple[int, ...]]]) -> Change:
    """Return an incident as it is now; with two alternatives none is certain, without one it is
    withdrawn."""
    alone = len(alternatives) == 1
    return Change(
        incident,
        tuple(
            Line(incident, k, start, start + length, alone and sure, True, codes)
            for k, (start, length, sure, codes) in enumerate(alternatives)
        ),
    )


CHANGE = st.builds(change, INCIDENT, st.lists(ALTERNATIVE, max_size=2))
ENTRY = st.lists(CHANGE, min_size=1, max_size=2, unique_by=lambda c: c.incident)
HISTORY = st.lists(ENTRY, max_size=7)
NAMES = pytest.mark.parametrize("name", NORMS)


def fresh(*names: str) -> Live:
    return Live([NORMS[name].norm for name in names or NORMS], changed=CHANGED)


def plain(said: Iterable[Said]) -> Answered:
    return {one.question: (one.numbers, one.witnesses) for one in said}


def answers(live: Live) -> list[tuple[str, Said]]:
    return [(r.norm, r.said) for r in live.results() if r.said is not None]


def test_every_operator_is_here() -> None:
    """Each operator of the list has a live norm in these tests."""
    assert sorted(NORMS) == sorted(operator.name for operator in OPERATORS)


@pytest.mark.slow
@NAMES
@given(history=HISTORY, forgotten=st.sets(st.integers(0, 6)))
def test_live_is_batch_is_reference_is_sql(
    name: str, history: list[list[Change]], forgotten: set[int]
) -> None:
    """After every entry the live answers are those of all three forms over the whole table."""
    live, lines = fresh(name), dict[str, tuple[Line, ...]]()
    for entry, changes in enumerate(history):
        live.take(entry, changes)
        if entry in forgotten:
            live.forget()
        lines |= {c.incident: c.lines for c in changes}
        known = [line for own in lines.values() for line in own]
        found = plain(said for _, said in answers(live))
        for whole in NORMS[name].answers(known):
            assert whole == found


@pytest.mark.slow
@given(HISTORY, st.randoms(use_true_random=False))
def test_arrival_order_is_irrelevant(history: list[list[Change]], chance: object) -> None:
    """P2: in any order in which each incident's own versions keep theirs, the end is the same."""
    every = [c for changes in history for c in changes]
    turns = [c.incident for c in every]
    chance.shuffle(turns)  # type: ignore[attr-defined]
    own = {incident: iter([c for c in every if c.incident == incident]) for incident in turns}
    one, other = fresh(), fresh()
    for entry, c in enumerate(every):
        one.take(entry, [c])
    for entry, incident in enumerate(turns):
        other.take(entry, [next(own[incident])])
    assert answers(one) == answers(other)


@pytest.mark.slow
@given(HISTORY, st.integers(-1, 6))
def test_as_known_at_an_entry_is_a_replay_up_to_it(history: list[list[Change]], known: int) -> None:
    """P3: what was known at K is what an engine says that has seen the entries up to K."""
    whole, replay = fresh(), fresh()
    for entry, changes in enumerate(history):
        whole.take(entry, changes)
        if entry <= known:
            replay.take(entry, changes)
    asked = [(norm, said) for norm, every in whole.as_of(known) for said in every]
    assert answers(replay) == asked


@pytest.mark.slow
@given(HISTORY, st.sets(st.integers(0, 6)))
def test_without_caches_no_byte_is_another(
    history: list[list[Change]], forgotten: set[int]
) -> None:
    """Caches dropped in the middle of a run change no answer, version or reason."""
    one, other = fresh(), fresh()
    for entry, changes in enumerate(history):
        if entry in forgotten:
            other.forget()
        assert repr(one.take(entry, changes)) == repr(other.take(entry, changes))
    assert repr(one.results()) == repr(other.results())


@pytest.mark.slow
@given(HISTORY)
def test_a_version_is_new_exactly_when_the_answer_is(history: list[list[Change]]) -> None:
    """Equal answers keep their version; a new one counts on by one, names its entry and a cause."""
    live = fresh()
    for entry, changes in enumerate(history):
        before = {(r.norm, r.question): r for r in live.results()}
        revised = live.take(entry, changes)
        after = {(r.norm, r.question): r for r in live.results()}
        assert {key for key, r in after.items() if before.get(key) != r} == {
            (r.norm, r.question) for r in revised
        }
        for r in revised:
            last = before.get((r.norm, r.question))
            assert r.version == (last.version if last else 0) + 1
            assert r.said != (last.said if last else None)
            assert r.because
            assert {(b.entry, b.incident) for b in r.because} <= {
                (entry, c.incident) for c in changes
            }
