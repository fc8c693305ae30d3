"""Whether this machine keeps a ledger as it must: the store's settings, the disk, the key files.

Looked at, never repaired. What cannot be known here is said to be not known, and is no fault.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tregua.ledger.annex import annex_of
from tregua.ledger.open import beside, file_of, open_for_reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOUNTS = Path("/proc/self/mounts")  # what Linux tells of its disks
# Kinds on which locks and the write-ahead log of SQLite do not hold (sqlite.org/wal.html).
_OVER_A_NETWORK = re.compile(
    r"nfs4?|cifs|smb3|smbfs|9p|afs|ceph|ncpfs|lustre|glusterfs|beegfs|gfs2|ocfs2|davfs"
    r"|fuse\.(sshfs|glusterfs|rclone|s3fs|davfs)"
)
_MEMORY = frozenset(("tmpfs", "ramfs"))


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing that was looked at.

    Attributes:
        what: it is.
        found: how it stands.
        help: what to do about it; empty when it is well.
    """

    what: str
    found: str
    help: str = ""


def look_at(where: str) -> tuple[Looked, ...]:
    """Look at the ledger at ``where`` (a path or an address) and at the machine that keeps it.

    Raises:
        SourceUnreachable, LedgerDamaged: there is no ledger, or it cannot be opened.
        WrongUse: an unknown kind of store, or a role that may do more than it should.
    """
    with open_for_reading(where) as store:
        settings = [
            Looked(s.name, s.value, "" if s.is_safe else "an acknowledged entry may be lost")
            for s in store.settings()
        ]
        size = store.size()
    path = file_of(where)
    disk = _disk(path) if path is not None else ()
    return (Looked("entries", str(size)), *settings, *disk, *_beside(where))


def kind_of_disk(path: Path, mounts: Iterable[str]) -> str:
    """Return the kind of the file system that holds ``path``; empty when it is not known.

    ``mounts`` are lines as of ``/proc/self/mounts`` (proc(5)): device, place, kind and others. Of
    two at one place the later one counts.
    """
    place, longest, kind = str(path.resolve()), -1, ""
    for line in mounts:
        words = line.split()
        if len(words) < 3:  # noqa: PLR2004 - device, place, kind
            continue
        at = words[1].replace("\\040", " ").rstrip("/")
        if (place == at or place.startswith(f"{at}/")) and len(at) >= longest:
            longest, kind = len(at), words[2]
    return kind


def _disk(path: Path) -> Iterator[Looked]:
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        mounts = []  # another system
    kind = kind_of_disk(path, mounts)
    wrong = ""
    if _OVER_A_NETWORK.fullmatch(kind):
        wrong = "keep it on a disk of this machine: locks do not hold over a network"
    elif kind in _MEMORY:
        wrong = "keep it on a disk: this one is gone when the machine stops"
    yield Looked("file system", kind or "not known", wrong)
    free, held = shutil.disk_usage(path.parent).free, path.stat().st_size
    little = "" if free > held else "make room: the ledger could not be copied here once more"
    yield Looked("room on the disk", f"{free // 1_000_000:,} MB", little)


def _beside(where: str) -> Iterator[Looked]:
    annex, keys = annex_of(where), beside(where).with_suffix(".keys")
    missing = "without it nobody can say whose keys count; ask the other side for its copy"
    yield Looked(
        "annex", annex.name if annex.exists() else "none", "" if annex.exists() else missing
    )
    for file in sorted(p for p in keys.glob("*") if p.is_file()) if keys.is_dir() else ():
        mode = stat.S_IMODE(file.stat().st_mode)
        open_to_others = os.name == "posix" and mode & 0o077
        wrong = "ask who could read it, then chmod 600; put a new key in place of one that signs"
        found = f"{keys.name}/{file.name}, mode {mode:04o}"
        yield Looked("key file", found, wrong if open_to_others else "")
