"""Whose cosignatures say when entries came: ``--log`` and ``--policy``, wherever it matters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tregua.ledger.store import Store
    from tregua.ledger.windows.seen import Seen

SeenLogOption = Annotated[
    Path | None,
    typer.Option(
        "--log",
        help="Folder of the published log, or of a mirror's copy: by the cosignatures in it, and "
        "not by the centre's clock, it is said when entries came.",
    ),
]


def seen_by(log: Path | None, policy: Path, store: Store) -> Seen | None:
    """Return what the cosignatures in a log tell about a record; ``None`` without a log.

    Raises:
        InputUnreadable, NoteRefused: log or policy is not there, or out of form.
        LedgerDamaged: what was cosigned there is not the beginning of this record.
    """
    from tregua.cli.listen import policy_in, posix_now
    from tregua.ledger.windows.seen_log import seen_in_log

    return None if log is None else seen_in_log(log, store, policy_in(policy), now=posix_now())
