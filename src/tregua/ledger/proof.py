"""A receipt that one entry stands in the record, which anybody can check without the record.

Not signed yet: it proves as much as the trust in the head it is checked against. Keep the entry's
bytes, the receipt, and a head that both sides have seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import WrongUse
from tregua.ledger.store import Head
from tregua.ledger.tree import Proof, check_inclusion, inclusion_proof, leaf_hash, root_of

if TYPE_CHECKING:
    from tregua.ledger.store import Store


@dataclass(frozen=True, slots=True)
class EntryReceipt:
    """Where an entry stands, and the hashes that lead from its leaf to the root.

    Attributes:
        index: of the entry.
        path: sibling hashes, the leaf's own sibling first.
        head: the head in which it was proved.
    """

    index: int
    path: Proof
    head: Head


def receipt_for(store: Store, index: int, *, size: int | None = None) -> EntryReceipt:
    """Prove that entry ``index`` stands in the record as it was at ``size`` (default: now).

    Raises:
        WrongUse: the record has no such size, or no such entry at that size.
        LedgerDamaged: number of entries and last checkpoint disagree.
    """
    held = store.size()
    wanted = held if size is None else size
    if not 0 <= index < wanted <= held:
        raise WrongUse(f"entry {index} of {wanted} was asked for; the record has {held}")
    leaves = [row.leaf for row in store.rows(0, wanted)]
    return EntryReceipt(index, inclusion_proof(leaves, index), Head(wanted, root_of(leaves)))


def proves(receipt: EntryReceipt, entry: bytes, head: Head) -> bool:
    """Say whether the receipt shows these very bytes to stand in the record with this head."""
    return receipt.head == head and check_inclusion(
        receipt.path, leaf=leaf_hash(entry), index=receipt.index, size=head.size, root=head.root
    )
