"""Comparing with the other cosigners: has anybody been shown another history than this copy holds.

Each cosigner of the policy is asked what it cosigned last. What it tells is believed only as far as
the log signed it; what contradicts the copy is proved in a conflict file.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from tregua.errors import (
    InputUnreadable,
    NoteRefused,
    SignatureRefused,
    SourceUnreachable,
    WrongUse,
)
from tregua.ledger.mirror.difference import conflict_proved
from tregua.ledger.mirror.sources import HttpSource
from tregua.ledger.notes.note import MAX_NOTE, SignedNote, read_note
from tregua.ledger.notes.policy import log_signed
from tregua.ledger.tiles.read_tiles import FolderSource
from tregua.ledger.tiles.tiled_tree import TiledTree

if TYPE_CHECKING:
    from collections.abc import Callable

    from tregua.ledger.notes.policy import Cosigner, Policy
    from tregua.ledger.tiles.durable import DurableFolder

    Fetch = Callable[[str, str], bytes | None]


@dataclass(frozen=True, slots=True)
class Peer:
    """What one cosigner told.

    Attributes:
        cosigner: who was asked.
        agrees: it cosigned a beginning of the copy; ``None`` when that cannot be said.
        said: one sentence.
    """

    cosigner: Cosigner
    agrees: bool | None
    said: str


def fetch(url: str, name: str) -> bytes | None:
    """Fetch a file of a cosigner."""
    return HttpSource(url).read(name, most=MAX_NOTE)


def compare_with_peers(
    folder: DurableFolder, policy: Policy, ours: SignedNote, *, fetching: Fetch = fetch
) -> tuple[Peer, ...]:
    """Compare a copy with what each cosigner of the policy cosigned last.

    Raises:
        LedgerDamaged: a second history; the sentence names the file that proves it.
    """
    return tuple(_compared(c, folder, policy, ours, fetching) for c in policy.cosigners if c.url)


def _compared(
    cosigner: Cosigner, folder: DurableFolder, policy: Policy, ours: SignedNote, fetching: Fetch
) -> Peer:
    own = log_signed(ours, policy.log_keys)
    name = f"{sha256(own.origin.encode()).hexdigest()}/checkpoint"
    try:
        data = fetching(cosigner.url.decode("utf-8", "replace").rstrip("/"), name)
        if data is None:
            return Peer(cosigner, None, "it has cosigned nothing yet")
        note = read_note(data)
        theirs = log_signed(note, policy.log_keys)
    except (SourceUnreachable, InputUnreadable, WrongUse) as error:
        return Peer(cosigner, None, str(error))
    except (NoteRefused, SignatureRefused) as error:
        return Peer(cosigner, None, f"what it shows was not signed by the log: {error}")
    if theirs.size > own.size:
        return Peer(cosigner, None, f"it is ahead: {theirs.size} entries, this copy {own.size}")
    tree = TiledTree(FolderSource(folder.folder), own.size)
    if tree.root(theirs.size) != theirs.root:
        raise conflict_proved(folder, policy, ours, note, list(tree.leaves()))
    return Peer(cosigner, True, f"it cosigned {theirs.size} of these entries")
