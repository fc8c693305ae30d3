"""A transition system as facts for the solver, and the rules by which it moves.

The rules say in the solver's language what ``system.py`` says in words; ``replay.py`` says it once
more in plain Python and shares nothing with this file, so that one can be held against the other.

Time is a list of moments (``val(T, minutes)``), not a row of equal ticks: five years and 48 hours
stand side by side. `moments` lists every sum of lengths that the deal knows, because whatever has
to happen so long after something else happens at such a sum. A run in which something would happen
by itself between two of these moments is left out: it would be told wrongly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.prove.said import DAY
from tregua.agreement.prove.system import All, Either, Leaf, Not, Unless, leaves

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tregua.agreement.prove.system import Event, Formula, System

MOST_MOMENTS = 48  # a deal of 60 blocks stays under a second with these

RULES = """
time(T) :- val(T,_).
{ stop(T) : time(T) } = 1.
live(T) :- stop(S), time(T), T <= S.
{ at(E,T) } :- choice(E), enabled(E,T), live(T), not before(E,T).
at(E,T) :- auto(E), enabled(E,T), live(T), not before(E,T).
before(E,T) :- at(E,S), time(T), S < T.
enabled(E,T) :- event(E), time(T), met(E,N,T) : need(E,N,_); val(T,V), V >= D : fixed(E,D).
met(E,N,T) :- need(E,N,F), sat(F,T).
met(E,N,T) :- waived(E,N), time(T).
sat(F,T) :- leaf(F,E,A), at(E,S), val(S,V), val(T,W), S <= T, W >= V+A,
            not over(F,T), not spoiled(F,T).
over(F,T) :- until(F,X), before(X,T).
spoiled(F,T) :- leaf(F,_,A), spoils(F,X), at(X,S), val(S,V), val(T,W), S < T, V > W-A.
sat(F,T) :- all(F), time(T), sat(G,T) : part(F,G).
sat(F,T) :- either(F), part(F,G), sat(G,T).
sat(F,T) :- negation(F,G), time(T), not held(G,T).
sat(F,T) :- unless(F), time(T), not happened(X,T) : absent(F,X).
happened(E,T) :- absent(_,E), at(E,S), time(T), S <= T.
held(G,T) :- negation(_,G), sat(G,T-1), time(T).
was(F,T) :- limit(_,F,_), sat(F,S), time(T), S < T.
due(E,V+A) :- limit(E,F,A), sat(F,T), not was(F,T), val(T,V), live(T).
late(E,T) :- due(E,D), val(T,V), V > D.
moment(V) :- val(_,V).
:- at(E,S), jump(E,A), val(S,V), stop(T), val(T,W), W >= V+A, not moment(V+A).
#show at/2.
#show stop/1.
"""


def moments(system: System, further: tuple[Formula, ...] = ()) -> tuple[tuple[int, ...], bool]:
    """Return the minutes at which something of the system can happen, and whether all are there.

    Args:
        system: usually a cone, so that few lengths are in it.
        further: formulas that a question asks about beside those of the system.

    Returns:
        The minutes, sorted, and ``False`` when there were too many and some are missing.
    """
    starts = {0, *(e.at for e in system.events if e.at is not None)}
    lengths = _lengths(system, further)
    found = set(starts)
    for length in lengths:
        found |= {minute + length for minute in found}
        if len(found) > MOST_MOMENTS:
            few = {s + a + b for s in starts for a in (0, *lengths) for b in (0, *lengths)}
            return _and_after(set(sorted(few)[:MOST_MOMENTS])), False
    return _and_after(found), True


def _and_after(found: set[int]) -> tuple[int, ...]:
    """Return the moments, sorted, and one day after the last, when what ended is over."""
    return (*sorted(found), max(found) + DAY)


def _lengths(system: System, further: tuple[Formula, ...]) -> list[int]:
    formulas = [f for e in system.events for f in _formulas(e)]
    every = dict.fromkeys(leaf for f in (*formulas, *further) for leaf in leaves(f))
    found = [leaf.after for leaf in every]
    found += [e.limit.after for e in system.events if e.limit]
    return sorted(length for length in found if length)


def _formulas(event: Event) -> list[Formula]:
    own = [n.formula for n in (*event.needs, *event.together)]
    return own + ([event.limit.anchor] if event.limit else [])


def facts(system: System, at: tuple[int, ...], named: Mapping[str, Formula]) -> str:
    """Return the facts of a system with its moments, and of further formulas with their names."""
    lines = [f"val({t},{v})." for t, v in enumerate(at)]
    numbers: dict[Formula, int] = {}
    for event in system.events:
        lines += _event(event, numbers, lines)
    for name, formula in sorted(named.items()):
        lines.append(f"named({quoted(name)},{_number(formula, numbers, lines)}).")
    return "\n".join(lines) + "\n"


def quoted(name: str) -> str:
    """Return a name as a string of the solver's language."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _event(event: Event, numbers: dict[Formula, int], lines: list[str]) -> list[str]:
    name = quoted(event.name)
    found = [f"event({name}).", f"{'auto' if event.auto else 'choice'}({name})."]
    found += [] if event.at is None else [f"fixed({name},{event.at})."]
    jumps = {(leaf.event, leaf.after) for n in event.needs for leaf in leaves(n.formula)}
    if event.auto:
        found += [f"jump({quoted(e)},{a})." for e, a in sorted(jumps) if a]
    for number, need in enumerate(event.needs):
        found.append(f"need({name},{number},{_number(need.formula, numbers, lines)}).")
    if event.limit is not None:
        anchor = _number(event.limit.anchor, numbers, lines)
        found.append(f"limit({name},{anchor},{event.limit.after}).")
    return found


def _number(formula: Formula, numbers: dict[Formula, int], lines: list[str]) -> int:
    """Return the number of a formula; its facts are written when it is met for the first time."""
    if formula not in numbers:
        inside = [_number(p, numbers, lines) for p in _parts(formula)]
        mine = numbers[formula] = len(numbers)
        lines += _about(formula, mine)
        relation = "negation" if isinstance(formula, Not) else "part"
        lines += [f"{relation}({mine},{i})." for i in inside]
    return numbers[formula]


def _parts(formula: Formula) -> tuple[Formula, ...]:
    match formula:
        case Not(part):
            return (part,)
        case All(parts) | Either(parts):
            return parts
    return ()


def _about(formula: Formula, mine: int) -> list[str]:
    """Return what a formula says by itself, without its parts."""
    match formula:
        case Leaf(event, after, until, spoiled_by):
            spoils = [f"spoils({mine},{quoted(s)})." for s in spoiled_by]
            ends = [f"until({mine},{quoted(until)})."] if until else []
            return [f"leaf({mine},{quoted(event)},{after}).", *ends, *spoils]
        case Unless(events):
            return [f"unless({mine}).", *(f"absent({mine},{quoted(e)})." for e in events)]
        case All():
            return [f"all({mine})."]
        case Either():
            return [f"either({mine})."]
    return []
