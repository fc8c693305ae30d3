"""Listening for a witness or a mirror: the address, the clock, the line that says it is there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.ledger.notes.policy import Policy
    from tregua.ledger.witness.serve import Handler


LAST_PORT = 65_535


def posix_now() -> int:
    """Return the machine's clock as POSIX seconds."""
    return int(datetime.now(UTC).timestamp())


def policy_in(path: Path) -> Policy:
    """Read a policy file.

    Raises:
        InputUnreadable: it is not there.
        NoteRefused: it is out of form.
    """
    from tregua.ledger.notes.read_policy import MAX_POLICY, read_policy

    return read_policy(bytes_in(path, most=MAX_POLICY))


def bytes_in(path: Path, *, most: int) -> bytes:
    """Read a file that somebody handed over.

    Raises:
        InputUnreadable: it is not there, or too large.
    """
    from tregua.errors import InputUnreadable
    from tregua.ledger.tiles.read_tiles import FolderSource

    data = FolderSource(path.parent).read(path.name, most=most)
    if data is None:
        raise InputUnreadable(path, "there is no such file")
    return data


def listen(handler: Handler, where: str, what: str) -> None:
    """Serve until the user stops it.

    Raises:
        WrongUse: the address is not written as HOST:PORT.
        SourceUnreachable: it cannot be listened on.
    """
    import asyncio
    import gc
    import re

    from tregua.cli.print import say, tell
    from tregua.errors import SourceUnreachable, WrongUse
    from tregua.ledger.witness.serve import serve

    host, colon, port = where.rpartition(":")
    if not colon or not host or not re.fullmatch("[0-9]{1,5}", port) or int(port) > LAST_PORT:
        raise WrongUse(f"--listen {where}: write HOST:PORT", help="write 127.0.0.1:8731")

    def started(port: int) -> None:
        say(f"{what} listens on http://{host}:{port}/; stop it with Ctrl-C.")

    def failed(kind: str) -> None:
        tell(f"error[X070]: a fault of ours ({kind}); one caller got no answer")

    gc.enable()  # this process stays
    place = host.strip("[]")
    try:
        asyncio.run(serve(handler, host=place, port=int(port), started=started, failed=failed))
    except OSError as error:
        why = error.strerror or "it cannot be listened on"
        raise SourceUnreachable(where, why) from None
