"""Does an archive hold: its digests, its log, its signers, what is disclosed, in this order.

The explanation trees in it are checked by whoever knows them, after this.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused, InputUnreadable, LedgerDamaged, NoteRefused
from tregua.ledger.annex import annex_in
from tregua.ledger.archive.log_files import tiles_of_entries
from tregua.ledger.archive.names import ANNEX, CHECKPOINT, ENTRIES, HEAD, LOG, NEEDED, POLICY
from tregua.ledger.archive.older import signed_claims
from tregua.ledger.archive.pack import SUMS, with_sums
from tregua.ledger.notes.note import read_note
from tregua.ledger.notes.policy import acknowledged
from tregua.ledger.notes.read_policy import read_policy
from tregua.ledger.signing.disclosures import fields_in
from tregua.ledger.standing import Affected, Signings
from tregua.ledger.store import Head
from tregua.ledger.tree import Frontier, leaf_hash, root_of
from tregua.ledger.windows.seen import seen_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tregua.ledger.annex import Annex
    from tregua.ledger.notes.policy import Acknowledged, Policy
    from tregua.ledger.signing.claims import Claims


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive holds, once it was checked.

    Attributes:
        files: by name.
        entries: as they were signed, in order.
        claims: their open parts.
        disclosed: how many fields are disclosed in it.
        head: size and root.
        checkpoints: each with what it is worth under the policy, by size.
        newest: bytes of the longest checkpoint; empty when there is none.
        affected: entries of keys that were revoked, by index.
    """

    files: Mapping[str, bytes]
    entries: tuple[bytes, ...]
    claims: tuple[Claims, ...]
    disclosed: int
    head: Head
    checkpoints: tuple[Acknowledged, ...]
    newest: bytes
    affected: tuple[Affected, ...] = ()


def check_archive(
    files: Mapping[str, bytes],
    *,
    annex: Annex | None = None,
    policy: Policy | None = None,
    now: int | None = None,
) -> Archive:
    """Check an archive.

    Args:
        files: by name, as they were unpacked.
        annex: from the paper; default: that in the archive, which its maker chose.
        policy: the same.
        now: the reader's clock, POSIX seconds.

    Raises:
        InputUnreadable: a file that every archive has is missing, or out of form.
        LedgerDamaged: with the first place that does not hold.
    """
    # 1. Every file is the one that was packed, and no other is there.
    _check_sums(files)
    # 2. The entries, each with what is disclosed of it, signed by whom the annex names.
    lines = files[ENTRIES].splitlines()
    entries = tuple(line.partition(b"~")[0] for line in lines)
    claims = signed_claims(entries, annex or annex_in(files[ANNEX], ANNEX))
    disclosed = sum(_disclosed(n, c, x) for n, (c, x) in enumerate(zip(claims, lines, strict=True)))
    # 3. The log is made of these entries, and the head is theirs.
    head = Head(len(entries), root_of(map(leaf_hash, entries)))
    if files[HEAD] != f"{head}\n".encode():
        raise LedgerDamaged(HEAD, "it is not the head of the entries")
    _check_tiles(files, entries)
    # 4. Checkpoints, under the policy.
    if policy is None and POLICY in files:
        policy = _policy(files[POLICY])
    held = _checkpoints(files, entries, policy, now) if policy else []
    newest = held[-1][1] if held else b""
    # 5. Who had seen what before a key was lost.
    seen = seen_in((read_note(data) for _, data in held), policy, now=now) if policy else None
    signings = Signings()
    for index, one in enumerate(claims):
        signings.take(index, one)
    stand = signings.affected(lambda n: (n, leaf_hash(entries[n]).hex()), seen)
    checkpoints = tuple(h for h, _ in held)
    return Archive(files, entries, claims, disclosed, head, checkpoints, newest, stand)


def _check_sums(files: Mapping[str, bytes]) -> None:
    missing = [name for name in NEEDED if name not in files]
    if missing:
        raise InputUnreadable("the archive", f"{missing[0]} is not in it")
    others = {name: data for name, data in files.items() if name != SUMS}
    listed = dict(
        line.split("  ", 1)[::-1]
        for line in files[SUMS].decode("utf-8", "replace").splitlines()
        if "  " in line
    )
    for name, data in sorted(others.items()):
        if listed.get(name) != sha256(data).hexdigest():
            raise LedgerDamaged(name, f"it is not the file that {SUMS} lists")
    gone = sorted(listed.keys() - others.keys())
    if gone:
        raise LedgerDamaged(gone[0], f"{SUMS} lists it, and it is not there")
    if with_sums(others)[SUMS] != files[SUMS]:
        raise LedgerDamaged(SUMS, "it is not written as a list of digests")


def _disclosed(index: int, claims: Claims, line: bytes) -> int:
    shown = line.decode("ascii", "replace").split("~")[1:-1]
    try:
        return len(fields_in(claims, shown))
    except EntryRefused as refused:
        raise LedgerDamaged(f"what is disclosed of entry {index}", refused.why) from refused


def _check_tiles(files: Mapping[str, bytes], entries: tuple[bytes, ...]) -> None:
    wanted = {f"{LOG}/{name}": data for name, data in tiles_of_entries(entries).items()}
    held = {name: data for name, data in files.items() if name.startswith(f"{LOG}/tile/")}
    for name in sorted(wanted.keys() | held.keys()):
        if wanted.get(name) != held.get(name):
            raise LedgerDamaged(name, f"it is not what {ENTRIES} gives")


def _policy(data: bytes) -> Policy:
    try:
        return read_policy(data)
    except NoteRefused as refused:
        raise InputUnreadable(POLICY, refused.why) from refused


def _checkpoints(
    files: Mapping[str, bytes], entries: tuple[bytes, ...], policy: Policy, now: int | None
) -> list[tuple[Acknowledged, bytes]]:
    """Check each checkpoint, the shortest first."""
    names = sorted(name for name in files if name.startswith(CHECKPOINT))
    held = [(name, _acknowledged(name, files[name], policy, now)) for name in names]
    held.sort(key=lambda one: one[1].head.size)
    tree = Frontier()
    for name, one in held:
        if one.head.size > len(entries):
            raise LedgerDamaged(name, f"it counts {one.head.size} entries, here are {len(entries)}")
        tree = tree.grow(map(leaf_hash, entries[tree.size : one.head.size]))
        if tree.root() != one.head.root:
            raise LedgerDamaged(name, "the entries do not give its root")
        if name == CHECKPOINT and not one.is_met:
            raise LedgerDamaged(name, "the quorum of the policy has not acknowledged it")
    return [(one, files[name]) for name, one in held]


def _acknowledged(name: str, data: bytes, policy: Policy, now: int | None) -> Acknowledged:
    try:
        return acknowledged(read_note(data), policy, now=now)
    except NoteRefused as refused:
        raise InputUnreadable(name, refused.why) from refused
