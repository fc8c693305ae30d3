"""Asking over HTTP: bounded time, bounded answers, no redirects, no cookies, no proxies."""

from __future__ import annotations

import http.client
import time
import zlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from tregua.errors import InputUnreadable, SourceUnreachable, WrongUse

SECONDS = 60.0  # in all
SILENCE = 15.0  # seconds without a byte
_PIECE = 1 << 16
_GZIP = 31  # zlib: a gzip head and the largest window


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    type: str
    body: bytes


def call(url: str, *, most: int, body: bytes | None = None, seconds: float = SECONDS) -> Reply:
    """GET a URL, or POST a body to it.

    Args:
        url: http or https.
        most: bytes of the answer, unpacked.
        body: what is sent; ``None`` for a GET.
        seconds: how long it may take in all.

    Raises:
        WrongUse: the URL is no address of http or https.
        SourceUnreachable: nobody answers, or too slowly, or breaks off.
        InputUnreadable: the answer is larger than ``most``.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise WrongUse(f"{url} is no address", help="write http://HOST:PORT/PATH or https://...")
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=min(SILENCE, seconds))
    try:
        connection.request(
            "GET" if body is None else "POST",
            parts.path or "/",
            body,
            {"Accept-Encoding": "gzip, identity", "Connection": "close"},
        )
        reply = connection.getresponse()
        data = _read(reply, url, most, time.monotonic() + seconds)
        if reply.headers.get("Content-Encoding", "identity") == "gzip":
            data = _unpacked(data, url, most)
    except (OSError, http.client.HTTPException) as error:
        why = getattr(error, "strerror", None) or "the connection failed or broke off"
        raise SourceUnreachable(url, why) from None
    finally:
        connection.close()
    return Reply(reply.status, reply.headers.get("Content-Type", ""), data)


def _read(reply: http.client.HTTPResponse, url: str, most: int, until: float) -> bytes:
    parts, size = [], 0
    while piece := reply.read1(_PIECE):
        size += len(piece)
        if size > most:
            raise InputUnreadable(url, f"the answer has more than {most:,} bytes")
        if time.monotonic() > until:
            raise SourceUnreachable(url, "the answer takes too long")
        parts.append(piece)
    if reply.length:
        raise SourceUnreachable(url, "the answer broke off")
    return b"".join(parts)


def _unpacked(data: bytes, url: str, most: int) -> bytes:
    reader = zlib.decompressobj(_GZIP)
    try:
        out = reader.decompress(data, most + 1)
    except zlib.error:
        raise InputUnreadable(url, "the answer cannot be unpacked") from None
    if len(out) > most or not reader.eof:
        raise InputUnreadable(url, f"the answer has more than {most:,} bytes, or is cut")
    return out
