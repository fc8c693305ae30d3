"""L422, exact: exceptions that leave no way in which the norm can be violated.

A way to act is an actor, a target, a place, the phase in force, and the truth of every condition
that is neither of these. The actor says whatever it may say by itself, even afterwards: its own
declaration, an authorisation or judgement that the text leaves to it. A notice or a call that has
to come before the act is no such thing: without it the act is a violation. If some exception holds
for every way, the norm forbids nothing. Told is a smallest set of exceptions that suffices, and one
way to act under it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from tregua.agreement.model import Compare
from tregua.agreement.prove.facts import quoted
from tregua.agreement.prove.places import within
from tregua.agreement.prove.question import Counterexample, question
from tregua.agreement.prove.said import ids_of, value_of, words
from tregua.agreement.prove.solve import solve
from tregua.agreement.prove.story import line
from tregua.agreement.prove.system import System
from tregua.agreement.questions import listed
from tregua.agreement.reading.expressions import condition_of
from tregua.agreement.rule import miniature
from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.model import Agreement, Condition, ExceptionClause, Norm
    from tregua.agreement.value import Call, Item

ELSEWHERE = "elsewhere"
ELSE = "anybody else"
MOST_TOGETHER = 3  # exceptions looked at together; more have not been met in a text

_WAYS = """
{ actor(A) : actors(A) } = 1.
{ target(X) : targets(X) } = 1.
{ place(P) : places(P) } = 1.
{ phase(Q) : phases(Q) } = 1.
{ true(B) : open(B) }.
holds(F) :- by_target(F,X), target(X).
holds(F) :- by_place(F,P), place(P).
holds(F) :- by_phase(F,Q), phase(Q).
holds(F) :- by_actor(F,A), actor(A).
holds(F) :- by_fact(F,B), true(B).
holds(F) :- always(F).
holds(F) :- all(F), holds(G) : part(F,G).
holds(F) :- either(F), part(F,G), holds(G).
holds(F) :- negation(F,G), not holds(G).
excepted(E) :- exception(E,F), holds(F), reaches(E,P), place(P).
#show actor/1. #show target/1. #show place/1. #show phase/1. #show excepted/1.
"""


def _look(deal: Agreement) -> Iterator[Counterexample]:
    for norm in (n for n in deal.norms if n.shape in ("forbid", "maintain") and n.exceptions):
        chosen = swallowing(deal, norm)
        if chosen:
            yield _told(deal, norm, chosen)


def swallowing(deal: Agreement, norm: Norm) -> tuple[ExceptionClause, ...]:
    """Return a smallest set of exceptions that leaves no violation; empty when one is left."""
    mine = [e for e in deal.exceptions if e.id in norm.exceptions]
    for size in range(1, min(len(mine), MOST_TOGETHER) + 1):
        for chosen in combinations(mine, size):
            if solve(f"{program(deal, norm, chosen)}\n:- excepted(_).") is None:
                return chosen
    return ()


def program(deal: Agreement, norm: Norm, chosen: tuple[ExceptionClause, ...]) -> str:
    """Return the ways to act against a norm, and which exception holds for which."""
    ways = Ways(deal, norm)
    lines = [f"{name}({quoted(v)})." for name, values in ways.choices() for v in values]
    facts = _Facts(ways, [])
    for exception in chosen:
        number = facts.every(tuple(facts.add(c) for c in value_of(exception.when) or ()))
        lines.append(f"exception({quoted(exception.id)},{number}).")
        lines += [f"reaches({quoted(exception.id)},{quoted(p)})." for p in ways.reached(exception)]
    return "\n".join((*lines, *facts.lines, _WAYS))


@dataclass(frozen=True, slots=True)
class Ways:
    """What can differ between two acts against a norm."""

    deal: Agreement
    norm: Norm

    def choices(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the choices and their values, each sorted."""
        return (
            ("actors", self.actors()),
            ("targets", self.targets()),
            ("places", self.places()),
            ("phases", self.phases()),
        )

    def actors(self) -> tuple[str, ...]:
        """Return who can act against the norm."""
        return tuple(sorted(ids_of(self.norm.bearers))) or (ELSE,)

    def targets(self) -> tuple[str, ...]:
        """Return who can be hit: those the norm names, else anybody whom the deal names."""
        named = value_of(self.norm.against)
        if named is not None:
            return tuple(sorted(set(named)))
        kinds = ("party", "excluded", "group", "actor", "guarantor")
        return (*(w.id for w in self.deal.of_kind(*kinds)), ELSE)

    def places(self) -> tuple[str, ...]:
        """Return where: the norm's own places, else every place of the deal and elsewhere."""
        named = value_of(self.norm.where)
        if named is not None and "everywhere" not in named:
            inside = [g.id for g in self.deal.grounds if within(self.deal, g.id, named)]
            return tuple(sorted({*named, *inside}))
        return (*sorted(g.id for g in self.deal.grounds), ELSEWHERE)

    def phases(self) -> tuple[str, ...]:
        """Return in which phase: one of the norm's, else any."""
        named = value_of(self.norm.during)
        if named is not None:
            return tuple(sorted(named))
        return (*sorted(p.id for p in self.deal.phases), ELSE)

    def reached(self, exception: ExceptionClause) -> tuple[str, ...]:
        """Return the places in which an exception can be claimed."""
        only = value_of(exception.only_in)
        return tuple(p for p in self.places() if only is None or within(self.deal, p, only))

    def is_target(self, target: str, group: str) -> bool:
        """Say whether hitting a target is hitting somebody of a group."""
        who = self.deal.anyone(target)
        block = self.deal.text.block(group)
        if group in ("everyone", "any"):
            return True
        if group in ("excluded", "all-parties"):
            return who is not None and who.kind == ("excluded" if group == "excluded" else "party")
        if target == group or (block is not None and target in block.words("members")):
            return True
        return who is not None and who.kind == "group" and group in ids_of(who.of)

    def in_own_hands(self, call: Call, actor: str) -> bool:
        """Say whether the actor can make a condition true by itself, after the act."""
        by = call.arg("by")
        named: tuple[str, ...] = (by.word,) if by is not None and by.word else ()
        if call.name == "judged" and not named:
            word = call.plain()[0].word if call.plain() else ""
            term = next((t for t in self.deal.terms if t.id == word), None)
            named = () if term is None else ids_of(term.decided_by)
        if call.name not in ("declared", "authorised", "judged"):
            return False
        if not named:
            return call.name == "declared"
        return any(n in (actor, "actor", "violator") for n in named)


@dataclass(frozen=True, slots=True)
class _Facts:
    """Conditions as facts; a condition is known by the number of its first line."""

    ways: Ways
    lines: list[str]

    def add(self, condition: Condition) -> int:
        number = len(self.lines)
        self.lines.append(f"condition({number}).")
        if isinstance(condition, Compare):
            return self._fact(number, words(condition))
        plain = condition.plain()
        if condition.name in ("all", "any", "not"):
            parts = [i for item in plain if (i := self._inner(item)) is not None]
            form = {"all": "all", "any": "either"}.get(condition.name)
            self.lines.extend([f"{form}({number})."] if form else [])
            relation = "part" if form else "negation"
            self.lines.extend(f"{relation}({number},{p})." for p in parts)
            return number
        return self._call(number, condition, plain[0].word if plain else "")

    def every(self, parts: tuple[int, ...]) -> int:
        number = len(self.lines)
        self.lines.append(f"all({number}).")
        self.lines.extend(f"part({number},{p})." for p in parts)
        return number

    def _inner(self, item: Item) -> int | None:
        condition = condition_of(item)
        return None if condition is None else self.add(condition)

    def _call(self, number: int, call: Call, word: str) -> int:
        ways = self.ways
        if call.name == "target-in":
            hit = (t for t in ways.targets() if ways.is_target(t, word))
            self.lines.extend(f"by_target({number},{quoted(t)})." for t in hit)
        elif call.name == "place-in":
            there = (p for p in ways.places() if within(ways.deal, p, (word,)) or word == "any")
            self.lines.extend(f"by_place({number},{quoted(p)})." for p in there)
        elif call.name == "in-force" and word in ways.phases():
            self.lines.append(f"by_phase({number},{quoted(word)}).")
        else:
            own = (a for a in ways.actors() if ways.in_own_hands(call, a))
            self.lines.extend(f"by_actor({number},{quoted(a)})." for a in own)
            return self._fact(number, words(call))
        return number

    def _fact(self, number: int, said: str) -> int:
        self.lines.extend([f"open({quoted(said)}).", f"by_fact({number},{quoted(said)})."])
        return number


def _told(deal: Agreement, norm: Norm, chosen: tuple[ExceptionClause, ...]) -> Counterexample:
    names = listed([e.id for e in chosen])
    holds = "holds" if len(chosen) == 1 else "hold between them"
    answer = solve(
        f"{program(deal, norm, chosen)}\n:- not excepted(_).\n#minimize {{ 1,B : true(B) }}."
    )
    way = {} if answer is None else {a.name: a.args[0] for a in answer.atoms}
    days = System(())
    story = (
        line(days, 0, f"{way.get('actor', ELSE)} commits an act that {norm.id} is about{_at(way)}"),
        line(days, 0, f"exception {way.get('excepted', chosen[0].id)} holds"),
        line(
            days, 0, f"the same is found for every actor, target, place and phase: {names} {holds}"
        ),
    )
    said = f"no violation of {norm.id} is possible: {names} {holds} for every act"
    return Counterexample(norm.id, said, f"nothing is left beside {names}", story, key="except")


def _at(way: dict[str, str]) -> str:
    target, place = way.get("target", ELSE), way.get("place", ELSEWHERE)
    return f", hitting {target}, {'in ' if place != ELSEWHERE else ''}{place}"


QUESTION = question(
    "L422",
    _look,
    title="Exceptions leave no way to violate a norm",
    severity=Severity.WARNING,
    catalogue=("F01", "F03"),
    what="Whoever acts, whomever and wherever it hits, some exception of the norm holds. What the "
    "acting side may say by itself, even afterwards (its own declaration, a judgement that the "
    "text leaves to it), counts as said; every other condition may be true or false.",
    why="Aleppo was left out of the calm of 30 April 2016 because of the groups said to be there",
    help="only in: <zone>, or  decided by: <a third party>",
    bad=miniature(
        """
zone valley "The valley"
    is: area
    geometry: "valley.geojson"

term threat "An immediate threat"
    decided by: actor

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    against: a, b
    where: valley
    except: defence

exception defence "Defence against a threat"
    when: judged(threat)
    only in: valley
"""
    ),
    good=miniature(
        """
zone valley "The valley"
    is: area
    geometry: "valley.geojson"

actor far-state "Far state"
    is: state

term threat "An immediate threat"
    decided by: far-state

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    against: a, b
    where: valley
    except: defence

exception defence "Defence against a threat"
    when: judged(threat)
    only in: valley
"""
    ),
    settles=False,
)
