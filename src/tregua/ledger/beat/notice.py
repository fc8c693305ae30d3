"""Telling the record that an acknowledgement is overdue: once for each silence, not each beat."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tregua.ledger.beat.asked import Asked, Outcome, append_account
from tregua.ledger.put_act import Act, put_acts_of_desk
from tregua.ledger.signing.disclosures import Field

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.ledger.annex import Annex
    from tregua.ledger.beat.asked import Waiting
    from tregua.ledger.beat.publish import Published
    from tregua.ledger.signing.desk import Desk
    from tregua.ledger.store import Store


def notice_overdue(
    store: Store, folder: Path, published: Published, desk: Desk, annex: Annex, *, now: int
) -> tuple[Waiting, ...]:
    """Append a notice for each acknowledgement that became overdue; return for whom.

    Args:
        store: the journal, opened for writing.
        folder: where the log lies.
        published: the beat.
        desk: signs the notice; its key is named with it, if it stands nowhere yet.
        annex: whose keys count.
        now: POSIX seconds.

    Raises:
        EntryRefused: the desk may not sign it.
        StoreUnwritable, LedgerDamaged: nothing was recorded.
    """
    head = published.held.head
    overdue = tuple(w for w in published.waiting if w.is_overdue and not w.noticed)
    if not overdue:
        return ()
    acts = [Act("notice", desk.rel, _fields(w, head.size, desk.rel)) for w in overdue]
    put_acts_of_desk(store, annex, desk, acts, now=now)
    said = "the record was told that this acknowledgement is overdue"
    lines = (Asked(now, head.size, w.cosigner.name, Outcome.NOTICED, said) for w in overdue)
    append_account(folder, lines)
    return overdue


def _fields(waiting: Waiting, size: int, rel: tuple[str, ...]) -> tuple[Field, ...]:
    said = {
        "about": "acknowledgement overdue",
        "cosigner": waiting.cosigner.key.name,
        "refuses": waiting.refuses,
        "since": datetime.fromtimestamp(waiting.since, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "size": size,
    }
    return tuple(Field(name, value, rel) for name, value in said.items())
