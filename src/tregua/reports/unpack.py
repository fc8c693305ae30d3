"""Members of a fetched ZIP archive, written into one folder.

No member leaves the folder, and nothing is unpacked that is far larger than its archive.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path, PurePosixPath

from tregua.errors import InputUnreadable, StoreUnwritable

MAX_RATIO = 60  # unpacked to packed; tables of events stay near 10


def unpack(archive: Path, folder: Path) -> tuple[Path, ...]:
    """Write every file of the archive into ``folder`` and return them, sorted by name.

    Raises:
        InputUnreadable: no archive, a member that would leave the folder, or one that bursts.
        StoreUnwritable: the folder cannot be written.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            members = [member for member in packed.infolist() if not member.is_dir()]
            _check(archive, members)
            return tuple(sorted(_write(packed, member, folder) for member in members))
    except zipfile.BadZipFile:
        raise InputUnreadable(archive.name, "is not a whole ZIP archive") from None
    except OSError as error:
        raise StoreUnwritable(folder.name, error.strerror or "cannot be written") from None


def _check(archive: Path, members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        if PurePosixPath(member.filename.replace("\\", "/")).name != member.filename:
            raise InputUnreadable(archive.name, f"{member.filename!r} would leave the folder")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_RATIO * archive.stat().st_size:
        raise InputUnreadable(archive.name, f"unpacks to {unpacked:,} bytes, too many for its size")


def _write(packed: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> Path:
    target = folder / member.filename
    part = folder / f"{member.filename}.part"
    with packed.open(member) as source, part.open("wb") as file:
        shutil.copyfileobj(source, file)
    return part.replace(target)
