"""How alike two reports are in what they tell: matter, kind of act, killed, target, actor, convoy.

Weights as in ``near.py``. Who did it is exactly what honest and dishonest reports contradict each
other about, so the accused neither joins nor parts reports of a hostile act. Only for acts that
somebody does himself (a withdrawal, a delivery) two doers named apart by one source are two acts.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from tregua.agreement.acts import BUILT_IN, PLAIN, parents_of

if TYPE_CHECKING:
    from tregua.reports.model import Observation
    from tregua.terms.estimate import Estimate

INCIDENT_LIST = "incident-list"  # flag of a data set whose every row is one incident
SAME_MATTER = 10  # one key is worth more than all that can be measured
TOO_UNEQUAL = 2.0  # numbers of dead further apart than this factor speak for two occurrences

_PARENTS = MappingProxyType(parents_of())
_OWN_ACTS = frozenset(PLAIN)
_HOSTILE = "attack"
_HARM = frozenset({"harm-civilian", "kill-civilian"})  # an attack and the deaths it causes


def fold(name: str) -> str:
    """Return a name without differences of case and of white space."""
    return " ".join(name.casefold().split())


def list_of(observation: Observation) -> str:
    """Return the list in which an occurrence stands once: a data set, or one reporter's statements.

    A file of statements by many reporters is no list of incidents: there, each reporter's own
    statements are (07, 2.4: one-to-one holds within a list).
    """
    origin = observation.origin
    if INCIDENT_LIST in origin.flags:
        return origin.source
    return f"{origin.source}/{fold(origin.reporter)}"


def is_one_list(a: Observation, b: Observation) -> bool:
    """Say whether both stand in one list of incidents."""
    return a.origin.source == b.origin.source and list_of(a) == list_of(b)


def shares_matter(a: Observation, b: Observation) -> bool:
    """Say whether both carry one matter key, compared whole."""
    return bool(a.matter) and a.matter == b.matter


def weigh_matter(a: Observation, b: Observation) -> int:
    """Return the weight of one key; two keys part within one source and else say nothing."""
    if shares_matter(a, b):
        return SAME_MATTER
    both = bool(a.matter and b.matter)
    return -1 if both and a.origin.source == b.origin.source else 0


def say_matter(a: Observation, b: Observation) -> str:
    """Write the keys."""
    if shares_matter(a, b):
        return f"both are filed under {a.matter}"
    if a.matter and b.matter:
        return f"filed under {a.matter} and {b.matter}"
    return "at least one is filed under no matter"


def weigh_kind(a: Observation, b: Observation) -> int:
    """Return 1 when one kind covers the other, -1 when both cannot be one act, else 0."""
    if not a.what or not b.what:
        return 0
    if a.what in _line(b.what) or b.what in _line(a.what):
        return 1
    if a.what not in BUILT_IN or b.what not in BUILT_IN:
        return 0  # a kind of the deal's own: the tree cannot say how near it is
    roots = {_line(a.what)[-1], _line(b.what)[-1]}
    if len(roots) == 1:
        return 0 if shares_matter(a, b) else -1
    if _HOSTILE in roots and (a.what in _HARM or b.what in _HARM):
        return 0
    return -1


def say_kind(a: Observation, b: Observation) -> str:
    """Write the kinds of act."""
    return f"{a.what or 'kind not stated'} and {b.what or 'kind not stated'}"


def weigh_killed(a: Observation, b: Observation) -> int:
    """Return 1 when the claimed numbers of dead overlap above zero, -1 when far apart, else 0."""
    first, second = a.harm.killed, b.harm.killed
    if not (first.is_stated and second.is_stated) or fold(a.harm.who) != fold(b.harm.who):
        return 0
    below, above = sorted((first, second), key=lambda e: e.least)
    if below.most is None or below.most >= above.least:
        return 1 if above.most is None or above.most > 0 else 0
    if shares_matter(a, b) or (above.least + 0.5) / (below.most + 0.5) <= TOO_UNEQUAL:
        return 0
    return -1


def say_killed(a: Observation, b: Observation) -> str:
    """Write both claims, with who was counted."""
    return f"killed: {_dead(a.harm.killed, a.harm.who)} and {_dead(b.harm.killed, b.harm.who)}"


def weigh_target(a: Observation, b: Observation) -> int:
    """Return 1 when a target is named by both; different words for a target say nothing."""
    return 1 if {fold(t) for t in a.against} & {fold(t) for t in b.against} else 0


def say_target(a: Observation, b: Observation) -> str:
    """Write the targets as stated."""
    return f"target: {_names(a.against)} and {_names(b.against)}"


def weigh_actor(a: Observation, b: Observation) -> int:
    """Return -1 for two doers of their own acts named by one source, else 0 (module docstring)."""
    own_acts = a.what in _OWN_ACTS and b.what in _OWN_ACTS
    if not own_acts or a.origin.source != b.origin.source or not (a.by and b.by):
        return 0
    return 0 if {fold(n) for n in a.by} & {fold(n) for n in b.by} else -1


def say_actor(a: Observation, b: Observation) -> str:
    """Write whom each names."""
    return f"names {_names(a.by)} and {_names(b.by)}"


def weigh_convoy(a: Observation, b: Observation) -> int:
    """Return 1 for one convoy or request, -1 for two, 0 when one of them names none."""
    if not (a.asked and b.asked):
        return 0
    return 1 if a.asked == b.asked else -1


def say_convoy(a: Observation, b: Observation) -> str:
    """Write the convoys or requests."""
    return f"convoy: {a.asked or 'not stated'} and {b.asked or 'not stated'}"


def _line(kind: str) -> tuple[str, ...]:
    line = [kind]
    while (parent := _PARENTS.get(line[-1])) is not None:
        line.append(parent)
    return tuple(line)


def _dead(killed: Estimate, who: str) -> str:
    return f"{killed} ({who})" if who else str(killed)


def _names(names: tuple[str, ...]) -> str:
    return " or ".join(names) or "nobody"
