"""Checks an explanation without the program that made it: ``python check_tree.py TREE ENTRIES``.

It needs Python alone. It reads the tree (JSON, as ``tregua why --json`` gives it, one or a list)
and the entries (one line of JSON each, as the ledger holds them), and computes every node again:

1. the entries give the root that the tree names (RFC 6962), and the tree its own digest;
2. every record that a node names stands among the entries and was known at the time asked about;
3. kinds of act, times, places and watches are what the raw reports say; times, windows, shares of
   coverage, who must and may be meant, and every "all of", "any of" and "not" are computed again;
4. every test that the norm asks for is there, once, and no other;
5. the answer, its reasons, its bounds and p follow from the nodes; worlds are written out, or drawn
   from the root, again.

It does not read the deal: what the norm asks stands under ``asks``, for people to compare. Nor does
it weigh again who did it from what each office said (it takes each office's share of the votes as
stated), or whether a point lies in an outline.
"""

from __future__ import annotations

import json
import sys
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256, shake_256
from itertools import pairwise, product
from math import isclose, prod
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Json: TypeAlias = "dict[str, Any]"
Span: TypeAlias = "tuple[datetime | None, datetime | None]"
Bounds: TypeAlias = "tuple[bool, bool, float, float]"  # must, may, low, high
Form: TypeAlias = "tuple[tuple[tuple[tuple[tuple[str, float], ...], float], ...], float]"
_MOST, _DRAWN = 1 << 16, 256  # worlds written out, or drawn
_STEP = timedelta(microseconds=1)
_FULL = 1 - 1e-9  # a sum of floats may miss the whole by rounding


class Refused(Exception):
    """A node that does not hold, and why not."""


class Entries:
    """The raw entries, by record; the root of any prefix."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.lines = [line.rstrip(b"\n") for line in lines]
        self.roots: dict[int, str] = {}
        self.views: dict[tuple[int, str], dict[str, Json]] = {}

    def root(self, size: int) -> str:
        """Return the root hash of the first entries (RFC 6962, 2.1), in hex."""
        if size not in self.roots:
            leaves = [sha256(b"\0" + _leaf(line)).digest() for line in self.lines[:size]]
            self.roots[size] = _root(leaves).hex()
        return self.roots[size]

    def known(self, size: int, until: str) -> dict[str, Json]:
        """Return the newest version of each record among the first entries, known by ``until``."""
        if (size, until) not in self.views:
            found: dict[str, Json] = {}
            for line in self.lines[:size]:
                body = _body(line)
                origin = body.get("origin")
                if origin and (not until or _time(origin["known"]) <= _time(until)):
                    found[f"{origin['source']}:{origin['key']}"] = body
            self.views[size, until] = found
        return self.views[size, until]


def _leaf(line: bytes) -> bytes:
    """Return the entry of a line: all of it, or what was signed, before its disclosures."""
    return line if line.startswith(b"{") else line.partition(b"~")[0]


def _body(line: bytes) -> Json:
    """Return the record of a line; each disclosure must belong to its entry (RFC 9901, 7.1)."""
    if line.startswith(b"{"):
        held = json.loads(line)["body"]
        return held if isinstance(held, dict) else {}
    entry, *disclosures = line.decode("ascii").split("~")
    digests = json.loads(_decoded(entry.split(".")[1]))["_sd"]
    body: Json = {}
    for text in filter(None, disclosures):
        digest = urlsafe_b64encode(sha256(text.encode("ascii")).digest()).rstrip(b"=").decode()
        need("the entries", digests.count(digest) == 1, "a disclosure belongs to no digest")
        _, name, held = json.loads(_decoded(text))
        body[FIELDS.get(name, name)] = held["v"]
    return body


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


FIELDS = {
    "at": "when", "fixes": "at", "where.point": "place", "count": "harm", "source": "origin",
}  # fmt: skip


class Node:
    """One node, with its facts by name."""

    def __init__(self, tree: Json, path: str) -> None:
        self.facts: dict[str, list[str]] = {}
        for name, text in tree["facts"]:
            self.facts.setdefault(name, []).append(text)
        self.test = self.one("test")
        self.path = f"{path} {self.test}"
        self.holds, self.records, self.searched = tree["holds"], tree["records"], tree["searched"]
        self.parts = [Node(p, f"{self.path} >") for p in tree["because"]]
        need(self.path, tree["parts"] == len(self.parts), "a part is missing")
        need(self.path, self.holds in (True, False, None), "its value is none of the three")
        reasons = GIVES.get(self.test, REASONS)
        need(self.path, set(self.all("why")) <= reasons, "it gives a reason that is not its own")

    def flag(self, name: str) -> bool:
        """Return a fact that is yes or no."""
        need(self.path, self.one(name) in ("yes", "no"), f"{name} is neither yes nor no")
        return self.one(name) == "yes"

    def one(self, name: str) -> str:
        """Return the text of a fact that stands once; empty when there is none."""
        return (self.facts.get(name) or [""])[0]

    def all(self, name: str) -> list[str]:
        """Return the texts of all facts of that name."""
        return self.facts.get(name, [])

    @property
    def may(self) -> bool:
        """Say whether it holds in some reading."""
        return self.holds is not False


class Case:
    """A tree under check: what the norm asks, what was known, the nodes at the top."""

    def __init__(self, tree: Json, entries: Entries) -> None:
        self.tree, self.asks, self.at = tree, tree["asks"], _time(tree["at"])
        self.known = entries.known(tree["as_of"]["seq"], tree["as_of"]["until"])
        self.nodes = [Node(n, f"because[{i}]") for i, n in enumerate(tree["because"])]
        need("the tree", tree["parts"] == len(self.nodes), "a node is missing")

    def top(self, *tests: str) -> list[Node]:
        """Return the nodes at the top with one of these rules."""
        return [n for n in self.nodes if n.test in tests]

    def the(self, *tests: str) -> Node:
        """Return the one node at the top with one of these rules."""
        found = self.top(*tests)
        need("the tree", len(found) == 1, f"{len(found)} nodes for {' or '.join(tests)}, not one")
        return found[0]

    def raw(self, node: Node, record: str, kind: str) -> Json:
        """Return the raw body of a record that was known."""
        body = self.known.get(record)
        need(node.path, body is not None, f"no entry known then holds {record}")
        assert body is not None
        need(node.path, body["record"] == kind, f"{record} is no {kind}")
        return body


def check(tree: Json, entries: Entries) -> str:
    """Return why the tree is refused, with the node; empty when all of it holds."""
    try:
        seal = {k: v for k, v in tree.items() if k != "digest"}
        need("the tree", tree["digest"] == digest(seal), "it was changed: its digest differs")
        as_of = tree["as_of"]
        need("as_of", as_of["seq"] <= len(entries.lines), "entries are missing")
        need("as_of", entries.root(as_of["seq"]) == as_of["head"], "the entries have another root")
        case = Case(tree, entries)
        for node in case.nodes:
            _walk(node, case, ())
        _records(case)
        _shown(case)
        duty = case.asks["shape"] == "achieve"
        whole = tree["instance"] == "whole"
        (_duty if duty else _whole if whole else _incident)(case)
    except Refused as refused:
        return str(refused)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError) as error:
        return f"the tree: it cannot be read ({type(error).__name__})"
    return ""


def digest(value: object) -> str:
    """Return SHA-256 (hex) over a value as canonical JSON."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def need(path: str, holds: bool, why: str) -> None:  # noqa: FBT001
    """Refuse the tree at this node unless it holds."""
    if not holds:
        raise Refused(f"{path}: {why}")


# -- every node by itself --------------------------------------------------------------------------


def _walk(node: Node, case: Case, reports: Sequence[str]) -> None:
    """Check a node and its parts; ``reports`` are those of the incident that it speaks of."""
    need(node.path, node.test in RULES, "no rule has this name")
    need(node.path, node.records == sorted(set(node.records)), "its records are not in order")
    for record in node.records:
        need(node.path, record in case.known, f"no entry known then holds {record}")
    reports = node.records if node.test == "done" else reports or _reports(case)
    for part in node.parts:
        _walk(part, case, reports)
    value = RULES[node.test](node, case, reports)
    need(node.path, node.holds is value, f"it says {node.holds}, the facts say {value}")


def _reports(case: Case) -> list[str]:
    return [r for n in case.top("happened") for r in n.all("observation")]


def _as_stated(node: Node, *_: object) -> bool | None:
    """Take the value of a node that rests on a weighing or a decision of people."""
    return bool(node.holds) if node.holds is not None else None


def _always(value: bool | None) -> Rule:  # noqa: FBT001
    return lambda *_: value


def _happened(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    seen, replies = node.all("observation"), node.all("reply")
    need(node.path, bool(seen) and node.records == sorted({*seen, *replies}), "other records")
    for kind, records in (("observation", seen), ("statement", replies)):
        for record in records:
            case.raw(node, record, kind)
    need(node.path, node.one("incident") == case.tree["instance"], "it is another incident")
    return None if node.all("why") else True


def _kind(node: Node, case: Case, reports: Sequence[str]) -> bool | None:
    raw = sorted({case.raw(node, r, "observation").get("what", "") for r in reports})
    need(node.path, node.all("reported") == raw, "the reports give other kinds of act")
    return True if all(k in _covered(case) for k in raw) else None


def _done_kind(node: Node, case: Case, reports: Sequence[str]) -> bool | None:
    seen = [case.known[r] for r in reports if case.known[r]["record"] == "observation"]
    raw = sorted({body.get("what", "") for body in seen})
    need(node.path, node.all("reported") == raw, "the reports give other kinds of act")
    known = node.one("act") in {a["kind"] for a in case.asks["acts"]}
    need(node.path, known, "the norm asks for no such act")
    sure = node.flag("happened") and all(k in _covered(case, node.one("act")) for k in raw)
    return True if sure else None


def _covered(case: Case, act: str = "") -> set[str]:
    acts = [a for a in case.asks["acts"] if not act or a["kind"] == act]
    return {kind for a in acts if not a["limited"] for kind in a["covers"]}


def _place(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    zones = node.all("zone")
    need(node.path, [p.one("zone") for p in node.parts] == zones, "a zone is missing")
    return _any_of(node, case, ())


def _zone(node: Node, case: Case, reports: Sequence[str]) -> bool | None:
    if node.one("zone") == "everywhere":
        return True
    raw = [case.known[r].get("place", {}) for r in reports]
    stated = [node.one(n) for n in ("name", "area", "lon", "lat", "radius")]
    need(node.path, stated in [_place_texts(p) for p in raw], "no report gives this place")
    if node.one("zone") in ("own-control", "controller"):
        return None
    called = {node.one("name"), node.one("area")} - {""}
    named = [g for g in node.all("named") if called & set(case.asks["zones"][g]["names"])]
    need(node.path, node.all("named") == named, "the place does not have this name")
    around = sorted({z for g in named for z in case.asks["zones"][g]["around"]})
    need(node.path, node.all("around") == around, "the deal gives other zones around it")
    inside = node.one("zone") in around
    need(node.path, node.one("by") == ("name" if inside else "outline"), "its zones say otherwise")
    return True if inside else node.holds


def _place_texts(place: Json) -> list[str]:
    numbers = [place.get(n) for n in ("lon", "lat", "radius_m")]
    texts = ["" if n is None else repr(float(n)) for n in numbers]
    return [place.get("name", ""), place.get("area", ""), *texts]


def _happened_at(node: Node, case: Case, reports: Sequence[str]) -> bool | None:
    """Compute the time of an incident from its reports, and lay it on the time in force."""
    first, last = _reported(node, case, reports)
    ends = (case.tree["start"], case.tree["end"])
    need(node.path, tuple(map(_time, ends)) == _span(node.one("when")), "the tree gives another")
    sure = last <= case.at and any(_within(first, last, n) for n in case.top("period"))
    possible = any(_touches(first, last, n) for n in case.top("period"))
    return True if sure and possible else None if possible or sure else False


def _reported(node: Node, case: Case, reports: Sequence[str]) -> tuple[datetime, datetime]:
    """Compute the time of an incident from its reports: its first and its last instant."""
    seen = [r for r in reports if case.known[r]["record"] == "observation"]
    raw = [case.raw(node, r, "observation")["when"] for r in seen]
    times = sorted(((_time(w["start"]), _time(w["end"])) for w in raw), key=lambda w: w[1] - w[0])
    start, end = times[0]
    if any(start < s or e < end for s, e in times):
        start, end = min(s for s, _ in times), max(e for _, e in times)
    need(node.path, _span(node.one("when")) == (start, end), "the reports give another time")
    given = {w.get("precision", "minute") for w in raw}
    need(node.path, node.one("precision") in given, "no report is so precise")
    return _edges(start, end, node.one("precision"))


def _after(node: Node, case: Case, reports: Sequence[str]) -> bool | None:
    """Compare the time of an act with that of the request which it is to answer."""
    since = case.the("trigger").one("at")
    need(node.path, node.one("since") == since, "it was asked for at another time")
    asked, still = map(_sure, _span(since))
    first, last = _reported(node, case, reports)
    return _three((first >= still, last >= asked))


def _comes_first(case: Case) -> bool:
    """Say whether an act before what set the duty off is no answer to it."""
    instance = case.tree["instance"]
    started = instance in ("deadline", "in-force", "trigger")
    return not started and not instance.startswith("in-force(")


def _has_key(case: Case) -> bool:
    """Say whether answers carry the key of the request instead of coming after it."""
    return case.asks["by key"] and bool(case.known[case.tree["instance"]].get("asked"))


def _edges(start: datetime, end: datetime, precision: str) -> tuple[datetime, datetime]:
    """Return the first and the last instant that are meant: a stated minute is an instant."""
    exact = precision in ("second", "minute") and end - start <= timedelta(minutes=1)
    return (start, start) if exact else (start, end - _STEP)


def _within(first: datetime, last: datetime, period: Node) -> bool:
    start, end = _span(period.one("in every reading"))
    if start is None or first < start or (end and last >= end):
        return False
    return not any(_meets(first, last, p.rpartition(" ")[0]) for p in period.all("paused"))


def _meets(first: datetime, last: datetime, text: str) -> bool:
    start, end = _span(text)
    return (start is None or last >= start) and (end is None or first < end)


def _touches(first: datetime, last: datetime, period: Node) -> bool:
    if not _meets(first, last, period.one("in some reading")):
        return False
    words = {p.rpartition(" ")[2] for p in period.all("paused")}
    need(period.path, words <= {"certain", "possible"}, "a pause is neither certain nor possible")
    pauses = [p.removesuffix(" certain") for p in period.all("paused") if p.endswith("certain")]
    spans = [(_sure(start), end) for start, end in map(_span, pauses)]
    return not any(first >= start and (end is None or last < end) for start, end in spans)


def _period(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    some, sure = _span(node.one("in some reading")), _span(node.one("in every reading"))
    _beginning(node, case, some[0], sure[0])
    need(node.path, sure[0] is None or sure[0] >= _sure(some[0]), "it is sure before it begins")
    need(node.path, not (some[1] and sure[1] and sure[1] > some[1]), "it is sure after it ends")
    held, surely = _words(case)
    if case.asks["during"]:
        need(node.path, node.one("phase") in case.asks["during"], "the norm names no such phase")
        start, last = _begun(node, node.one("phase"), case)
        need(node.path, some[0] == _cut(max, start, held[0]), "its first step begins it elsewhere")
        begins = {None, *(_cut(max, t, surely[0]) for t in (start, last))}
        need(node.path, sure[0] in begins, "it is sure from another time")
        ends = [_span(s.one("ends")) for s in node.parts if s.one("ends")]
        stopped = any(s.one("says") == "ends" for s in node.parts)
        for n, (end, by) in enumerate(((sure[1], surely[1]), (some[1], held[1]))):
            given = {_cut(min, e, by) for e in (*(e[n] for e in ends), None)}
            need(node.path, stopped or end in given, "no step gives this end")
        _paused(node, case)
    else:
        need(node.path, not node.parts, "it has steps and no phase")
        inside = sure[0] is None or sure == (
            _cut(max, some[0], surely[0]), _cut(min, some[1], surely[1])
        )  # fmt: skip
        need(node.path, inside, "it is sure from another time")
    return True if sure[0] else None


def _beginning(node: Node, case: Case, start: datetime | None, sure: datetime | None) -> None:
    """Check that a time in force has a beginning, or says that nobody fixed it."""
    stated = case.asks["during"] is not None or case.asks["effective"]
    if node.one("begins") == "open":
        need(node.path, not stated, "the deal says when it begins")
        need(node.path, sure is None, "it is sure although nobody fixed its beginning")
        return
    need(node.path, start is not None, "it has no start")
    need(node.path, bool(stated or sure or case.asks["held"]), "nobody fixed its beginning")


def _words(case: Case) -> tuple[Span, Span]:
    """Return how long the norm's words held, in some reading and in every one."""
    held = case.asks["held"]
    if held is None or case.asks["shape"] == "achieve":
        return (None, None), (None, None)
    return _span(held[0]), _span("/" if held[1] == "never" else held[1])


def _cut(pick: Callable[..., datetime], *times: datetime | None) -> datetime | None:
    return pick((t for t in times if t is not None), default=None)


def _held(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    stated = [node.one("in some reading"), node.one("surely")]
    need(node.path, stated == case.asks["held"], "the words held at another time")
    return None if node.one("surely") == "never" else True


def _begun(node: Node, phase: str, case: Case) -> Span:
    """Return when the steps of a phase begin it; one of them tells of its end."""
    same = all(s.one("phase") == phase for s in node.parts)
    need(node.path, same, "a step is of another phase")
    starts = [s.one("starts") for s in node.parts if s.one("starts")]
    need(node.path, len(starts) == 1, "the step that begins it is missing")
    need(node.path, any("ends" in s.facts for s in node.parts), "no step tells of its end")
    _complete(node, phase, case)
    return _span(starts[0])


def _complete(node: Node, phase: str, case: Case) -> None:
    """Check that every statement that moves the phase has its step."""
    told = {r for s in node.parts if s.one("says") for r in s.records}
    open_end = any(not _span(s.one("ends") or "/")[1] for s in node.parts if "ends" in s.facts)
    for record, body in case.known.items():
        about = case.asks["moved by"][phase].get(body.get("says"), [])
        if body["record"] != "statement" or body.get("about") not in about:
            continue
        made = _time(body["when"]["start"])
        if made < case.at and not (open_end and body["says"] == "extends"):
            need(node.path, record in told, f"no step tells of {record}")


def _paused(node: Node, case: Case) -> None:
    """Check that every pause begins and ends with a statement of a step."""
    moments: dict[str, set[datetime]] = {"suspends": set(), "resumes": set()}
    for step in (s for s in node.parts if s.one("says") in moments):
        raw = [case.raw(step, r, "statement") for r in step.records]
        moments[step.one("says")] |= {_time((b.get("at") or b["when"])["start"]) for b in raw}
    for text in node.all("paused"):
        start, end = _span(text.rpartition(" ")[0])
        known = start in moments["suspends"] and (end is None or end in moments["resumes"])
        need(node.path, known, "no step gives this pause")


def _step(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    for record in node.records if node.one("says") else ():
        said = case.raw(node, record, "statement")["says"]
        need(node.path, said == node.one("says"), f"{record} says something else")
    for name in ("starts", "ends"):
        _span(node.one(name) or "/")
    return _as_stated(node)


def _whom(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    return _three(_among(node, case)[:2])


def _among(node: Node, case: Case) -> Bounds:
    """Say whether one of those asked about must and may be meant, with bounds."""
    stated = [line.rsplit(" ", 2) for line in node.all("hypothesis")]
    if not stated:
        return False, bool(node.all("root")), 0.0, 1.0
    wanted = _members(node.all("root"), case)
    need(node.path, node.all("member") == wanted, "the deal gives other members")
    others = node.flag("others")
    need(node.path, others == (node.test == "target"), "others may not be meant here")
    sure, hidden = _meant(node, stated, case, others=others)
    possible = [who for who, certainty, _ in stated if certainty != "not"]
    musts = {who for who, certainty, _ in stated if certainty == "must"}
    must = bool(musts & set(sure)) or (bool(hidden) and len(sure) == len(possible))
    low, high = sum(sure.values(), 0.0), min(sum(hidden.values(), 0.0), 1.0)
    return must, bool(hidden), min(low, high), high


def _meant(
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


def _members(roots: list[str], case: Case) -> list[str]:
    found: dict[str, bool] = {}
    for root in roots:
        for who, sure in {root: True, **case.asks["members"].get(root, {})}.items():
            found[who] = found.get(who, False) or sure
    return [f"{who} {'sure' if sure else 'possible'}" for who, sure in sorted(found.items())]


def _hides(who: str, case: Case, others: bool, unlisted: bool) -> bool:  # noqa: FBT001
    if who == "unknown":
        return unlisted
    return others and who not in ("third-party", *case.asks["sides"])


def _actor(node: Node, case: Case, _: Sequence[str]) -> bool | None:
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
    return _whom(node, case, ())


def _all_of(node: Node, *_: object) -> bool | None:
    _same_reasons(node)
    return _three((all(p.holds for p in node.parts), all(p.may for p in node.parts)))


def _any_of(node: Node, *_: object) -> bool | None:
    _same_reasons(node)
    return _three((any(p.holds for p in node.parts), any(p.may for p in node.parts)))


def _same_reasons(node: Node) -> None:
    wanted = _reasons(node.parts) if node.holds is None else []
    need(node.path, node.all("why") == wanted, "its parts give other reasons")


def _not(node: Node, *_: object) -> bool | None:
    _same_reasons(node)
    value = node.parts[0].holds
    return None if value is None else not value


def _exception(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Compute an exception from its tests, and which reasons it gives."""
    notes = [p for p in node.parts if p.test in ("burden", "assumption")]
    tests = [p for p in node.parts if p not in notes]
    machine = tests[: int(node.one("decided by the machine"))]
    people = tests[len(machine) :]
    numbers = [str(len(machine)), str(len(people))]
    stated = [node.one("decided by the machine"), node.one("left to people")]
    need(node.path, numbers == stated, "a condition is missing")
    asked = next((e for e in case.asks["exceptions"] if e["id"] == node.one("id")), None)
    need(node.path, asked is not None, "the norm has no such exception")
    assert asked is not None
    for name in ("result", "burden"):
        need(node.path, node.one(name) == asked[name], f"the norm gives another {name}")
    need(node.path, [_form(t) for t in tests] == asked["conditions"], "a condition is missing")
    burdens = [p.one("on") for p in notes if p.test == "burden"]
    wanted = [] if node.one("result") == "outside" else [node.one("burden")]
    need(node.path, burdens == wanted, "the burden is missing")
    assumed = [[p.one("of"), p.one("text")] for p in notes if p.test == "assumption"]
    need(node.path, assumed == asked["assumed"], "an assumption is missing")
    value = _three((all(p.holds for p in tests), all(p.may for p in tests)))
    if value is None:
        need(node.path, node.all("why") == _excuse_reasons(node, machine, people), "other reasons")
    return value


def _form(node: Node) -> list[Any]:
    """Return the form of a condition: its parts, or what it asks."""
    if node.test in ("all", "any", "not"):
        return [_form(p) for p in node.parts]
    names = {"prior": ("act", "on", "within seconds"), "judged": ("term", "decider")}
    names["notified"] = ("lead seconds",)
    return [text for n in names.get(node.test, ()) for text in node.all(n)]


def _excuse_reasons(node: Node, machine: list[Node], people: list[Node]) -> list[str]:
    if all(p.holds for p in machine):
        return _reasons(people)
    why = set(_reasons(machine))
    accuser = node.flag("claimed") or node.one("burden") == "accusing-party"
    if node.one("result") == "justified" and accuser:
        why.add("exception-claimed")
    return sorted(why)


def _reasons(nodes: Iterable[Node]) -> list[str]:
    return sorted({w for n in nodes if n.holds is None for w in n.all("why")})


def _prior(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Compute the window of a prior act, and how the nearest one lies to it."""
    length = timedelta(seconds=float(node.one("within seconds")))
    first, last = map(_sure, _span(node.one("act at")))
    need(node.path, _span(node.one("searched")) == (first - length, last), "another window")
    need(node.path, node.one("incident") == case.tree["instance"], "it is another incident")
    need(node.path, set(node.all("doubt")) <= REASONS, "it gives a doubt that is none")
    need(node.path, (first, last) == _moment_of(case), "the act was at another time")
    if not node.one("nearest"):
        need(node.path, not node.records and bool(node.searched), "it names no search")
        return False
    began, ended = map(_sure, _span(node.one("nearest at")))
    if ended < first - length or began > last:
        need(node.path, not node.records and bool(node.searched), "it names no search")
        return False
    need(node.path, bool(node.records), "it names no record of the act before")
    sure = not node.all("doubt") and ended < first and last - began <= length
    return True if sure else None


def _moment_of(case: Case) -> tuple[datetime, datetime]:
    node = case.the("time")
    start, end = map(_sure, _span(node.one("when")))
    return _edges(start, end, node.one("precision"))


def _recorded(node: Node, *_: object) -> bool | None:
    need(node.path, node.all("found") == node.records, "other records")
    need(node.path, bool(node.records) != bool(node.searched), "it says neither what nor where")
    return None if node.one("contested") else bool(node.records)


def _before_act(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    act = _sure(_span(node.one("act at"))[0])
    need(node.path, act == _moment_of(case)[0], "the act was at another time")
    return bool(node.one("moment")) and _time(node.one("moment")) <= act


def _phase_then(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    first, last = map(_sure, _span(node.one("act at")))
    need(node.path, (first, last) == _moment_of(case), "the act was at another time")
    if not node.one("begins"):
        return False
    start = _span(node.one("in some reading"))[0]
    need(node.path, start == _time(node.one("begins")), "it begins at another time")
    may = _meets(first, last, node.one("in some reading"))
    return _three((may and _within(first, last, node), may))


def _judged(node: Node, *_: object) -> bool | None:
    deciders, yes, no = (set(node.all(n)) for n in ("decider", "yes", "no"))
    if deciders and yes == deciders and not no:
        return True
    return False if deciders and no == deciders and not yes else None


def _notified(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    first, last = map(_sure, _span(node.one("act at")))
    need(node.path, (first, last) == _moment_of(case), "the act was at another time")
    lead = timedelta(seconds=float(node.one("lead seconds")))
    sure, possible = (_span(node.one(n) or "/") for n in ("sure notice at", "possible notice at"))
    must = sure[1] is not None and first - sure[1] >= lead
    may = possible[0] is not None and last - possible[0] >= lead
    return _three((must, must or may))


def _coverage(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Lay the watches over the time again; of several at once the best share counts."""
    watched = [json.loads(line) for line in node.all("watched")]
    zones = case.asks["where"] or ["everywhere"]
    pairs = [[zone, act["kind"]] for zone in zones for act in case.asks["acts"]]
    need(node.path, [line[:2] for line in watched] == pairs, "a zone or an act is missing")
    times = [tuple(map(_sure, _span(t))) for t in node.all("time")]
    need(node.path, times == _owed_times(case), "it covers another time")
    shares = []
    for zone, act, *ids in watched:
        raw = [case.raw(node, i, "watch") for i in ids]
        wanted = _watching(zone, act, case)
        need(node.path, ids == wanted, f"other watches see {act} in {zone}")
        need(node.path, set(ids) <= set(node.records), "a watch is missing among its records")
        whens = [(_time(w["when"]["start"]), _time(w["when"]["end"]), w) for w in raw]
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
        if body["record"] != "watch" or _time(body["when"]["start"]) >= case.at:
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
            _span(case.the("trigger").one("at"))[0],
            _span(case.the("deadline").one("due"))[1],
        )
        return [(first, _sure(last))] if first and _sure(last) > first else []
    spans = [_span(n.one("in some reading")) for n in case.top("period")]
    times = [(start, min(case.at, end or case.at)) for start, end in spans if start]
    return [(start, end) for start, end in times if end > start]


def _seen(watches: list[tuple[datetime, datetime, float]], start: datetime, end: datetime) -> float:
    edges = {t for first, last, _ in watches for t in (first, last) if start < t < end}
    return sum(
        (right - left).total_seconds()
        * max((s for first, last, s in watches if first <= left and right <= last), default=0)
        for left, right in pairwise(sorted({start, end, *edges}))
    )


def _group(node: Node, *_: object) -> bool | None:
    return {"kept": False, "violated": True, "undetermined": None}[node.one("answer")]


def _trigger(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    need(node.path, node.one("instance") == case.tree["instance"], "it is another instance")
    first, last = _span(node.one("at"))
    told = _time(case.tree["start"]) if case.tree["start"] else None
    need(node.path, first == told and (not first or first <= _sure(last)), "another time")
    instance = node.one("instance")
    periods = [p for p in node.parts if p.test == "period"]
    if periods:
        need(node.path, _span(periods[0].one("in some reading"))[0] == first, "another time")
    elif instance.startswith("in-force("):
        phase = instance.removeprefix("in-force(").removesuffix(")")
        begun = _begun(node, phase, case)
        need(node.path, begun == (first, last), "the phase begins at another time")
    need(node.path, bool(periods) == case.asks["from start"], "what set it off is missing")
    need(node.path, node.one("certain") in ("yes", "no", "open"), "whether it did is not said")
    return True if node.one("certain") == "yes" else None


def _deadline(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    due = _span(node.one("due"))
    need(node.path, node.one("after") == case.asks["within"], "the norm gives another time")
    if node.one("after"):
        length = timedelta(seconds=float(node.one("after")))
        moved = tuple(_sure(t) + length for t in _span(case.the("trigger").one("at")))
        need(node.path, due == moved, "the time after the trigger ends at another instant")
    need(node.path, _sure(due[0]) <= _sure(due[1]), "it ends before it begins")
    need(node.path, due[1] == _time(case.tree["due"]), "the tree gives another deadline")
    return True


def _done(node: Node, case: Case, reports: Sequence[str]) -> bool | None:
    first, last = map(_sure, _span(node.one("at")))
    need(node.path, first <= last, "it ends before it begins")
    certain = node.flag("certain")
    if any(case.known[r]["record"] == "observation" for r in reports):
        wanted = ["actor", "done-kind", *(["place"] if case.asks["where"] else [])]
        wanted += ["after"] if _comes_first(case) and not _has_key(case) else []
        need(node.path, [p.test for p in node.parts] == wanted, "a part of it is missing")
        act = case.asks["acts"][int(node.one("act"))]["kind"]
        need(node.path, node.parts[1].one("act") == act, "it is another act")
        need(node.path, certain == all(p.holds for p in node.parts), "its parts say otherwise")
        need(node.path, node.all("why") == _reasons(node.parts), "its parts give other reasons")
    elif certain and _comes_first(case):
        asked = _sure(_span(case.the("trigger").one("at"))[1])
        need(node.path, first >= asked, "it may have been before what it is to answer")
    return True if certain else None


def _counted(node: Node, *_: object) -> bool | None:
    """Check a search that found nothing: it says how many it looked through."""
    need(node.path, node.searched.startswith(f"{node.one('searched')} "), "another number")
    return False


def _waits(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    need(node.path, node.one("for") in case.asks["after"], "the norm does not wait for it")
    return False


def _assumption(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    known = [a for e in case.asks["exceptions"] for a in e["assumed"]] + case.asks["assumed"]
    stated = [node.one("of"), node.one("text")]
    need(node.path, stated in known, "the deal states no such assumption")
    return None


def _no_time(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    need(node.path, node.one("text") == case.asks["no time"], "the text says another thing")
    since = _span(case.the("trigger").one("at"))[0]
    begun = node.one("begins") != "open"
    need(node.path, begun or (since is None and node.one("text") == "unfixed"), "it has begun")
    ever = since is None and case.tree["instance"] in ("in-force", "trigger")
    need(node.path, not (ever and begun and case.asks["timed"]), "nobody fixed since when")
    return None


def _passed(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    possible = int(node.one("possible"))
    need(node.path, possible > case.asks["tolerance"], "it stays within the tolerance")
    need(node.path, possible >= int(node.one("certain")), "more are certain than possible")
    return True if int(node.one("certain")) > case.asks["tolerance"] else None


def _tolerance(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    allowed = case.asks["tolerance"]
    need(node.path, node.one("allowed") == ("" if allowed is None else str(allowed)), "another one")
    return None if allowed is None else True


def _standard(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    for name in ("violated at", "kept at"):
        stated = case.asks[name]
        need(node.path, node.one(name) == ("" if stated is None else repr(stated)), "another one")
    return True if node.one("violated at") or node.one("kept at") else None


# -- the tree as a whole ---------------------------------------------------------------------------


def _records(case: Case) -> None:
    found = set()
    todo = list(case.nodes)
    while todo:
        node = todo.pop()
        found.update(node.records)
        todo.extend(node.parts)
    need(
        "the tree", case.tree["records"] == sorted(found), "its records are not those of its nodes"
    )
    later = [next(iter(line)) for line in case.tree["not considered"]]
    need("not considered", later == sorted(set(later)), "it is not in order")


def _shown(case: Case) -> None:
    """Check that what the text leaves open, and what was assumed, stands at the top."""
    asks = case.asks
    case.the("tolerance")
    need("the tree", len(case.top("people")) == int(asks["people"]), "who judges is missing")
    assumed = [[n.one("of"), n.one("text")] for n in case.top("assumption")]
    need("the tree", assumed == asks["assumed"], "an assumption is missing")
    need("the tree", bool(case.top("period")), "no time in force")
    changed = asks["held"] is not None
    need("the tree", len(case.top("held")) == int(changed), "how long the words held is missing")


_SHOWN = ("exception", "held", "period", "tolerance", "passed", "people", "assumption", "standard")


def _incident(case: Case) -> None:
    """Compute the answer for one incident from its elements and exceptions."""
    asks = case.asks
    case.the("standard")
    wanted = [["happened"], ["kind", "left-to-people"], ["actor", "held-back"]]
    wanted += [["target", "everyone"], ["place", "where-open"], ["time"]]
    for tests in wanted:
        case.the(*tests)
    elements = [n for n in case.nodes if n.test not in _SHOWN]
    need("the tree", len(elements) == len(wanted) + asks["conditions"], "a condition is missing")
    need("the tree", all(e.may for e in elements), "an element certainly does not hold")
    excuses = case.top("exception")
    ids = [e["id"] for e in asks["exceptions"]]
    need("the tree", [e.one("id") for e in excuses] == ids, "an exception is missing")
    outside = any(e.holds and e.one("result") == "outside" for e in excuses)
    need("the tree", not outside, "the norm never applied")
    _agree(case, *_incident_chance(case, elements, excuses))


def _incident_chance(
    case: Case, elements: list[Node], excuses: list[Node]
) -> tuple[Bounds, str, set[str]]:
    excused, may = any(e.may for e in excuses), not any(e.holds for e in excuses)
    must = all(e.holds for e in elements) and not excused
    bounds = [_bounds(e, case) for e in elements]
    low = 0.0 if excused else max(0.0, sum(b[0] for b in bounds) - len(bounds) + 1)
    high = min(b[1] for b in bounds) if may else 0.0
    why = {*_reasons(elements), *_reasons(excuses)}
    chance = (must, may, 1.0 if must else min(low, high), high)
    answer, why = _answer(case, chance, why, covered=True, people=case.asks["people"] and may)
    if may and case.asks["tolerance"] and case.the("passed").holds is None:
        chance, answer, why = (False, may, 0.0, high), "undetermined", {*why, "what"}
    return chance, answer, why


def _bounds(node: Node, case: Case) -> tuple[float, float]:
    if node.holds is not None:
        return float(node.holds), float(node.holds)
    return _among(node, case)[2:] if node.test in ("actor", "target", "held-back") else (0.0, 1.0)


def _answer(
    case: Case, chance: Bounds, why: set[str], *, covered: bool, people: bool
) -> tuple[str, set[str]]:
    """Apply the rule of the standard (deal language, 4.5)."""
    must, may, low, high = chance
    violated_at, kept_at = case.asks["violated at"], case.asks["kept at"]
    if people:
        return "undetermined", {*why, "needs-decision"}
    if must or (violated_at is not None and low >= violated_at):
        return "violated", set()
    if covered and (not may or (kept_at is not None and high <= kept_at)):
        return "kept", set()
    why = why if covered else {*why, "no-coverage"}
    return "undetermined", why or {"needs-decision"}


def _whole(case: Case) -> None:
    """Compute the answer for the whole time from the incidents and the coverage."""
    lines = [json.loads(line) for n in case.top("group") for line in n.all("incident")]
    if not case.tree["bearer"]:
        case.the("bearer-open")
        shown = case.the("matching").all("incident")
        need("the tree", shown == case.tree["incidents"], "an incident is missing")
        _agree(case, (False, True, 0.0, 1.0), "undetermined", {"who"})
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
        least, most, drawn = _share_of_worlds(case, suspects)
        need("worlds", case.the("worlds").one("drawn") == str(drawn), "another number is drawn")
        p = min(max(least, low), high), max(min(most, high), low)
    deciding = (must, bool(suspects), *((low, high) if drawn else p))
    answer, why = _answer(case, deciding, why, covered=covered, people=case.asks["people"])
    found = [n for n in case.top("group") if n.one("answer") == "violated" and n.all("incident")]
    if any(json.loads(line)[1] != "no" for n in found for line in n.all("incident")):
        answer, why = "violated", set()
    chance = (must, bool(suspects), low, high) if covered else (must, True, low, 1.0)
    _agree(case, chance, answer, why, p=(p[0], p[1] if covered else 1.0), drawn=drawn)


# -- possible worlds: which offices are believed, and who then did it ------------------------------


def _worlds(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    asked = case.asks["shape"] == "maintain" or node.all("root") == [case.tree["bearer"]]
    need(node.path, asked, "it asks about somebody else than the bearer")
    wanted = _members(node.all("root"), case)
    need(node.path, node.all("member") == wanted, "the deal gives other members")
    return None


def _share_of_worlds(case: Case, suspects: list[list[Any]]) -> tuple[float, float, int]:
    """Return in which share of worlds some incident surely / possibly counts; how many drawn."""
    node = case.the("worlds")
    stated = [json.loads(line) for n in ("case", "earlier case") for line in node.all(n)]
    ids = [line[0] for line in suspects]
    need(node.path, sorted(s[0] for s in stated) == sorted(ids), "an incident is missing")
    surely: Counter[Form] = Counter()
    possibly: Counter[Form] = Counter()
    for incident, lines, told, *counted in stated:
        hypotheses = [line.rsplit(" ", 2) for line in lines]
        sure, possible = _meant(node, hypotheses, case, others=False)
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
    nobody = [prod(1 - share for _, share in offices) for offices, _ in heard]
    for k, (_, names) in enumerate(heard):
        alone = (1 - nobody[k]) * prod(nobody[:k] + nobody[k + 1 :]) / len(names)
        shares = {w: s - alone if w in names else s for w, s in shares.items()}
    owing = all(share + 1e-9 >= 0 for share in shares.values())
    need("worlds", owing, "offices have more votes than those whom they name")
    left = {who: max(0.0, share) for who, share in shares.items()}
    owed = sum(share for who, share in left.items() if who in counts) / (sum(left.values()) or 1.0)
    return tuple((o, sum(n in counts for n in names) / len(names)) for o, names in heard), owed


def _any_counts(forms: Counter[Form], head: bytes) -> tuple[float, int]:
    """Return the share of worlds in which any counts; apart where incidents share no office."""
    never, drawn = prod((1 - owed) ** n for (told, owed), n in forms.items() if not told), 0
    for group in _sharing_offices([f for f in forms if f[0]]):
        cuts: dict[str, list[float]] = {}
        for office, share in (o for told, _ in group for offices, _ in told for o in offices):
            cuts[office] = sorted({*cuts.get(office, [0.0]), share})
        few = prod(len(c) for c in cuts.values()) <= _MOST
        drawn = drawn if few else _DRAWN
        total = 0.0
        for weight, below in _written_out(cuts) if few else _drawn(list(cuts), head):
            total += weight * prod((1 - _chance(f, below)) ** forms[f] for f in group)
        never *= total
    return 1 - never, drawn


def _written_out(cuts: dict[str, list[float]]) -> Iterator[tuple[float, dict[str, float]]]:
    """Yield every way in which offices may be believed: its probability, a point of each office."""
    for ways in product(*(pairwise([*c, 1.0]) for c in cuts.values())):
        points = {office: low for office, (low, _) in zip(cuts, ways, strict=True)}
        yield prod(high - low for low, high in ways), points


def _drawn(offices: list[str], head: bytes) -> Iterator[tuple[float, dict[str, float]]]:
    """Yield the worlds drawn from the root: each office has a point in each (SHAKE-256)."""
    seed = len(head).to_bytes(2, "big") + head
    octets = {o: shake_256(seed + o.encode()).digest(8 * _DRAWN) for o in offices}
    for i in range(0, 8 * _DRAWN, 8):
        yield (
            1 / _DRAWN,
            {o: (int.from_bytes(octets[o][i : i + 8], "little") >> 11) / 2**53 for o in offices},
        )


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


def _duty(case: Case) -> None:
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
    due = _span(case.the("deadline").one("due"))[1] if case.top("deadline") else None
    need("the tree", bool(case.top("coverage")) == bool(due and due < case.at), "coverage")
    need("the tree", case.tree["state"] == state, f"it is {state}")
    violated, kept = answer == "violated", answer == "kept"
    _agree(case, (violated, not kept, float(violated), float(not kept)), answer, why)


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
            first, last = map(_sure, _span(at))
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
    first, last = map(_sure, _span(case.the("deadline").one("due")))
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


def _agree(
    case: Case,
    chance: Bounds,
    answer: str,
    why: set[str],
    *,
    p: tuple[float, ...] = (),
    drawn: int = 0,
) -> None:
    """Check that the tree gives the answer that follows; p is its bounds where no more is known."""
    tree, (must, may, low, high) = case.tree, chance
    need("the answer", tree["assessment"] == answer, f"the nodes give {answer}")
    need("the answer", tree["reasons"] == sorted(why), f"the reasons are {', '.join(sorted(why))}")
    need("the answer", (answer == "undetermined") == bool(why), "a reason is missing")
    need("the answer", [tree["must"], tree["may"]] == [must, may], "certain or possible differ")
    for name, wanted in (("bounds", (low, high)), ("p", p or (low, high))):
        close = all(isclose(a, b, abs_tol=1e-9) for a, b in zip(tree[name], wanted, strict=True))
        need("the answer", close, f"{name}: {wanted[0]} and {wanted[1]} follow")
    need("the answer", tree["drawn"] == drawn, f"{drawn} worlds are drawn")


# -- small things ----------------------------------------------------------------------------------

Rule: TypeAlias = "Callable[[Node, Case, Sequence[str]], bool | None]"
RULES: dict[str, Rule] = {
    "happened": _happened, "kind": _kind, "done-kind": _done_kind, "left-to-people": _always(None),
    "actor": _actor, "held-back": _whom, "target": _whom, "among": _whom, "hypothesis": _as_stated,
    "answers-for": _as_stated, "everyone": _always(True), "where-open": _always(None),
    "place": _place, "zone": _zone, "time": _happened_at, "period": _period, "step": _step,
    "held": _held, "exception": _exception, "prior": _prior, "recorded": _recorded,
    "judged": _judged,
    "before-the-act": _before_act, "phase-then": _phase_then, "notified": _notified,
    "open": _always(None), "all": _all_of, "any": _any_of, "not": _not,
    "burden": lambda n, *_: True if n.one("on") else None, "assumption": _assumption,
    "tolerance": _tolerance, "passed": _passed, "people": _always(None), "standard": _standard,
    "coverage": _coverage, "group": _group, "none-found": _counted, "unseen": _always(None),
    "bearer-open": _always(None), "matching": _always(None), "trigger": _trigger,
    "deadline": _deadline, "no-time": _no_time, "waits": _waits, "done": _done, "after": _after,
    "worlds": _worlds, "more": _always(None), "refused": _always(True), "nothing-done": _counted,
}  # fmt: skip


REASONS = {
    *("not-due", "who", "what", "where", "when", "exception-claimed", "no-coverage"),
    *("contested", "needs-decision"),
}
GIVES = {
    "happened": {"what", "contested"}, "kind": {"what"}, "actor": {"who", "contested"},
    "target": {"who"}, "among": {"who"}, "held-back": {"who"}, "zone": {"where"}, "time": {"when"},
    "place": {"where"}, "where-open": {"where"}, "done-kind": {"what"}, "phase-then": {"when"},
    "after": {"when"},
    "notified": {"what", "when"}, "judged": {"needs-decision", "contested"},
}  # fmt: skip


def _three(value: tuple[bool, bool]) -> bool | None:
    must, may = value
    return True if must else None if may else False


@cache
def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@cache
def _span(text: str) -> Span:
    start, _, end = text.partition("/")
    return (_time(start) if start else None, _time(end) if end else None)


def _sure(at: datetime | None) -> datetime:
    if at is None:
        raise Refused("the tree: a time is missing")
    return at


def _root(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + _root(leaves[:half]) + _root(leaves[half:])).digest()


def main(tree_file: str, entries_file: str) -> int:
    """Check every tree of a file; 0 when all hold, 1 when one is refused.

    Runs when this file is a program of its own; inside the room nothing reads a file.
    """
    with open(tree_file, encoding="utf-8") as text:  # noqa: PTH123 - no import for two files
        trees = json.load(text)
    trees = trees if isinstance(trees, list) else [trees]
    with open(entries_file, "rb") as lines:  # noqa: PTH123
        entries = Entries(lines)
    refused = 0
    for tree in trees:
        why = check(tree, entries)
        refused += bool(why)
        sys.stdout.write(f"{tree.get('id')}: {f'refused: {why}' if why else 'holds'}\n")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
