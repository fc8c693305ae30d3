"""A deal as rules about single rows: which incident may matter to which question of the road.

| question | asked of all incidents | id of its rule |
|---|---|---|
| searched | which may be one of the acts of a norm, in the time in force | ``attacks`` |
| accused | which of those may be this bearer's, against whom and where it says | ``attacks by a`` |
| owed | which may be an act that this bearer owes | ``talks by a, act 0`` |
| hit | which may be an act on a side, before which another may be an answer | ``attack on b`` |

A rule must lose nothing that the element tests would not lose: what they decide for each incident
with reasons (conditions, exceptions, deadlines) is no part of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tregua.agreement.acts import FORCE
from tregua.agreement.model import Call
from tregua.assessment.masks import RowNorm
from tregua.assessment.names import expanded, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tregua.agreement.model import Act, Agreement, Condition, Ids, Norm, Slot

EVERYWHERE = "everywhere"
SOMEWHERE = "(where nobody can say)"  # a zone in which every place may lie, and none certainly does
# Whoever controls the place, the actor himself: no party can be named before something happens.
_NOBODY_NAMED = frozenset({"controller", "actor", "violator"})
_BY_CONTROL = frozenset({"own-control", "controller"})


@dataclass(frozen=True, slots=True)
class Question:
    """A rule, and the norm in whose time in force a row must lie; empty when in none."""

    rule: RowNorm
    norm: str = ""


def questions_of(agreement: Agreement) -> tuple[Question, ...]:
    """Return what is asked of all incidents: by norm in the order of the deal, then of prior acts.

    The questions are a function of the deal alone.
    """
    asked = [q for norm in agreement.norms for q in _of_norm(norm, agreement)]
    return (*asked, *_of_prior_acts(agreement))


def searched(norm: Norm) -> str:
    """Name the question which incidents may be an act of a norm in its time in force."""
    return norm.id


def accused(norm: Norm, bearer: str) -> str:
    """Name the question which incidents may violate a norm by this bearer."""
    return f"{norm.id} by {bearer}"


def owed(norm: Norm, bearer: str, act: int) -> str:
    """Name the question which incidents may be an act that a bearer owes, by its number."""
    return f"{norm.id} by {bearer}, act {act}"


def hit(act: str, side: str) -> str:
    """Name the question which incidents may be an act on a side."""
    return f"{act} on {side}"


def bearers_of(norm: Norm, agreement: Agreement) -> tuple[str, ...]:
    """Return who owes the norm, sorted; empty when the text does not name anybody."""
    if not isinstance(norm.bearers, tuple):
        return ()
    if "everyone" in norm.bearers:
        return tuple(w.id for w in agreement.of_kind("party", "guarantor"))
    return tuple(b for b in expanded(norm.bearers, agreement) if b not in _NOBODY_NAMED)


def restrained_by(norm: Norm, agreement: Agreement) -> tuple[str, ...]:
    """Return whom a `must keep` act says to hold back, sorted."""
    held = sorted({v for a in norm.acts for name, v in a.args if name == "of"})
    return tuple(h for h in held if agreement.anyone(h) is not None)


def hit_by(against: Slot[Ids], bearer: str, agreement: Agreement) -> tuple[str, ...]:
    """Return whom a norm protects from a bearer, sorted; empty when it protects everyone.

    `against` is "the other side": a list shared by several bearers does not mean each itself.
    """
    if not isinstance(against, tuple) or "everyone" in against:
        return ()
    listed = expanded(against, agreement)
    return tuple(i for i in listed if i != bearer) or listed


def is_limited(act: Act) -> bool:
    """Say whether an act has arguments that no report gives."""
    return any(value not in ("any", "yes", "no") for _, value in act.args)


def _of_norm(norm: Norm, agreement: Agreement) -> Iterator[Question]:
    bearers = bearers_of(norm, agreement)
    if norm.shape == "achieve":
        for bearer in bearers or ("",):
            for number, act in enumerate(norm.acts):
                rule = _where(_kinds(RowNorm(owed(norm, bearer, number)), (act,)), norm.where)
                yield Question(_who(rule, "actors", (bearer,), agreement))
    elif norm.shape != "allow":
        rule = _acts(norm)
        yield Question(rule, norm.id)
        for bearer in bearers:
            yield Question(_accused(rule, norm, bearer, agreement), norm.id)


def _acts(norm: Norm) -> RowNorm:
    rule = RowNorm(searched(norm))
    if norm.shape != "maintain":
        return _kinds(rule, norm.acts)
    # Whoever is held back shows by an act of force or movement that he was not; by no other act.
    return replace(rule, kinds=FORCE, perhaps=FORCE)


def _accused(rule: RowNorm, norm: Norm, bearer: str, agreement: Agreement) -> RowNorm:
    actors = restrained_by(norm, agreement) if norm.shape == "maintain" else (bearer,)
    rule = _who(replace(rule, id=accused(norm, bearer)), "actors", actors, agreement)
    rule = _who(rule, "targets", hit_by(norm.against, bearer, agreement), agreement)
    return _where(rule, norm.where if isinstance(norm.where, tuple) else (SOMEWHERE,))


def _of_prior_acts(agreement: Agreement) -> Iterator[Question]:
    everybody = {b for norm in agreement.norms for b in ("", *bearers_of(norm, agreement))}
    pairs = {
        (act, side)
        for call in _calls(agreement)
        if call.name == "prior"
        for act in [i.word for i in call.plain() if i.word][:1]
        for side in _sides(call, everybody)
    }
    for act, side in sorted(pairs):
        yield Question(_who(RowNorm(hit(act, side), kinds=(act,)), "targets", (side,), agreement))


def _sides(call: Call, everybody: set[str]) -> set[str]:
    item = call.arg("on")
    side = item.word if item else ""
    return everybody if side in ("", "actor") else {side}


def _calls(agreement: Agreement) -> Iterator[Call]:
    slots = (
        *(e.when for e in agreement.exceptions),
        *(n.trigger for n in agreement.norms),
        *(t.measured_as for t in agreement.terms),
    )
    for slot in slots:
        yield from _nested(slot if isinstance(slot, tuple) else ())


def _nested(conditions: Iterable[Condition]) -> Iterator[Call]:
    for condition in conditions:
        if isinstance(condition, Call):
            yield condition
            yield from _nested(i.only for i in condition.plain() if isinstance(i.only, Call))


def _kinds(rule: RowNorm, acts: tuple[Act, ...]) -> RowNorm:
    limited = tuple(a.kind for a in acts if is_limited(a))
    return replace(rule, kinds=tuple(a.kind for a in acts), perhaps=(*rule.perhaps, *limited))


def _who(rule: RowNorm, column: str, roots: tuple[str, ...], agreement: Agreement) -> RowNorm:
    parts = [part for root in roots for part in parts_of(root, agreement).items()]
    sure = {who for who, certain in parts if certain}
    perhaps = tuple(sorted({who for who, _ in parts} - sure))
    listed = {column: (*sorted(sure), *perhaps)}
    return replace(rule, perhaps=(*rule.perhaps, *perhaps), **listed)  # type: ignore[arg-type]


def _where(rule: RowNorm, where: Slot[Ids]) -> RowNorm:
    if not isinstance(where, tuple) or EVERYWHERE in where:
        return rule
    return replace(rule, zones=tuple(SOMEWHERE if z in _BY_CONTROL else z for z in where))
