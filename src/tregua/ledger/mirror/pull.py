"""Bringing a copy up to date: fetch, hash every entry again, and only then call it the copy.

1. The checkpoint must be signed by the log of the policy.
2. What is held already must be its beginning; if not, that is proved in a conflict file.
3. Entries are fetched bundle by bundle into ``incoming``; a pull that was stopped goes on there.
4. Every entry is hashed, and with the annex its signer and its place are checked; only when all of
   them give the root of the checkpoint and may stand there do they become the copy, durably, with
   tiles computed here and not taken from the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import InputUnreadable, LedgerDamaged
from tregua.ledger.mirror.check_entries import EntryCheck
from tregua.ledger.mirror.difference import conflict_proved, difference
from tregua.ledger.mirror.log_folder import (
    CHECKPOINT,
    POLICY,
    keep_note,
    newest_note,
    put_note,
)
from tregua.ledger.notes.policy import Acknowledged, Policy, log_signed
from tregua.ledger.tiles.bundle import bundle_of
from tregua.ledger.tiles.durable import DurableFolder, alone
from tregua.ledger.tiles.names import ENTRIES, WIDTH, Tile, width_at
from tregua.ledger.tiles.read_tiles import FolderSource, entries_from, entries_in
from tregua.ledger.tiles.tiled_tree import TiledTree
from tregua.ledger.tiles.write_tiles import extend, missing_files
from tregua.ledger.tree import leaf_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.ledger.annex import Annex
    from tregua.ledger.notes.checkpoint import LogHead
    from tregua.ledger.notes.note import SignedNote
    from tregua.ledger.tiles.read_tiles import FileSource

INCOMING = "incoming"


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull ended with.

    Attributes:
        note: the checkpoint that the copy now stands at.
        new: entries that came.
        held: what that checkpoint is worth under the policy.
    """

    note: SignedNote
    new: int
    held: Acknowledged


def held_note(folder: DurableFolder, policy: Policy) -> SignedNote | None:
    """Return the checkpoint that a copy stands at, ``None`` for an empty folder.

    Raises:
        LedgerDamaged: the copy is not what it was when it was stored.
    """
    source = FolderSource(folder.folder)
    note = newest_note(source)
    if note is None:
        return None
    head = log_signed(note, policy.log_keys)
    if gone := missing_files(folder.folder, head.size):
        raise LedgerDamaged(str(gone[0]), f"it is not in the copy {source.name} any more")
    if TiledTree(source, head.size).root() != head.root:
        raise LedgerDamaged(source.name, f"its tiles do not give the checkpoint of {head.size}")
    return note


def pull(
    source: FileSource,
    folder: DurableFolder,
    policy: Policy,
    *,
    annex: Annex | None = None,
    wanted: SignedNote | None = None,
) -> Pulled:
    """Bring the copy in a folder up to a checkpoint of the source.

    Args:
        source: where the log lies.
        folder: of the copy; nothing else than this lies there.
        policy: whose log is copied.
        annex: whose keys count; without it no signature is checked.
        wanted: the checkpoint to reach; default: the newest that the source has.

    Raises:
        SourceUnreachable: the source is away.
        InputUnreadable: the source has no checkpoint, or not all of its files.
        NoteRefused, SignatureRefused: its checkpoint is out of form, or not signed by the log.
        LedgerDamaged: the source tells another history than the copy, or its entries do not give
            the root of its checkpoint; the copy is as it was.
        EntryUnsound: an entry may not stand where it stands; the copy is as it was.
        StoreUnwritable: no room, no right; the copy is as it was.
    """
    with alone(folder.folder):
        return _pull(source, folder, policy, annex, wanted)


def _pull(
    source: FileSource,
    folder: DurableFolder,
    policy: Policy,
    annex: Annex | None,
    wanted: SignedNote | None,
) -> Pulled:
    folder.clear_parts()
    ours = held_note(folder, policy)
    note = wanted or newest_note(source)
    if note is None:
        raise InputUnreadable(source.name, "there is no checkpoint")
    head = log_signed(note, policy.log_keys)
    copy = FolderSource(folder.folder)
    had = TiledTree(copy, _size(ours, policy))
    check = None if annex is None else EntryCheck(folder, annex, had)
    if check is not None and ours is not None:  # what came before the annex was known here
        check.read(copy, ours, had.size)
    if ours is not None and head.size <= had.size:
        if had.root(head.size) != head.root:
            raise conflict_proved(folder, policy, ours, note, list(had.leaves()))
        kept = ours.with_lines(*note.lines) if head.size == had.size else ours
        return _ended(source, folder, policy, kept, new=0, check=check)
    _fetch(source, folder, had.size, head)
    if wrong := _wrong_leaves(folder, had, head):
        _drop(folder)
        raise difference(source, folder, policy, (ours, note), (had.size, wrong))
    if check is not None:
        check.read(_incoming(folder), note, head.size)
    extend(folder, entries_from(_incoming(folder), had.size, head.size), size=had.size)
    pulled = _ended(source, folder, policy, note, new=head.size - had.size, check=check)
    _drop(folder)
    return pulled


def _ended(
    source: FileSource,
    folder: DurableFolder,
    policy: Policy,
    note: SignedNote,
    *,
    new: int,
    check: EntryCheck | None,
) -> Pulled:
    """Keep the checkpoint, and with it the one that counts at the source if it is of this copy."""
    folder.write(POLICY, policy.text)  # as this side trusts it, not as the source shows it
    held = put_note(folder, note, policy)
    counts = newest_note(source, names=(CHECKPOINT,))
    if counts is not None:
        head = log_signed(counts, policy.log_keys)
        copy = TiledTree(FolderSource(folder.folder), held.head.size)
        if head.size <= copy.size and copy.root(head.size) == head.root:
            keep_note(folder, counts, policy)
    if check is not None:
        check.keep(held.head.root)
    return Pulled(note, new, held)


def _size(ours: SignedNote | None, policy: Policy) -> int:
    return 0 if ours is None else log_signed(ours, policy.log_keys).size


def _bundles(had: int, size: int) -> Iterator[Tile]:
    first, last = had // WIDTH, -(-size // WIDTH)
    return (Tile(ENTRIES, n, width_at(ENTRIES, n, size)) for n in range(first, last))


def _fetch(source: FileSource, folder: DurableFolder, had: int, head: LogHead) -> None:
    """Bring the bundles that are not here yet; one that came before a stop is not asked again."""
    for tile in _bundles(had, head.size):
        name = f"{INCOMING}/{tile}"
        if not (folder.folder / name).is_file():
            entries = entries_in(source, tile.index, tile.width)
            folder.write(name, bundle_of(entries))
    folder.settle()


def _incoming(folder: DurableFolder) -> FolderSource:
    return FolderSource(folder.folder / INCOMING)


def _wrong_leaves(folder: DurableFolder, had: TiledTree, head: LogHead) -> list[bytes]:
    """Hash every entry that came; return their leaves when they do not give the root."""
    came = entries_from(_incoming(folder), had.size, head.size)
    leaves = [leaf_hash(entry) for entry in came]
    return [] if had.frontier().grow(leaves).root() == head.root else leaves


def _drop(folder: DurableFolder) -> None:
    for path in sorted((folder.folder / INCOMING).rglob("*"), reverse=True):
        if path.is_file():
            path.unlink()
        else:
            path.rmdir()
