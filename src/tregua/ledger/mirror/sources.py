"""Where a mirror fetches from: an address of http or https, or a folder."""

from __future__ import annotations

from pathlib import Path

from tregua.errors import SourceUnreachable
from tregua.ledger.tiles.read_tiles import FileSource, FolderSource
from tregua.ledger.witness.call import call
from tregua.ledger.witness.witness import OK, UNKNOWN

SECONDS = 600.0  # for one file; a bundle of some megabytes over a line of a field office


class HttpSource(FileSource):
    """The files behind an address."""

    def __init__(self, prefix: str) -> None:
        self.name = prefix.rstrip("/")

    def read(self, name: str, *, most: int) -> bytes | None:
        """See `FileSource.read`."""
        reply = call(f"{self.name}/{name}", most=most, seconds=SECONDS)
        if reply.status == UNKNOWN:
            return None
        if reply.status != OK:
            raise SourceUnreachable(f"{self.name}/{name}", f"the answer is {reply.status}")
        return reply.body


def source_at(where: str) -> FileSource:
    """Return the source that a person means.

    Raises:
        SourceUnreachable: it is no address, and no folder that is there.
    """
    if where.startswith(("http://", "https://")):
        return HttpSource(where)
    if not Path(where).is_dir():
        raise SourceUnreachable(where, "there is no such folder")
    return FolderSource(Path(where))
