"""Prohibitions and maintenance duties: each incident that may be a violation, for one bearer.

Only incidents come here that masks have left (``candidates.py``). Their elements are tested one by
one and explained, and an incident is dropped at the first one that certainly does not hold: actor,
target, place, time in force, then the exceptions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.assessment.candidates import candidates
from tregua.assessment.conditions import Question, condition_element
from tregua.assessment.element import element, reasons_of, said, value_of
from tregua.assessment.exceptions import excused
from tregua.assessment.explain import all_records, assumptions, node
from tregua.assessment.facts import every, reasons, test
from tregua.assessment.held import cut_to, held_node, is_over, to_show
from tregua.assessment.in_force import in_time, periods_of, time_element
from tregua.assessment.made import assessment_id, is_provisional
from tregua.assessment.model import Assessment, Because, Probability, Why
from tregua.assessment.place_test import place_element
from tregua.assessment.rules import accused, is_limited, restrained_by, searched
from tregua.assessment.standard import Chance, Standard, answer_to, standard_of
from tregua.assessment.who_test import (
    actor_element,
    among,
    facts_of,
    target_element,
)

if TYPE_CHECKING:
    from tregua.agreement.model import Act, Norm
    from tregua.agreement.versions.editions import Held
    from tregua.assessment.element import Element
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.exceptions import Excused
    from tregua.assessment.in_force import Period
    from tregua.assessment.spells import Spell
    from tregua.attribution.model import Attributed


@dataclass(frozen=True, slots=True)
class Setting:
    """A norm with what is the same for all its incidents.

    ``held`` is how long its words held, where that matters for the answer; ``number`` counts them.
    """

    norm: Norm
    periods: tuple[Period, ...]
    standard: Standard
    evidence: Evidence
    shown: tuple[Because, ...]
    held: Held
    number: int

    @property
    def by_person(self) -> bool:
        """Say whether the deal leaves the check of this norm to people."""
        return self.norm.check in ("person", "not-checkable")


def setting_of(spell: Spell) -> Setting:
    """Find when the norm was in force, by which standard, and what the text leaves open."""
    norm, evidence = spell.norm, spell.evidence
    whole = periods_of(norm, evidence)
    # A duty may be triggered under other words, so its times are not cut (``owed.py``).
    periods = whole if norm.shape == "achieve" else cut_to(whole, spell.held)
    was_cut = periods != whole or (norm.shape == "achieve" and is_over(spell.held, evidence.at))
    held = to_show(spell, was_cut=was_cut)
    standard = standard_of(norm, evidence.agreement)
    shown = (*held_node(held, evidence.agreement.zone, norm.clause), *_shown(norm, periods))
    return Setting(norm, periods, standard, evidence, shown, held, spell.number)


def matching(setting: Setting) -> tuple[Attributed, ...]:
    """Return the incidents that may be one of the acts in the time in force, by time."""
    return _in_these_words(searched(setting.norm), setting)


def accusing(setting: Setting, bearer: str) -> tuple[Attributed, ...]:
    """Return the incidents that may be this bearer's violations, by time."""
    return _in_these_words(accused(setting.norm, bearer), setting)


def incident_assessment(setting: Setting, item: Attributed, bearer: str) -> Assessment | None:
    """Return the answer about one incident; ``None`` when it certainly is no violation of his."""
    elements = _elements(setting, item, bearer)
    if elements is None:
        return None
    excuse = excused(item, bearer, setting.norm, setting.evidence)
    return None if excuse.outside else _assessed(setting, item, bearer, elements, excuse)


def _in_these_words(question: str, setting: Setting) -> tuple[Attributed, ...]:
    """Return the candidates in the time of these words; masks know the time of the norm alone."""
    found = candidates(question, setting.evidence)
    at = setting.evidence.at
    return tuple(i for i in found if in_time(i.incident.when, setting.periods, at)[1])


def _elements(setting: Setting, item: Attributed, bearer: str) -> list[Element] | None:
    """Return the elements, ``None`` as soon as one certainly does not hold."""
    norm, evidence = setting.norm, setting.evidence
    if norm.shape == "maintain":
        who = _restrained(item, norm, evidence)
    else:
        who = actor_element(item, bearer, evidence)
    if not who.may:
        return None
    target = target_element(item, norm.against, bearer, evidence)
    if not target.may:
        return None
    place = place_element(item.incident.place, norm.where, evidence)
    if not place.may:
        return None
    time = evidence.cached(
        ("time", norm.during, setting.held, item.incident.id),
        lambda: time_element(item.incident.when, setting.periods, evidence),
    )
    about = [_happened(item, evidence), _kind(item, norm, evidence), who, target, place, time]
    return _with_condition(about, item, norm, evidence)


def _with_condition(
    elements: list[Element], item: Attributed, norm: Norm, evidence: Evidence
) -> list[Element] | None:
    """Add the `if` of a permission (notice given, authorised) that has become a prohibition.

    Whoever may act fulfils it, not the bearer; a list of holders is not told apart.
    """
    if not isinstance(norm.trigger, tuple) or norm.shape != "forbid":
        return elements
    question = Question(item, "", None, evidence)
    met = [condition_element(c, question) for c in norm.trigger]
    return [*elements, *met] if all(e.may for e in met) else None


def _happened(item: Attributed, evidence: Evidence) -> Element:
    def build() -> Element:
        incident = item.incident
        why = (Why.WHAT, Why.CONTESTED) if item.contested else (Why.WHAT,)
        because = node(
            f"{incident.id} happened, {len(incident.observations)} reports",
            "act",
            value_of(must=item.happened_must, may=True),
            records=incident.record_ids,
            facts=(
                *test("happened", ("incident", incident.id)),
                *every("observation", (o.origin.id for o in incident.observations)),
                *every("reply", (r.origin.id for r in incident.replies)),
                *(() if item.happened_must else reasons(why)),
            ),
        )
        return element(because, *why, must=item.happened_must, may=True)

    return evidence.cached(("happened", item.incident.id), build)


def _kind(item: Attributed, norm: Norm, evidence: Evidence) -> Element:
    kinds = item.incident.kinds or ("",)

    def build() -> Element:
        if norm.shape == "maintain":
            says = "whether this is a failure to keep it is for people to say"
            facts = test("left-to-people")
            return said(says, "act", Why.NEEDS_DECISION, must=False, may=True, facts=facts)
        must = all(any(_is(a, k, evidence) for a in norm.acts) for k in kinds)
        reported = ", ".join(k or "an act not stated" for k in kinds)
        acts = ", ".join(a.kind for a in norm.acts)
        return said(
            f"it was {acts}; reported as {reported}",
            "act",
            Why.WHAT,
            must=must,
            may=True,
            facts=(*test("kind"), *every("reported", kinds)),
        )

    return evidence.cached(("kind", norm.id, kinds), build)


def _is(act: Act, kind: str, evidence: Evidence) -> bool:
    """Say whether a reported kind is certainly the act; arguments that no report gives open it."""
    return bool(kind) and not is_limited(act) and evidence.covers(act.kind, kind)


def _restrained(item: Attributed, norm: Norm, evidence: Evidence) -> Element:
    """Return whether the incident is by someone whom a `must keep` act says to hold back.

    Of the contrary states of a maintenance duty only this one can be seen in incidents: an act by
    the one who was to be restrained.
    """
    held = restrained_by(norm, evidence.agreement)
    must, may, low, high = among(item.actors, held, evidence) if held else (False, False, 0.0, 0.0)
    because = node(
        f"the actor is {' or '.join(held) or 'nobody named by the duty'}",
        "actor",
        value_of(must=must, may=may),
        facts=(*test("held-back"), *facts_of(item.actors, held, evidence), *reasons((Why.WHO,))),
    )
    return element(because, Why.WHO, must=must, may=may, low=low, high=high)


def _assessed(
    setting: Setting, item: Attributed, bearer: str, elements: list[Element], excuse: Excused
) -> Assessment:
    norm, evidence, incident = setting.norm, setting.evidence, item.incident
    must = all(e.must for e in elements) and not excuse.may
    may = not excuse.justified
    low = max(0.0, sum(e.low for e in elements) - len(elements) + 1) if not excuse.may else 0.0
    high = min(e.high for e in elements) if may else 0.0
    chance = Chance(must, may, 1.0 if must else min(low, high), high)
    reasons = {*reasons_of(elements), *reasons_of(excuse.tests)}
    answer, why = answer_to(
        chance, reasons, setting.standard, covered=True, by_person=setting.by_person and may
    )
    because = (
        *(e.because for e in elements),
        *(t.because for t in excuse.tests),
        *setting.shown,
        setting.standard.node(norm.clause),
    )
    end = incident.when.end
    return Assessment(
        id=assessment_id(norm.id, bearer, incident.id, setting.number),
        norm=norm.id,
        clause=norm.clause,
        bearer=bearer,
        instance=incident.id,
        answer=answer,
        reasons=why,
        state=state_of(setting),
        start=incident.when.start,
        end=end,
        due=None,
        must=chance.must,
        may=chance.may,
        low=chance.low,
        high=chance.high,
        p=Probability(chance.low, chance.high),
        because=because,
        would_change_if=_would_change(item, elements, excuse),
        records=tuple(sorted(all_records(because))),
        incidents=(incident.id,),
        provisional=is_provisional(norm, end, evidence),
        text=evidence.agreement.model_digest,
        held=setting.held,
    )


def state_of(setting: Setting) -> str:
    """Return ``in-force`` or ``ended`` for the norm at the moment asked about."""
    at = setting.evidence.at
    return "in-force" if any(p.end is None or at < p.end for p in setting.periods) else "ended"


def _shown(norm: Norm, periods: tuple[Period, ...]) -> tuple[Because, ...]:
    """Return the nodes for what the text leaves open and what the drafter assumed."""
    nodes = [p.because for p in periods]
    if isinstance(norm.tolerance, int):
        says = f"tolerance: {norm.tolerance}"
        facts = test("tolerance", ("allowed", str(norm.tolerance)))
        nodes.append(node(says, "tolerance", True, clause=norm.clause, facts=facts))
    else:
        says = "no tolerance stated, evaluated as 0"
        facts = test("tolerance", ("allowed", ""))
        nodes.append(node(says, "tolerance", None, clause=norm.clause, facts=facts))
    if norm.check in ("person", "not-checkable"):
        says = "the text leaves this to people to judge"
        nodes.append(node(says, "standard", None, clause=norm.clause, facts=test("people")))
    return (*nodes, *assumptions(norm.assumed, norm.clause))


def _would_change(item: Attributed, elements: list[Element], excuse: Excused) -> tuple[str, ...]:
    """Say which facts, if they became certain, would decide or reverse the answer."""
    name = item.incident.id
    open_points = [e.because.says for e in (*elements, *excuse.tests) if e.is_uncertain]
    if open_points:
        return tuple(f"it became certain for {name} whether {says}" for says in open_points)
    return (f"a report showed that {name} did not happen, or was not as it is reported",)
