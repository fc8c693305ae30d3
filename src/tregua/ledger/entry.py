"""An entry of the ledger: canonical bytes in, canonical bytes out.

The leaf is the JSON object with sorted keys, no spaces, UTF-8, no NaN. Only the ledger's door
(``intake.py``) sets ``received``. Signatures come with a later change of the leaf's form; nothing
outside this file and ``intake.py`` may depend on what the bytes look like.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_ENTRY = 16_384  # bytes; a tlog entry bundle allows 65,535, we refuse more than 16 kB
KINDS = ("agreement", "report", "link", "finding", "notice")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    Attributes:
        kind: one of `KINDS`.
        issuer: who submits it, as written.
        body: canonical JSON text of the content; the ledger does not look inside.
        received: microseconds since the epoch, UTC, by the ledger's own clock.
    """

    kind: str
    issuer: str
    body: str
    received: int
