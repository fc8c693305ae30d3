"""Destroy what stands behind the digests of entries; the entries stay, and say that it was done.

What is destroyed is logged first: a stop in between is mended by doing it again, and nothing can be
destroyed that the ledger does not tell of.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tregua.errors import StoreUnwritable, WrongUse
from tregua.ledger.intake import machine_clock
from tregua.ledger.put_act import Act, put_acts
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.disclosures import Field
from tregua.ledger.take_signed import erased_in
from tregua.sharing.sealed_files import MEDIA, folder_of, media_of
from tregua.terms.marking import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from tregua.ledger.annex import Annex
    from tregua.ledger.signing.device_key import DeviceKey
    from tregua.ledger.store import Store

ERASABLE = ("report", "nil", "link", "reply")


def erase(
    store: Store,
    annex: Annex,
    key: DeviceKey,
    ids: Sequence[str],
    reason: str,
    folder: Path,
    *,
    now: Callable[[], datetime] = machine_clock,
) -> int:
    """Destroy bodies, sealed copies and attachments of entries; return how many were new.

    Args:
        store: opened for writing.
        annex: whose keys count.
        key: signs the erasure.
        ids: of the entries (leaf hash, hex).
        reason: in words; everybody may read it.
        folder: where the sealed bodies lie.
        now: the clock, for tests.

    Raises:
        WrongUse: an entry is none that tells of something that happened.
        EntryRefused: an entry is not there, or the key may not erase.
        StoreUnwritable: a file cannot be removed; run it again.
    """
    entries = [entry for _, entry in store.entries()]
    told = {e.id for e in entries if isinstance(e, SignedEntry) and e.kind in ERASABLE}
    if not set(ids) <= told:
        raise WrongUse("only reports, links and replies can be erased, not the record's own")
    before = erased_in(entries)
    new = tuple(dict.fromkeys(i for i in ids if i not in before))
    if new:
        why = (Field("reason", reason, (PUBLIC,)),)
        put_acts(store, annex, key, [Act("erasure", (PUBLIC,), why, new)], now=now)
    for entry_id in ids:
        store.bodies.erase(entry_id)
        _remove(entry_id, folder)
    return len(new)


def _remove(entry_id: str, folder: Path) -> None:
    try:
        for name in media_of(folder, entry_id):
            (folder / MEDIA / name).unlink(missing_ok=True)
        place = folder_of(folder, entry_id)
        if place.exists():
            shutil.rmtree(place)
    except OSError as error:
        why = error.strerror or "it cannot be removed"
        raise StoreUnwritable(error.filename, why, left="a sealed copy is left") from error
