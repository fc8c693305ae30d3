"""The second lock: rows that the server itself hides from those whom their marking leaves out.

The first lock is the one door that shows anything; this one is against our own mistakes, not
against somebody who runs SQL as the application. Two rules:

1. Who looks, for whom rows are added, and which body is destroyed is set for one transaction by
   `acting`, and nowhere else: a setting without LOCAL would live on in the next transaction.
2. Nothing is asked back from an insert (a hidden row would be refused), and no conflict is passed
   over (a hidden row would be dropped without a word): what was added is counted.

With no audience set, nothing is seen; with no party set, nothing can be added; with no entry named,
nothing can be destroyed.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg.errors import InsufficientPrivilege, UniqueViolation

from tregua.errors import EntryRefused, LedgerDamaged, WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tregua.ledger.stores.postgres_session import Session

_ACT = """SELECT set_config('tregua.audience', %s, true), set_config('tregua.party', %s, true),
  set_config('tregua.erasing', %s, true)"""
_ADD = """INSERT INTO led.entry_view (entry_hash, party, version, rel, body)
  SELECT hash, party, version, string_to_array(rel, ','), body
  FROM unnest(%b::bytea[], %b::text[], %b::integer[], %b::text[], %b::bytea[])
  AS given (hash, party, version, rel, body)"""
_SEE = """SELECT entry_hash, party, version, rel, body FROM led.entry_view
  ORDER BY entry_hash, party, version"""
_COUNT = "SELECT coalesce(sum(entries), 0)::bigint FROM led.entry_count"
_HASH = 32


@dataclass(frozen=True, slots=True)
class EntryView:
    """What may be shown of one entry, and to whom.

    Attributes:
        entry_hash: leaf hash of the entry, 32 bytes.
        party: who signed it.
        rel: audiences that may see it; never empty.
        body: payload of the age file.
        version: how often a body of this entry was kept, from 1.
    """

    entry_hash: bytes
    party: str
    rel: tuple[str, ...]
    body: bytes
    version: int = 1


@contextmanager
def acting(
    db: Session, *, audiences: Iterable[str] = (), party: str = "", erasing: str = ""
) -> Iterator[None]:
    """Let all inside be seen by these audiences and added for this party; one transaction.

    Inside a transaction it is a part of that one; what was set ends with it here as well.

    Args:
        db: the session.
        audiences: who looks.
        party: for whom rows are added, or destroyed.
        erasing: id (hex) of the one entry of which the body may be destroyed.

    Raises:
        WrongUse: a label that would be read as two, or as none.
    """
    labels = sorted(set(audiences))
    if not all(map(_is_label, labels)):
        raise WrongUse("the name of an audience is empty or holds a comma")
    with db.transaction():
        db.execute(_ACT, (",".join(labels), party, erasing))
        yield
        db.execute(_ACT, ("", "", ""))


def add_views(db: Session, views: Sequence[EntryView]) -> int:
    """Add rows for the party of `acting`; return how many.

    Raises:
        EntryRefused: a row that nobody could see, whose hash is none, that is another party's, or
            that is there already.
        LedgerDamaged: the server took fewer rows than were sent.
    """
    for view in views:
        _check(view)
    columns = (
        [view.entry_hash for view in views],
        [view.party for view in views],
        [view.version for view in views],
        [",".join(sorted(set(view.rel))) for view in views],
        [view.body for view in views],
    )
    try:
        added = db.execute(_ADD, columns).rowcount if views else 0
    except InsufficientPrivilege:
        raise EntryRefused("it is another party's, or this role may not add it") from None
    except UniqueViolation:  # of this party's own rows: every key holds the party
        raise EntryRefused("what is shown of it is there already") from None
    if added != len(views):
        raise LedgerDamaged("entry_view", f"{len(views)} rows were sent, {added} are there")
    return added


def seen(db: Session) -> Iterator[EntryView]:
    """Hand out the rows that the audiences of `acting` may see, by hash, then party."""
    for entry_hash, party, version, rel, body in db.execute(_SEE, binary=True):
        yield EntryView(entry_hash, party, tuple(rel), body, version)


def count_seen(db: Session) -> int:
    """Return how many rows the audiences of `acting` may see, from the counters."""
    found = db.execute(_COUNT).fetchone()
    assert found is not None
    return int(found[0])


def _check(view: EntryView) -> None:
    # Here and not in the server, whose log would quote the whole row that it refuses.
    if len(view.entry_hash) != _HASH:
        raise EntryRefused("its hash does not have 32 bytes")
    if not view.rel:
        raise EntryRefused("its marking names no audience, so nobody could ever see it")
    if not all(map(_is_label, view.rel)):
        raise EntryRefused("the name of an audience is empty or holds a comma")


def _is_label(label: str) -> bool:
    return bool(label) and "," not in label and "\0" not in label
