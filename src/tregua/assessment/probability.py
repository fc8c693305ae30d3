"""How probable it is that some incident of a norm is a violation: p over the worlds of who did it.

A world says of every incident who did it, and ``counted.py`` by whom it surely, and possibly,
counts. The two shares of worlds lie within the bounds that hold whatever depends on what, since
those bounds also know how sure it is whom the incident hit.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from tregua.assessment.counted import Suspect, asked_about, counted, counts_surely
from tregua.assessment.explain import node
from tregua.assessment.facts import every, members, test
from tregua.assessment.facts import hypotheses as stated
from tregua.assessment.model import Probability
from tregua.assessment.worlds import share_of_worlds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.assessment.counted import Counted
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.forbid import Setting
    from tregua.assessment.model import Assessment, Because
    from tregua.assessment.standard import Chance
    from tregua.attribution.model import Attributed

Part: TypeAlias = "tuple[Setting, tuple[Attributed, ...]]"

_NEARLY = 1 - 1e-12  # what is not certain is never rounded to it


@dataclass(frozen=True, slots=True)
class Suspects:
    """All incidents that may be this bearer's violations of a norm.

    Where the people of the deal changed in between, some were judged by earlier evidence.
    """

    setting: Setting
    bearer: str
    incidents: tuple[Suspect, ...]

    def roots(self, evidence: Evidence) -> tuple[str, ...]:
        """Return about whom it is asked whether he did it."""
        return asked_about(self.setting.norm, self.bearer, evidence)


def suspects_of(
    setting: Setting, parts: Iterable[Part], bearer: str, found: Iterable[Assessment]
) -> Suspects:
    """Put each answer that may be a violation beside its incident.

    Args:
        setting: the norm over all spells of the same words.
        parts: each spell with its incidents.
        bearer: id of who owes it.
        found: the answers that may be violations.
    """
    answers = tuple(found)
    asked = {a.instance for a in answers}
    judged = {
        (s.evidence.agreement.model_digest, i.incident.id): (i, s.evidence)
        for s, items in parts
        for i in items
        if i.incident.id in asked
    }
    incidents = tuple(Suspect(a, *judged[a.text, a.instance]) for a in answers)
    return Suspects(setting, bearer, incidents)


def probability(suspects: Suspects, chance: Chance) -> Probability:
    """Return the share of worlds in which some incident counts, within the bounds of ``chance``."""
    if chance.must or not chance.may:
        return Probability(chance.low, chance.high)
    surely: list[Counted] = []
    possibly: list[Counted] = []
    for one in suspects.incidents:
        roots = suspects.roots(one.evidence)
        possibly.append(counted(one, roots)[2])
        if (sure := counts_surely(one, roots)) is not None:
            surely.append(sure)
    seed = suspects.setting.evidence.seed
    least, least_drawn = share_of_worlds(surely, seed)
    most, most_drawn = share_of_worlds(possibly, seed)
    return Probability(
        min(max(least, chance.low), chance.high, _NEARLY),
        max(min(most, chance.high), chance.low),
        max(least_drawn, most_drawn),
    )


def worlds_node(suspects: Suspects, p: Probability) -> Because:
    """Return the node that says what p was computed from: who names whom, with what share."""
    now = suspects.setting.evidence
    roots = suspects.roots(now)
    offices = {office for one in suspects.incidents for office, _ in one.scale.offices}
    facts = (
        *test("worlds", ("drawn", str(p.drawn))),
        *every("root", roots),
        *members(now.parts_of_all(roots)),
        *(_case(one, suspects) for one in suspects.incidents),
    )
    says = f"some incident is a violation in {p}, by {len(offices)} offices that may be believed"
    return node(says, "worlds", None, facts=facts)


def _case(one: Suspect, suspects: Suspects) -> tuple[str, str]:
    """Write an incident: its hypotheses, and for each thing that is said the offices behind it.

    Where it was judged among other people, it is written out by whom it counts.
    """

    def write() -> str:
        told = [[t.names, t.offices] for t in one.scale.tellings]
        return json.dumps([text for _, text in stated(one.item.actors)]) + f", {json.dumps(told)}"

    case = one.evidence.cached(("case", one.item.incident.id), write)
    start = json.dumps(one.item.incident.id)
    if one.evidence is suspects.setting.evidence:
        return "case", f"[{start}, {case}]"
    _, *by_whom = counted(one, suspects.roots(one.evidence))
    return "earlier case", f"[{start}, {case}, {json.dumps([sorted(c.who) for c in by_whom])}]"
