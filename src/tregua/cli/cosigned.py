"""Whose cosignatures say when entries came: ``--log`` and ``--policy``, wherever it matters."""

from __future__ import annotations

from dataclasses import dataclass
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

KnownLogOption = Annotated[
    Path | None,
    typer.Option(
        "--log",
        help="Folder of the published log: a time of --known-at then means what others had "
        "cosigned by then, and not what sources could know.",
    ),
]


@dataclass(frozen=True, slots=True)
class Published:
    """Where the record was published, and the policy that says whose cosignatures count."""

    folder: Path | None = None
    policy: Path = Path("policy")

    def seen(self, store: Store) -> Seen | None:
        """Return what the cosignatures there tell about a record; ``None`` without a folder.

        Raises:
            InputUnreadable, NoteRefused: log or policy is not there, or out of form.
            LedgerDamaged: what was cosigned there is not the beginning of this record.
        """
        from tregua.cli.listen import policy_in, posix_now
        from tregua.ledger.windows.seen_log import seen_in_log

        if self.folder is None:
            return None
        return seen_in_log(self.folder, store, policy_in(self.policy), now=posix_now())


NOWHERE = Published()
