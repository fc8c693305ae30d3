"""What somebody sends as an archive: refused with one clear sentence, whatever is in it."""

import io
import os
import stat
import struct
import zipfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tregua.errors import InputUnreadable
from tregua.ledger.archive.pack import pack
from tregua.ledger.archive.unpack import files_in


def zipped(folder: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    path = folder / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def refused(path: Path, *said: str, most: int = 1 << 20) -> None:
    with pytest.raises(InputUnreadable) as error:
        files_in(path, most=most)
    assert [] == [word for word in said if word not in str(error.value)], error.value
    assert "\n" not in str(error.value)


def test_what_was_packed_comes_out(tmp_path: Path) -> None:
    """Packing and unpacking gives the same files."""
    files = {"a": b"1", "b/c.txt": b"", "b/d/e": os.urandom(5000)}
    (tmp_path / "a.zip").write_bytes(pack(files))
    assert files == files_in(tmp_path / "a.zip")


@pytest.mark.parametrize(
    "name",
    [
        *("../up", "a/../../up", "/root", "a//b", "a/./b", "C:\\x", "a\\b", "..", ".", "a/", "~"),
        *(".hidden", "a b", "a\n", "é", "a/.git/x", "x" * 300, "con\u202etxt", "-rf", "a/-b"),
    ],
)
def test_a_name_that_leaves_the_folder_or_is_odd(name: str, tmp_path: Path) -> None:
    """A path upwards, from the root, of another system or with odd signs is refused by name."""
    refused(zipped(tmp_path, (name, b"x")), "which none of ours has")


def test_links_and_devices(tmp_path: Path) -> None:
    """A member that is a link, a device or a folder is refused."""
    for kind in (stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFDIR):
        info = zipfile.ZipInfo("a")
        info.external_attr = (kind | 0o777) << 16
        refused(zipped(tmp_path, (info, b"/etc/passwd")), "a in it is a link or no plain file")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_stand_twice(tmp_path: Path) -> None:
    """One name twice, in capitals too, or a file that is a folder as well, is refused."""
    refused(zipped(tmp_path, ("a", b"1"), ("a", b"2")), "stands in it twice")
    refused(zipped(tmp_path, ("a", b"1"), ("A", b"2")), "stands in it twice")
    refused(zipped(tmp_path, ("a", b"1"), ("a/b", b"2")), "is a file and a folder")


def test_a_bomb(tmp_path: Path) -> None:
    """Little that unpacks to much is refused at the limit, in one file or in many."""
    refused(zipped(tmp_path, ("a", bytes(5 << 20))), "it unpacks to more than")
    many = [(f"f{n}", bytes(100_000)) for n in range(50)]
    refused(zipped(tmp_path, *many), "it unpacks to more than")


def test_a_size_that_is_not_true(tmp_path: Path) -> None:
    """What an archive says of its own size is not believed."""
    data = bytearray(zipped(tmp_path, ("a", bytes(5 << 20))).read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(InputUnreadable):
        files_in(tmp_path / "x.zip", most=1 << 20)


def test_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More files than a record has are refused before any is read."""
    monkeypatch.setattr("tregua.ledger.archive.unpack.MAX_FILES", 9)
    refused(zipped(tmp_path, *((f"f{n}", b"") for n in range(10))), "more than 9 files")


def test_encrypted_or_oddly_packed(tmp_path: Path) -> None:
    """What is encrypted, or packed in a way that we never write, is refused."""
    data = bytearray(zipped(tmp_path, ("a", b"x")).read_bytes())
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "x.zip").write_bytes(data)
    refused(tmp_path / "x.zip", "a in it is encrypted")
    with zipfile.ZipFile(tmp_path / "y.zip", "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a", b"x")
    refused(tmp_path / "y.zip", "packed in an unusual way")


def test_what_is_no_zip(tmp_path: Path) -> None:
    """A file that is away, empty, no zip or cut is refused as unreadable."""
    refused(tmp_path / "away.zip", "there is no such file")
    whole = zipped(tmp_path, ("a", b"x" * 1000)).read_bytes()
    for data in (b"", b"hello", whole[:-30], whole[:40]):
        (tmp_path / "x.zip").write_bytes(data)
        refused(tmp_path / "x.zip", "it is no whole zip")


def test_a_folder_with_a_link(tmp_path: Path) -> None:
    """An unpacked archive in which somebody put a link is refused."""
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "a").symlink_to("/etc/passwd")
    refused(tmp_path / "f", "a is no plain file")


def one_line(text: str) -> None:
    assert "\n" not in text


def comes_out(path: Path) -> bool:
    """Say whether files come out; if not, it was refused in one sentence."""
    try:
        files = files_in(path, most=1 << 20)
    except InputUnreadable as error:
        one_line(str(error))
        return False
    assert sum(map(len, files.values())) <= 1 << 20
    return True


def test_broken_zips_never_break_us(tmp_path: Path) -> None:
    """Three thousand zips with bytes changed: files come out, or one sentence."""
    chance, out = Random(7), [0, 0]
    whole = pack({f"d{n}/f{n}": bytes(chance.randbytes(200)) * 3 for n in range(5)})
    path = tmp_path / "x.zip"
    for _ in range(3_000):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.choice([len(data), chance.randrange(len(data))])])
        out[comes_out(path)] += 1
    assert min(out) > 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    """Whatever bytes are called an archive, nothing but a refusal comes of it."""
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK\x05\x06" + data)
    try:
        files_in(path)
    except InputUnreadable:
        return
    assert zipfile.is_zipfile(io.BytesIO(path.read_bytes()))
