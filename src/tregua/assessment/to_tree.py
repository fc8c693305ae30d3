"""Writes an answer as a tree that can be checked without this program (deal language, 4.9).

Beside the nodes stand what the norm asks, the two times, the ledger's head and the deal's digests;
``check_tree.py`` reads it together with the raw entries. The ``digest`` of the tree is SHA-256 over
the rest of it as canonical JSON, so that two people can compare one line.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from tregua.agreement.acts import BUILT_IN, covers
from tregua.agreement.model import Call, Compare, Instant, Named, Nothing, Shifted
from tregua.assessment.check_tree.hashes import digest
from tregua.assessment.conditions import named_word, plain_words, seconds_of
from tregua.assessment.duty import is_timed, seconds_within, unstated
from tregua.assessment.evidence import SIDES
from tregua.assessment.exceptions import is_judged
from tregua.assessment.extensions import extending
from tregua.assessment.facts import instant, interval
from tregua.assessment.names import names_of, parts_of, zones_over
from tregua.assessment.phases import ending, subjects, suspending
from tregua.assessment.standard import standard_of
from tregua.assessment.triggers import AID_CONVOY
from tregua.assessment.whole import is_unseen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tregua.agreement.model import (
        Act,
        Agreement,
        Condition,
        ExceptionClause,
        Ground,
        Ids,
        Norm,
        Phase,
        Slot,
    )
    from tregua.agreement.versions.editions import Held
    from tregua.assessment.model import Assessment, Because

Json: TypeAlias = "dict[str, object]"


@dataclass(frozen=True, slots=True)
class AsOf:
    """What an answer was made from: the moment asked about, and how much of the ledger.

    Attributes:
        at: what happened until, UTC.
        size: entries of the ledger that were looked at.
        root: root hash (hex) of those entries.
        until: what was known until, UTC; ``None`` when only the number of entries bounds it.
        later: ids of records that came after that, sorted: they were not considered.
        digests: name and digest of what the deal says and of its text.
    """

    at: datetime
    size: int
    root: str
    until: datetime | None = None
    later: tuple[str, ...] = ()
    digests: tuple[tuple[str, str], ...] = ()


def trees_json(
    assessments: Iterable[Assessment], editions: Iterable[Agreement], as_of: AsOf
) -> tuple[Json, ...]:
    """Return the tree of each answer as plain values for JSON, in their order.

    Args:
        assessments: the answers.
        editions: the texts by which they were judged.
        as_of: what they were made from.
    """
    texts = {e.model_digest: e for e in editions}
    asked: dict[tuple[str, str, str, Held], Json] = {}
    trees = []
    for a in assessments:
        key = (a.norm, a.bearer, a.text, a.held)
        if key not in asked:
            norm = texts[a.text].norm(a.norm)
            assert norm is not None, "an answer is about a norm of the text it was judged by"
            asked[key] = {**asks(norm, a.bearer, texts[a.text]), "held": _held(a.held)}
        trees.append(_tree(a, as_of, asked[key]))
    return tuple(trees)


def _held(held: Held) -> list[str] | None:
    if held.is_always:
        return None
    sure = interval(held.sure_start, held.sure_end) if held.sure else "never"
    return [interval(held.start, held.end), sure]


def _tree(assessment: Assessment, as_of: AsOf, asked: Json) -> Json:
    a = assessment
    tree: Json = {
        "format": "tregua-tree/1",
        "assessment": str(a.answer),
        "id": a.id,
        "norm": a.norm,
        "clause": a.clause,
        "bearer": a.bearer,
        "instance": a.instance,
        "state": a.state,
        "reasons": [str(r) for r in a.reasons],
        "must": a.must,
        "may": a.may,
        "p": [a.p.least, a.p.most],
        "drawn": a.p.drawn,
        "bounds": [a.low, a.high],
        "start": instant(a.start),
        "end": instant(a.end),
        "due": instant(a.due),
        "provisional": a.provisional,
        "at": instant(as_of.at),
        "as_of": {"seq": as_of.size, "head": as_of.root, "until": instant(as_of.until)},
        "digests": dict(as_of.digests),
        "asks": asked,
        "records": list(a.records),
        "incidents": list(a.incidents),
        **nodes_json(a.because),
        "would change if": list(a.would_change_if),
        "not considered": [{r: "received after as_of"} for r in as_of.later],
    }
    return {**tree, "digest": digest(tree)}


def asks(norm: Norm, bearer: str, agreement: Agreement) -> Json:
    """Return what the norm asks of a bearer: all that a tree of it must test."""
    standard = standard_of(norm, agreement)
    conditions = norm.trigger if isinstance(norm.trigger, tuple) else ()
    clauses = {e.id: e for e in agreement.exceptions}
    return {
        "shape": norm.shape,
        "acts": [_act(act, agreement) for act in norm.acts],
        "during": list(norm.during) if isinstance(norm.during, tuple) else None,
        "where": list(norm.where) if isinstance(norm.where, tuple) else None,
        "conditions": len(conditions) if norm.shape == "forbid" else 0,
        "exceptions": [
            _exception(clauses[i], bearer, agreement) for i in norm.exceptions if i in clauses
        ],
        "tolerance": norm.tolerance if isinstance(norm.tolerance, int) else None,
        "people": norm.check in ("person", "not-checkable"),
        "assumed": [list(pair) for pair in norm.assumed],
        "violated at": standard.violated_at,
        "kept at": standard.kept_at,
        "coverage": float(norm.coverage) if isinstance(norm.coverage, Decimal) else None,
        "within": seconds_within(norm),
        "unseen": is_unseen(norm),
        "after": list(norm.after),
        "moved by": {p.id: _moved_by(p, agreement) for p in agreement.phases},
        "no time": unstated(norm),
        "from start": norm.shape == "achieve" and not conditions,
        "effective": isinstance(agreement.effective, Instant | Named | Shifted | Call),
        "timed": is_timed(norm),
        "by key": any(isinstance(c, Call) and _asks_for_aid(c) for c in conditions[:1]),
        "sides": sorted(w.id for w in agreement.of_kind(*SIDES)),
        "members": {w.id: parts_of(w.id, agreement) for w in agreement.who},
        "zones": {g.id: _zone(g, agreement) for g in agreement.grounds},
    }


def _asks_for_aid(condition: Call) -> bool:
    """Say whether it is the request whose answers carry its key (``triggers.py``)."""
    return condition.name == "request" and AID_CONVOY in plain_words(condition)[:1]


def _moved_by(phase: Phase, agreement: Agreement) -> Json:
    """Return under which names statements of each kind speak of a phase."""
    return {
        "extends": subjects(phase, extending(phase, agreement)),
        "ends": subjects(phase, ending(phase, agreement)),
        "suspends": subjects(phase, suspending(phase, agreement)),
        "resumes": subjects(phase, suspending(phase, agreement)),
    }


def _zone(ground: Ground, agreement: Agreement) -> Json:
    around = sorted(zones_over(ground, agreement))
    return {"names": sorted(names_of(ground)), "around": around}


def _act(act: Act, agreement: Agreement) -> Json:
    extra = agreement.act_parents
    kinds = BUILT_IN | {kind for pair in extra for kind in pair}
    return {
        "kind": act.kind,
        "limited": any(value not in ("any", "yes", "no") for _, value in act.args),
        "covers": sorted(k for k in kinds if covers(act.kind, k, extra)),
        "within": sorted(k for k in kinds if covers(k, act.kind, extra)),
    }


def _exception(exception: ExceptionClause, bearer: str, agreement: Agreement) -> Json:
    conditions = exception.when if isinstance(exception.when, tuple) else ()
    placed = exception.only_in is not None and not isinstance(exception.only_in, Nothing)
    asked = _Asked(bearer, exception.decided_by, agreement)
    forms = [_form(c, asked) for c in conditions if not is_judged(c)]
    forms += [[]] if placed else []
    forms += [_form(c, asked) for c in conditions if is_judged(c)]
    return {
        "id": exception.id,
        "result": exception.result,
        "burden": exception.burden if isinstance(exception.burden, str) else "",
        # Without a condition the text leaves open when it applies: that is one thing to decide.
        "conditions": forms if conditions else [*forms, []],
        "assumed": [list(pair) for pair in exception.assumed],
    }


@dataclass(frozen=True, slots=True)
class _Asked:
    """About whom a condition is asked, and who decides it by the exception."""

    bearer: str
    decided_by: Slot[Ids]
    agreement: Agreement


def _form(condition: Condition, asked: _Asked) -> list[object]:
    """Return the form of a condition: a list of its parts, or of what it asks in texts."""
    if isinstance(condition, Compare):
        return []
    if condition.name in ("any", "all", "not"):
        inner = [i.only for i in condition.plain() if isinstance(i.only, Call)]
        parts: list[object] = [_form(c, asked) for c in inner]
        return [parts] if condition.name == "not" else parts
    if condition.name == "prior":
        return _prior(condition, asked.bearer)
    if condition.name == "judged":
        return _judged(condition, asked)
    if condition.name == "notified":
        return [repr(seconds_of(condition, "before") or 0.0)]
    return []


def _prior(call: Call, bearer: str) -> list[object]:
    side, seconds = named_word(call, "on") or "actor", seconds_of(call, "within")
    acts = plain_words(call)
    if seconds is None or not acts:
        return []
    return [acts[0], bearer if side == "actor" else side, repr(seconds)]


def _judged(call: Call, asked: _Asked) -> list[object]:
    name = next(iter(plain_words(call)), "")
    term = next((t for t in asked.agreement.terms if t.id == name), None)
    if term is not None and isinstance(term.measured_as, tuple):
        return [_form(c, asked) for c in term.measured_as]
    by = (named_word(call, "by"),) if named_word(call, "by") else asked.decided_by
    own = term.decided_by if term is not None and isinstance(term.decided_by, tuple) else ()
    return [name, *(by if isinstance(by, tuple) else own)]


def nodes_json(because: Iterable[Because]) -> Json:
    """Write nodes, and how many there are."""
    nodes = [_node(b) for b in because]
    return {"parts": len(nodes), "because": nodes}


def _node(b: Because) -> Json:
    return {
        "atom": b.atom,
        "says": b.says,
        "holds": b.holds,
        "records": list(b.records),
        "searched": b.searched,
        "clause": b.clause,
        "facts": [list(pair) for pair in b.facts],
        **nodes_json(b.parts),
    }
