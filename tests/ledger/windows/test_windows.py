"""Scenes of sealed windows and of deadlines between two cosignatures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.errors import WrongUse
from tregua.ledger.signing.claims import Claims
from tregua.ledger.windows.bracket import Bracket, Timing
from tregua.ledger.windows.seen import Cosigned, Seen
from tregua.ledger.windows.window import Opened, Window, state_of

HOUR = 3600
W = Window("w1", 0, 12 * HOUR, 24 * HOUR, ("a", "b"))


def seen(*times: tuple[str, int, int]) -> Seen:
    return Seen(Cosigned(who, size, at) for who, size, at in times)


def test_somebody_else_had_seen_it_by_then() -> None:
    """B's mirror signed size 5 at noon: entry 4 is in time for noon, to the second."""
    found = seen(("b", 5, 12 * HOUR)).bracket(4)
    assert [Timing.IN_TIME, Timing.UNDETERMINED] == [
        found.timing(12 * HOUR), found.timing(12 * HOUR - 1),
    ]  # fmt: skip


def test_everybody_had_seen_the_record_without_it() -> None:
    """At the deadline and after it B and the neutral both signed a record without entry 4."""
    found = seen(("b", 4, 12 * HOUR), ("un", 3, 13 * HOUR), ("b", 5, 14 * HOUR)).bracket(4)
    assert Timing.LATE == found.timing(12 * HOUR)


def test_a_side_that_does_not_sign_makes_nobody_late() -> None:
    """B stalls: A's entry is undetermined; one neutral resolves it."""
    stalled = seen(("b", 2, HOUR))
    assert Timing.UNDETERMINED == stalled.bracket(4).timing(12 * HOUR)
    neutral = seen(("b", 2, HOUR), ("un", 5, 11 * HOUR))
    assert Timing.IN_TIME == neutral.bracket(4).timing(12 * HOUR)


def test_a_cosigner_that_never_signed_leaves_lateness_open() -> None:
    """The policy names B and a neutral; B has signed nothing, so not everybody had seen."""
    neutral = [Cosigned("un", 4, 13 * HOUR)]
    assert Timing.LATE == Seen(neutral).bracket(4).timing(12 * HOUR)
    asked = Seen(neutral, cosigners=("a", "b", "un"))
    assert Timing.UNDETERMINED == asked.bracket(4, of="a").timing(12 * HOUR)
    assert Timing.UNDETERMINED == asked.bracket(4, of="b").timing(12 * HOUR)


@given(
    st.lists(st.tuples(st.sampled_from("abu"), st.integers(0, 9), st.integers(0, 50)), max_size=12),
    st.integers(0, 9),
    st.integers(0, 50),
    st.data(),
)
def test_withholding_cosignatures_makes_nobody_late(
    times: list[tuple[str, int, int]], index: int, deadline: int, data: st.DataObject
) -> None:
    """Whatever B keeps back, A's entry is late only if it was late with all that B signed."""
    kept: dict[str, list[tuple[str, int, int]]] = {who: [] for who in "abu"}
    for who, size, at in sorted(times, key=lambda t: t[2]):  # each signs a growing record
        if not kept[who] or (size >= kept[who][-1][1] and at > kept[who][-1][2]):
            kept[who].append((who, size, at))
    signed = [one for mine in kept.values() for one in mine]
    given_up = [one for one in signed if one[0] != "b" or data.draw(st.booleans())]
    whole, less = (
        Seen((Cosigned(*t) for t in some), cosigners="abu").bracket(index, of="a").timing(deadline)
        for some in (signed, given_up)
    )
    assert less is not Timing.LATE or whole is Timing.LATE


def test_ones_own_clock_does_not_count() -> None:
    """A's own cosignature says nothing about A's entry."""
    own = seen(("a", 5, HOUR), ("a/witness", 5, HOUR))
    assert Bracket((), ()) == own.bracket(4, of="a")
    assert Timing.IN_TIME == own.bracket(4, of="b").timing(HOUR)


def test_a_device_clock_outside_the_bracket_is_flagged() -> None:
    """A day and two hours before is possible, more is not; five minutes ahead is possible."""
    found = seen(("b", 4, 100 * HOUR), ("b", 5, 101 * HOUR)).bracket(4)
    times = (74 * HOUR, 74 * HOUR - 1, 101 * HOUR + 300, 101 * HOUR + 301)
    assert [True, False, True, False] == [found.is_plausible(t) for t in times]


def test_nobody_ever_cosigned() -> None:
    """Without a cosignature no time is known, so nothing is late and nothing in time."""
    assert Timing.UNDETERMINED == seen().bracket(0).timing(0)


@given(
    st.lists(st.tuples(st.sampled_from("abu"), st.integers(0, 9), st.integers(0, 50)), max_size=12),
    st.integers(0, 9),
    st.integers(0, 50),
)
def test_more_cosignatures_never_turn_in_time_into_late(
    times: list[tuple[str, int, int]], index: int, deadline: int
) -> None:
    """In time stays in time, whatever is signed later by those who sign a growing record."""
    history = sorted(times, key=lambda t: t[2])
    growing = [t for n, t in enumerate(history) if all(s <= t[1] for _, s, _ in history[:n])]
    answers = [seen(*growing[:n]).bracket(index).timing(deadline) for n in range(len(growing) + 1)]
    decided = [a for a in answers if a is not Timing.UNDETERMINED]
    assert len(set(decided)) <= 1 or Timing.LATE not in decided[: decided.index(Timing.IN_TIME)]
    if Timing.IN_TIME in answers:
        assert {Timing.IN_TIME} == set(answers[answers.index(Timing.IN_TIME) :])


@given(
    st.lists(st.tuples(st.sampled_from("abu"), st.integers(0, 9), st.integers(0, 50)), max_size=12),
    st.integers(0, 9),
)
def test_the_bracket_is_what_looking_at_every_cosignature_gives(
    times: list[tuple[str, int, int]], index: int
) -> None:
    """Each cosigner's last time on a size that has not the entry, its first on one that has."""
    found = seen(*times).bracket(index, of="u")
    others = [t for t in times if t[0] != "u"]
    before = {
        w: max(a for v, s, a in others if v == w and s <= index) for w, s, _ in others if s <= index
    }
    after = {
        w: min(a for v, s, a in others if v == w and s > index) for w, s, _ in others if s > index
    }
    assert (before, after) == (dict(found.before), dict(found.after))


# --- windows -------------------------------------------------------------------------------------


def claims(side: str, kind: str = "report", ref: tuple[str, ...] = ()) -> Claims:
    kid = f"{side}/phone"
    return Claims("EdDSA", kid, side, kind, 1, "", 0, "00" * 32, window="w1", ref=ref, rel=("A",))


def by(at: int) -> Bracket:
    return Bracket((("un", at - 1),), (("un", at),))


ENTRIES = [("e1", claims("a")), ("e2", claims("b")), ("e3", claims("b"))]
TIMES = {"e1": by(HOUR), "e2": by(2 * HOUR), "e3": by(13 * HOUR)}


def test_nothing_is_handed_on_while_a_side_is_sealed() -> None:
    """A has opened, B has not: what A said stays with A and the centre."""
    entries = [*ENTRIES, ("o1", claims("a", "opening", ("e1",)))]
    found = state_of(W, entries, {**TIMES, "o1": by(13 * HOUR)}, at=14 * HOUR)
    assert (False, ("b",)) == (found.may_hand_on, found.waits_for)
    assert [Opened.OPENED, Opened.SEALED, Opened.SEALED] == [c.opened for c in found.commitments]


def test_all_open_together() -> None:
    entries = [
        *ENTRIES,
        ("o1", claims("a", "opening", ("e1",))),
        ("o2", claims("b", "opening", ("e2", "e3"))),
    ]
    times = {**TIMES, "o1": by(13 * HOUR), "o2": by(15 * HOUR)}
    assert state_of(W, entries, times, at=15 * HOUR).may_hand_on
    assert not state_of(W, entries, times, at=11 * HOUR).may_hand_on


def test_a_commitment_after_the_close_is_late_evidence() -> None:
    found = state_of(W, ENTRIES, {**TIMES, "e3": Bracket((("un", 13 * HOUR),), ())}, at=14 * HOUR)
    assert ["in time", "in time", "late"] == [str(c.committed) for c in found.commitments]


def test_what_is_never_opened_is_counted_as_withheld() -> None:
    """After the time to open: two by B, none by A, who opened late."""
    entries = [*ENTRIES, ("o1", claims("a", "opening", ("e1",)))]
    late = Bracket((("un", 25 * HOUR),), ())
    found = state_of(W, entries, {**TIMES, "o1": late}, at=26 * HOUR)
    assert (0, 2, True) == (found.withheld("a"), found.withheld("b"), found.may_hand_on)
    assert Opened.OPENED_LATE is found.commitments[0].opened


def test_nobody_opens_for_another() -> None:
    """B's opening of A's commitment opens nothing."""
    entries = [*ENTRIES, ("o1", claims("b", "opening", ("e1",)))]
    found = state_of(W, entries, {**TIMES, "o1": by(13 * HOUR)}, at=14 * HOUR)
    assert Opened.SEALED is found.commitments[0].opened


def test_a_side_that_says_nothing_is_waited_for() -> None:
    """Silence is no nil report: until the time to open has passed it is waited for."""
    found = state_of(W, ENTRIES[:1], TIMES, at=13 * HOUR)
    assert (("a", "b"), False) == (found.waits_for, found.may_hand_on)


def test_a_window_has_its_times_in_order() -> None:
    with pytest.raises(WrongUse):
        Window("w", 5, 5, 9, ("a",))


def test_exchanging_the_sides_exchanges_the_answers() -> None:
    """Neutrality: nothing but the names changes."""
    other = {"a": "b", "b": "a"}
    swapped = [(k, claims(other[c.iss], c.kind, c.ref)) for k, c in ENTRIES]
    one, two = (state_of(W, e, TIMES, at=26 * HOUR) for e in (ENTRIES, swapped))
    assert [(c.id, other[c.side], c.committed, c.opened) for c in one.commitments] == [
        (c.id, c.side, c.committed, c.opened) for c in two.commitments
    ]
    assert (one.withheld("a"), one.withheld("b")) == (two.withheld("b"), two.withheld("a"))
