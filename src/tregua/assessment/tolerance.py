"""A stated tolerance: so many incidents are no violation yet ("2 per 24 hours").

Every incident of a window that holds more than the allowed number counts. It counts for certain
when that many certain ones surely lie in one window with it; it may count when that many possible
ones may lie in one. A tolerance that the text does not state is 0, and then nothing here changes
anything.

A window looks back over less than its length (06 section 3: age < d), so two acts exactly one
length apart lie in no common window. An act told to the minute is that instant.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tregua.agreement.model import Amount
from tregua.assessment.columns import Rows, Ticks, flags, ints
from tregua.assessment.evidence import edges
from tregua.assessment.explain import node
from tregua.assessment.facts import test
from tregua.assessment.model import Answer, Why
from tregua.assessment.operators.count_within import COUNT_WITHIN, Counts
from tregua.assessment.steps import span_length
from tregua.assessment.table import MICROSECOND, microseconds

if TYPE_CHECKING:
    from tregua.agreement.model import Norm
    from tregua.assessment.columns import Ints
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.model import Assessment
    from tregua.assessment.operator import Form

Times: TypeAlias = "list[tuple[int, int]]"  # first and last instant, microseconds UTC
_EVER = timedelta(days=36_500)  # no window stated: the norm's whole time


def tolerated(
    found: tuple[Assessment, ...], norm: Norm, evidence: Evidence
) -> tuple[Assessment, ...]:
    """Return the assessments without those that certainly stay within the norm's tolerance."""
    allowed = norm.tolerance
    if not isinstance(allowed, int) or allowed == 0:
        return found
    stated = norm.tolerance_per
    span = (span_length(stated) if isinstance(stated, Amount) else None) or _EVER
    rows, times = _rows(found, evidence)
    window, form = span // MICROSECOND - 1, evidence.form
    counts = zip(_inside(rows, times, window, form), _near(rows, times, window, form), strict=True)
    kept = []
    for one, (sure, may_be) in zip(found, counts, strict=True):
        if not one.may:
            kept.append(one)
        elif sure > allowed:
            kept.append(_shown(one, allowed, sure, may_be))
        elif may_be > allowed:
            kept.append(_opened(_shown(one, allowed, sure, may_be)))
    return tuple(kept)


def _rows(found: tuple[Assessment, ...], evidence: Evidence) -> tuple[Rows, Times]:
    """Return the assessments as rows by time, and the first and last instant of each as given."""
    ends = {i.incident.id: edges(i.incident.when) for i in evidence.items}
    times = [(microseconds(s), microseconds(e)) for s, e in (ends[a.instance] for a in found)]
    order = sorted(range(len(found)), key=lambda n: times[n])
    number = np.arange(len(found))
    rows = Rows(
        row=number,
        partition=np.zeros_like(number),
        t_lo=ints([times[n][0] for n in order]),
        t_hi=ints([times[n][1] for n in order]),
        must=flags([found[n].must and found[n].may for n in order]),
        may=flags([found[n].may for n in order]),
        incident=number,
    )
    return rows, times


def _inside(rows: Rows, times: Times, window: int, form: Form) -> list[int]:
    """Count for each those that surely lie in one window with it, in the fullest of such windows.

    That window may as well begin with the first one in it. No window holds for certain what may
    have happened at times further apart than its length.
    """
    starts = np.unique(rows.t_lo)
    low = _counts(rows, starts + window, window, form).low
    found = []
    for first, last in times:
        here = (starts >= last - window) & (starts <= first)
        found.append(int(low[here].max(initial=0)) if last - first <= window else 0)
    return found


def _near(rows: Rows, times: Times, window: int, form: Form) -> list[int]:
    """Count for each those that may lie in one window with it, in the fullest of such windows.

    That window may as well end with the first instant of the last one that comes into it.
    """
    ends = np.unique(rows.t_lo)
    high = _counts(rows, ends, window, form).high
    found = []
    for first, last in times:
        here = (ends >= first) & (ends <= last + window)
        found.append(int(high[here].max(initial=0)))
    return found


def _counts(rows: Rows, ends: Ints, window: int, form: Form) -> Counts:
    """Count what certainly and possibly lies in the windows that end with these instants."""
    ticks = Ticks(np.zeros_like(ends), ends + 1)
    return COUNT_WITHIN.in_form(form)(rows, ticks, within=window + 2)


def _shown(one: Assessment, allowed: int, sure: int, may_be: int) -> Assessment:
    """Add the node that counts the incidents of the window."""
    passed = sure > allowed
    because = node(
        f"more than {allowed} lie in one window: {sure} for certain, {may_be} possibly",
        "tolerance",
        True if passed else None,
        clause=one.clause,
        facts=test("passed", ("certain", str(sure)), ("possible", str(may_be))),
    )
    return replace(one, because=(*one.because, because))


def _opened(one: Assessment) -> Assessment:
    """Take back "violated": whether the tolerance was passed depends on uncertain incidents."""
    reasons = tuple(sorted({*one.reasons, Why.WHAT}))
    p = replace(one.p, least=0.0)
    return replace(one, must=False, low=0.0, p=p, answer=Answer.UNDETERMINED, reasons=reasons)
