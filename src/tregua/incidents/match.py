"""The door of the room: records in, incidents out. Deterministic; arrival plays no part.

Steps:

1. Of two versions of one id the one known later counts.
2. Observations that may be linked lie in one neighbourhood (``matched.py``), and each of these is
   made into its incidents by itself (``neighbourhood.py``).
3. Statements that answer to a matter or a record are laid beside it (``replies.py``).

Only neighbourhoods in which something came, went or was revised are made again: what is kept of an
earlier matching is a cache, and the batch is the same call with nothing kept.

Claims of counts, watches and namings never become incidents.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tregua.incidents.matched import Matched
from tregua.incidents.neighbourhood import LONG, incident_id
from tregua.incidents.replies import replies_by_incident
from tregua.reports.model import Link, Observation, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tregua.incidents.model import Incident
    from tregua.reports.model import Record


def match(records: Sequence[Record], kept: Matched | None = None) -> tuple[Incident, ...]:
    """Return every incident that the records tell of, sorted by (start, id).

    Args:
        records: all that are known.
        kept: what an earlier matching left; no incident depends on it.
    """
    matched = kept or Matched()
    matched.become(_latest_versions(records), [r for r in records if isinstance(r, Link)])
    statements = (r for r in records if isinstance(r, Statement))
    replies = replies_by_incident(statements, told_of=matched.told_of)
    incidents = _told_apart({**matched.alone, **_answered(matched.alone, replies)})
    by_id = sorted(incidents, key=lambda i: i.id)
    return tuple(sorted(by_id, key=lambda i: i.when.start))


def _latest_versions(records: Iterable[Record]) -> dict[str, Observation]:
    told = [r for r in records if isinstance(r, Observation)]
    latest = {one.origin.id: one for one in told}
    if len(latest) < len(told):
        for one in told:
            latest[one.origin.id] = max(latest[one.origin.id], one, key=_version)
    return latest


def _version(one: Observation) -> tuple[object, ...]:
    return (one.origin.known, repr(one))


def _answered(
    alone: Mapping[str, Incident], replies: Mapping[str, tuple[Statement, ...]]
) -> dict[str, Incident]:
    return {key: replace(alone[key], replies=told) for key, told in replies.items()}


def _told_apart(incidents: Mapping[str, Incident]) -> Iterable[Incident]:
    """Return the incidents, with longer ids where two of them would share one."""
    shared = Counter(i.id for i in incidents.values())
    if len(shared) == len(incidents):
        return incidents.values()
    return [
        replace(i, id=incident_id(key, digits=LONG)) if shared[i.id] > 1 else i
        for key, i in incidents.items()
    ]
