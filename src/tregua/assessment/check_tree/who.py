"""Who: which hypotheses mean one of those asked about, surely or possibly, with shares."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, TypeAlias

from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.three_valued import three

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.assessment.check_tree.nodes import Case, Node

Bounds: TypeAlias = "tuple[bool, bool, float, float]"  # must, may, low, high


def actor(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Check who did it: each possible hypothesis has its node, and its value."""
    bearer = [case.tree["bearer"]]
    need(node.path, node.all("root") == bearer, "it asks about somebody else than the bearer")
    stated = {who: c for who, c, _ in (h.rsplit(" ", 2) for h in node.all("hypothesis"))}
    shown = [p for p in node.parts if p.test == "hypothesis"]
    possible = [who for who, c in stated.items() if c != "not"]
    need(node.path, [p.one("who") for p in shown] == possible, "a possible actor is missing")
    for part in shown:
        expected = True if stated[part.one("who")] == "must" else None
        need(part.path, part.holds is expected, "the distribution says otherwise")
    others = [p for p in node.parts if p.test == "answers-for"]
    for part in others:
        expected = True if stated[part.one("who")] == "must" else None
        need(part.path, part.holds is expected, "the distribution says otherwise")
    named = [f"{p.one('party')} for {p.one('who')}" for p in others]
    need(node.path, node.all("answering") == named, "somebody who answers for it is missing")
    return whom(node, case, ())


def whom(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Say whether one of those asked about is meant."""
    return three(among(node, case)[:2])


def among(node: Node, case: Case) -> Bounds:
    """Say whether one of those asked about must and may be meant, with bounds."""
    stated = [line.rsplit(" ", 2) for line in node.all("hypothesis")]
    if not stated:
        return False, bool(node.all("root")), 0.0, 1.0
    wanted = members(node.all("root"), case)
    need(node.path, node.all("member") == wanted, "the deal gives other members")
    others = node.flag("others")
    need(node.path, others == (node.test == "target"), "others may not be meant here")
    sure, hidden = meant(node, stated, case, others=others)
    possible = [who for who, certainty, _ in stated if certainty != "not"]
    musts = {who for who, certainty, _ in stated if certainty == "must"}
    must = bool(musts & set(sure)) or (bool(hidden) and len(sure) == len(possible))
    low, high = sum(sure.values(), 0.0), min(sum(hidden.values(), 0.0), 1.0)
    return must, bool(hidden), min(low, high), high


def meant(
    node: Node, stated: list[list[str]], case: Case, *, others: bool
) -> tuple[dict[str, float], dict[str, float]]:
    """Return the hypotheses by which one of those asked about is surely / possibly meant."""
    shares = sum(float(share) for *_, share in stated)
    need(node.path, isclose(shares, 1.0, abs_tol=1e-6), "its shares are not one together")
    parts = {w: s == "sure" for w, s in (line.rsplit(" ", 1) for line in node.all("member"))}
    unlisted = any(r not in {who for who, *_ in stated} for r in node.all("root"))
    possible = [(who, float(share)) for who, certainty, share in stated if certainty != "not"]
    sure = {w: s for w, s in possible if parts.get(w)}
    return sure, {w: s for w, s in possible if w in parts or _hides(w, case, others, unlisted)}


def members(roots: list[str], case: Case) -> list[str]:
    """Return those who belong to somebody, surely or possibly, as the deal says."""
    found: dict[str, bool] = {}
    for root in roots:
        for who, sure in {root: True, **case.asks["members"].get(root, {})}.items():
            found[who] = found.get(who, False) or sure
    return [f"{who} {'sure' if sure else 'possible'}" for who, sure in sorted(found.items())]


def _hides(who: str, case: Case, others: bool, unlisted: bool) -> bool:  # noqa: FBT001
    if who == "unknown":
        return unlisted
    return others and who not in ("third-party", *case.asks["sides"])
