"""The questions of `rules.py`, asked of one incident after another by the element tests.

The plain form of `candidates.py`: nothing that it finds may be missing from what masks leave, and
nothing that it leaves open may be certain by them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tregua.agreement.acts import FORCE
from tregua.agreement.model import Act
from tregua.assessment.candidates import chosen
from tregua.assessment.compiled import compiled_deal
from tregua.assessment.in_force import in_time, periods_of
from tregua.assessment.place_test import place_element
from tregua.assessment.rules import accused, bearers_of, hit, owed, restrained_by, searched
from tregua.assessment.who_test import actor_element, among, target_element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tregua.agreement.model import Norm
    from tregua.assessment.element import Element
    from tregua.assessment.evidence import Evidence
    from tregua.attribution.model import Attributed

Rows: TypeAlias = "set[int]"
Tests: TypeAlias = "Callable[[Attributed], list[tuple[bool, bool]]]"


def asked(evidence: Evidence) -> Iterator[tuple[str, Rows, Rows]]:
    """Return each question, with the rows that certainly and possibly meet it, one by one."""
    for norm in evidence.agreement.norms:
        bearers = bearers_of(norm, evidence.agreement)
        if norm.shape == "achieve":
            for bearer in bearers or ("",):
                for number, act in enumerate(norm.acts):
                    yield owed(norm, bearer, number), *_owed(act, norm, bearer, evidence)
        elif norm.shape != "allow":
            yield searched(norm), *_searched(norm, evidence)
            for bearer in bearers:
                yield accused(norm, bearer), *_accused(norm, bearer, evidence)
    for name in compiled_deal(evidence.agreement).place:
        kind, on, side = name.partition(" on ")
        if on:
            assert hit(kind, side) == name
            yield name, *_hit(kind, side, evidence)


def lost(evidence: Evidence) -> list[tuple[str, str]]:
    """Return the question and incident of every candidate that masks lose or make too certain."""
    wrong = []
    for question, sure, possible in asked(evidence):
        certain, left = (set(rows) for rows in chosen(question, evidence))
        told = {r for r in certain if evidence.items[r].happened_must}
        assert certain == told
        missing = (possible - left) | (certain - sure)
        wrong += [(question, evidence.items[row].incident.id) for row in sorted(missing)]
    return wrong


def _searched(norm: Norm, evidence: Evidence) -> tuple[Rows, Rows]:
    acts = tuple(Act(kind) for kind in FORCE) if norm.shape == "maintain" else norm.acts
    return _rows(evidence, lambda i: [_kind(i, acts, evidence), _time(i, norm, evidence)])


def _accused(norm: Norm, bearer: str, evidence: Evidence) -> tuple[Rows, Rows]:
    acts = tuple(Act(kind) for kind in FORCE) if norm.shape == "maintain" else norm.acts

    def tests(item: Attributed) -> list[tuple[bool, bool]]:
        who = _both(actor_element(item, bearer, evidence))
        if norm.shape == "maintain":
            who = among(item.actors, restrained_by(norm, evidence.agreement), evidence)[:2]
        return [
            _kind(item, acts, evidence),
            _time(item, norm, evidence),
            who,
            _both(target_element(item, norm.against, bearer, evidence)),
            _both(place_element(item.incident.place, norm.where, evidence)),
        ]

    return _rows(evidence, tests)


def _owed(act: Act, norm: Norm, bearer: str, evidence: Evidence) -> tuple[Rows, Rows]:
    def tests(item: Attributed) -> list[tuple[bool, bool]]:
        where = norm.where if isinstance(norm.where, tuple) else ("everywhere",)
        return [
            _kind(item, (act,), evidence),
            _both(actor_element(item, bearer, evidence)),
            _both(place_element(item.incident.place, where, evidence)),
        ]

    return _rows(evidence, tests)


def _hit(act: str, side: str, evidence: Evidence) -> tuple[Rows, Rows]:
    return _rows(
        evidence,
        lambda i: [
            _kind(i, (Act(act),), evidence),
            among(i.targets, (side,), evidence, others_may=True)[:2],
        ],
    )


def _rows(evidence: Evidence, tests: Tests) -> tuple[Rows, Rows]:
    found = [tests(item) for item in evidence.items]
    happened = [item.happened_must for item in evidence.items]
    sure = {n for n, f in enumerate(found) if happened[n] and all(must for must, _ in f)}
    return sure, {n for n, f in enumerate(found) if all(may for _, may in f)}


def _kind(item: Attributed, acts: tuple[Act, ...], evidence: Evidence) -> tuple[bool, bool]:
    kinds = item.incident.kinds or ("",)
    must = all(any(k and evidence.covers(a.kind, k) for a in acts) for k in kinds)
    return must, any(evidence.may_be(a.kind, k) for a in acts for k in kinds)


def _time(item: Attributed, norm: Norm, evidence: Evidence) -> tuple[bool, bool]:
    return in_time(item.incident.when, periods_of(norm, evidence), evidence.at)


def _both(element: Element) -> tuple[bool, bool]:
    return element.must, element.may
