"""The picture that a command asks for, from its options: deal, ledger, two times, whose clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.cli.cosigned import NOWHERE, Published
from tregua.cli.where import at_instant, known_at, read_agreement

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.assessment.live_answers import Version
    from tregua.centre import Known, KnownAt, Picture
    from tregua.ledger.store import Store
    from tregua.ledger.windows.seen import Seen
    from tregua.sharing.visit import Visit


def look(
    deal: Path | None,
    ledger: str,
    at: str,
    known: str,
    visit: Visit,
    published: Published = NOWHERE,
) -> Picture:
    """Make the picture that a command asks for, from its options."""
    from tregua.centre import picture

    agreement = read_agreement(deal).agreement
    moment = at_instant(at, agreement.zone)
    (what_was_known,) = _read(ledger, (known,), agreement.zone, visit, published)
    return picture(agreement, what_was_known, at=moment)


def look_again(
    deal: Path | None,
    ledger: str,
    at: str,
    known: tuple[str, str],
    visit: Visit,
    published: Published,
) -> tuple[Picture, Picture, tuple[Version, ...]]:
    """Make two pictures of one moment, and the new versions that answers have in the second."""
    from tregua.assessment.live_answers import LiveAnswers
    from tregua.centre import picture_after

    agreement = read_agreement(deal).agreement
    moment, live = at_instant(at, agreement.zone), LiveAnswers()
    first, second = _read(ledger, known, agreement.zone, visit, published)
    before, _ = picture_after(agreement, first, live, at=moment)
    return before, *picture_after(agreement, second, live, at=moment)


def _read(
    ledger: str, texts: tuple[str, ...], zone: str, visit: Visit, published: Published
) -> tuple[Known, ...]:
    """Read what was known at each of some times; every entry is read once."""
    from tregua.centre import known_in
    from tregua.ledger.open import open_for_reading
    from tregua.sharing.reader import Reader

    reader, asked = Reader(), tuple(known_at(text, zone) for text in texts)
    with open_for_reading(ledger) as store:
        seen = published.seen(store)
        for one in asked:
            _held(one, store.size())
        until = tuple(_resolved(one, seen, store) for one in asked)
        return tuple(
            known_in(store, u, zone=zone, visit=visit, reader=reader, seen=seen) for u in until
        )


def _resolved(until: KnownAt, seen: Seen | None, store: Store) -> KnownAt:
    """Resolve a time to the beginning of the ledger that others had cosigned by then."""
    from tregua.centre import KnownAt
    from tregua.ledger.windows.stood_at import stood_at

    if until.instant is None or seen is None:
        return until
    found = stood_at(int(until.instant.timestamp()), seen, store)
    return KnownAt(size=found.size, moment=until.instant, provisional=found.provisional)


def _held(until: KnownAt, size: int) -> None:
    """Refuse a prefix that the ledger does not have: it would answer for a shorter one."""
    from tregua.errors import WrongUse

    if until.size is not None and until.size > size:
        raise WrongUse(
            f"--known-at @{until.size}: the ledger has {size} entries",
            help=f"write @0 to @{size}; if it had more, run `tregua audit`",
        )
