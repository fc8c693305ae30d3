"""Every kind of node with the rule that computes it; the walk down a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.check_tree.conditions import (
    before_act,
    judged,
    notified,
    phase_then,
    prior,
    recorded,
)
from tregua.assessment.check_tree.duty_nodes import deadline, done, no_time, trigger, waits
from tregua.assessment.check_tree.exceptions import assumption, exception
from tregua.assessment.check_tree.in_force import held, period, step
from tregua.assessment.check_tree.nodes import REASONS
from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.three_valued import all_of, always, any_of, as_stated, not_
from tregua.assessment.check_tree.top import counted, group, passed, standard, tolerance
from tregua.assessment.check_tree.violated_in_worlds import worlds_node
from tregua.assessment.check_tree.watched import coverage
from tregua.assessment.check_tree.what import done_kind, happened, kind
from tregua.assessment.check_tree.when import after, happened_at
from tregua.assessment.check_tree.where import place, zone
from tregua.assessment.check_tree.who import actor, whom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.assessment.check_tree.nodes import Case, Node, Rule

RULES: dict[str, Rule] = {
    # the elements of an act
    "happened": happened, "kind": kind, "done-kind": done_kind,
    "left-to-people": always(None),
    "actor": actor, "held-back": whom, "target": whom, "among": whom,
    "hypothesis": as_stated, "answers-for": as_stated, "everyone": always(True),
    "place": place, "zone": zone, "where-open": always(None),
    "time": happened_at, "after": after,
    # when the norm holds
    "period": period, "step": step, "held": held,
    # conditions and exceptions
    "all": all_of, "any": any_of, "not": not_, "open": always(None),
    "prior": prior, "recorded": recorded, "judged": judged,
    "before-the-act": before_act, "phase-then": phase_then,
    "notified": notified,
    "exception": exception, "assumption": assumption,
    "burden": lambda n, *_: True if n.one("on") else None,
    # what the text leaves open, and the whole time
    "tolerance": tolerance, "passed": passed, "standard": standard,
    "people": always(None), "coverage": coverage, "group": group,
    "none-found": counted, "unseen": always(None), "bearer-open": always(None),
    "matching": always(None), "worlds": worlds_node,
    # a duty
    "trigger": trigger, "deadline": deadline,
    "no-time": no_time, "waits": waits, "done": done,
    "more": always(None), "refused": always(True), "nothing-done": counted,
}  # fmt: skip

GIVES = {  # the reasons that a kind of node may give; the others may give any
    "happened": {"what", "contested"}, "kind": {"what"}, "actor": {"who", "contested"},
    "target": {"who"}, "among": {"who"}, "held-back": {"who"}, "zone": {"where"}, "time": {"when"},
    "place": {"where"}, "where-open": {"where"}, "done-kind": {"what"}, "phase-then": {"when"},
    "after": {"when"}, "notified": {"what", "when"}, "judged": {"needs-decision", "contested"},
}  # fmt: skip


def walk(node: Node, case: Case, reports: Sequence[str]) -> None:
    """Check a node and its parts; ``reports`` are those of the incident that it speaks of."""
    need(node.path, node.test in RULES, "no rule has this name")
    reasons = GIVES.get(node.test, REASONS)
    need(node.path, set(node.all("why")) <= reasons, "it gives a reason that is not its own")
    need(node.path, node.records == sorted(set(node.records)), "its records are not in order")
    for record in node.records:
        need(node.path, record in case.known, f"no entry known then holds {record}")
    reports = node.records if node.test == "done" else reports or _reports(case)
    for part in node.parts:
        walk(part, case, reports)
    value = RULES[node.test](node, case, reports)
    need(node.path, node.holds is value, f"it says {node.holds}, the facts say {value}")


def _reports(case: Case) -> list[str]:
    return [r for n in case.top("happened") for r in n.all("observation")]
