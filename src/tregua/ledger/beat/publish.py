"""One beat, in the order that nothing signed can be lost (03, section 17.1).

1. What a kill left is put right: half-written files go, missing ones are written again from the
   journal. A difference inside what was signed stops everything.
2. New entries become bundles and tiles, durably; their root must be that of the journal.
3. Size and root are stored durably, then signed: never two roots for one size, never a smaller size
   after a larger one.
4. ``checkpoint.pending`` is published, every cosigner of the policy is asked, and ``checkpoint``
   follows when the policy is met. Who did not acknowledge is told, with the time since when.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import LedgerDamaged, WrongUse
from tregua.ledger.beat.ask import Reached, ask
from tregua.ledger.beat.asked import (
    Asked,
    Outcome,
    Waiting,
    append_account,
    read_account,
    waiting_for,
)
from tregua.ledger.beat.by_hand import take_by_hand
from tregua.ledger.mirror.log_folder import HISTORY, POLICY, newest_note, put_note
from tregua.ledger.notes.checkpoint import LogHead, read_head_text
from tregua.ledger.notes.note import SignedNote
from tregua.ledger.notes.policy import Acknowledged, Policy, acknowledged, one_log
from tregua.ledger.store import Head, read_head
from tregua.ledger.tiles.durable import DurableFolder, alone
from tregua.ledger.tiles.read_tiles import FolderSource
from tregua.ledger.tiles.tiled_tree import TiledTree
from tregua.ledger.tiles.write_tiles import extend, missing_files
from tregua.ledger.tree import EMPTY_ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tregua.ledger.notes.policy import Cosigner
    from tregua.ledger.notes.signer import SigningKey
    from tregua.ledger.store import Store

    Ask = Callable[..., Reached]

SIGNED = "signed"  # size and root of the newest checkpoint that may have been signed
PATIENCE = 12 * 3600  # seconds; the agreement may name another delay
_ASKERS = 8


@dataclass(frozen=True, slots=True)
class Published:
    """What a beat ended with.

    Attributes:
        note: the pending checkpoint with its cosignatures.
        held: what it is worth under the policy.
        waiting: who has not acknowledged it, in the order of the policy.
        asked: what came of asking, in the same order.
    """

    note: SignedNote
    held: Acknowledged
    waiting: tuple[Waiting, ...]
    asked: tuple[Asked, ...]


def publish(
    store: Store,
    folder: Path,
    key: SigningKey,
    policy: Policy,
    *,
    now: int,
    patience: int = PATIENCE,
    handed: tuple[SignedNote, ...] = (),
    asking: Ask = ask,
) -> Published:
    """Publish the record as it stands now.

    Args:
        store: the journal.
        folder: where the log lies; made when there is none.
        key: of the log, the one that the policy names.
        policy: the trust rule.
        now: POSIX seconds.
        patience: seconds until a missing acknowledgement is overdue.
        handed: checkpoints that were published here and came back by hand, cosigned.
        asking: how a cosigner is asked.

    Raises:
        WrongUse: the key is not that of the policy's log.
        LedgerDamaged: journal and files, or files and what was signed, disagree; nothing is signed.
            Or a checkpoint that was handed over does not hold.
        StoreUnwritable: no room, no right, or another beat is under way.
    """
    if one_log(policy).key != key.public:
        raise WrongUse(f"the policy names another key for its log than that of {key.name}")
    target = DurableFolder(folder)
    with alone(folder):
        signed = recover(store, target)
        head = _written(store, target, signed)
        note = _signed(target, key, head)
        target.write(POLICY, policy.text)
        put_note(target, note, policy)
        by_hand = [take_by_hand(target, one, policy, now=now) for one in handed]
        append_account(target.folder, [line for lines in by_hand for line in lines])
        note = newest_note(FolderSource(folder), names=(f"{HISTORY}/{head.size}",)) or note
        return _acknowledge(target, note, policy, now=now, patience=patience, asking=asking)


def recover(store: Store, target: DurableFolder) -> Head:
    """Put right what a kill left; return what was signed last.

    Raises:
        LedgerDamaged: what was signed cannot be had from the files nor from the journal.
    """
    target.clear_parts()
    signed = _last_signed(target.folder)
    if store.size() < signed.size:
        raise LedgerDamaged(store.name, f"it has {store.size()} entries, {signed.size} were signed")
    if missing_files(target.folder, signed.size):
        if store.root_at(signed.size) != signed.root:
            raise LedgerDamaged(store.name, "its entries are not those that were signed")
        extend(target, (row.data for row in store.rows(0, signed.size)), size=0)
    if TiledTree(FolderSource(target.folder), signed.size).root() != signed.root:
        raise LedgerDamaged(
            str(target.folder), f"its files do not give the {signed.size} entries that were signed"
        )
    return signed


def _last_signed(folder: Path) -> Head:
    try:
        return read_head((folder / SIGNED).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return _head_of(newest_note(FolderSource(folder)))  # a copy that goes on as the centre
    except (OSError, WrongUse):
        raise LedgerDamaged(str(folder / SIGNED), "it cannot be read") from None


def _head_of(note: SignedNote | None) -> Head:
    if note is None:
        return Head(0, EMPTY_ROOT)
    head = read_head_text(note.text)
    return Head(head.size, head.root)


def _written(store: Store, target: DurableFolder, signed: Head) -> Head:
    with store.snapshot():
        journal = store.head()
        new = (row.data for row in store.rows(signed.size, journal.size))
        size = extend(target, new, size=signed.size)
    root = TiledTree(FolderSource(target.folder), size).root()
    if Head(size, root) != journal:
        raise LedgerDamaged(store.name, "its entries are not those that were signed and published")
    return journal


def _signed(target: DurableFolder, key: SigningKey, head: Head) -> SignedNote:
    target.write(SIGNED, f"{head}\n".encode())
    target.settle()  # before a signature leaves the process
    text = LogHead(key.name, head.size, head.root).text()
    before = newest_note(FolderSource(target.folder), names=(f"{HISTORY}/{head.size}",))
    if before is not None and before.text == text:
        return before  # nothing new: the cosignatures that came meanwhile stay
    return SignedNote(text, (key.sign(text),))


def _acknowledge(
    target: DurableFolder,
    note: SignedNote,
    policy: Policy,
    *,
    now: int,
    patience: int,
    asking: Ask,
) -> Published:
    account = read_account(target.folder)
    tree = TiledTree(FolderSource(target.folder), acknowledged(note, policy).head.size)
    tree.root()  # read before the threads share what is kept

    def reach(cosigner: Cosigner) -> Reached:
        mine = TiledTree(FolderSource(target.folder), tree.size)
        return asking(cosigner, note, mine, old=_cosigned_last(account, cosigner), now=now)

    with ThreadPoolExecutor(_ASKERS) as askers:
        reached = list(askers.map(reach, policy.cosigners))
    note = note.with_lines(*(line for one in reached for line in one.lines))
    asked = tuple(one.asked for one in reached)
    append_account(target.folder, asked)
    held = put_note(target, note, policy)
    waiting = waiting_for(held.missing, (*account, *asked), now=now, patience=patience)
    return Published(note, held, waiting, asked)


def _cosigned_last(account: tuple[Asked, ...], cosigner: Cosigner) -> int:
    lines = (one for one in reversed(account) if one.cosigner == cosigner.name)
    return next((one.size for one in lines if one.outcome is Outcome.COSIGNED), 0)
