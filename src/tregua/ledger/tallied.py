"""The audit's tallies: what parties say that they signed, and the ledger does not hold.

Told and never held against anybody: an entry may have been refused, lost on the way, or never
handed over. It may also come after the tally that counts it, so the whole ledger is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.ledger.codes import note, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tregua.ledger.signing.book import Book
    from tregua.ledger.signing.tally import Last
    from tregua.terms.notes import Note


def tally_notes(
    tallies: Iterable[tuple[int, tuple[Last, ...]]], book: Book, record: str
) -> Iterator[Note]:
    """Yield a note for each key of which a tally counts what is not here; its newest tally speaks.

    Args:
        tallies: index of the entry and what it counts, by index.
        book: of the whole ledger.
        record: name of the ledger.
    """
    newest = {last.kid: (index, last) for index, counted in tallies for last in counted}
    for kid, (index, last) in sorted(newest.items()):
        held = book.place(kid).seq - 1
        if not last.seq or book.index_of(last.leaf) is not None:
            continue
        by = f"the tally in entry {index} counts {last.seq} entries of {kid}"
        if held < last.seq:
            lacking = last.seq - held
            are = "1 is" if lacking == 1 else f"{lacking} are"
            yield note("G034", record, f"{by}, the ledger holds {held}: {are} missing", on=kid)
        else:
            named = short(bytes.fromhex(last.leaf))
            yield note("G035", record, f"{by}, the last of them {named}, which is not here", on=kid)
