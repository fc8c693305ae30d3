"""The door of the room: norms, incidents and coverage in; assessments out.

For every norm that was in force, every bearer and every instance (deal language, section 4.5):

* ``forbid`` and ``maintain``: one assessment per incident that may be a violation, and one
  ``whole`` for the time in force so far;
* ``achieve``: one assessment per trigger;
* ``allow``: none, a permission cannot be violated;
* a norm that is not in force has no assessment at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.duty import duty_assessments
from tregua.assessment.evidence import Evidence
from tregua.assessment.forbid import candidates, incident_assessments, setting_of
from tregua.assessment.who_test import expanded
from tregua.assessment.whole import bearerless, whole_assessment

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement, Norm
    from tregua.assessment.forbid import Setting
    from tregua.assessment.model import Assessment
    from tregua.assessment.moments import Moments
    from tregua.attribution.model import Attributed
    from tregua.reports.model import Statement, Watch

# Whoever controls the place, the actor himself: no party can be named before something happens.
_NOBODY_NAMED = frozenset({"controller", "actor", "violator"})


def assess(
    agreement: Agreement,
    attributed: tuple[Attributed, ...],
    watches: tuple[Watch, ...],
    statements: tuple[Statement, ...],
    moments: Moments,
    *,
    at: datetime,
) -> tuple[Assessment, ...]:
    """Answer kept, violated or undetermined per norm, bearer and instance, up to ``at`` (UTC).

    The order is that of the norms in the deal, then bearer, then instance (``whole`` last). It does
    not depend on the order of any argument.
    """
    evidence = Evidence(agreement, attributed, watches, statements, moments, at=at)
    return tuple(a for norm in agreement.norms for a in _of_norm(norm, evidence))


def _of_norm(norm: Norm, evidence: Evidence) -> list[Assessment]:
    if norm.shape == "allow":
        return []
    setting = setting_of(norm, evidence)
    bearers = bearers_of(norm, evidence)
    if norm.shape == "achieve":
        return [a for b in bearers or ("",) for a in duty_assessments(setting, b)]
    if not setting.periods:
        return []
    return _forbidden(setting, bearers)


def _forbidden(setting: Setting, bearers: tuple[str, ...]) -> list[Assessment]:
    items = candidates(setting)
    if not bearers:
        return [bearerless(setting, items)]
    answers: list[Assessment] = []
    for bearer in bearers:
        found = incident_assessments(setting, items, bearer)
        answers += [*found, whole_assessment(setting, items, bearer, found)]
    return answers


def bearers_of(norm: Norm, evidence: Evidence) -> tuple[str, ...]:
    """Return who owes the norm, sorted; empty when the text does not name anybody."""
    if not isinstance(norm.bearers, tuple):
        return ()
    if "everyone" in norm.bearers:
        return tuple(w.id for w in evidence.agreement.of_kind("party", "guarantor"))
    return tuple(b for b in expanded(norm.bearers, evidence) if b not in _NOBODY_NAMED)
