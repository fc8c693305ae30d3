"""What a cosigner answers on which path: the witness call, and its newest cosigned checkpoint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tregua.ledger.witness.witness import OK, Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tregua.ledger.witness.serve import Asked
    from tregua.ledger.witness.witness import Witness

_NEWEST = re.compile(r"/([0-9a-f]{64})/checkpoint")


def cosigner_routes(
    witness: Witness, clock: Callable[[], int], add: Callable[[bytes, int], Answer] | None = None
) -> Callable[[Asked], Answer | None]:
    """Return the handler of a cosigner.

    Args:
        witness: that answers.
        clock: POSIX seconds.
        add: what answers the witness call in its place, for a mirror.
    """

    def handler(asked: Asked) -> Answer | None:
        if asked.method == "POST":
            if asked.path != "/add-checkpoint":
                return None
            return (
                add(asked.body, clock()) if add else witness.add_checkpoint(asked.body, now=clock())
            )
        match = _NEWEST.fullmatch(asked.path)
        newest = witness.newest_note(match[1]) if match else None
        return None if newest is None else Answer(OK, newest)

    return handler
