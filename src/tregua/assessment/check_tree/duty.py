"""The answer about one instance of a duty, from what was done by when."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tregua.assessment.check_tree.answer import agree
from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.times import given, span

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.assessment.check_tree.nodes import Case


def duty(case: Case) -> None:
    """Compute the state and the answer of one instance of a duty."""
    case.the("trigger")
    case.the("deadline", "no-time")
    told = case.top("done", "more", "refused", "nothing-done")
    need("the tree", bool(told), "what was done is missing")
    state, answer, why = _outcome(case)
    if answer != "kept" and case.top("waits"):
        state, answer, why = "pending", "undetermined", {"not-due"}
    people = case.asks["people"] or case.the("trigger").one("certain") == "open"
    if not case.tree["bearer"]:
        state, answer, why = "pending", "undetermined", {"who"}
    elif people:
        answer, why = "undetermined", {*why, "needs-decision"}
    due = span(case.the("deadline").one("due"))[1] if case.top("deadline") else None
    need("the tree", bool(case.top("coverage")) == bool(due and due < case.at), "coverage")
    need("the tree", case.tree["state"] == state, f"it is {state}")
    violated, kept = answer == "violated", answer == "kept"
    agree(case, (violated, not kept, float(violated), float(not kept)), answer, why)


class _Answers:
    """What was done for each act of a duty: first, last, certain, reasons."""

    def __init__(self, case: Case) -> None:
        found: list[list[tuple[datetime, datetime, bool, list[str]]]]
        found = [[] for _ in case.asks["acts"]]
        lines = [
            [n.one("act"), n.one("at"), n.one("certain"), *n.all("why")] for n in case.top("done")
        ]
        lines += [json.loads(line) for n in case.top("more") for line in n.all("one")]
        for act, at, certain, *why in lines:
            first, last = map(given, span(at))
            found[int(act)].append((first, last, certain == "yes", why))
        self.acts = found

    def by(self, moment: datetime) -> bool:
        return bool(self.acts) and all(
            any(sure and last <= moment for _, last, sure, _ in act) for act in self.acts
        )

    def may_be_by(self, moment: datetime) -> bool:
        return bool(self.acts) and all(
            any(first <= moment for first, *_ in act) for act in self.acts
        )

    def reasons(self, moment: datetime) -> set[str]:
        pending = [a for a in self.acts if not any(s and last <= moment for _, last, s, _ in a)]
        why = {w for a in pending for first, _, _, ws in a if first <= moment for w in ws}
        straddle = any(first <= moment < last for a in pending for first, last, *_ in a)
        return why | ({"when"} if straddle else set())


def _outcome(case: Case) -> tuple[str, str, set[str]]:
    answers, at = _Answers(case), case.at
    limit = case.top("no-time")
    if limit:
        if limit[0].one("begins") == "open":
            return "pending", "undetermined", {"when"}
        if answers.by(at):
            return "kept", "kept", set()
        why = {"needs-decision"} if limit[0].one("text") == "open" else {"not-due"}
        return (
            "pending",
            "undetermined",
            why | (answers.reasons(at) if answers.may_be_by(at) else set()),
        )
    first, last = map(given, span(case.the("deadline").one("due")))
    if answers.by(first):
        return "kept", "kept", set()
    if at <= first:
        return "pending", "undetermined", {"not-due"}
    if answers.may_be_by(min(at, last)):
        why = answers.reasons(first) | answers.reasons(last)
        return "pending", "undetermined", why or {"when"}
    if at <= last:
        return "pending", "undetermined", {"when"}
    state = "cured-late" if answers.by(at) else "overdue"
    sure = case.the("trigger").one("certain") == "yes"
    return (state, "violated", set()) if sure else (state, "undetermined", {"when"})
