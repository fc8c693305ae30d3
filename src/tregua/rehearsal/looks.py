"""How somebody looks at the record: each look asks one part of the audit and hands on what it says.

An empty text means that this part found nothing. No look has a sentence of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.errors import LedgerDamaged
from tregua.ledger.audit import audit
from tregua.ledger.beat.asked import read_account, waiting_for
from tregua.ledger.beat.publish import PATIENCE
from tregua.ledger.entry import from_bytes
from tregua.ledger.intake import append
from tregua.ledger.mirror.hold_against import hold_against
from tregua.ledger.mirror.mirror import Mirror
from tregua.ledger.notes.checkpoint import read_head_text
from tregua.ledger.notes.policy import acknowledged, log_signed
from tregua.ledger.signed import SignedEntry
from tregua.ledger.stores.memory import MemoryStore
from tregua.ledger.tiles.check_log import check_log
from tregua.ledger.tiles.read_tiles import FolderSource, entries_from
from tregua.ledger.windows.claimed_time import misdated
from tregua.ledger.windows.seen import seen_in
from tregua.rehearsal.cast import EVERYBODY, SIDES
from tregua.sharing.bursts import arrivals, bursts
from tregua.sharing.reading import read_entries
from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tregua.ledger.notes.note import SignedNote
    from tregua.ledger.signing.claims import Claims
    from tregua.rehearsal.stage import Stage


def at_the_journal(stage: Stage) -> str:
    """Audit the centre's database by itself."""
    return _first_error(stage, None)


def beside_a_copy(stage: Stage) -> str:
    """Audit the centre's database beside the copy that the mirror of side a keeps."""
    return _first_error(stage, _copy_of(stage, SIDES[0]))


def _first_error(stage: Stage, copy: MemoryStore | None) -> str:
    found = audit(stage.ledger, copy=copy).findings
    return next((n.said for n in found if n.severity is Severity.ERROR), "")


def _copy_of(stage: Stage, name: str) -> MemoryStore:
    source, copy = FolderSource(stage.folder / name), MemoryStore()
    size = read_head_text(_note(stage.kept(name)).text).size
    append(copy, entries_from(source, 0, size), now=stage.clock)
    return copy


def at_the_files(stage: Stage) -> str:
    """Hash every published entry and tile again."""
    source = FolderSource(stage.public)
    head = log_signed(stage.history()[-1], [stage.cast.log.public])
    return _damage(lambda: check_log(source, head))


def at_the_cosigned(stage: Stage) -> str:
    """Hold the published tiles against the checkpoints that both sides kept."""
    source = FolderSource(stage.public)
    size = read_head_text(stage.history()[-1].text).size
    notes = [*stage.history(), *(_note(stage.kept(name)) for name in SIDES)]
    return _damage(lambda: hold_against(source, size, notes, stage.cast.policy))


def at_the_signatures(stage: Stage) -> str:
    """Read every entry strictly: its key, its signature, its place in the chain."""
    return _damage(stage.book)


def at_the_bodies(stage: Stage) -> str:
    """Hold what was disclosed against the digests of its entries."""
    with stage.store() as store:
        return _damage(lambda: read_entries(store.entries(), store.bodies.all()))


def at_the_other_side(stage: Stage) -> str:
    """Let the mirror of side a compare with what the other cosigners have seen."""

    def fetch(url: str, _: str) -> bytes | None:
        kept = stage.kept(next(party for party in EVERYBODY if f"//{party}." in url))
        return None if kept is None else kept.to_bytes()

    with stage.cosigner(SIDES[0]) as mirror:
        if not isinstance(mirror, Mirror):
            return ""
        return _damage(lambda: mirror.compare(fetching=fetch))


def at_the_times(stage: Stage) -> str:
    """Hold the time that each device claims against the cosignatures around its entry."""
    return _joined(misdated(_claims(stage), seen_in(stage.history(), stage.cast.policy)))


def _claims(stage: Stage) -> Iterator[tuple[int, Claims]]:
    for index, data in enumerate(stage.entries()):
        entry = from_bytes(data)
        if isinstance(entry, SignedEntry):
            yield index, entry.claims


def at_who_acknowledged(stage: Stage) -> str:
    """Ask whose cosignature the newest checkpoint lacks, and since when."""
    held = acknowledged(stage.history()[-1], stage.cast.policy)
    account = read_account(stage.public)
    missing = waiting_for(held.missing, account, now=stage.now, patience=PATIENCE)
    return _joined(one.sentence(stage.now) for one in missing)


def at_the_queue(stage: Stage) -> str:
    """Look for bursts in what came in."""
    with stage.store() as store:
        return _joined(bursts(arrivals(store)))


def _note(note: SignedNote | None) -> SignedNote:
    if note is None:
        raise LedgerDamaged("the mirror", "there is no copy here")
    return note


def _damage(look: Callable[[], object]) -> str:
    try:
        look()
    except LedgerDamaged as damaged:
        return str(damaged)
    return ""


def _joined(found: Iterable[object]) -> str:
    return "; ".join(map(str, found))
