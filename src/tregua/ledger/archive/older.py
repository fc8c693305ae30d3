"""The ledger that somebody goes on with: out of a checked archive, or out of a mirror's own copy.

Each side holds the whole log as a mirror. So whoever ran the centre cannot end the record by going
away: a copy is checked as an audit does, and the next ledger begins behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused, InputUnreadable, LedgerDamaged
from tregua.ledger.mirror.log_folder import newest_note
from tregua.ledger.notes.policy import acknowledged
from tregua.ledger.store import Head
from tregua.ledger.tiles.check_log import check_log
from tregua.ledger.tiles.names import ENTRIES, WIDTH, width_at
from tregua.ledger.tiles.read_tiles import FolderSource, entries_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tregua.ledger.annex import Annex
    from tregua.ledger.archive.check_archive import Archive
    from tregua.ledger.notes.policy import Policy
    from tregua.ledger.signing.claims import Claims


@dataclass(frozen=True, slots=True)
class Older:
    """What the next ledger must know of the one before.

    Attributes:
        head: size and root.
        claims: the open parts of its entries, in order.
        newest: bytes of the longest checkpoint; empty when there is none.
    """

    head: Head
    claims: tuple[Claims, ...]
    newest: bytes


def older_in_archive(archive: Archive) -> Older:
    """Return what an archive that was checked holds of it."""
    return Older(archive.head, archive.claims, archive.newest)


def is_log(folder: Path) -> bool:
    """Say whether a folder is a log, as the centre publishes it and a mirror keeps it."""
    return (folder / "tile" / "entries").is_dir()


def older_in_log(folder: Path, annex: Annex, policy: Policy, *, now: int) -> Older:
    """Check a log, every entry and tile of it, and return what it holds.

    Args:
        folder: of the log.
        annex: whose keys count.
        policy: whose log it is.
        now: the reader's clock, POSIX seconds.

    Raises:
        InputUnreadable: there is no checkpoint in it.
        LedgerDamaged: with the first place that does not hold.
    """
    source = FolderSource(folder)
    note = newest_note(source)
    if note is None:
        raise InputUnreadable(folder, "no checkpoint lies there")
    head = acknowledged(note, policy, now=now).head
    check_log(source, head)
    claims = signed_claims(_entries(source, head.size), annex)
    return Older(Head(head.size, head.root), claims, note.to_bytes())


def signed_claims(entries: Iterable[bytes], annex: Annex) -> tuple[Claims, ...]:
    """Return the open part of each entry; each must be signed by a key that is valid there.

    Raises:
        LedgerDamaged: with the first that is not.
    """
    book, claims = annex.book(), []
    for index, entry in enumerate(entries):
        try:
            claims.append(book.take(entry))
        except EntryRefused as refused:
            raise LedgerDamaged(f"entry {index}", refused.why) from refused
    return tuple(claims)


def _entries(source: FolderSource, size: int) -> Iterator[bytes]:
    for index in range(-(-size // WIDTH)):
        yield from entries_in(source, index, width_at(ENTRIES, index, size))
