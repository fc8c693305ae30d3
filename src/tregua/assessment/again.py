"""The questions of a norm, each asked only if anything that its answer rests on is not the same.

What is kept of an earlier picture is in ``kept.py``, what an answer rests on in ``rests_on.py``.
With nothing kept, everything is asked: that is the batch, and this is the same kernel.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tregua.assessment.forbid import accusing, incident_assessment, setting_of
from tregua.assessment.kept import Themselves
from tregua.assessment.owed import numbered, owed_assessments
from tregua.assessment.rests_on import ground, of_duty, of_incident, of_whole, seed_of, standing
from tregua.assessment.tolerance import tolerated
from tregua.assessment.whole import bearerless, whole_assessment

if TYPE_CHECKING:
    from tregua.assessment.forbid import Setting
    from tregua.assessment.kept import Kept
    from tregua.assessment.model import Assessment
    from tregua.assessment.probability import Part
    from tregua.assessment.spells import Spell

INCIDENT, TOLERANCE, TIME, DUTY = "incident", "tolerance", "whole", "duty"


def incidents_again(setting: Setting, bearer: str, kept: Kept) -> tuple[Assessment, ...]:
    """Return one assessment per incident that may be this bearer's violation, or is justified."""
    on = ground(setting, bearer, kept)
    found = []
    for item in accusing(setting, bearer):
        key = (INCIDENT, setting.norm.id, bearer, setting.number, item.incident.id)
        rests_on = partial(of_incident, on, setting, item, bearer)
        ask = partial(incident_assessment, setting, item, bearer)
        found.append(kept.recall(key, rests_on, ask))
    return tuple(a for a in found if a is not None)


def tolerated_again(
    found: tuple[Assessment, ...], whole: Setting, bearer: str, kept: Kept
) -> tuple[Assessment, ...]:
    """Return the assessments without those that certainly stay within the norm's tolerance."""

    def ask() -> tuple[Assessment, ...]:
        left = tolerated(found, whole.norm, whole.evidence)
        return tuple(kept.alike((TOLERANCE, a.id), a) for a in left)

    rests_on = (whole.norm, Themselves(found))
    key = (TOLERANCE, whole.norm.id, bearer, whole.number, whole.held)
    return kept.recall(key, lambda _: rests_on, ask)


def whole_again(
    whole: Setting, parts: tuple[Part, ...], bearer: str, found: tuple[Assessment, ...], kept: Kept
) -> Assessment:
    """Return the assessment of a norm over its time in force; ``bearer`` may be empty."""
    rests_on = of_whole(ground(whole, bearer, kept), whole, parts, found)

    def ask() -> Assessment:
        if bearer:
            return whole_assessment(whole, parts, bearer, found)
        items = {i.incident.id: i for _, items in parts for i in items}
        return bearerless(whole, tuple(items.values()))

    key = (TIME, whole.norm.id, bearer, whole.number, whole.held)
    return kept.recall(key, lambda last: (*rests_on, seed_of(whole, last)), ask)


def owed_again(spells: tuple[Spell, ...], bearer: str, kept: Kept) -> tuple[Assessment, ...]:
    """Return the assessments of a duty for one bearer; ``bearer`` may be empty."""
    grounds = tuple(ground(setting_of(numbered(s)), bearer, kept) for s in spells)
    rests_on = of_duty(grounds, spells, bearer)

    def ask() -> tuple[Assessment, ...]:
        answers = owed_assessments(spells, bearer)
        return tuple(kept.alike((DUTY, a.id, n), a) for n, a in enumerate(answers))

    key = (DUTY, spells[0].norm.id, bearer)
    return kept.recall(key, lambda last: (*rests_on, standing(spells, last)), ask)
