"""The tree: the fast way and the obvious way give the same, and no broken proof passes."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.ledger.tree import (
    EMPTY_ROOT,
    Frontier,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
)

LEAVES = tuple(leaf_hash(b"entry %d" % n) for n in range(80))
sizes = st.integers(1, len(LEAVES))


def reference_root(leaves: tuple[bytes, ...]) -> bytes:
    """Give the root as RFC 6962, section 2.1 defines it, word for word."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + reference_root(leaves[:k]) + reference_root(leaves[k:])).digest()


@given(size=st.integers(0, len(LEAVES)), cut=st.integers(0, len(LEAVES)))
def test_growing_gives_the_recursive_root(size: int, cut: int) -> None:
    """However the leaves are grouped into batches, the root is the recursive one."""
    grown = Frontier().grow(LEAVES[: min(cut, size)]).grow(LEAVES[min(cut, size) : size])
    assert reference_root(LEAVES[:size]) == grown.root() == root_of(LEAVES[:size])
    assert size == grown.size


@given(size=sizes, data=st.data())
def test_every_inclusion_proof_passes_and_no_changed_one(size: int, data: st.DataObject) -> None:
    """A proof passes for its leaf, place, size and root, and fails when any bit of it changes."""
    index = data.draw(st.integers(0, size - 1))
    leaves = LEAVES[:size]
    root, proof = root_of(leaves), inclusion_proof(leaves, index)

    def passes(proof: tuple[bytes, ...], leaf: bytes = leaves[index], at: int = index) -> bool:
        return check_inclusion(proof, leaf=leaf, index=at, size=size, root=root)

    assert passes(proof)
    assert not passes(proof, flipped(leaves[index], data))
    assert not any(passes(proof, at=other) for other in range(-1, size + 2) if other != index)
    assert not any(passes(changed) for changed in broken(proof, data))


@given(new=sizes, data=st.data())
def test_every_consistency_proof_passes_and_no_changed_one(new: int, data: st.DataObject) -> None:
    """A proof passes for its two trees, and fails when any bit of it or of a root changes."""
    old = data.draw(st.integers(1, new))
    old_root, new_root = root_of(LEAVES[:old]), root_of(LEAVES[:new])
    proof = consistency_proof(LEAVES[:new], old)

    def passes(proof: tuple[bytes, ...], first: bytes = old_root, last: bytes = new_root) -> bool:
        return check_consistency(proof, old_size=old, old_root=first, new_size=new, new_root=last)

    assert passes(proof)
    assert not passes(proof, first=flipped(old_root, data))
    assert not passes(proof, last=flipped(new_root, data))
    assert not any(passes(changed) for changed in broken(proof, data))


def flipped(value: bytes, data: st.DataObject) -> bytes:
    bit = data.draw(st.integers(0, 255))
    return (int.from_bytes(value, "big") ^ (1 << bit)).to_bytes(32, "big")


def broken(proof: tuple[bytes, ...], data: st.DataObject) -> list[tuple[bytes, ...]]:
    extra = [(*proof, EMPTY_ROOT), (EMPTY_ROOT, *proof)]
    if not proof:
        return extra
    at = data.draw(st.integers(0, len(proof) - 1))
    before, one, after = proof[:at], proof[at], proof[at + 1 :]
    return [
        *extra,
        (*before, *after),
        (*before, flipped(one, data), *after),
        (*before, one[:-1], *after),
        (*before, one + b"\x00", *after),
    ]


def test_nothing_is_consistent_with_an_empty_tree_but_itself() -> None:
    """A proof from size 0 is rejected; 0 and 0 hold only with the empty root."""

    def passes(old_root: bytes, new_size: int, new_root: bytes) -> bool:
        return check_consistency(
            (), old_size=0, old_root=old_root, new_size=new_size, new_root=new_root
        )

    assert passes(EMPTY_ROOT, 0, EMPTY_ROOT)
    assert not passes(LEAVES[0], 0, LEAVES[0])
    assert not passes(EMPTY_ROOT, 1, LEAVES[0])


def test_a_smaller_tree_does_not_continue_a_larger_one() -> None:
    """Sizes that go back, or below nothing, are rejected."""
    for old, new in ((2, 1), (-1, 1), (-2, -1)):
        assert not check_consistency(
            (), old_size=old, old_root=LEAVES[0], new_size=new, new_root=LEAVES[0]
        )


def test_no_proof_of_what_is_not_there() -> None:
    """There is no proof of an entry beyond the end, nor about an empty tree."""
    for index in (-1, 3):
        with pytest.raises(IndexError):
            inclusion_proof(LEAVES[:3], index)
    for old in (0, 4):
        with pytest.raises(IndexError):
            consistency_proof(LEAVES[:3], old)


def test_a_node_never_passes_as_a_leaf() -> None:
    """The bytes of two hashes, submitted as an entry, do not hash to their node."""
    assert root_of(LEAVES[:2]) != leaf_hash(LEAVES[0] + LEAVES[1])
