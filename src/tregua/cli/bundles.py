"""Takes bundles of signed entries in, for ``tregua intake``: all of them or none, with receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tregua.ledger.take_signed import Taken


def take_bundles(files: Iterable[Path], ledger: str, *, dry_run: bool, as_json: bool) -> None:
    """Take the entries of bundles in, in their order.

    Raises:
        EntryRefused: one may not stand where it would; nothing was recorded.
        InputUnreadable: a file is no bundle, or there is no annex.
    """
    from tregua.cli.desk import annex_needed
    from tregua.cli.print import say, say_json
    from tregua.ledger.open import open_for_writing
    from tregua.ledger.signing.bundle import read_bundle
    from tregua.ledger.take_signed import take_signed

    items = [one for path in files for one in read_bundle(path)]
    if dry_run:
        said = f"{len(items)} signed entries, well formed. Nothing was recorded (--dry-run)."
        say_json({"entries": [one.next for one in items], "ledger": None}) if as_json else say(said)
        return
    annex = annex_needed(ledger)
    with open_for_writing(ledger) as store:
        taken = take_signed(store, items, annex)
        head = store.head()
    if as_json:
        receipts = [{"index": t.index, "id": t.id, "already": t.already} for t in taken]
        say_json({"receipts": receipts, "ledger": {"size": head.size, "root": head.root.hex()}})
    else:
        say(*(_receipt(t) for t in taken))
        new = sum(not t.already for t in taken)
        say(f"{ledger}: {new} new entries; {head.size:,} entries, root {head.root.hex()[:16]}")


def _receipt(taken: Taken) -> str:
    where = "stands already as" if taken.already else "stands as"
    return f"{taken.id} {where} entry {taken.index}"
