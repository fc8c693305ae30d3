"""Trees and proofs of other people's software: `merkle`, Tessera, Rekor, and our own crossed by Go.

Where they are read from: ``conftest.py``; the README there tells where each file comes from.
Whatever cases a file holds are run, and their number is printed. Signatures: `test_note_vectors`.
"""

from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.conftest import cases_of, json_of
from tregua.ledger.tree import (
    Frontier,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
)

pytestmark = pytest.mark.outside


def proof_of(case: dict[str, Any]) -> tuple[bytes, ...]:
    return tuple(b64decode(part) for part in case["proof"] or ())


def test_merkle_inclusion(vectors: Path, count: Any) -> None:
    """An inclusion proof is rejected exactly where the other software rejects it."""
    cases = cases_of(vectors / "merkle" / "inclusion.jsonl")
    for case in cases:
        passes = check_inclusion(
            proof_of(case),
            leaf=b64decode(case["leafHash"] or ""),
            index=case["leafIdx"],
            size=case["treeSize"],
            root=b64decode(case["root"] or ""),
        )
        assert (case["case"], not case["wantErr"]) == (case["case"], passes)
    count(len(cases), "inclusion proofs")


def test_merkle_consistency(vectors: Path, count: Any) -> None:
    """A consistency proof is rejected exactly where the other software rejects it."""
    cases = cases_of(vectors / "merkle" / "consistency.jsonl")
    for case in cases:
        passes = check_consistency(
            proof_of(case),
            old_size=case["size1"],
            old_root=b64decode(case["root1"] or ""),
            new_size=case["size2"],
            new_root=b64decode(case["root2"] or ""),
        )
        assert (case["case"], not case["wantErr"]) == (case["case"], passes)
    count(len(cases), "consistency proofs")


def test_reference_tree(vectors: Path, count: Any) -> None:
    """The reference leaves of Certificate Transparency give the published roots."""
    tree = json_of(vectors / "ct-reference-tree.json")
    leaves = [leaf_hash(bytes.fromhex(leaf)) for leaf in tree["leaves_hex"]]
    for size, root in tree["root_hex_by_size"].items():
        assert root == root_of(leaves[: int(size)]).hex()
    count(len(tree["root_hex_by_size"]), "roots")


def test_crossed_tree(vectors: Path, count: Any) -> None:
    """70,000 entries give the roots on which Go's software agreed."""
    trees = [json_of(file) for file in sorted((vectors / "cross-verified").glob("tree-*.json"))]
    roots = {size: root for tree in trees for size, root in tree["root_hex_by_size"].items()}
    frontier = Frontier()
    for size, root in sorted(roots.items(), key=lambda item: int(item[0])):
        more = range(frontier.size, int(size))
        frontier = frontier.grow(leaf_hash(b'{"i": %d, "t": "incident"}' % i) for i in more)
        assert root == frontier.root().hex()
    count(len(roots), "roots")


def test_crossed_proofs(vectors: Path, count: Any) -> None:
    """The inclusion part of each proof file passes where Go's software accepts the entry."""
    folder = vectors / "cross-verified"
    rows = cases_of(folder / "expected.jsonl")
    judged = [row for row in rows if row["expect"] in ("ok", "entry not included")]
    for row in judged:
        index, proof, size, root = read_proof_file(folder / row["proof"])
        leaf = leaf_hash(row["entry"].encode())
        passes = check_inclusion(proof, leaf=leaf, index=index, size=size, root=root)
        assert (row["expect"] == "ok") == passes
    count(len(judged), "proofs")


def read_proof_file(path: Path) -> tuple[int, tuple[bytes, ...], int, bytes]:
    head, note = path.read_text(encoding="utf-8").split("\n\n", 1)
    _, index, *hashes = (line for line in head.split("\n") if not line.startswith("extra "))
    size, root = note.split("\n")[1:3]
    proof = tuple(b64decode(part) for part in hashes)
    return int(index.removeprefix("index ")), proof, int(size), b64decode(root)


def test_rekor_inclusion(vectors: Path, count: Any) -> None:
    """Every log entry that must be accepted is included in its checkpoint."""
    cases = cases_of(vectors / "rekor2-checkpoints.jsonl")
    good = [case for case in cases if case["expect"] == "ok"]
    for case in good:
        size, root = case["checkpoint"].split("\n")[1:3]
        assert check_inclusion(
            proof_of(case),
            leaf=b64decode(case["leafHash"]),
            index=case["index"],
            size=int(size),
            root=b64decode(root),
        )
    count(len(good), "proofs")


def test_tessera_log(vectors: Path, count: Any) -> None:
    """A real log: bundles hash to tiles, tiles to the checkpoint's root, all pairs consistent."""
    folder = vectors / "tessera-log"
    if not folder.is_dir():
        pytest.skip("the folder tessera-log is absent from the test data")
    heads = sorted(read_checkpoint(path) for path in folder.glob("checkpoint.*"))
    leaves: tuple[bytes, ...] = ()
    for size, root in heads:
        if size:
            tile = (folder / "tile" / "0" / "000.p" / str(size)).read_bytes()
            bundle = (folder / "tile" / "entries" / "000.p" / str(size)).read_bytes()
            leaves = tuple(leaf_hash(entry) for entry in entries_of(bundle))
            assert tile == b"".join(leaves)
        assert root == root_of(leaves)
    roots = dict(heads)
    pairs = [(a, b) for a in roots for b in roots if 0 < a <= b]
    for a, b in pairs:
        proof = consistency_proof(leaves[:b], a)
        assert check_consistency(
            proof, old_size=a, old_root=roots[a], new_size=b, new_root=roots[b]
        )
    last = max(roots)
    for index in range(last):
        proof = inclusion_proof(leaves, index)
        assert check_inclusion(proof, leaf=leaves[index], index=index, size=last, root=roots[last])
    count(len(heads), f"checkpoints, {len(pairs)} pairs")


def read_checkpoint(path: Path) -> tuple[int, bytes]:
    size, root = path.read_text(encoding="utf-8").split("\n")[1:3]
    return int(size), b64decode(root)


def entries_of(bundle: bytes) -> Iterator[bytes]:
    while bundle:
        length = int.from_bytes(bundle[:2], "big")
        yield bundle[2 : 2 + length]
        bundle = bundle[2 + length :]
