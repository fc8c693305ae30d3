"""Cosignatures that come by hand: on a USB stick, by mail, whenever the road was open.

A side that is not on the network acknowledges what it was handed, often some beats later. Its line
goes under the checkpoint of that size, and that one counts from then on if the policy is met.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.errors import WrongUse
from tregua.ledger.beat.asked import Asked, Outcome
from tregua.ledger.mirror.log_folder import HISTORY, keep_note, newest_note
from tregua.ledger.notes.policy import log_signed
from tregua.ledger.notes.verify import check_line
from tregua.ledger.tiles.read_tiles import FolderSource

if TYPE_CHECKING:
    from tregua.ledger.notes.note import SignedNote
    from tregua.ledger.notes.policy import Policy
    from tregua.ledger.tiles.durable import DurableFolder


def take_by_hand(
    target: DurableFolder, handed: SignedNote, policy: Policy, *, now: int
) -> tuple[Asked, ...]:
    """Take the cosignatures of a checkpoint that was published here before.

    Raises:
        WrongUse: no such checkpoint was published here, or no cosigner of the policy signed it.
        SignatureRefused: a line of the log or of a cosigner does not hold.
    """
    size = log_signed(handed, policy.log_keys).size
    name = f"{HISTORY}/{size}"
    published = newest_note(FolderSource(target.folder), names=(name,))
    if published is None or published.text != handed.text:
        raise WrongUse(f"the checkpoint of {size} entries handed over was not published here")
    found, lines = [], []
    for cosigner in policy.cosigners:
        key = cosigner.key
        for line in handed.lines:
            if (line.name, line.key_id) == (key.name, key.id):
                check_line(handed.text, line, key, now=now, of_log=False)
                lines.append(line)
                said = "acknowledged by hand"
                found.append(Asked(now, size, cosigner.name, Outcome.COSIGNED, said))
    if not found:
        raise WrongUse(f"no cosigner of the policy signed the checkpoint of {size} handed over")
    keep_note(target, published.with_lines(*lines), policy)
    return tuple(dict.fromkeys(found))
