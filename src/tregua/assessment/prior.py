"""``prior(act, on: side, within: span)``: did such an act hit that side shortly before?

The look-back is closed: an age of exactly the span counts. It is certain only if every instant of
both times keeps the order and the span; two acts of the same minute have no known order. Which act
came before is found for all incidents at once (``prior_acts.py``); here it is said of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.candidates import incident_table
from tregua.assessment.columns import NOBODY
from tregua.assessment.element import said
from tregua.assessment.evidence import edges
from tregua.assessment.facts import every, interval, test
from tregua.assessment.model import Why
from tregua.assessment.prior_acts import acts_before, acts_on, last_before
from tregua.terms.time import show_time

if TYPE_CHECKING:
    from datetime import timedelta

    from tregua.assessment.element import Element
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.facts import Facts
    from tregua.attribution.model import Attributed


def prior_element(
    item: Attributed, act: str, side: str, within: timedelta, evidence: Evidence
) -> Element:
    """Return the element "such an act hit ``side`` at most ``within`` before this incident"."""
    key = ("prior", item.incident.id, act, side, within)
    return evidence.cached(key, lambda: _prior(item, act, side, within, evidence))


def _prior(item: Attributed, act: str, side: str, within: timedelta, evidence: Evidence) -> Element:
    key = ("prior acts", act, side, within)
    found = evidence.cached(key, lambda: acts_before(side, act, within, evidence))
    row, acts = evidence.row_of(item), acts_on(side, act, evidence)
    before = found.get(row)
    if before is None:
        nearest = last_before(row, acts, incident_table(evidence))
        return said(
            f"no {act} on {side} within {_show(within)} before",
            "exception",
            must=False,
            may=False,
            searched=_searched(item, act, side, within, evidence),
            facts=_facts(item, act, side, within, _named(nearest, act, side, evidence)),
        )
    incident = evidence.items[int(acts.row[before.act])].incident
    return said(
        f"{incident.id}: {act} on {side} within {_show(within)} before",
        "exception",
        *(acts.doubt(before.act) or (Why.WHEN,)),
        must=before.certain,
        may=True,
        records=incident.record_ids,
        facts=_facts(item, act, side, within, _named(before.act, act, side, evidence)),
    )


def _searched(item: Attributed, act: str, side: str, within: timedelta, evidence: Evidence) -> str:
    """Say what was looked through. Not how many there are: no answer may rest on that."""
    first, last = edges(item.incident.when)
    zone = evidence.agreement.zone
    times = f"{show_time(first - within, zone)} to {show_time(last, zone)}"
    return f"all incidents that may be {act} on {side}, {times}"


def _facts(item: Attributed, act: str, side: str, within: timedelta, nearest: Facts) -> Facts:
    """Return the window that was searched, and the act in it, or else the last one before it."""
    first, last = edges(item.incident.when)
    return (
        *test("prior", ("incident", item.incident.id), ("act", act), ("on", side)),
        ("within seconds", repr(within.total_seconds())),
        ("act at", interval(first, last)),
        ("searched", interval(first - within, last)),
        *nearest,
    )


def _named(number: int, act: str, side: str, evidence: Evidence) -> Facts:
    if number == NOBODY:
        return ()
    acts = acts_on(side, act, evidence)
    incident = evidence.items[int(acts.row[number])].incident
    return (
        ("nearest", incident.id),
        ("nearest at", interval(*edges(incident.when))),
        *every("doubt", acts.doubt(number)),
    )


def _show(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes} minutes"
