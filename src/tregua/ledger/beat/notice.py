"""Telling the record that an acknowledgement is overdue: once for each silence, not each beat."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tregua.ledger.beat.asked import Asked, Outcome, append_account
from tregua.ledger.signing.append import Said, say
from tregua.ledger.signing.disclosures import Field

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.ledger.beat.asked import Waiting
    from tregua.ledger.beat.publish import Published
    from tregua.ledger.signing.desk import Desk
    from tregua.ledger.store import Store


def notice_overdue(
    store: Store, folder: Path, published: Published, desk: Desk, *, now: int
) -> tuple[Waiting, ...]:
    """Append a notice for each acknowledgement that became overdue; return for whom.

    Args:
        store: the journal, opened for writing.
        folder: where the log lies.
        published: the beat.
        desk: signs the notice.
        now: POSIX seconds.

    Raises:
        StoreUnwritable, LedgerDamaged: nothing was recorded.
    """
    head = published.held.head
    overdue = tuple(w for w in published.waiting if w.is_overdue and not w.noticed)
    if not overdue:
        return ()
    say(store, desk, [Said("notice", _fields(w, head.size, desk.rel)) for w in overdue], iat=now)
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
