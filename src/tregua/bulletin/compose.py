"""The door of the room: a picture in, a bulletin of blocks out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.bulletin.blocks import Bulletin, Section
from tregua.bulletin.sections import SECTIONS
from tregua.bulletin.seen_by import doubted_words, erased_words, seen_by
from tregua.terms.time import show_time

if TYPE_CHECKING:
    from tregua.centre import Picture


def compose(picture: Picture, *, only: tuple[str, ...] = ()) -> Bulletin:
    """Compose a bulletin; ``only`` names sections, default all."""
    sections = tuple(
        Section(name, make(picture)) for name, make in SECTIONS if not only or name in only
    )
    return Bulletin(picture.agreement.title, _head(picture), sections)


def _head(picture: Picture) -> tuple[tuple[str, str], ...]:
    deal, known = picture.deal, picture.known
    recorded = (
        "its text is an entry of the ledger"
        if deal.text.digest in known.deals
        else "its text has no entry in the ledger"
    )
    return (
        ("State at", show_time(picture.at, deal.zone)),
        ("As known at", known.as_of),
        ("Time zone", deal.zone if deal.zone_is_stated else "UTC (the deal names none)"),
        ("Deal", f"{deal.id}, SHA-256 {deal.text.digest[:16]}; {recorded}"),
        ("Meaning of the deal", f"SHA-256 {deal.model_digest[:16]}"),
        ("Ledger", f"{known.size} entries, root {known.root[:16]}"),
        ("Records known", str(len(known.records))),
        ("Seen by", seen_by(known)),
        *(("Erased", words) for words in erased_words(known)),
        *(("Key lost", words) for words in doubted_words(known)),
    )
