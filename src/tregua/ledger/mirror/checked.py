"""How far a copy was read by the book of the annex, and what its entries established, as a file.

The file names size and root of what was read, and the annex. It is used only where the copy still
begins with that root, under the same annex; anything else in it, or none, means reading anew.
"""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any

from tregua.ledger.annex import annex_text
from tregua.ledger.signing.book import Book, Established
from tregua.ledger.signing.keys import KeyLife
from tregua.ledger.signing.sign import Place

if TYPE_CHECKING:
    from tregua.ledger.annex import Annex
    from tregua.ledger.tiles.durable import DurableFolder
    from tregua.ledger.tiles.tiled_tree import TiledTree

CHECKED = "checked"


def kept_book(folder: DurableFolder, annex: Annex, tree: TiledTree) -> Book | None:
    """Return the book behind what was read of the copy; ``None`` when that is not known."""
    try:
        held = json.loads((folder.folder / CHECKED).read_bytes())
        size, established = held["size"], _established(held)
        same = held["annex"] == _digest(annex) and held["root"] == tree.root(size).hex()
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return Book.going_on(established, islice(tree.leaves(), size)) if same else None


def keep_book(folder: DurableFolder, annex: Annex, book: Book, root: bytes) -> None:
    """Write it durably.

    Raises:
        StoreUnwritable: no room, no right.
    """
    known = book.established()
    held = {
        "annex": _digest(annex),
        "size": book.size,
        "root": root.hex(),
        "agreements": known.agreements,
        "keys": [_line(life) for life in known.lives],
        "places": [[kid, place.seq, place.prev] for kid, place in known.places],
    }
    folder.write(CHECKED, json.dumps(held, indent=1).encode())
    folder.settle()


def _digest(annex: Annex) -> str:
    return sha256(annex_text(annex).encode()).hexdigest()


def _line(life: KeyLife) -> list[object]:
    terms = [life.kid, life.alg, life.public.hex(), list(life.kinds), life.since, life.until]
    return [*terms, life.named, life.revoked, life.lost]


def _established(held: dict[str, Any]) -> Established:
    lives = tuple(
        KeyLife(kid, alg, bytes.fromhex(public), tuple(kinds), *rest)
        for kid, alg, public, kinds, *rest in held["keys"]
    )
    places = tuple((kid, Place(seq, prev)) for kid, seq, prev in held["places"])
    return Established(lives, tuple(held["agreements"]), places)
