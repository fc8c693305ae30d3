"""Gates and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.reports.model import Says

if TYPE_CHECKING:
    from tests.status.conftest import Given

BLOCKS = """
clock calm "Days of calm"
    counts: consecutive-days
    day: calendar
    starts: start(truce)
    resets on: violation(attacks)
    certified by: undefined
    target: 3 days

gate talks "Talks begin"
    opens when: calm >= 3 days
    decided by: north, south
    mode: joint
    latest: undefined
    leads to: truce
"""


def test_a_gate_whose_condition_fails_is_shut_and_says_what_is_missing(given: Given) -> None:
    """Too few days even at best: shut, with days, decision and latest date in plain words."""
    given.blocks = BLOCKS
    gate = given.gate("2030-09-14T00:00")
    assert "shut" == gate.state
    assert (
        "calm: 0 of 3 days certain, at most 2 possible",
        "decision of north and south, jointly: not recorded",
        "no latest date: may stay shut for ever",
    ) == gate.missing
    assert ("north", "south") == gate.deciders


def test_a_gate_whose_condition_is_only_possible_is_unknown(given: Given) -> None:
    """Enough days are possible, not certain: unknown, with the incidents that would settle it."""
    given.blocks = BLOCKS
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    incident = given.violation("2030-09-15T10:00", "a", "b", sure=False)
    gate = given.gate("2030-09-18T00:00")
    assert "unknown" == gate.state
    assert f"it would be settled by knowing more about {incident}" in gate.missing


def test_a_gate_whose_condition_holds_waits_for_its_deciders(given: Given) -> None:
    """The condition holds, one of two joint deciders has spoken: ready, not open."""
    given.blocks = BLOCKS
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    given.said(Says.DECIDES, ("north",), "talks", "2030-09-17T09:00")
    gate = given.gate("2030-09-18T00:00")
    assert "ready" == gate.state
    assert (
        "decision of north and south, jointly: that of south is not recorded",
        "no latest date: may stay shut for ever",
    ) == gate.missing


def test_a_gate_opens_when_all_joint_deciders_have_decided(given: Given) -> None:
    """Condition and both decisions: open, nothing is missing, the records are named."""
    given.blocks = BLOCKS
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    given.said(Says.DECIDES, ("north",), "talks", "2030-09-17T09:00")
    given.said(Says.DECIDES, ("Southern guarantor",), "talks", "2030-09-17T10:00")
    gate = given.gate("2030-09-18T00:00")
    assert ("open", ()) == (gate.state, gate.missing)
    assert ("notes:s1", "notes:s2") == gate.because[-1].records


def test_a_gate_once_opened_does_not_shut_again(given: Given) -> None:
    """The clock falls back to zero after the decision; the gate stays open."""
    given.blocks = BLOCKS
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    given.said(Says.DECIDES, ("north", "south"), "talks", "2030-09-17T09:00")
    given.violation("2030-09-18T10:00", "a")
    assert "open" == given.gate("2030-09-18T12:00").state


def test_a_decision_does_not_open_a_gate_whose_condition_fails(given: Given) -> None:
    """Deciding early changes nothing while the condition is not met."""
    given.blocks = BLOCKS
    given.said(Says.DECIDES, ("north", "south"), "talks", "2030-09-13T09:00")
    assert "shut" == given.gate("2030-09-14T00:00").state


def test_a_refusal_takes_back_a_decision(given: Given) -> None:
    """A decider who refuses after having agreed has not decided."""
    given.blocks = BLOCKS
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    given.said(Says.DECIDES, ("north",), "talks", "2030-09-17T09:00")
    given.said(Says.REJECTS, ("north",), "talks", "2030-09-17T10:00")
    given.said(Says.DECIDES, ("south",), "talks", "2030-09-17T11:00")
    assert "ready" == given.gate("2030-09-18T00:00").state


def test_a_gate_whose_decider_is_undefined_never_opens(given: Given) -> None:
    """Condition and a decision by somebody: ready at most, because nobody is named."""
    given.blocks = BLOCKS.replace("decided by: north, south", "decided by: undefined")
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    given.said(Says.DECIDES, ("north", "south"), "talks", "2030-09-17T09:00")
    gate = given.gate("2030-09-18T00:00")
    assert "ready" == gate.state
    assert "decision: who decides: the deal leaves it open" == gate.missing[0]


def test_a_gate_that_nobody_decides_opens_by_its_condition(given: Given) -> None:
    """Only where the deal says that there is none to decide does the condition open the gate."""
    given.blocks = BLOCKS.replace("decided by: north, south", "decided by: none")
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    assert "shut" == given.gate("2030-09-14T00:00").state
    assert "open" == given.gate("2030-09-17T00:00").state


def test_a_gate_lapses_only_where_the_deal_says_so(given: Given) -> None:
    """The latest date has passed: lapsed under "lapses", still shut under "stays-shut"."""
    latest = BLOCKS.replace("latest: undefined", "latest: 2030-09-13T12:00 Asia/Damascus")
    given.blocks = latest + "    if not decided: lapses\n"
    assert "shut" == given.gate("2030-09-13T11:00").state
    assert "lapsed" == given.gate("2030-09-14T00:00").state
    given.blocks = latest + "    if not decided: stays-shut\n"
    gate = given.gate("2030-09-14T00:00")
    assert "shut" == gate.state
    assert gate.missing[-1].endswith('has passed; for that case the deal says "stays-shut"')


def test_a_norm_that_was_not_watched_keeps_a_gate_unknown(given: Given) -> None:
    """ "kept for 2 days" is never true from silence; the reasons are named."""
    given.blocks = BLOCKS.replace("calm >= 3 days", "kept(attacks, for: 2 days)")
    gate = given.gate("2030-09-18T00:00")
    assert "unknown" == gate.state
    assert (
        "No attacks (attacks) not shown as kept for 2 days",
        "nobody watched for attacks (clause 1)",
    ) == gate.missing[:2]
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    assert "ready" == given.gate("2030-09-18T00:00").state


def test_a_norm_younger_than_the_span_was_not_kept_for_it(given: Given) -> None:
    """After one day nothing can have been kept for two."""
    given.blocks = BLOCKS.replace("calm >= 3 days", "kept(attacks, for: 2 days)")
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    gate = given.gate("2030-09-13T19:00")
    assert "shut" == gate.state
    assert gate.missing[0].startswith("No attacks (attacks) not kept for 2 days: it runs since")


def test_a_gate_may_wait_for_another_gate_and_never_for_itself(given: Given) -> None:
    """A gate behind a shut gate is shut; two that wait for each other are unknown."""
    second = BLOCKS.split("gate")[1].replace("talks", "visit", 1)
    behind = second.replace("calm >= 3 days", "open(talks)")
    given.blocks = f"{BLOCKS}\ngate{behind}"
    states = [g.state for g in given.status("2030-09-14T00:00").gates]
    assert ["shut", "shut"] == states
    given.blocks = f"{BLOCKS.replace('calm >= 3 days', 'open(visit)')}\ngate{behind}"
    states = [g.state for g in given.status("2030-09-14T00:00").gates]
    assert ["unknown", "unknown"] == states


def test_a_gate_without_a_stated_condition_is_unknown(given: Given) -> None:
    """Where the deal leaves the condition open, decisions do not replace it."""
    given.blocks = BLOCKS.replace("calm >= 3 days", "undefined")
    given.said(Says.DECIDES, ("north", "south"), "talks", "2030-09-13T09:00")
    assert "unknown" == given.gate("2030-09-14T00:00").state
