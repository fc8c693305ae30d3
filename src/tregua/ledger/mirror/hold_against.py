"""A log held against the checkpoints that others cosigned and kept.

Files that agree among themselves prove nothing: whoever computed them once can compute them again.
What cannot be made again is a cosignature, so its size and root decide, and the sentence names who
gave it and when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.errors import LedgerDamaged
from tregua.ledger.notes.policy import acknowledged
from tregua.ledger.tiles.tiled_tree import TiledTree
from tregua.terms.time import show_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.ledger.notes.note import SignedNote
    from tregua.ledger.notes.policy import Acknowledged, Policy
    from tregua.ledger.tiles.read_tiles import FileSource


def hold_against(
    source: FileSource, size: int, notes: Iterable[SignedNote], policy: Policy
) -> None:
    """Hold the tiles of a log against checkpoints of it, wherever they were kept.

    Args:
        source: where the log lies.
        size: how many entries it says that it has.
        notes: checkpoints, in any order; those that nobody cosigned prove nothing and pass.
        policy: whose signatures count.

    Raises:
        LedgerDamaged: a cosigned history is longer, or has another root; the shortest one that has
            another root is named, since what follows it differs as well.
        SignatureRefused: a checkpoint that the log, or a cosigner, did not sign as it stands.
    """
    joined: dict[str, SignedNote] = {}  # the same checkpoint, with what each of them cosigned
    for note in notes:
        joined[note.text] = joined.get(note.text, note).with_lines(*note.lines)
    found = sorted((acknowledged(n, policy) for n in joined.values()), key=lambda a: a.head.size)
    cosigned = [one for one in found if one.by]
    _same_roots(source, size, [one for one in cosigned if one.head.size <= size])
    _nothing_longer(source, size, [one for one in cosigned if one.head.size > size])


def _same_roots(source: FileSource, size: int, covered: list[Acknowledged]) -> None:
    tree = TiledTree(source, size)
    for one in covered:
        root = tree.root(one.head.size)
        if root != one.head.root:
            raise LedgerDamaged(
                source.name,
                f"the root at size {one.head.size} is {root.hex()[:12]}, "
                f"not {one.head.root.hex()[:12]}, which was cosigned by {_by(one)}",
            )


def _nothing_longer(source: FileSource, size: int, beyond: list[Acknowledged]) -> None:
    if beyond:
        longest = beyond[-1].head.size
        raise LedgerDamaged(
            source.name,
            f"the record went back from {longest} entries to {size}; "
            f"{longest} were cosigned by {_by(beyond[-1])}",
        )


def _by(one: Acknowledged) -> str:
    return ", ".join(f"{c.key.name} at {show_seconds(at)}" for c, at in one.by)
