"""Which statements answer to which incident: denials, admissions, judgements, findings, replies.

A statement names what it answers by the matter key or by the id of one record. One matter may hold
several occurrences (the reports of it were kept apart). Then a denial answers all of them, for it
can only take certainty away; an admission is counted for none of them unless it names a record,
because nobody knows which of them was admitted.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tregua.reports.model import Says

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tregua.reports.model import Observation, Statement

REPLIES = (Says.DENIES, Says.ADMITS, Says.JUDGES, Says.FINDS, Says.REPLIES)


def replies_by_group(
    groups: Sequence[tuple[Observation, ...]], statements: Iterable[Statement]
) -> Mapping[int, tuple[Statement, ...]]:
    """Return index of a group -> its replies, sorted by record id."""
    by_key = _groups_by_key(groups)
    found: dict[int, list[Statement]] = defaultdict(list)
    for one in sorted(statements, key=lambda s: s.origin.id):
        answered = sorted(by_key.get(one.about, ()))
        if one.says not in REPLIES or (one.says is Says.ADMITS and len(answered) > 1):
            continue
        for index in answered:
            found[index].append(one)
    return {index: tuple(replies) for index, replies in found.items()}


def _groups_by_key(groups: Sequence[tuple[Observation, ...]]) -> Mapping[str, set[int]]:
    by_key: dict[str, set[int]] = defaultdict(set)
    for index, group in enumerate(groups):
        for one in group:
            by_key[one.origin.id].add(index)
            if one.matter:
                by_key[one.matter].add(index)
    return by_key
