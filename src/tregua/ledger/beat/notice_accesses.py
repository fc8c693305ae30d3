"""Telling the record who read what: for each day that is over, one digest for each owner.

A notice holds no line of the log. It binds whoever keeps the log to it: a line that is taken out,
put in or changed later gives another digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused
from tregua.ledger.accesses import digest_of_day
from tregua.ledger.put_act import Act, put_acts_of_desk
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.disclosures import Field, fields_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tregua.ledger.accesses import Access
    from tregua.ledger.annex import Annex
    from tregua.ledger.signing.desk import Desk
    from tregua.ledger.store import Store

ABOUT = "who read what"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one owner's lines, and what the record was told of it.

    Attributes:
        day: UTC, ``2030-09-14``.
        owner: party that signed the entries that were read.
        digest: of the lines that are here (SHA-256, hex); empty when there is none.
        told: digest in the record; empty when it was not told.
        index: of the notice; ``None`` when there is none.
    """

    day: str
    owner: str
    digest: str
    told: str = ""
    index: int | None = None

    @property
    def is_changed(self) -> bool:
        """Say whether the lines here are others than the record was told of."""
        return self.index is not None and self.digest != self.told


def days_of(store: Store, owners: Collection[str], keeper: str) -> tuple[Day, ...]:
    """Return every day on which entries of these owners were read, or are told to have been.

    Args:
        store: the ledger with its log.
        owners: parties that signed entries.
        keeper: party that keeps the log; its notices alone count.
    """
    lines = {owner: store.accesses.of(owner) for owner in sorted(owners)}
    told = _told(store, keeper)
    found = {(line.day, owner) for owner, own in lines.items() for line in own}
    found |= {(day, o) for day, (_, digests) in told.items() for o in digests if o in lines}
    return tuple(_day(day, owner, lines[owner], told.get(day)) for day, owner in sorted(found))


def untold(store: Store, keeper: str, *, now: int) -> tuple[Day, ...]:
    """Return the days that are over and of which the record was not told; ``now`` in POSIX seconds.

    A day is told once, of all owners together.
    """
    today = f"{datetime.fromtimestamp(now, UTC):%Y-%m-%d}"
    owners = {e.issuer for _, e in store.entries() if isinstance(e, SignedEntry)}
    return tuple(d for d in days_of(store, owners, keeper) if d.index is None and d.day < today)


def notice_accesses(store: Store, desk: Desk, annex: Annex, *, now: int) -> tuple[Day, ...]:
    """Append a notice for each day that is over; return what was told.

    Args:
        store: the ledger, opened for writing.
        desk: signs the notices.
        annex: whose keys count.
        now: POSIX seconds.

    Raises:
        EntryRefused: the desk may not sign them.
        StoreUnwritable, LedgerDamaged: nothing was recorded.
    """
    due = untold(store, desk.device.party, now=now)
    days: dict[str, dict[str, str]] = {}
    for one in due:
        days.setdefault(one.day, {})[one.owner] = one.digest
    if days:
        said = (_fields(day, digests, desk.rel) for day, digests in days.items())
        acts = [Act("notice", desk.rel, fields) for fields in said]
        put_acts_of_desk(store, annex, desk, acts, now=now)
    return due


def _fields(day: str, digests: dict[str, str], rel: tuple[str, ...]) -> tuple[Field, ...]:
    said = {"about": ABOUT, "day": day, "digests": digests}
    return tuple(Field(name, value, rel) for name, value in said.items())


def _day(
    day: str, owner: str, lines: tuple[Access, ...], told: tuple[int, dict[str, str]] | None
) -> Day:
    digest = digest_of_day(lines, day)
    if told is None:
        return Day(day, owner, digest)
    return Day(day, owner, digest, told[1].get(owner, ""), told[0])


def _told(store: Store, keeper: str) -> dict[str, tuple[int, dict[str, str]]]:
    """Return index and digests of the first notice about each day."""
    found: dict[str, tuple[int, dict[str, str]]] = {}
    for index, entry in store.entries():
        if isinstance(entry, SignedEntry) and (entry.kind, entry.issuer) == ("notice", keeper):
            for day, digests in _said(entry, store.bodies.get(entry.id)):
                found.setdefault(day, (index, digests))
    return found


def _said(entry: SignedEntry, disclosures: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        said = {field.name: field.value for field in fields_in(entry.claims, disclosures)}
    except EntryRefused:
        return  # the audit tells of a body that is not its entry's
    day, digests = said.get("day"), said.get("digests")
    if said.get("about") == ABOUT and isinstance(day, str) and isinstance(digests, dict):
        yield day, {str(owner): str(digest) for owner, digest in digests.items()}
