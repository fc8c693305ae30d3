"""The answer about the whole time, from its incidents, the coverage and the worlds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tregua.assessment.check_tree.answer import agree, by_standard
from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.violated_in_worlds import share_of_worlds

if TYPE_CHECKING:
    from tregua.assessment.check_tree.nodes import Case


def whole(case: Case) -> None:
    """Compute the answer for the whole time from the incidents and the coverage."""
    lines = [json.loads(line) for n in case.top("group") for line in n.all("incident")]
    if not case.tree["bearer"]:
        case.the("bearer-open")
        shown = case.the("matching").all("incident")
        need("the tree", shown == case.tree["incidents"], "an incident is missing")
        agree(case, (False, True, 0.0, 1.0), "undetermined", {"who"})
        return
    case.the("standard")
    ids = sorted(line[0] for line in lines)
    need("the tree", ids == case.tree["incidents"], "an incident is missing")
    suspects = [line for line in lines if line[1] != "no"]
    if not suspects:
        case.the("none-found")
    coverage, unseen = case.the("coverage"), case.top("unseen")
    need("the tree", len(unseen) == int(case.asks["unseen"]), "what nobody can see is missing")
    _whole_answer(case, suspects, seen=bool(coverage.holds), open_=bool(unseen))


def _whole_answer(case: Case, suspects: list[list[Any]], *, seen: bool, open_: bool) -> None:
    must = any(line[1] == "yes" for line in suspects)
    low = max((line[2] for line in suspects), default=0.0)
    high = min(1.0, sum((line[3] for line in suspects), 0.0))
    why = {w for line in suspects for w in line[4:]} | ({"needs-decision"} if open_ else set())
    why |= set() if seen else {"no-coverage"}
    begun = all(n.one("begins") != "open" for n in case.top("period"))
    why |= set() if begun else {"when"}
    covered = seen and not open_ and begun
    p, drawn = (low, high), 0
    need("the tree", bool(case.top("worlds")) == (bool(suspects) and not must), "worlds")
    if case.top("worlds"):
        least, most, drawn = share_of_worlds(case, suspects)
        need("worlds", case.the("worlds").one("drawn") == str(drawn), "another number is drawn")
        p = min(max(least, low), high), max(min(most, high), low)
    deciding = (must, bool(suspects), *((low, high) if drawn else p))
    answer, why = by_standard(case, deciding, why, covered=covered, people=case.asks["people"])
    found = [n for n in case.top("group") if n.one("answer") == "violated" and n.all("incident")]
    if any(json.loads(line)[1] != "no" for n in found for line in n.all("incident")):
        answer, why = "violated", set()
    chance = (must, bool(suspects), low, high) if covered else (must, True, low, 1.0)
    agree(case, chance, answer, why, p=(p[0], p[1] if covered else 1.0), drawn=drawn)
