"""Times in force under one edition of the deal: cut to where its words held, and shown as such."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tregua.agreement.versions.editions import ALWAYS, Held
from tregua.assessment.explain import node
from tregua.assessment.facts import interval, test
from tregua.assessment.in_force import Period
from tregua.terms.time import show_time

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.assessment.model import Because
    from tregua.assessment.spells import Spell


def cut_to(periods: tuple[Period, ...], held: Held) -> tuple[Period, ...]:
    """Return the parts of the times in force in which these words held; empty parts fall away."""
    return tuple(cut for p in periods if (cut := _cut(p, held)) is not None)


def holds_at(first: datetime, last: datetime, held: Held) -> tuple[bool, bool]:
    """Say whether the words held from ``first`` to ``last`` (UTC), surely and possibly."""
    may = not _before(last, held.start) and (held.end is None or first < held.end)
    if not held.sure or _before(first, held.sure_start):
        return False, may
    return (held.sure_end is None or last < held.sure_end), may


def is_over(held: Held, at: datetime) -> bool:
    """Say whether the words may have ended by ``at`` (UTC)."""
    return held.end is not None and (held.sure_end or held.end) <= at


def to_show(spell: Spell, *, was_cut: bool) -> Held:
    """Return the time of the words where it matters for the answer, else `ALWAYS`."""
    return spell.held if was_cut or spell.number > 1 else ALWAYS


def held_node(held: Held, zone: str, clause: str) -> tuple[Because, ...]:
    """Return the node that says by which words it is judged; none where there are no others."""
    if held.is_always:
        return ()
    start = "the beginning" if held.start is None else show_time(held.start, zone)
    end = "further notice" if held.end is None else show_time(held.end, zone)
    says = f"judged by the words that hold from {start} until {end}"
    sure = interval(held.sure_start, held.sure_end) if held.sure else "never"
    if (held.sure_start, held.sure_end) != (held.start, held.end):
        says += "; the record leaves open when exactly"
    facts = test("held", ("in some reading", interval(held.start, held.end)), ("surely", sure))
    return (node(says, "time", True if held.sure else None, clause=clause, facts=facts),)


def _cut(period: Period, held: Held) -> Period | None:
    start, end = _later(period.start, held.start), _sooner(period.end, held.end)
    if end is not None and end <= start:
        return None
    sure_start = _later(period.certain_start, held.sure_start) if period.certain_start else None
    sure_end = _sooner(period.certain_end, held.sure_end)
    if not held.sure or (sure_start and sure_end and sure_end <= sure_start):
        sure_start = None
    if (start, end, sure_start, sure_end) == (
        period.start, period.end, period.certain_start, period.certain_end,
    ):  # fmt: skip
        return period
    told = {
        "in some reading": interval(start, end),
        "in every reading": interval(sure_start, sure_end),
    }
    facts = tuple((name, told.get(name, text)) for name, text in period.because.facts)
    holds = True if sure_start else None
    because = replace(period.because, facts=facts, holds=holds)
    return Period(start, end, sure_start, sure_end, period.pauses, because, period.is_begun)


def _before(moment: datetime, start: datetime | None) -> bool:
    return start is not None and moment < start


def _later(one: datetime, other: datetime | None) -> datetime:
    return one if other is None else max(one, other)


def _sooner(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((t for t in (one, other) if t is not None), default=None)
