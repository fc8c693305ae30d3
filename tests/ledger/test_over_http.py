"""What the network may send: the server reads any bytes or turns them away, so does the client."""

import asyncio
import contextlib
import gc
import gzip
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.notes_made import LOG, NOW, A, checkpoint
from tregua.errors import InputUnreadable, SourceUnreachable, WrongUse
from tregua.ledger.mirror.sources import HttpSource, source_at
from tregua.ledger.notes.note import MAX_NOTE
from tregua.ledger.witness import serve as module
from tregua.ledger.witness.call import call
from tregua.ledger.witness.request import AddCheckpoint
from tregua.ledger.witness.routes import cosigner_routes
from tregua.ledger.witness.serve import Asked, serve
from tregua.ledger.witness.witness import Answer, Witness

PIECES = [b"GET ", b"POST ", b"/add-checkpoint", b" HTTP/1.1", b"\r\n", b"\r\n\r\n", b"?x", b":"]
PIECES += [b"Content-Length: ", b"3", b"-1", b"99999999", b"Transfer-Encoding: chunked", b" "]
PIECES += [b"Connection: close", b"Expect: 100-continue", b"\xff", b"abc"]


class Heard:
    """Collects what the server sends back."""

    def __init__(self) -> None:
        self.sent = b""

    def write(self, data: bytes) -> None:
        self.sent += data


@given(parts=st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=12)), max_size=14))
def test_any_bytes_are_a_request_or_turned_away(parts: list[bytes]) -> None:
    """No bytes crash the reading of a request; a body is never longer than it said."""

    async def read() -> Asked | None:
        reader = asyncio.StreamReader(limit=module.MAX_HEAD)
        reader.feed_data(b"".join(parts))
        reader.feed_eof()
        with contextlib.suppress(module._Broken, asyncio.IncompleteReadError):
            return (await module._read(reader, Heard()))[0]  # type: ignore[arg-type]
        return None

    asked = asyncio.run(read())
    if asked is not None:
        assert asked.method in ("GET", "HEAD", "POST")
        assert asked.path.startswith("/")
        assert len(asked.body) <= len(b"".join(parts))


def answering(data: bytes) -> Iterator[str]:
    """A server that says the same to everybody, and then nothing more."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def answer() -> None:
            caller, _ = listening.accept()
            with caller, contextlib.suppress(OSError):
                caller.recv(65_536)
                caller.sendall(data)

        thread = Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{port}"
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
        thread.join()


def reply(*fields: str, body: bytes = b"", status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *fields, "", ""]).encode() + body


BOMB = gzip.compress(b"0" * 5_000_000)
ZIPPED = "Content-Encoding: gzip"
BAD_ANSWERS = {
    "nonsense": (b"\x00\x01\x02\r\n\r\n", SourceUnreachable),
    "nothing": (b"", SourceUnreachable),
    "cut off": (reply("Content-Length: 50", body=b"half"), SourceUnreachable),
    "too large": (reply("Content-Length: 2000000", body=b"x" * 2_000_000), InputUnreadable),
    "without end": (reply(body=b"x" * 2_000_000), InputUnreadable),
    "a bomb": (reply(ZIPPED, f"Content-Length: {len(BOMB)}", body=BOMB), InputUnreadable),
    "a cut archive": (reply(ZIPPED, body=BOMB[:50]), InputUnreadable),
    "no archive": (reply(ZIPPED, body=b"plain"), InputUnreadable),
    "a failure": (reply("Content-Length: 0", status="500 No"), SourceUnreachable),
    "elsewhere": (reply("Location: /x", "Content-Length: 0", status="302 X"), SourceUnreachable),
}


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_an_answer_that_is_none_is_told(name: str) -> None:
    """Cut, too large, unpacking without end, redirected: one sentence of code 3 or 5."""
    data, error = BAD_ANSWERS[name]
    for url in answering(data):
        with pytest.raises(error):
            HttpSource(url).read("checkpoint", most=MAX_NOTE)


def test_a_packed_answer_is_unpacked() -> None:
    """gzip without asking, as tlog-tiles lets a log do."""
    for url in answering(reply(ZIPPED, body=gzip.compress(b"tile"))):
        assert b"tile" == HttpSource(url).read("tile/0/000.p/1", most=100)


def test_what_is_not_there_is_none() -> None:
    """404 is an answer: the file is not there."""
    for url in answering(reply("Content-Length: 0", status="404 Not Found")):
        assert HttpSource(url).read("checkpoint", most=100) is None


@pytest.mark.parametrize("url", ["ftp://a.example/", "http://", "http:///x", "http://a/?q", "a"])
def test_what_is_no_address_is_refused(url: str) -> None:
    """Another scheme, no host, a query."""
    with pytest.raises(WrongUse):
        call(url, most=1)


def test_a_folder_that_is_not_there_is_out_of_reach(tmp_path: Path) -> None:
    """A stick that is not plugged in is code 5, not an empty log."""
    with pytest.raises(SourceUnreachable, match="there is no such folder"):
        source_at(str(tmp_path / "stick"))


def test_a_fault_of_ours_ends_one_call_and_not_the_server(tmp_path: Path) -> None:
    """A handler that breaks is told as a fault without its words; the next caller is served."""
    witness = Witness((A,), (LOG.public,), tmp_path)
    routes = cosigner_routes(witness, lambda: NOW)
    body = AddCheckpoint(0, (), checkpoint(3)).to_bytes()
    faults: list[str] = []

    def handler(asked: Asked) -> Answer | None:
        if asked.path == "/broken":
            raise ValueError("secret-4711")
        return routes(asked)

    async def scene() -> int:
        stop = asyncio.Event()
        ports: asyncio.Queue[int] = asyncio.Queue()
        server = asyncio.create_task(
            serve(
                handler,
                host="127.0.0.1",
                port=0,
                started=ports.put_nowait,
                failed=faults.append,
                stop=stop,
            )
        )
        url = f"http://127.0.0.1:{await ports.get()}"
        with pytest.raises(SourceUnreachable):
            await asyncio.to_thread(call, f"{url}/broken", most=100)
        told = await asyncio.to_thread(call, f"{url}/add-checkpoint", most=10_000, body=body)
        stop.set()
        await server
        return told.status

    assert 200 == asyncio.run(scene())
    gc.collect()
    assert ["ValueError"] == faults
