"""Fetching a public data set, or taking it from the user's hand. The only file that uses a network.

1. What has come lies in ``<file>.part``; a broken transfer is resumed where it stopped, if the
   server still has the same file.
2. Size and time are bounded.
3. A verified size and digest must agree. A digest that nobody verified is recorded at first use
   and pinned in ``<file>.sha256``; a later difference stops, unless the caller accepts it.
4. Only a whole and checked file gets its name, by a rename; the licence is written beside it.
"""

from __future__ import annotations

import hashlib
import http.client
import shutil
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from tregua.errors import InputUnreadable, SourceUnreachable, StoreUnwritable, WrongUse

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.reports.sets import DataSet

CHUNK = 1 << 18  # bytes
_PARTIAL, _NOT_SATISFIABLE = 206, 416  # RFC 9110, 15.3.7 and 15.5.17


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long a transfer may take: bytes, seconds in all, seconds of silence."""

    max_bytes: int = 2_000_000_000
    max_seconds: float = 3_600.0
    silence_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that came whole.

    Attributes:
        first_use: the digest was recorded now, because nobody had verified one.
        resumed_from: bytes that were already there; zero for a transfer from the start.
        remarks: sentences for the user, the citation and the licence among them.
    """

    path: Path
    size: int
    sha256: str
    first_use: bool
    resumed_from: int
    remarks: tuple[str, ...]


def fetch(
    wanted: DataSet, folder: Path, *, limits: Limits | None = None, accept: str = ""
) -> Fetched:
    """Fetch a set into ``folder/<name>/``.

    Args:
        wanted: an entry of the table.
        folder: the user's data folder.
        limits: bounds; the defaults when not given.
        accept: digest (hex) that is taken and pinned in place of the one recorded before.

    Raises:
        WrongUse: the set is one that its publisher hands out by hand.
        SourceUnreachable: offline, refused, broken off, too slow, too large.
        InputUnreadable: the file that came is not the file that was wanted.
        StoreUnwritable: the folder cannot be written.
    """
    if wanted.by_hand:
        raise WrongUse(f"{wanted.name} is not fetched: {wanted.licence}", help=_by_hand(wanted))
    home = _home(wanted, folder)
    part = home / f"{wanted.file}.part"
    resumed_from = _transfer(wanted, part, limits or Limits())
    return _keep(wanted, part, home / wanted.file, accept=accept, resumed_from=resumed_from)


def take(wanted: DataSet, handed: Path, folder: Path, *, accept: str = "") -> Fetched:
    """Take a set from a file that the user hands over; it is copied and checked like a fetched one.

    Raises:
        InputUnreadable: the file is missing or not the file that was wanted.
        StoreUnwritable: the folder cannot be written.
    """
    if not handed.is_file():
        raise InputUnreadable(handed.name, "there is no such file")
    home = _home(wanted, folder)
    name = handed.name if wanted.by_hand else wanted.file
    part = home / f"{name}.hand"
    try:
        shutil.copyfile(handed, part)
    except OSError as error:
        raise StoreUnwritable(part.name, error.strerror or "cannot be written") from None
    return _keep(wanted, part, home / name, accept=accept, resumed_from=0)


def _home(wanted: DataSet, folder: Path) -> Path:
    home = folder / wanted.name
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnwritable(wanted.name, error.strerror or "cannot be made") from None
    return home


def _by_hand(wanted: DataSet) -> str:
    return (
        f"get {wanted.address} on a machine that can, then hand the file over: "
        f"tregua get {wanted.name} --file PATH"
    )


# -- 1, 2. the transfer ---------------------------------------------------------------------------


def _transfer(wanted: DataSet, part: Path, limits: Limits) -> int:
    """Bring the part file to its full length and return from which byte it was resumed."""
    have = part.stat().st_size if part.exists() else 0
    mark = part.with_name(f"{part.name}.mark")
    try:
        with _asked(wanted, have, mark, limits) as answer:
            start = have if answer.status == _PARTIAL and _begins_at(answer, have) else 0
            _note_mark(answer, mark)
            with part.open("ab" if start else "wb") as file:
                _pour(wanted, answer, file, start, limits)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == _NOT_SATISFIABLE and have:
            # What lies here is longer than the server's file: another edition. Begin again.
            part.unlink()
            return _transfer(wanted, part, limits)
        raise SourceUnreachable(
            wanted.address, f"the server answers {error.code}", help=_by_hand(wanted)
        ) from None
    except (
        urllib.error.URLError,
        http.client.HTTPException,
        ConnectionError,
        TimeoutError,
    ) as error:
        raise _unreachable(wanted, part, error) from None
    except OSError as error:
        raise StoreUnwritable(part.name, error.strerror or "cannot be written") from None
    mark.unlink(missing_ok=True)
    return start


def _asked(wanted: DataSet, have: int, mark: Path, limits: Limits) -> http.client.HTTPResponse:
    if not wanted.address.startswith(("https://", "http://")):
        raise WrongUse(f"{wanted.address} is not a web address")
    request = urllib.request.Request(wanted.address)  # noqa: S310  (only web addresses, see above)
    if have:
        request.add_header("Range", f"bytes={have}-")
        if mark.exists():
            # RFC 9110, 13.1.5: the rest only if the file is still the same, else the whole.
            request.add_header("If-Range", mark.read_text(encoding="ascii"))
    answer: http.client.HTTPResponse = urllib.request.urlopen(  # noqa: S310
        request, timeout=limits.silence_seconds
    )
    return answer


def _begins_at(answer: http.client.HTTPResponse, have: int) -> bool:
    return (answer.headers.get("Content-Range") or "").startswith(f"bytes {have}-")


def _note_mark(answer: http.client.HTTPResponse, mark: Path) -> None:
    tag = answer.headers.get("ETag") or ""
    if tag.isascii() and tag.startswith('"'):  # a weak tag ("W/...") must not be used with ranges
        mark.write_text(tag, encoding="ascii")
    else:
        mark.unlink(missing_ok=True)


def _pour(
    wanted: DataSet, answer: http.client.HTTPResponse, file: IO[bytes], start: int, limits: Limits
) -> None:
    most = min(
        limits.max_bytes, wanted.size if wanted.verified and wanted.size else limits.max_bytes
    )
    until = time.monotonic() + limits.max_seconds
    announced = answer.headers.get("Content-Length")
    came = 0
    while chunk := answer.read(CHUNK):
        came += len(chunk)
        if start + came > most:
            raise SourceUnreachable(
                wanted.address, f"sends more than {most:,} bytes", help=_by_hand(wanted)
            )
        if time.monotonic() > until:
            raise TimeoutError
        file.write(chunk)
    if announced is not None and announced.isdigit() and came < int(announced):
        raise http.client.IncompleteRead(b"", int(announced) - came)


def _unreachable(wanted: DataSet, part: Path, error: Exception) -> SourceUnreachable:
    have = part.stat().st_size if part.exists() else 0
    if have and not isinstance(error, urllib.error.URLError):
        why = f"broke off after {have:,} bytes; the same command goes on from there"
    else:
        why = "cannot be reached; this machine seems to be offline, or the address is down"
    return SourceUnreachable(wanted.address, why, help=_by_hand(wanted))


# -- 3, 4. checks, and the name -------------------------------------------------------------------


def _keep(wanted: DataSet, part: Path, target: Path, *, accept: str, resumed_from: int) -> Fetched:
    size, digest = part.stat().st_size, _digest(part)
    pin = target.with_name(f"{target.name}.sha256")
    pinned = pin.read_text(encoding="ascii").partition(" ")[0].strip() if pin.exists() else ""
    if problem := _difference(wanted, size, digest, pinned, accept=accept):
        part.unlink()
        raise InputUnreadable(target.name, problem[0], help=problem[1])
    try:
        pin.write_text(f"{digest}  {target.name}\n", encoding="ascii")
        licence = target.with_name(f"{target.name}.licence.txt")
        licence.write_text("\n".join(_licence(wanted)) + "\n", encoding="utf-8")
        part.replace(target)
    except OSError as error:
        raise StoreUnwritable(target.name, error.strerror or "cannot be written") from None
    remarks = (*_told(wanted, size, digest), *_licence(wanted))
    return Fetched(target, size, digest, not (wanted.verified or pinned), resumed_from, remarks)


def _difference(
    wanted: DataSet, size: int, digest: str, pinned: str, *, accept: str
) -> tuple[str, str] | None:
    if wanted.verified and wanted.size not in (None, size):
        return f"has {size:,} bytes, {wanted.size:,} are stated", _by_hand(wanted)
    if wanted.verified and wanted.sha256 and digest != wanted.sha256:
        return f"has the digest {digest}, stated is {wanted.sha256}", _by_hand(wanted)
    if not wanted.verified and wanted.size not in {None, size} and digest not in {pinned, accept}:
        return (
            f"has {size:,} bytes, {wanted.size:,} were told by another report",
            f"if this is the file: tregua get {wanted.name} --accept {digest}",
        )
    if pinned and digest not in {pinned, accept}:
        return (
            f"has the digest {digest}, recorded at first use was {pinned}",
            f"if the publisher changed it: tregua get {wanted.name} --accept {digest}",
        )
    return None


def _told(wanted: DataSet, size: int, digest: str) -> tuple[str, ...]:
    """Say what came, beside what others told of it."""
    if wanted.verified:
        return ()
    told = [f"digest {digest}, {size:,} bytes: recorded and pinned, not verified by anybody"]
    if wanted.sha256 and wanted.sha256 != digest:
        told.append(f"another report told the digest {wanted.sha256}")
    if wanted.size is not None and wanted.size != size:
        told.append(f"another report told {wanted.size:,} bytes")
    return tuple(told)


def _licence(wanted: DataSet) -> tuple[str, ...]:
    return (
        f"{wanted.title}, version {wanted.version}",
        f"publisher: {wanted.publisher}, {wanted.address}",
        f"licence: {wanted.licence}",
        f"cite: {wanted.citation}",
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
