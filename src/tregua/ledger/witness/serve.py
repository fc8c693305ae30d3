"""A small HTTP/1.1 server: bounded heads, bodies, time, and number of callers.

Made for a cosigner or a mirror on a machine of its side, on loopback behind whatever proxy brings
TLS. It knows GET, HEAD and POST, no chunked bodies, no redirects, and never says what went wrong
inside. What a path means is for the handler.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from tregua.errors import TreguaError
from tregua.ledger.witness.request import MAX_REQUEST
from tregua.ledger.witness.witness import AWAY, BAD, UNKNOWN, Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    Handler = Callable[["Asked"], Answer | None]

MAX_HEAD = 16_384  # bytes of request line and header fields
SECONDS = 20.0  # for a whole request; for each piece of an answer
PATIENCE = 120.0  # until the handler has answered; a mirror fetches entries meanwhile
CALLERS = 64
_TOO_LARGE, _NOT_BUILT, _TOO_MANY = 413, 501, 503
_PIECE = 1 << 16  # bytes
_METHODS = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came; ``path`` begins with a slash and has no query."""

    method: str
    path: str
    body: bytes


class _Broken(Exception):
    """A request that cannot be answered as asked; the connection ends after ``status``."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def serve(
    handler: Handler,
    *,
    host: str,
    port: int,
    started: Callable[[int], None],
    failed: Callable[[str], None],
    stop: asyncio.Event | None = None,
) -> None:
    """Listen until the task is cancelled or ``stop`` is set.

    Args:
        handler: called in a thread; ``None`` is answered with 404.
        host: address to listen on.
        port: 0 for any free one.
        started: told the port once the server listens.
        failed: told the kind of a fault of ours; the caller got no answer, others are served on.
        stop: ends the server.

    Raises:
        OSError: the address cannot be listened on.
    """
    callers = asyncio.Semaphore(CALLERS)

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
                if callers.locked():
                    await _send(writer, Answer(_TOO_MANY, b""), "GET", last=True)
                else:
                    async with callers:
                        await _talk(reader, writer, handler)
        finally:
            writer.close()

    asyncio.get_running_loop().set_exception_handler(
        lambda _, told: failed(type(told.get("exception")).__name__)
    )
    server = await asyncio.start_server(meet, host, port, limit=MAX_HEAD)
    async with server:
        started(server.sockets[0].getsockname()[1])
        await (stop.wait() if stop is not None else server.serve_forever())


async def _talk(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, handler: Handler
) -> None:
    last = False
    while not last:
        try:
            async with asyncio.timeout(SECONDS):
                asked, last = await _read(reader, writer)
        except _Broken as broken:
            await _send(writer, Answer(broken.status, b""), "GET", last=True)
            return
        async with asyncio.timeout(PATIENCE):
            answer = await asyncio.to_thread(_answered, handler, asked)
        await _send(writer, answer, asked.method, last=last)


def _answered(handler: Handler, asked: Asked) -> Answer:
    try:
        return handler(asked) or Answer(UNKNOWN, b"there is nothing here\n")
    except TreguaError as error:  # what a person may read; anything else ends the connection
        return Answer(AWAY, f"{error}\n".encode())


async def _read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[Asked, bool]:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError:
        raise _Broken(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE) from None
    first, *lines = head.decode("latin-1").split("\r\n")[:-2]
    method, path, version = _request_line(first)
    fields = _fields(lines)
    if "transfer-encoding" in fields:
        raise _Broken(_NOT_BUILT)
    size = _length(fields.get("content-length", "0"))
    if fields.get("expect", "").lower() == "100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    body = await reader.readexactly(size)
    last = version == "HTTP/1.0" or fields.get("connection", "").lower() == "close"
    return Asked(method, path, body), last


def _request_line(line: str) -> tuple[str, str, str]:
    words = line.split(" ")
    if len(words) != len(("method", "path", "version")) or not words[1].startswith("/"):
        raise _Broken(BAD)
    if words[0] not in _METHODS:
        raise _Broken(_NOT_BUILT)
    return words[0], words[1].partition("?")[0], words[2]


def _fields(lines: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        name = name.lower()
        # A second length, a folded line or a space before the colon can make two readers see two
        # requests (RFC 9112, section 11.2).
        if not colon or name != name.strip() or (name == "content-length" and name in fields):
            raise _Broken(BAD)
        fields[name] = value.strip()
    return fields


def _length(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(MAX_REQUEST)) + 1:
        raise _Broken(BAD)
    if int(text) > MAX_REQUEST:
        raise _Broken(_TOO_LARGE)
    return int(text)


async def _send(writer: asyncio.StreamWriter, answer: Answer, method: str, *, last: bool) -> None:
    cache = "no-store" if answer.type.startswith("text/") else "public, max-age=31536000, immutable"
    lines = [
        f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}",
        f"Content-Type: {answer.type}",
        f"Content-Length: {len(answer.body)}",
        f"Cache-Control: {cache}",
        "X-Content-Type-Options: nosniff",
        *(["Connection: close"] if last else []),
    ]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    data = head if method == "HEAD" else head + answer.body
    for start in range(0, len(data), _PIECE):  # a slow line has its time for each piece
        writer.write(data[start : start + _PIECE])
        async with asyncio.timeout(SECONDS):
            await writer.drain()
