"""The second lock: rows that the server itself hides from those whom their marking leaves out.

The first lock is the one door that shows anything; this one is against our own mistakes, not
against somebody who runs SQL as the application. Two rules:

1. Who looks, and for whom rows are added, is set for one transaction by `acting`, and nowhere else:
   a setting without LOCAL would live on in the next transaction of the session.
2. Nothing is asked back from an insert (a hidden row would be refused), and no conflict is passed
   over (a hidden row would be dropped without a word): what was added is counted.

With no audience set, nothing is seen; with no party set, nothing can be added.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg.errors import InsufficientPrivilege, UniqueViolation

from tregua.errors import EntryRefused, LedgerDamaged, WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tregua.ledger.stores.postgres_session import Session

_ACT = "SELECT set_config('tregua.audience', %s, true), set_config('tregua.party', %s, true)"
_ADD = """INSERT INTO led.entry_view (entry_hash, party, rel, body)
  SELECT decode(entry_hash, 'hex'), party, rel, body FROM jsonb_to_recordset(%s)
  AS given (entry_hash text, party text, rel text[], body jsonb)"""
_SEE = """SELECT entry_hash, party, rel, body::text FROM led.entry_view
  ORDER BY entry_hash, party"""
_COUNT = "SELECT coalesce(sum(entries), 0)::bigint FROM led.entry_count"
_HASH = 32


@dataclass(frozen=True, slots=True)
class EntryView:
    """What may be shown of one entry, and to whom.

    Attributes:
        entry_hash: leaf hash of the entry, 32 bytes.
        party: who submitted it.
        rel: audiences that may see it; never empty.
        body: what they see, as JSON.
    """

    entry_hash: bytes
    party: str
    rel: tuple[str, ...]
    body: str


@contextmanager
def acting(db: Session, *, audiences: Iterable[str] = (), party: str = "") -> Iterator[None]:
    """Let all inside be seen by these audiences and added for this party; one transaction.

    Raises:
        WrongUse: a label that would be read as two, or as none.
    """
    labels = sorted(set(audiences))
    _check_labels(labels)
    with db.transaction():
        db.execute(_ACT, (",".join(labels), party))
        yield


def add_views(db: Session, views: Iterable[EntryView]) -> int:
    """Add rows for the party of `acting`; return how many.

    Raises:
        EntryRefused: a row that nobody could see, whose hash or body is none, that is another
            party's, or that is there already.
        LedgerDamaged: the server took fewer rows than were sent.
    """
    given = [_checked(view) for view in views]
    try:
        added = db.execute(_ADD, (json.dumps(given),)).rowcount if given else 0
    except InsufficientPrivilege:
        raise EntryRefused("it is another party's, or this role may not add it") from None
    except UniqueViolation:  # of this party's own rows: every key holds the party
        raise EntryRefused("what is shown of it is there already") from None
    if added != len(given):
        raise LedgerDamaged("entry_view", f"{len(given)} rows were sent, {added} are there")
    return added


def seen(db: Session) -> Iterator[EntryView]:
    """Hand out the rows that the audiences of `acting` may see, by hash, then party."""
    for entry_hash, party, rel, body in db.execute(_SEE):
        yield EntryView(entry_hash, party, tuple(rel), body)


def count_seen(db: Session) -> int:
    """Return how many rows the audiences of `acting` may see, from the counters."""
    found = db.execute(_COUNT).fetchone()
    assert found is not None
    return int(found[0])


def _checked(view: EntryView) -> dict[str, object]:
    # Here and not in the server, whose log would quote the whole row that it refuses.
    if len(view.entry_hash) != _HASH:
        raise EntryRefused("its hash does not have 32 bytes")
    if not view.rel:
        raise EntryRefused("its marking names no audience, so nobody could ever see it")
    _check_labels(view.rel)
    try:
        body = json.loads(view.body)
    except ValueError:
        raise EntryRefused("what is shown of it is not JSON") from None
    rel = sorted(set(view.rel))
    return {"entry_hash": view.entry_hash.hex(), "party": view.party, "rel": rel, "body": body}


def _check_labels(labels: Iterable[str]) -> None:
    for label in labels:
        if not label or "," in label or "\0" in label:
            raise WrongUse("the name of an audience is empty or holds a comma")
