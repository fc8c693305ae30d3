"""The norm over its whole time in force, for one bearer: do the incidents and the coverage suffice?

Violated if any incident is; kept only if no incident may be, enough was watched, and somebody fixed
when it began; else undetermined, with every reason that an incident or the coverage gives.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from tregua.assessment.coverage import coverage_of, times_of
from tregua.assessment.element import value_of
from tregua.assessment.explain import all_records, node
from tregua.assessment.facts import every, known, test, value
from tregua.assessment.forbid import state_of
from tregua.assessment.made import WHOLE, assessment_id, is_provisional
from tregua.assessment.model import Answer, Assessment, Probability, Why
from tregua.assessment.probability import probability, suspects_of, worlds_node
from tregua.assessment.standard import Chance, answer_to

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tregua.agreement.model import Norm
    from tregua.assessment.forbid import Setting
    from tregua.assessment.model import Because
    from tregua.assessment.probability import Part
    from tregua.attribution.model import Attributed


def whole_assessment(
    setting: Setting, parts: Sequence[Part], bearer: str, found: tuple[Assessment, ...]
) -> Assessment:
    """Return the assessment of the norm over its time in force, from its incidents ``found``.

    Args:
        setting: the norm in these words, over all its spells.
        parts: each spell with the incidents of such acts in it.
        bearer: id of who owes it.
        found: the answers about these incidents.
    """
    norm, evidence = setting.norm, setting.evidence
    coverage = evidence.cached(
        ("coverage", norm.id, setting.held),
        lambda: coverage_of(norm, times_of(setting.periods, evidence.at), evidence),
    )
    suspects = tuple(a for a in found if a.may)
    unseen = _unseen(norm)
    is_begun = all(p.is_begun for p in setting.periods)
    covered = coverage.is_enough and not unseen and is_begun
    known = _known_chance(suspects)
    asked = suspects_of(setting, parts, bearer, suspects)
    p = probability(asked, known)
    reasons = [r for a in suspects for r in a.reasons] + [Why.NEEDS_DECISION for _ in unseen]
    if not coverage.is_enough:
        reasons.append(Why.NO_COVERAGE)
    if not is_begun:
        reasons.append(Why.WHEN)
    answer, why = answer_to(
        _deciding(known, p), reasons, setting.standard, covered=covered, by_person=setting.by_person
    )
    if any(a.answer is Answer.VIOLATED for a in suspects):
        answer, why = Answer.VIOLATED, ()
    chance = known if covered else Chance(known.must, may=True, low=known.low, high=1.0)
    worlds = (worlds_node(asked, p),) if known.may and not known.must else ()
    searched = len({i.incident.id for _, items in parts for i in items})
    groups = _groups(found, searched)
    shown = (*groups, *worlds, coverage.because, *unseen, *setting.shown)
    because = (*shown, setting.standard.node(norm.clause))
    incidents = tuple(sorted({i for a in found for i in a.incidents}))
    p = p if covered else replace(p, most=1.0)
    return _made(setting, bearer, incidents, chance, p, (answer, why), because)


def bearerless(setting: Setting, items: Sequence[Attributed]) -> Assessment:
    """Return the one assessment of a norm whose bearer the text leaves undefined."""
    matching = tuple(sorted(i.incident.id for i in items))
    records = [r for i in items for r in i.incident.record_ids]
    clause = setting.norm.clause
    because = (
        node(
            "the text leaves open who owes it",
            "undefined",
            None,
            clause=clause,
            facts=test("bearer-open"),
        ),
        node(
            f"{len(matching)} incidents match, bearer undefined",
            "act",
            None,
            records=records,
            facts=(*test("matching"), *every("incident", matching)),
        ),
        *setting.shown,
    )
    chance = Chance(must=False, may=True, low=0.0, high=1.0)
    p, result = Probability(chance.low, chance.high), (Answer.UNDETERMINED, (Why.WHO,))
    return _made(setting, "", matching, chance, p, result, because)


def is_unseen(norm: Norm) -> bool:
    """Say whether no act of the tree is the contrary of a maintenance duty."""
    restrains = any(name == "of" for a in norm.acts for name, _ in a.args)
    return norm.shape == "maintain" and not restrains


def _known_chance(suspects: tuple[Assessment, ...]) -> Chance:
    """Return the bounds of "some incident is a violation", whatever their dependence."""
    return Chance(
        any(a.must for a in suspects),
        bool(suspects),
        max((a.low for a in suspects), default=0.0),
        min(1.0, sum((a.high for a in suspects), 0.0)),
    )


def _deciding(known: Chance, p: Probability) -> Chance:
    """Return what a standard is held against: p where it is exact; no answer rests on a draw."""
    return known if p.drawn else replace(known, low=p.least, high=p.most)


def _unseen(norm: Norm) -> tuple[Because, ...]:
    """Return a node for a maintenance duty whose contrary no act of the tree describes."""
    if not is_unseen(norm):
        return ()
    acts = ", ".join(a.kind for a in norm.acts)
    says = f"no reported act is the contrary of keeping {acts}; people must say whether it was kept"
    return (node(says, "act", None, clause=norm.clause, facts=test("unseen")),)


def _groups(found: tuple[Assessment, ...], number: int) -> tuple[Because, ...]:
    """Return one node per answer with its incidents, and one for the search behind them."""
    nodes = []
    for answer in Answer:
        group = tuple(a for a in found if a.answer is answer)
        if group:
            ids = ", ".join(a.instance for a in group)
            records = [r for a in group for r in a.records]
            says = f"{len(group)} incidents {_ASSESSED[answer]}: {ids}"
            facts = (*test("group", ("answer", answer)), *every("incident", map(_line, group)))
            nodes.append(node(says, "act", _HOLDS[answer], records=records, facts=facts))
    searched = f"{number} incidents of such acts in the time in force"
    if not any(a.may for a in found):
        facts = test("none-found", ("searched", str(number)))
        says = "some incident may be a violation"
        nodes.append(node(says, "act", False, searched=searched, facts=facts))
    return tuple(nodes)


def _line(one: Assessment) -> str:
    """Write what the whole takes over from the assessment of one incident."""
    holds = value_of(must=one.must, may=one.may)
    return json.dumps([one.instance, value(holds), one.low, one.high, *one.reasons])


_ASSESSED = {
    Answer.KEPT: "justified, so not a violation",
    Answer.VIOLATED: "assessed as a violation",
    Answer.UNDETERMINED: "may be a violation",
}
_HOLDS = {Answer.KEPT: False, Answer.VIOLATED: True, Answer.UNDETERMINED: None}


def _made(
    setting: Setting,
    bearer: str,
    incidents: tuple[str, ...],
    chance: Chance,
    p: Probability,
    result: tuple[Answer, tuple[Why, ...]],
    because: tuple[Because, ...],
) -> Assessment:
    norm = setting.norm
    state = state_of(setting)
    end = _end(setting) if state == "ended" else None
    return Assessment(
        id=assessment_id(norm.id, bearer, WHOLE, setting.number),
        norm=norm.id,
        clause=norm.clause,
        bearer=bearer,
        instance=WHOLE,
        answer=result[0],
        reasons=result[1],
        state=state,
        start=known(setting.periods[0].start),
        end=end,
        due=None,
        must=chance.must,
        may=chance.may,
        low=chance.low,
        high=chance.high,
        p=p,
        because=because,
        would_change_if=tuple(_CHANGES[r] for r in result[1]) or (_REVERSES[result[0]],),
        records=tuple(sorted(all_records(because))),
        incidents=incidents,
        provisional=is_provisional(norm, end, setting.evidence),
        text=setting.evidence.agreement.model_digest,
        held=setting.held,
    )


def _end(setting: Setting) -> datetime | None:
    return max((p.end for p in setting.periods if p.end is not None), default=None)


_REVERSES = {
    Answer.KEPT: "an incident that may be a violation became known, or a watch was withdrawn",
    Answer.VIOLATED: "no incident stayed certain in every element",
    Answer.UNDETERMINED: "a person decided it",
}
_CHANGES = {
    Why.NOT_DUE: "the deadline passed",
    Why.WHO: "it became certain who acted, who was hit, or who owes it",
    Why.WHAT: "it became certain what happened",
    Why.WHERE: "it became certain where it happened and where the norm holds",
    Why.WHEN: "it became certain when it happened and when the norm was in force",
    Why.EXCEPTION_CLAIMED: "the claimed exception was shown or refuted",
    Why.NO_COVERAGE: "watches covered the whole time and place",
    Why.CONTESTED: "the contradicting reports were settled",
    Why.NEEDS_DECISION: "those whom the text names decided what it leaves to them",
}
