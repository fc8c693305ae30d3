"""Coverage: the watches of the raw entries, laid over the time that the norm owes."""

from __future__ import annotations

import json
from itertools import pairwise
from math import isclose
from typing import TYPE_CHECKING

from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.times import given, moment, span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tregua.assessment.check_tree.nodes import Case, Node

_FULL = 1 - 1e-9  # a sum of floats may miss the whole by rounding


def coverage(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Lay the watches over the time again; of several at once the best share counts."""
    watched = [json.loads(line) for line in node.all("watched")]
    zones = case.asks["where"] or ["everywhere"]
    pairs = [[zone, act["kind"]] for zone in zones for act in case.asks["acts"]]
    need(node.path, [line[:2] for line in watched] == pairs, "a zone or an act is missing")
    times = [tuple(map(given, span(t))) for t in node.all("time")]
    need(node.path, times == _owed_times(case), "it covers another time")
    shares = []
    for zone, act, *ids in watched:
        raw = [case.raw(node, i, "watch") for i in ids]
        wanted = _watching(zone, act, case)
        need(node.path, ids == wanted, f"other watches see {act} in {zone}")
        need(node.path, set(ids) <= set(node.records), "a watch is missing among its records")
        whens = [(moment(w["when"]["start"]), moment(w["when"]["end"]), w) for w in raw]
        held = [(start, end, float(w.get("share", 1.0))) for start, end, w in whens]
        total = sum((end - start).total_seconds() for start, end in times)
        seen = sum(_seen(held, start, end) for start, end in times)
        shares.append(seen / total if total else 0.0)
    share, needed = float(node.one("share")), float(node.one("needed"))
    need(node.path, isclose(share, min(shares, default=0.0), abs_tol=1e-9), "another share")
    need(node.path, needed == (case.asks["coverage"] or 1.0), "another share is needed")
    return share >= min(needed, _FULL)


def _watching(zone: str, act: str, case: Case) -> list[str]:
    """Find the watches that cover the zone and would have noticed the act, in the raw entries."""
    grounds = case.asks["zones"]
    around = grounds[zone]["around"] if zone in grounds else []
    within = next(a["within"] for a in case.asks["acts"] if a["kind"] == act)
    found = []
    for record, body in case.known.items():
        if body["record"] != "watch" or moment(body["when"]["start"]) >= case.at:
            continue
        place, sees = body.get("place", {}), body.get("sees", [])
        names = [place.get("name", ""), place.get("area", "")]
        meant = [next((g for g in grounds if n in grounds[g]["names"]), "") for n in names if n]
        covers = "everywhere" in names or bool(set(meant) & set(around))
        if covers and (not sees or set(sees) & set(within)):
            found.append(record)
    return sorted(found)


def _owed_times(case: Case) -> list[tuple[datetime, ...]]:
    if case.asks["shape"] == "achieve":
        first, last = (
            span(case.the("trigger").one("at"))[0],
            span(case.the("deadline").one("due"))[1],
        )
        return [(first, given(last))] if first and given(last) > first else []
    spans = [span(n.one("in some reading")) for n in case.top("period")]
    times = [(start, min(case.at, end or case.at)) for start, end in spans if start]
    return [(start, end) for start, end in times if end > start]


def _seen(watches: list[tuple[datetime, datetime, float]], start: datetime, end: datetime) -> float:
    edges = {t for first, last, _ in watches for t in (first, last) if start < t < end}
    return sum(
        (right - left).total_seconds()
        * max((s for first, last, s in watches if first <= left and right <= last), default=0)
        for left, right in pairwise(sorted({start, end, *edges}))
    )
