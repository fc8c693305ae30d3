"""``notified(to: x, before: span)``: whether notice was given, and early enough.

A notice is an incident of kind ``notify``. Only the earliest certain and the earliest possible one
matter: whatever a later notice shows, an earlier one shows as well.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tregua.agreement.model import Act
from tregua.assessment.element import said
from tregua.assessment.evidence import edges
from tregua.assessment.facts import interval, test
from tregua.assessment.model import Why
from tregua.assessment.who_test import among

if TYPE_CHECKING:
    from tregua.assessment.element import Element
    from tregua.assessment.evidence import Evidence
    from tregua.attribution.model import Attributed

_NOTIFY = Act("notify")
# Not how many there are: that moves with every report, and no answer may rest on it.
_SEARCHED = "all incidents that may be a notification"


def notified_element(
    item: Attributed, by: str, to: str, lead: timedelta | None, evidence: Evidence
) -> Element:
    """Return the element "``by`` (empty: anyone) told ``to`` of it at least ``lead`` before"."""
    sure, possible = evidence.cached(("notices", by, to), lambda: _earliest(by, to, evidence))
    first, last = edges(item.incident.when)
    least = lead or timedelta()
    must = sure is not None and first - edges(sure.incident.when)[1] >= least
    may = possible is not None and last - edges(possible.incident.when)[0] >= least
    witness = sure if must else possible
    return said(
        f"{by or 'someone'} gave notice{' to ' + to if to else ''}",
        "exception",
        Why.WHEN,
        Why.WHAT,
        must=must,
        may=must or may,
        records=witness.incident.record_ids if witness and (must or may) else (),
        searched="" if must or may else _SEARCHED,
        facts=test(
            "notified",
            ("lead seconds", repr(least.total_seconds())),
            ("act at", interval(first, last)),
            ("sure notice at", _at(sure)),
            ("possible notice at", _at(possible)),
        ),
    )


def _at(notice: Attributed | None) -> str:
    return "" if notice is None else interval(*edges(notice.incident.when))


def _earliest(by: str, to: str, evidence: Evidence) -> tuple[Attributed | None, Attributed | None]:
    """Return the earliest certain and the earliest possible notice."""
    judged = [(n, *_is_notice(n, by, to, evidence)) for n in evidence.that_may_be((_NOTIFY,))]
    sure = [n for n, must, _ in judged if must]
    possible = [n for n, _, may in judged if may]
    return (
        min(sure, key=lambda n: (edges(n.incident.when)[1], n.incident.id), default=None),
        min(possible, key=lambda n: (edges(n.incident.when)[0], n.incident.id), default=None),
    )


def _is_notice(notice: Attributed, by: str, to: str, evidence: Evidence) -> tuple[bool, bool]:
    must = notice.happened_must and notice.incident.kinds == (_NOTIFY.kind,)
    may = True
    for name, hypotheses in ((by, notice.actors), (to, notice.targets)):
        if name:
            is_sure, is_possible, *_ = among(hypotheses, (name,), evidence)
            must, may = must and is_sure, may and is_possible
    return must, may
