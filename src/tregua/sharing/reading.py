"""From entries and the bodies that are held to records, for one audience or for whoever keeps them.

Every record of the road passes here, and through `view.visible` when somebody else looks.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import WrongUse
from tregua.ledger.entry import to_bytes
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.presentation import presentation
from tregua.ledger.standing import Affected, Signings, Standing
from tregua.ledger.windows.declared import COMMITTED, closed_in
from tregua.sharing.erased import erasures_in
from tregua.sharing.opened import Opened, Told
from tregua.sharing.release import counting, release_from
from tregua.sharing.view import fields_for, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tregua.ledger.entry import Entry
    from tregua.ledger.windows.seen import Seen
    from tregua.sharing.erased import Erased
    from tregua.sharing.release import Release
    from tregua.sharing.view import Held

RECORDS = ("report", "link")


@dataclass(frozen=True, slots=True)
class Read:
    """What entries tell.

    Attributes:
        told: records, in the order of the ledger.
        deals: SHA-256 (hex) of the texts that were in force, sorted.
        left_out: ids (hex) of entries of which something is not held or not visible, or which are
            no record that can be read, sorted.
        erased: entries of which the body was destroyed.
        doubted: those of ``told`` whose key was revoked, and that are not shown to have been
            acknowledged before its loss. They are told all the same.
    """

    told: tuple[Told, ...]
    deals: tuple[str, ...]
    left_out: tuple[str, ...]
    erased: tuple[Erased, ...] = ()
    doubted: tuple[Affected, ...] = ()


def read_entries(
    entries: Iterable[tuple[int, Entry | SignedEntry]],
    bodies: Mapping[str, tuple[str, ...]],
    *,
    audience: str = "",
    releasers: frozenset[str] = frozenset(),
    opened: Opened | None = None,
    seen: Seen | None = None,
) -> Read:
    """Read entries into the bodies of records.

    Args:
        entries: index and entry, in order.
        bodies: disclosures by entry id, as they are held.
        audience: whose view it is; empty for whoever keeps the record and sees what is held.
        releasers: who may release what others signed, from the annex.
        opened: what was opened before; nothing that is told depends on it.
        seen: the cosignatures over the record; ``None`` when none are at hand.

    Nothing of a sealed window is told before the entry that closes it, to nobody.

    Raises:
        LedgerDamaged: what is held does not belong to the entry.
    """
    told: list[Told] = []
    deals: set[str] = set()
    held: list[Held] = []
    releases: list[Release] = []
    kept, opened = list(entries), opened or Opened()
    signed = [e for _, e in kept if isinstance(e, SignedEntry)]
    sealed = _sealed(signed)
    for index, entry in kept:
        if not isinstance(entry, SignedEntry):
            # An entry of a ledger begun before entries were signed: it is marked for nobody.
            if entry.kind == "agreement":
                deals.add(json.loads(entry.body)["text_sha256"])
            elif entry.kind in RECORDS and not audience:
                told.append(opened.plain(index, entry))
            continue
        if entry.kind == "agreement":
            deals.add(entry.claims.agr)
        if entry.kind in (*RECORDS, "release"):
            texts = () if entry.id in sealed else bodies.get(entry.id, ())
            one = opened.held(index, entry, texts)
            if entry.kind == "release":
                releases += _release(entry, one)
            else:
                held.append(one)
    left_out = _seen(held, counting(releases, held, releasers), audience, told, opened)
    told.sort(key=lambda t: t.index)
    erased = erasures_in(signed, bodies, audience)
    doubted = _doubted(kept, frozenset(t.index for t in told), seen)
    return Read(tuple(told), tuple(sorted(deals)), tuple(sorted(left_out)), erased, doubted)


def _doubted(
    kept: list[tuple[int, Entry | SignedEntry]], told: frozenset[int], seen: Seen | None
) -> tuple[Affected, ...]:
    signed = [(i, e) for i, e in kept if isinstance(e, SignedEntry)]
    signings = Signings()
    for place, (_, entry) in enumerate(signed):
        signings.take(place, entry.claims)
    found = signings.affected(lambda place: (signed[place][0], signed[place][1].id), seen)
    return tuple(f for f in found if f.index in told and f.standing is not Standing.VALID)


def _sealed(signed: Iterable[SignedEntry]) -> frozenset[str]:
    """Return the ids of what stands in windows that are not closed yet."""
    claims = [(e.id, e.claims) for e in signed if e.claims.window]
    closed = closed_in(claims)
    return frozenset(i for i, c in claims if c.kind in COMMITTED and c.window not in closed)


def held_in(
    entries: Iterable[tuple[int, Entry | SignedEntry]],
    bodies: Mapping[str, tuple[str, ...]],
    *,
    releasers: frozenset[str] = frozenset(),
) -> tuple[dict[str, Held], tuple[Release, ...]]:
    """Return each signed entry with what is held of it, by id, and the releases that count."""
    signed = [(i, e) for i, e in entries if isinstance(e, SignedEntry)]
    sealed = _sealed(e for _, e in signed)
    opened = Opened()
    held = {
        e.id: opened.held(i, e, () if e.id in sealed else bodies.get(e.id, ())) for i, e in signed
    }
    releases = [r for _, e in signed if e.kind == "release" for r in _release(e, held[e.id])]
    return held, counting(releases, held.values(), releasers)


def lines_for(
    entries: Iterable[tuple[int, Entry | SignedEntry]],
    bodies: Mapping[str, tuple[str, ...]],
    *,
    audience: str = "",
    releasers: frozenset[str] = frozenset(),
) -> Iterator[bytes]:
    """Yield each entry with the disclosures that an audience may see, as a presentation.

    An entry of which it may see nothing is handed on alone: the ledger can be checked whole.
    """
    kept = list(entries)
    held, counted = held_in(kept, bodies, releasers=releasers)
    for _, entry in kept:
        if not isinstance(entry, SignedEntry):
            yield to_bytes(entry)
            continue
        one = held[entry.id]
        texts = bodies.get(entry.id, ()) if one.fields else ()
        shown = [
            text
            for field, text in zip(one.fields, texts, strict=True)
            if not audience or visible(one, field, audience, counted)
        ]
        yield presentation(entry.data, shown)


def _release(entry: SignedEntry, held: Held) -> list[Release]:
    try:
        return [release_from(entry.claims.ref, entry.issuer, held.fields)]
    except WrongUse:
        return []  # it opens nothing


def _seen(
    held: list[Held],
    releases: tuple[Release, ...],
    audience: str,
    told: list[Told],
    opened: Opened,
) -> list[str]:
    left_out = []
    for entry in held:
        fields = fields_for(entry, audience, releases) if audience else entry.fields
        one = opened.told(entry, fields)
        if one is not None:
            told.append(one)
        if one is None or len(fields) < len(entry.fields):
            left_out.append(entry.id)
    return left_out
