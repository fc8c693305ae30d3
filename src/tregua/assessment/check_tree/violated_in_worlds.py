"""In which share of possible worlds some incident counts; as stated, who tells what."""

from __future__ import annotations

import json
from collections import Counter
from math import prod
from typing import TYPE_CHECKING, Any, TypeAlias

from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.who import meant, members
from tregua.assessment.check_tree.worlds import owed_of, worlds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.assessment.check_tree.nodes import Case, Node

Form: TypeAlias = "tuple[tuple[tuple[tuple[tuple[str, float], ...], float], ...], float]"


def worlds_node(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Check about whom it is asked; p itself is computed with the answer."""
    asked = case.asks["shape"] == "maintain" or node.all("root") == [case.tree["bearer"]]
    need(node.path, asked, "it asks about somebody else than the bearer")
    wanted = members(node.all("root"), case)
    need(node.path, node.all("member") == wanted, "the deal gives other members")
    return None


def share_of_worlds(case: Case, suspects: list[list[Any]]) -> tuple[float, float, int]:
    """Return in which share of worlds some incident surely / possibly counts; how many drawn."""
    node = case.the("worlds")
    stated = [json.loads(line) for n in ("case", "earlier case") for line in node.all(n)]
    ids = [line[0] for line in suspects]
    need(node.path, sorted(s[0] for s in stated) == sorted(ids), "an incident is missing")
    surely: Counter[Form] = Counter()
    possibly: Counter[Form] = Counter()
    for incident, lines, told, *counted in stated:
        hypotheses = [line.rsplit(" ", 2) for line in lines]
        sure, possible = meant(node, hypotheses, case, others=False)
        shares = {who: float(share) for who, _, share in hypotheses}
        if counted:  # judged among other people: by whom it counts is taken as stated
            sure, possible = ({who: shares[who] for who in names} for names in counted[0])
        low, high = (max(line[k] for line in suspects if line[0] == incident) for k in (2, 3))
        need(node.path, sum(possible.values()) >= high - 1e-9, "it may count by others as well")
        possibly[_form_of(told, shares, set(possible))] += 1
        if sure and low >= sum(sure.values()) - 1e-9:
            surely[_form_of(told, shares, set(sure))] += 1
    head = bytes.fromhex(case.tree["as_of"]["head"])
    (least, one), (most, other) = _any_counts(surely, head), _any_counts(possibly, head)
    return min(least, 1 - 1e-12), most, max(one, other)


def _form_of(told: list[Any], shares: dict[str, float], counts: set[str]) -> Form:
    """Return what decides the chance to count: what is told, and what is owed where it is open."""
    heard = [(tuple(map(tuple, offices)), names) for names, offices in told]
    owed = sum(share for who, share in owed_of(told, shares).items() if who in counts)
    return tuple((o, sum(n in counts for n in names) / len(names)) for o, names in heard), owed


def _any_counts(forms: Counter[Form], head: bytes) -> tuple[float, int]:
    """Return the share of worlds in which any counts; apart where incidents share no office."""
    never, drawn = prod((1 - owed) ** n for (told, owed), n in forms.items() if not told), 0
    for group in _sharing_offices([f for f in forms if f[0]]):
        offices = [o for told, _ in group for offices, _ in told for o in offices]
        worlds, many = worlds_of(offices, head)
        drawn = max(drawn, many)
        never *= sum(
            weight * prod((1 - _chance(f, points)) ** forms[f] for f in group)
            for weight, points in worlds
        )
    return 1 - never, drawn


def _chance(form: Form, points: dict[str, float]) -> float:
    told, owed = form
    here = [chance for offices, chance in told if any(points[o] < s for o, s in offices)]
    return here[0] if len(here) == 1 else owed


def _sharing_offices(forms: list[Form]) -> list[list[Form]]:
    groups: list[tuple[set[str], list[Form]]] = []
    for form in forms:
        mine = {o for offices, _ in form[0] for o, _ in offices}
        near = [g for g in groups if g[0] & mine]
        groups = [g for g in groups if not g[0] & mine]
        groups.append((mine.union(*(g[0] for g in near)), [*(f for g in near for f in g[1]), form]))
    return [group for _, group in groups]
