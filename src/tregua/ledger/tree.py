"""The Merkle tree of RFC 6962 with SHA-256: hashes, roots, proofs and their strict checks.

``leaf = SHA256(0x00 || entry)``, ``node = SHA256(0x01 || left || right)``; the two first bytes keep
a node from ever passing as an entry. The root of no entries is the SHA-256 of the empty string.

Not here: what an entry is, where it is stored, who signs. Trees are given as sequences of leaf
hashes; a proof costs one hash for each leaf (``tiles/tiled_tree.py`` makes it cheap).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()  # RFC 6962, 2.1

_AT_ONCE = 65_536  # leaves that are taken together when a tree grows
Proof = tuple[bytes, ...]  # hashes, the one nearest to the leaves first


def leaf_hash(entry: bytes) -> bytes:
    """Return the leaf hash of an entry's bytes (RFC 6962, 2.1)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over its two children (RFC 6962, 2.1)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree reduced to what growing it needs: the roots of its full subtrees, largest first.

    Attributes:
        size: number of leaves.
        stack: one root for each bit set in ``size``, the highest bit first.
    """

    size: int = 0
    stack: tuple[bytes, ...] = ()

    def grow(self, leaves: Iterable[bytes]) -> Frontier:
        """Return the frontier after these leaf hashes were appended."""
        grown, rest = self, iter(leaves)
        while row := list(islice(rest, _AT_ONCE)):
            grown = grown._with(row)
        return grown

    def _with(self, row: list[bytes]) -> Frontier:
        # Level by level: what is left over on the left of a level, and what will be on its right.
        size, full, stack, right = self.size + len(row), self.size, list(self.stack), []
        while row:
            if full & 1:
                row = [stack.pop(), *row]
            if len(row) & 1:
                right.append(row.pop())
            pairs = zip(row[::2], row[1::2], strict=True)
            row = [sha256(b"\x01" + one + other).digest() for one, other in pairs]
            full >>= 1
        return Frontier(size, (*stack, *reversed(right)))

    def root(self) -> bytes:
        """Return the root of the whole tree."""
        if not self.stack:
            return EMPTY_ROOT
        node = self.stack[-1]
        for left in reversed(self.stack[:-1]):
            node = node_hash(left, node)
        return node


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over these leaf hashes."""
    return Frontier().grow(leaves).root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> Proof:
    """Return the proof that the leaf at ``index`` is in the tree (RFC 9162, 2.1.3.1).

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return ()
    split = _split(len(leaves))
    if index < split:
        return (*inclusion_proof(leaves[:split], index), root_of(leaves[split:]))
    return (*inclusion_proof(leaves[split:], index - split), root_of(leaves[:split]))


def consistency_proof(leaves: Sequence[bytes], old: int) -> Proof:
    """Return the proof that this tree began as that over ``leaves[:old]`` (RFC 9162, 2.1.4.1).

    Raises:
        IndexError: ``old`` is not 1 to ``len(leaves)``; nothing is provable about an empty tree.
    """
    if not 0 < old <= len(leaves):
        raise IndexError(old)
    return _subproof(leaves, old, known=True)


def _subproof(leaves: Sequence[bytes], old: int, *, known: bool) -> Proof:
    # `known`: the checker can compute the root of this subtree from the old root itself.
    if old == len(leaves):
        return () if known else (root_of(leaves),)
    split = _split(len(leaves))
    if old <= split:
        return (*_subproof(leaves[:split], old, known=known), root_of(leaves[split:]))
    return (*_subproof(leaves[split:], old - split, known=False), root_of(leaves[:split]))


def _split(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)  # the largest power of two smaller than size


def check_inclusion(proof: Proof, *, leaf: bytes, index: int, size: int, root: bytes) -> bool:
    """Say whether ``proof`` shows the leaf to stand at ``index`` of the tree (RFC 9162, 2.1.3.2).

    Stricter than the RFC: every hash has exactly 32 bytes, and every one is used.
    """
    if not 0 <= index < size or not _are_hashes(leaf, root, *proof):
        return False
    fn, sn, node = index, size - 1, leaf  # names as in the RFC
    for sibling in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            node = node_hash(sibling, node)
            fn, sn = _skip_unpaired(fn, sn)
        else:
            node = node_hash(node, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and node == root


def check_consistency(
    proof: Proof, *, old_size: int, old_root: bytes, new_size: int, new_root: bytes
) -> bool:
    """Say whether ``proof`` shows the new tree to begin with the old one (RFC 9162, 2.1.4.2).

    Stricter than the RFC: nothing is consistent with an empty tree but the empty tree itself, with
    the empty root; every hash has exactly 32 bytes, and every one is used.
    """
    if not 0 <= old_size <= new_size or not _are_hashes(old_root, new_root, *proof):
        return False
    if old_size == new_size:
        rightly = old_size > 0 or old_root == EMPTY_ROOT
        return rightly and not proof and old_root == new_root
    if old_size == 0 or not proof:
        return False
    # A power of two is a full subtree: its root is the old root, so the proof leaves it out.
    full = old_size & (old_size - 1) == 0
    path = (old_root, *proof) if full else proof
    return _climb(path, old_size - 1, new_size - 1) == (old_root, new_root)


def _climb(path: Proof, fn: int, sn: int) -> tuple[bytes, bytes] | None:
    """Return the old and the new root that the path gives, ``None`` when its length is wrong."""
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            fn, sn = _skip_unpaired(fn, sn)
        else:
            new = node_hash(new, sibling)
        fn, sn = fn >> 1, sn >> 1
    return (old, new) if sn == 0 else None


def _skip_unpaired(fn: int, sn: int) -> tuple[int, int]:
    # At the right edge a node without a sibling rises unchanged to the level where it has one.
    while fn and not fn & 1:
        fn, sn = fn >> 1, sn >> 1
    return fn, sn


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_SIZE for value in values)
