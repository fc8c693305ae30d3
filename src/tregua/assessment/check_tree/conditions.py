"""Conditions about the time of the act: acts before it, notices, phases, decisions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tregua.assessment.check_tree.nodes import REASONS
from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.three_valued import three
from tregua.assessment.check_tree.times import given, meets, moment, span
from tregua.assessment.check_tree.when import moment_of, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.assessment.check_tree.nodes import Case, Node


def prior(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Compute the window of a prior act, and how the nearest one lies to it."""
    length = timedelta(seconds=float(node.one("within seconds")))
    first, last = map(given, span(node.one("act at")))
    need(node.path, span(node.one("searched")) == (first - length, last), "another window")
    need(node.path, node.one("incident") == case.tree["instance"], "it is another incident")
    need(node.path, set(node.all("doubt")) <= REASONS, "it gives a doubt that is none")
    need(node.path, (first, last) == moment_of(case), "the act was at another time")
    if not node.one("nearest"):
        need(node.path, not node.records and bool(node.searched), "it names no search")
        return False
    began, ended = map(given, span(node.one("nearest at")))
    if ended < first - length or began > last:
        need(node.path, not node.records and bool(node.searched), "it names no search")
        return False
    need(node.path, bool(node.records), "it names no record of the act before")
    sure = not node.all("doubt") and ended < first and last - began <= length
    return True if sure else None


def recorded(node: Node, *_: object) -> bool | None:
    """Check a search for records: it found some, or says where it looked."""
    need(node.path, node.all("found") == node.records, "other records")
    need(node.path, bool(node.records) != bool(node.searched), "it says neither what nor where")
    return None if node.one("contested") else bool(node.records)


def before_act(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Check that a moment lies before the act."""
    act = given(span(node.one("act at"))[0])
    need(node.path, act == moment_of(case)[0], "the act was at another time")
    return bool(node.one("moment")) and moment(node.one("moment")) <= act


def phase_then(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Say whether a phase was in force at the time of the act."""
    first, last = map(given, span(node.one("act at")))
    need(node.path, (first, last) == moment_of(case), "the act was at another time")
    if not node.one("begins"):
        return False
    start = span(node.one("in some reading"))[0]
    need(node.path, start == moment(node.one("begins")), "it begins at another time")
    may = meets(first, last, node.one("in some reading"))
    return three((may and within(first, last, node), may))


def judged(node: Node, *_: object) -> bool | None:
    """Say what those who judge a word decided: all of them one thing, or nothing."""
    deciders, yes, no = (set(node.all(n)) for n in ("decider", "yes", "no"))
    if deciders and yes == deciders and not no:
        return True
    return False if deciders and no == deciders and not yes else None


def notified(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Check that a notice came long enough before the act."""
    first, last = map(given, span(node.one("act at")))
    need(node.path, (first, last) == moment_of(case), "the act was at another time")
    lead = timedelta(seconds=float(node.one("lead seconds")))
    sure, possible = (span(node.one(n) or "/") for n in ("sure notice at", "possible notice at"))
    must = sure[1] is not None and first - sure[1] >= lead
    may = possible[0] is not None and last - possible[0] >= lead
    return three((must, must or may))
