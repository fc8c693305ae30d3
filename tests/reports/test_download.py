"""Fetching a data set from a server on this machine: cut, resumed, wrong, away, by hand."""

import hashlib
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tregua.errors import InputUnreadable, SourceUnreachable, WrongUse
from tregua.reports.download import Limits, fetch, take
from tregua.reports.sets import DataSet, data_set, data_sets
from tregua.reports.unpack import unpack

CONTENT = bytes(range(256)) * 4_000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@dataclass
class Server:
    """A file server that can be told to misbehave."""

    content: bytes = CONTENT
    tag: str = '"v1"'
    cut_after: int | None = None
    ranges: bool = True
    status: int = 200
    asked: list[str] = field(default_factory=list)
    address: str = ""


def handler_for(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            server.asked.append(wanted)
            start = self.start_of(wanted)
            if start > len(server.content):
                self.send_error(416)
                return
            if server.status != 200:
                self.send_error(server.status)
                return
            self.send_response(206 if start else 200)
            self.send_header("ETag", server.tag)
            self.send_header("Content-Length", str(len(server.content) - start))
            if start:
                last = len(server.content) - 1
                self.send_header("Content-Range", f"bytes {start}-{last}/{len(server.content)}")
            self.end_headers()
            self.wfile.write(server.content[start : server.cut_after])

        def start_of(self, wanted: str) -> int:
            same = self.headers.get("If-Range", server.tag) == server.tag
            if not (wanted and server.ranges and same):
                return 0
            return int(wanted.removeprefix("bytes=").removesuffix("-"))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    return Handler


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    behaviour = Server()
    web = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(behaviour))
    behaviour.address = f"http://127.0.0.1:{web.server_address[1]}/events.zip"
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield behaviour
    web.shutdown()
    thread.join()
    web.server_close()


def wanted(server: Server, *, verified: bool = True) -> DataSet:
    return DataSet(
        name="events",
        title="Events",
        publisher="Publisher",
        version="1",
        address=server.address,
        licence="CC BY 4.0",
        citation="Author 2030",
        size=len(CONTENT) if verified else None,
        sha256=DIGEST if verified else "",
        verified=verified,
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "events").iterdir())


def test_whole_file_comes_with_its_licence(server: Server, tmp_path: Path) -> None:
    """A checked file stands under its name, with its digest and licence beside it, and no part."""
    fetched = fetch(wanted(server), tmp_path)
    assert CONTENT == fetched.path.read_bytes()
    assert (DIGEST, False, 0) == (fetched.sha256, fetched.first_use, fetched.resumed_from)
    assert ["events.zip", "events.zip.licence.txt", "events.zip.sha256"] == names(tmp_path)
    assert "cite: Author 2030" in fetched.remarks
    licence = (tmp_path / "events" / "events.zip.licence.txt").read_text(encoding="utf-8")
    assert "licence: CC BY 4.0" in licence


def test_cut_transfer_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    """After a cut nothing has the final name; the same call asks for the rest alone."""
    server.cut_after = 300_000
    with pytest.raises(SourceUnreachable, match="broke off after 300,000 bytes"):
        fetch(wanted(server), tmp_path)
    assert "events.zip" not in names(tmp_path)
    server.cut_after = None
    fetched = fetch(wanted(server), tmp_path)
    assert ["", "bytes=300000-"] == server.asked
    assert (300_000, CONTENT) == (fetched.resumed_from, fetched.path.read_bytes())


def test_server_without_ranges_sends_all_again(server: Server, tmp_path: Path) -> None:
    """A server that knows no ranges costs a second transfer, not a damaged file."""
    server.cut_after, server.ranges = 300_000, False
    with pytest.raises(SourceUnreachable):
        fetch(wanted(server), tmp_path)
    server.cut_after = None
    fetched = fetch(wanted(server), tmp_path)
    assert (0, CONTENT) == (fetched.resumed_from, fetched.path.read_bytes())


def test_file_changed_between_two_parts_begins_again(server: Server, tmp_path: Path) -> None:
    """The first half of one edition is never joined to the second half of another."""
    server.cut_after = 300_000
    with pytest.raises(SourceUnreachable):
        fetch(wanted(server, verified=False), tmp_path)
    server.content, server.tag, server.cut_after = CONTENT[::-1], '"v2"', None
    fetched = fetch(wanted(server, verified=False), tmp_path)
    assert CONTENT[::-1] == fetched.path.read_bytes()


def test_part_longer_than_the_file_begins_again(server: Server, tmp_path: Path) -> None:
    """A part of another, longer edition is thrown away."""
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "events.zip.part").write_bytes(CONTENT + b"more")
    assert CONTENT == fetch(wanted(server), tmp_path).path.read_bytes()


def test_wrong_digest_keeps_nothing(server: Server, tmp_path: Path) -> None:
    """A file with another digest is thrown away; both digests are said."""
    server.content = CONTENT[:-1] + b"!"
    with pytest.raises(InputUnreadable) as caught:
        fetch(wanted(server), tmp_path)
    other = hashlib.sha256(server.content).hexdigest()
    assert f"has the digest {other}, stated is {DIGEST}" == caught.value.why
    assert [] == names(tmp_path)


def test_wrong_size_is_told(server: Server, tmp_path: Path) -> None:
    """A file that is too short, or goes on beyond its stated size, is told with both numbers."""
    server.content = CONTENT[:-6]
    with pytest.raises(InputUnreadable, match="has 1,023,994 bytes, 1,024,000 are stated"):
        fetch(wanted(server), tmp_path)
    server.content = CONTENT + b"more"
    with pytest.raises(SourceUnreachable, match="sends more than 1,024,000 bytes"):
        fetch(wanted(server), tmp_path / "again")


def test_unverified_digest_is_pinned_at_first_use(server: Server, tmp_path: Path) -> None:
    """The first digest is recorded and told; another one stops, and can be accepted by name."""
    first = fetch(wanted(server, verified=False), tmp_path)
    assert first.first_use
    assert any(DIGEST in remark and "pinned" in remark for remark in first.remarks)
    server.content = CONTENT[::-1]
    other = hashlib.sha256(server.content).hexdigest()
    with pytest.raises(InputUnreadable) as caught:
        fetch(wanted(server, verified=False), tmp_path)
    assert f"has the digest {other}, recorded at first use was {DIGEST}" == caught.value.why
    assert caught.value.help.endswith(f"tregua get events --accept {other}")
    assert CONTENT == first.path.read_bytes()
    accepted = fetch(wanted(server, verified=False), tmp_path, accept=other)
    assert (other, False) == (accepted.sha256, accepted.first_use)
    assert CONTENT[::-1] == accepted.path.read_bytes()


def test_told_digest_is_compared_and_does_not_stop(server: Server, tmp_path: Path) -> None:
    """A digest that only somebody told is shown beside what came."""
    told = replace(wanted(server, verified=False), sha256="0" * 64, size=None)
    remarks = fetch(told, tmp_path).remarks
    assert f"another report told the digest {'0' * 64}" in remarks


def test_told_size_stops_until_the_file_is_accepted(server: Server, tmp_path: Path) -> None:
    """A file of another size than was told is not taken in silence; both sizes are said."""
    told = replace(wanted(server, verified=False), sha256="", size=7)
    with pytest.raises(InputUnreadable) as caught:
        fetch(told, tmp_path)
    assert f"has {len(CONTENT):,} bytes, 7 were told by another report" == caught.value.why
    assert DIGEST == fetch(told, tmp_path, accept=DIGEST).sha256


def test_server_that_is_away_is_told_with_the_way_by_hand(tmp_path: Path, server: Server) -> None:
    """Offline, the address and the way to hand the file over are said."""
    away = replace(wanted(server), address="http://127.0.0.1:9/events.zip")
    with pytest.raises(SourceUnreachable) as caught:
        fetch(away, tmp_path)
    assert "http://127.0.0.1:9/events.zip" == caught.value.what
    assert "offline" in caught.value.why
    assert "http://127.0.0.1:9/events.zip" in caught.value.help
    assert "tregua get events --file PATH" in caught.value.help


def test_refusal_of_the_server_is_told(server: Server, tmp_path: Path) -> None:
    """An error of the server is told with its number."""
    server.status = 404
    with pytest.raises(SourceUnreachable, match="the server answers 404"):
        fetch(wanted(server), tmp_path)


def test_transfer_is_bounded_in_size_and_time(server: Server, tmp_path: Path) -> None:
    """A transfer beyond its bounds stops."""
    with pytest.raises(SourceUnreachable, match="sends more than 1,000 bytes"):
        fetch(wanted(server, verified=False), tmp_path, limits=Limits(max_bytes=1_000))
    with pytest.raises(SourceUnreachable):
        fetch(wanted(server, verified=False), tmp_path, limits=Limits(max_seconds=0.0))


def test_file_handed_over_is_checked_like_a_fetched_one(server: Server, tmp_path: Path) -> None:
    """A file from the user's hand is copied, checked, and given its name."""
    handed = tmp_path / "stick" / "download (1).zip"
    handed.parent.mkdir()
    handed.write_bytes(CONTENT)
    taken = take(wanted(server), handed, tmp_path)
    assert ("events.zip", CONTENT) == (taken.path.name, taken.path.read_bytes())
    assert [] == server.asked
    handed.write_bytes(b"something else")
    with pytest.raises(InputUnreadable):
        take(wanted(server), handed, tmp_path)
    assert CONTENT == taken.path.read_bytes()
    with pytest.raises(InputUnreadable, match="there is no such file"):
        take(wanted(server), tmp_path / "absent.zip", tmp_path)


def test_set_by_hand_is_not_fetched(tmp_path: Path) -> None:
    """A set whose publisher asks for terms is never fetched; the way is said."""
    with pytest.raises(WrongUse) as caught:
        fetch(data_set("acled"), tmp_path)
    assert "https://acleddata.com" in caught.value.help


def test_table_of_sets_is_whole() -> None:
    """Every set has publisher, version, address, licence and citation; a verified one is exact."""
    for entry in data_sets():
        stated = (entry.publisher, entry.version, entry.licence, entry.citation, entry.title)
        assert all(stated)
        assert entry.address.startswith("https://")
        assert not entry.verified or (entry.size and entry.sha256)


def test_unknown_set_is_a_wrong_use() -> None:
    """A misspelt set is asked about."""
    with pytest.raises(WrongUse) as caught:
        data_set("ged-26.l")
    assert "did you mean ged-26.1?" == caught.value.help


def test_members_of_an_archive_stay_in_the_folder(tmp_path: Path) -> None:
    """An archive is unpacked into its folder, and one that would leave it is refused."""
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    with zipfile.ZipFile(good, "w") as archive:
        archive.writestr("events.csv", "id\n1\n")
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("../events.csv", "id\n1\n")
    assert (tmp_path / "events.csv",) == unpack(good, tmp_path)
    with pytest.raises(InputUnreadable, match="would leave the folder"):
        unpack(bad, tmp_path)


def test_archive_made_to_burst_is_not_unpacked(tmp_path: Path) -> None:
    """What grows far beyond its archive is refused before a byte is written."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("events.csv", b"0" * 10_000_000)
    with pytest.raises(InputUnreadable, match="unpacks to 10,000,000 bytes"):
        unpack(tmp_path / "a.zip", tmp_path)
    assert ["a.zip"] == [path.name for path in tmp_path.iterdir()]
