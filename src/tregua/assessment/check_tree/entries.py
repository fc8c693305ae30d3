"""The raw entries: what each holds, the root of any prefix, what was known by when."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from tregua.assessment.check_tree.hashes import root_of
from tregua.assessment.check_tree.hidden import with_hidden
from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.times import moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.assessment.check_tree.nodes import Json

FIELDS = {  # of a disclosure -> of a record, where they are called otherwise
    "at": "when", "fixes": "at", "where.point": "place", "count": "harm", "source": "origin",
}  # fmt: skip


class Entries:
    """The raw entries, by record; the root of any prefix."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.lines = [line.rstrip(b"\n") for line in lines]
        self.roots: dict[int, str] = {}
        self.views: dict[tuple[int, str], dict[str, Json]] = {}

    def root(self, size: int) -> str:
        """Return the root hash of the first entries (RFC 6962, 2.1), in hex."""
        if size not in self.roots:
            leaves = [sha256(b"\0" + _leaf(line)).digest() for line in self.lines[:size]]
            self.roots[size] = root_of(leaves).hex()
        return self.roots[size]

    def known(self, size: int, until: str) -> dict[str, Json]:
        """Return the newest version of each record among the first entries, known by ``until``."""
        if (size, until) not in self.views:
            found: dict[str, Json] = {}
            for line in self.lines[:size]:
                body = _body(line)
                origin = body.get("origin")
                if origin and (not until or moment(origin["known"]) <= moment(until)):
                    found[f"{origin['source']}:{origin['key']}"] = body
            self.views[size, until] = found
        return self.views[size, until]


def _leaf(line: bytes) -> bytes:
    """Return the entry of a line: all of it, or what was signed, before its disclosures."""
    return line if line.startswith(b"{") else line.partition(b"~")[0]


def _body(line: bytes) -> Json:
    """Return the record of a line; each disclosure must belong to its entry (RFC 9901, 7.1)."""
    if line.startswith(b"{"):
        held = json.loads(line)["body"]
        return held if isinstance(held, dict) else {}
    entry, *disclosures = line.decode("ascii").split("~")
    claims = json.loads(_decoded(entry.split(".")[1]))
    told: Json = {}
    for text in filter(None, disclosures):
        digest = urlsafe_b64encode(sha256(text.encode("ascii")).digest()).rstrip(b"=").decode()
        need("the entries", claims["_sd"].count(digest) == 1, "a disclosure belongs to no digest")
        _, name, held = json.loads(_decoded(text))
        told[FIELDS.get(name, name)] = held["v"]
    return with_hidden(told, claims, sha256(b"\0" + entry.encode("ascii")).hexdigest())


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
