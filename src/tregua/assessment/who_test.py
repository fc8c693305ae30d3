"""Whether someone is among those whom an incident's hypotheses name, three-valued.

The actor stays the actor: whoever answers for it is shown beside it and never takes its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.element import element, said, value_of
from tregua.assessment.explain import node
from tregua.assessment.facts import every, members, reasons, test
from tregua.assessment.facts import hypotheses as stated
from tregua.assessment.model import Why
from tregua.assessment.rules import hit_by
from tregua.attribution.model import THIRD_PARTY, UNKNOWN

if TYPE_CHECKING:
    from tregua.agreement.model import Ids, Slot
    from tregua.assessment.element import Element
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.facts import Facts
    from tregua.assessment.model import Because
    from tregua.attribution.model import Attributed, Hypothesis


def actor_element(item: Attributed, bearer: str, evidence: Evidence) -> Element:
    """Return the element "the bearer did it"; responsible parties stand in the node's parts."""
    return evidence.cached(
        ("actor", item.incident.id, bearer), lambda: _actor(item, bearer, evidence)
    )


def target_element(
    item: Attributed, against: Slot[Ids], bearer: str, evidence: Evidence
) -> Element:
    """Return the element "it hit one of those whom the norm protects from the bearer"."""
    key = ("target", item.incident.id, against, bearer)
    return evidence.cached(key, lambda: _target(item, against, bearer, evidence))


def among(
    hypotheses: tuple[Hypothesis, ...],
    roots: tuple[str, ...],
    evidence: Evidence,
    *,
    others_may: bool = False,
) -> tuple[bool, bool, float, float]:
    """Say whether a hypothesis of ``roots`` (or part of them) must and may hold, with bounds.

    A root that is not listed may still be meant by ``unknown``. With ``others_may`` whoever stands
    on no side of the deal (a hospital, a convoy) may be with a root.
    """
    if not hypotheses:
        return False, bool(roots), 0.0, 1.0
    sure, possible = meant(hypotheses, roots, evidence, others_may=others_may)
    low, high = sum((h.share for h in sure), 0.0), sum((h.share for h in possible), 0.0)
    all_sure = len(sure) == sum(h.may for h in hypotheses)
    must = any(h.must for h in sure) or (bool(possible) and all_sure)
    return must, bool(possible), min(low, high, 1.0), min(high, 1.0)


def meant(
    hypotheses: tuple[Hypothesis, ...],
    roots: tuple[str, ...],
    evidence: Evidence,
    *,
    others_may: bool = False,
) -> tuple[list[Hypothesis], list[Hypothesis]]:
    """Return the hypotheses by which one of the roots is surely / possibly meant."""
    parts = evidence.parts_of_all(roots)
    listed = {h.who for h in hypotheses}
    unlisted = any(r not in listed for r in roots)
    open_ = [h for h in hypotheses if h.may]
    sure = [h for h in open_ if parts.get(h.who)]
    possible = [
        h
        for h in open_
        if h.who in parts or _may_hide(h, evidence, others=others_may, unlisted=unlisted)
    ]
    return sure, possible


def facts_of(
    hypotheses: tuple[Hypothesis, ...],
    roots: tuple[str, ...],
    evidence: Evidence,
    *,
    others_may: bool = False,
) -> Facts:
    """Return what `among` was asked and looked at, so that it can be computed again."""
    return (
        *every("root", roots),
        *members(evidence.parts_of_all(roots)),
        *stated(hypotheses),
        ("others", "yes" if others_may else "no"),
    )


def responsible(item: Attributed, evidence: Evidence) -> tuple[Because, ...]:
    """Return a node for each party that answers for a possible actor, with the basis."""
    nodes = []
    for hypothesis in (h for h in item.actors if h.may):
        for who in evidence.agreement.who:
            if hypothesis.who in who.answers_for:
                says = f"{who.id} answers for {hypothesis.who}; the actor stays {hypothesis.who}"
                holds = value_of(must=hypothesis.must, may=True)
                facts = test("answers-for", ("party", who.id), ("who", hypothesis.who))
                nodes.append(node(says, "actor", holds, facts=facts))
    return tuple(nodes)


def _may_hide(hypothesis: Hypothesis, evidence: Evidence, *, others: bool, unlisted: bool) -> bool:
    """Say whether this hypothesis may turn out to be someone whom it does not name."""
    if hypothesis.who == UNKNOWN:
        return unlisted
    return others and hypothesis.who != THIRD_PARTY and hypothesis.who not in evidence.sides


def _actor(item: Attributed, bearer: str, evidence: Evidence) -> Element:
    must, may, low, high = among(item.actors, (bearer,), evidence)
    answering = responsible(item, evidence)
    parts = tuple(_said_of(h, item) for h in item.actors if h.may) + answering
    why = (Why.WHO, Why.CONTESTED) if item.contested else (Why.WHO,)
    holds = value_of(must=must, may=may)
    because = node(
        f"the actor is {bearer}",
        "actor",
        holds,
        parts=parts,
        facts=(
            *test("actor"),
            *facts_of(item.actors, (bearer,), evidence),
            *every("answering", (f"{n.facts[1][1]} for {n.facts[2][1]}" for n in answering)),
            *(reasons(why) if holds is None else ()),
        ),
    )
    return element(because, *why, must=must, may=may, low=low, high=high)


def _said_of(hypothesis: Hypothesis, item: Attributed) -> Because:
    says = f"{hypothesis.who} may be the actor"
    if hypothesis.said_by:
        says += f", said by {', '.join(hypothesis.said_by)}"
    if hypothesis.denied_by:
        says += f", denied by {', '.join(hypothesis.denied_by)}"
    who = hypothesis.who
    spoke = [v for v in item.voices if who in v.names or v.office in hypothesis.denied_by]
    return node(
        says,
        "actor",
        value_of(must=hypothesis.must, may=hypothesis.may),
        records=(r for v in spoke for r in v.records),
        facts=(
            *test("hypothesis", ("who", who)),
            *every("said by", hypothesis.said_by),
            *every("denied by", hypothesis.denied_by),
        ),
    )


def _target(item: Attributed, against: Slot[Ids], bearer: str, evidence: Evidence) -> Element:
    if not isinstance(against, tuple) or "everyone" in against:
        says = "the norm protects everyone"
        return said(says, "target", must=True, may=True, facts=test("everyone"))
    roots = hit_by(against, bearer, evidence.agreement)
    must, may, low, high = among(item.targets, roots, evidence, others_may=True)
    says = f"the target is one of {', '.join(roots)}"
    possible = ", ".join(h.who for h in item.targets if h.may) or "nobody stated"
    holds = value_of(must=must, may=may)
    because = node(
        f"{says}; possible targets: {possible}",
        "target",
        holds,
        facts=(
            *test("target"),
            *facts_of(item.targets, roots, evidence, others_may=True),
            *(reasons((Why.WHO,)) if holds is None else ()),
        ),
    )
    return element(because, Why.WHO, must=must, may=may, low=low, high=high)
