"""A record of a million entries as files: proofs made and checked, every entry hashed again.

Beside the two audits, that of a mirror and that of the single-file verifier, stands plain SHA-256
over the same bytes read from the same files, bundle by bundle, with no tree over them and no tile
compared; it runs once beside each of them. Neither checks who signed: `signed` measures that. A
proof has no peer: nothing plain does the same.
"""

from __future__ import annotations

import random
import statistics
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bench.generate import SEED
from bench.measure import Figure, run, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.measure import Run
    from tregua.ledger.notes.key import VerifierKey

ENTRIES = 1_000_000
ENTRY_SIZE = 826  # bytes; a signed entry with six disclosures and two decoys
PROOFS = 2_000
PULLED = 100_000
HASHING = 3  # times plain hashing, at most


def figures(data: Path | None, scratch: Path) -> list[Figure]:  # noqa: ARG001 - one form for all
    """Write the log, then measure each part in a process of its own."""
    folder = str(scratch / "log")
    written = run(work("record", "write", folder, str(ENTRIES)))
    proofs = run(work("record", "prove", folder, str(ENTRIES)))
    checks = {
        "mirror check": _beside_plain("mirror_check", folder),
        "tregua_verify.py ledger": _beside_plain("verifier", folder),
    }
    pulled = run(work("record", "pull_signed", str(scratch / "signed"), str(PULLED)))
    speed = ENTRIES / written.said["seconds"]
    many = f"{ENTRIES:,} entries"
    return [
        Figure(f"written as tiles, {many}", speed, "entries/s", peak=written.peak),
        Figure(f"proof made, {many}", proofs.said["made"], "ms", peak=proofs.peak, aim=2.0),
        Figure(f"proof made, cold, {many}", proofs.said["cold"], "ms", aim=2.0),
        Figure(f"proof checked, {many}", proofs.said["checked"], "ms"),
        Figure(f"consistency proof made, {many}", proofs.said["consistency"], "ms", aim=2.0),
        Figure(
            f"mirror pull, signatures checked, {PULLED:,} entries",
            pulled.said["seconds"],
            "s",
            peak=pulled.peak,
            aim=60,
        ),
        *(_hashing(f"{name}, {many}", *runs) for name, runs in checks.items()),
    ]


def _beside_plain(check: str, folder: str) -> tuple[Run, Run]:
    return run(work("record", check, folder, str(ENTRIES))), run(
        work("record", "plain", folder, str(ENTRIES))
    )


def _hashing(name: str, ours: Run, plain: Run) -> Figure:
    least = plain.said["seconds"]
    return Figure(
        name,
        ours.said["seconds"],
        "s",
        "SHA-256 over the same bytes of the same files",
        least,
        ours.peak,
        aim=HASHING * least,
        busy=ours.busy,
    )


def entries(number: int) -> Iterator[bytes]:
    """Make entries of one size from a fixed seed."""
    dice = random.Random(SEED)
    body = dice.randbytes(ENTRY_SIZE - 8)
    return (n.to_bytes(8, "big") + body for n in range(number))


def write(folder: str, number: str) -> dict[str, float]:
    """Write the log durably."""
    from tregua.ledger.tiles.durable import DurableFolder
    from tregua.ledger.tiles.write_tiles import extend

    Path(folder).mkdir()
    began = perf_counter()
    extend(DurableFolder(Path(folder)), entries(int(number)), size=0)
    return {"seconds": perf_counter() - began}


def prove(folder: str, number: str) -> dict[str, float]:
    """Make and check proofs at places drawn by chance; times in milliseconds, the median."""
    from tregua.ledger.tiles.names import Tile, width_at
    from tregua.ledger.tiles.read_tiles import FolderSource, hashes_in
    from tregua.ledger.tiles.tiled_tree import TiledTree
    from tregua.ledger.tree import check_inclusion

    size, source = int(number), FolderSource(Path(folder))
    tree = TiledTree(source, size)
    root, dice = tree.root(), random.Random(SEED)
    made, cold, checked, consistency = [], [], [], []
    for _ in range(PROOFS):
        index = dice.randrange(size)
        tile = Tile(0, index // 256, width_at(0, index // 256, size))
        leaf = hashes_in(source, tile)[index % 256]
        made.append(_timed(lambda i=index: tree.inclusion_proof(i)))
        cold.append(_timed(lambda i=index: TiledTree(source, size).inclusion_proof(i)))
        consistency.append(_timed(lambda i=index: tree.consistency_proof(i + 1)))
        proof = tree.inclusion_proof(index)
        began = perf_counter()
        assert check_inclusion(proof, leaf=leaf, index=index, size=size, root=root)
        checked.append(perf_counter() - began)
    names = ("made", "cold", "checked", "consistency")
    times = (made, cold, checked, consistency)
    return {name: 1000 * statistics.median(t) for name, t in zip(names, times, strict=True)}


def _timed(call: object) -> float:
    began = perf_counter()
    call()  # type: ignore[operator]
    return perf_counter() - began


def mirror_check(folder: str, number: str) -> dict[str, float]:
    """Hash every entry and every tile again, as `tregua mirror check` does."""
    from tregua.ledger.notes.checkpoint import LogHead
    from tregua.ledger.tiles.check_log import check_log
    from tregua.ledger.tiles.read_tiles import FolderSource
    from tregua.ledger.tiles.tiled_tree import TiledTree

    source = FolderSource(Path(folder))
    head = LogHead("bench", int(number), TiledTree(source, int(number)).root())
    began = perf_counter()
    check_log(source, head)
    return {"seconds": perf_counter() - began}


def verifier(folder: str, number: str) -> dict[str, float]:
    """Run the single-file verifier over entries, tiles and root, without policy and annex."""
    from tregua.ledger import tregua_verify

    _note(folder, int(number))
    began = perf_counter()
    assert tregua_verify.main(["ledger", "-", folder, "-"]) == 0
    return {"seconds": perf_counter() - began}


def _note(folder: str, size: int) -> VerifierKey:
    """Write a checkpoint of the log's size into its folder; return the log's key."""
    from tregua.ledger.notes.checkpoint import LogHead
    from tregua.ledger.notes.key import KeyType
    from tregua.ledger.notes.note import SignedNote
    from tregua.ledger.notes.signer import SigningKey
    from tregua.ledger.tiles.read_tiles import FolderSource
    from tregua.ledger.tiles.tiled_tree import TiledTree

    key = SigningKey("bench.example/log", KeyType.NOTE, bytes(32))
    text = LogHead(key.name, size, TiledTree(FolderSource(Path(folder)), size).root()).text()
    Path(folder, "checkpoint").write_bytes(SignedNote(text, (key.sign(text),)).to_bytes())
    return key.public


def pull_signed(folder: str, number: str) -> dict[str, float]:
    """Pull a log of signed entries into a new copy: hashed, each signer checked, stored durably."""
    from bench.signed import AGR, entries_of, key_of
    from tregua.ledger.annex import Annex
    from tregua.ledger.mirror.pull import pull
    from tregua.ledger.notes.read_policy import read_policy
    from tregua.ledger.signing.keys import Root
    from tregua.ledger.tiles.durable import DurableFolder
    from tregua.ledger.tiles.read_tiles import FolderSource
    from tregua.ledger.tiles.write_tiles import extend

    log, copy, root = Path(folder, "log"), Path(folder, "copy"), key_of("a/root")
    extend(DurableFolder(log), entries_of(int(number)), size=0)
    policy = read_policy(f"log {_note(str(log), int(number))}\nquorum none\n".encode())
    annex = Annex((Root(root.party, root.alg, root.public),), (AGR,))
    began = perf_counter()
    pull(FolderSource(log), DurableFolder(copy), policy, annex=annex)
    return {"seconds": perf_counter() - began}


def plain(folder: str, number: str) -> dict[str, float]:
    """Read the same bundles and take one SHA-256 over each entry's bytes."""
    from tregua.ledger.tiles.names import ENTRIES as BUNDLES
    from tregua.ledger.tiles.names import tiles_of

    began = perf_counter()
    hashed = 0
    for tile in tiles_of(int(number)):
        if tile.level == BUNDLES:
            bundle = Path(folder, str(tile)).read_bytes()
            for at in range(2, len(bundle), ENTRY_SIZE + 2):
                sha256(bundle[at : at + ENTRY_SIZE]).digest()
                hashed += 1
    assert hashed == int(number)
    return {"seconds": perf_counter() - began}
