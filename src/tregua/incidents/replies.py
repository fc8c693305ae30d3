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
    from collections.abc import Callable, Iterable, Mapping

    from tregua.reports.model import Statement

REPLIES = (Says.DENIES, Says.ADMITS, Says.JUDGES, Says.FINDS, Says.REPLIES)


def replies_by_incident(
    statements: Iterable[Statement], *, told_of: Callable[[str], Iterable[str]]
) -> Mapping[str, tuple[Statement, ...]]:
    """Return incident -> its replies, sorted by record id.

    Args:
        statements: all that are known.
        told_of: the incidents in which a matter key or the id of a record stands, each once.
    """
    found: dict[str, list[Statement]] = defaultdict(list)
    for one in sorted(statements, key=lambda s: s.origin.id):
        if one.says not in REPLIES:
            continue
        answered = tuple(told_of(one.about))
        if one.says is Says.ADMITS and len(answered) > 1:
            continue
        for incident in answered:
            found[incident].append(one)
    return {incident: tuple(replies) for incident, replies in found.items()}
