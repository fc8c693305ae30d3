"""A zip from anybody into its files, in memory: nothing is written, and nothing is believed.

Refused, with the name: a path that leaves the folder, a link or any other thing than a plain file,
a name that stands twice or differs in capitals only, a name that is a file and a folder, a part
that is encrypted or packed in an unusual way, and more files or bytes than a record has. How much
is unpacked is counted while it is unpacked: what an archive says of its own size is not believed.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from tregua.errors import InputUnreadable

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILES = 100_000
MAX_BYTES = 1 << 30  # of all files together
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
_LONGEST = 240  # characters of a name
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(NotImplementedError, RuntimeError, ValueError, KeyError, OSError),
)


def files_in(archive: Path, *, most: int = MAX_BYTES) -> dict[str, bytes]:
    """Return the files of an archive, a zip or an unpacked folder, by name.

    Raises:
        InputUnreadable: it is not there, or it is not what an archive of ours can be.
    """
    return _of_folder(archive, most) if archive.is_dir() else _of_zip(archive, most)


def _of_zip(path: Path, most: int) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = most
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_names(path, [member.filename for member in members])
            for member in members:
                _check_member(path, member)
                with archive.open(member) as packed:
                    data = packed.read(left + 1)
                left -= len(data)
                _need(path, left >= 0, f"it unpacks to more than {most:,} bytes")
                files[member.filename] = data
    except FileNotFoundError:
        raise InputUnreadable(path, "there is no such file") from None
    except _BROKEN as error:
        raise InputUnreadable(path, f"it is no whole zip ({type(error).__name__})") from None
    return files


def _of_folder(folder: Path, most: int) -> dict[str, bytes]:
    found = [path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir()]
    names = [path.relative_to(folder).as_posix() for path in found]
    _check_names(folder, names)
    files: dict[str, bytes] = {}
    for name, path in zip(names, found, strict=True):
        _need(folder, path.is_file() and not path.is_symlink(), f"{name} is no plain file")
        with path.open("rb") as file:
            files[name] = file.read(most + 1)
        most -= len(files[name])
        _need(folder, most >= 0, "it holds more bytes than a record has")
    return files


def _check_names(path: Path, names: list[str]) -> None:
    _need(path, len(names) <= MAX_FILES, f"it holds more than {MAX_FILES:,} files")
    seen: set[str] = set()
    for name in names:
        shown = ascii(name[:60])
        fits = _NAME.fullmatch(name) and len(name) <= _LONGEST
        _need(path, bool(fits), f"it holds a file with the name {shown}, which none of ours has")
        _need(path, name.lower() not in seen, f"the name {shown} stands in it twice")
        seen.add(name.lower())
    folders = {name[:at] for name in seen for at, sign in enumerate(name) if sign == "/"}
    both = sorted(folders & seen)
    _need(path, not both, f"{both[:1]!a} is a file and a folder in it")


def _check_member(path: Path, member: zipfile.ZipInfo) -> None:
    name, kind = member.filename, stat.S_IFMT(member.external_attr >> 16)
    _need(path, kind in (0, stat.S_IFREG), f"{name} in it is a link or no plain file")
    _need(path, not member.flag_bits & _ENCRYPTED, f"{name} in it is encrypted")
    _need(path, member.compress_type in _PACKED, f"{name} in it is packed in an unusual way")


def _need(path: Path, holds: bool, why: str) -> None:  # noqa: FBT001
    if not holds:
        raise InputUnreadable(path, why)
