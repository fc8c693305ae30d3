"""Entries read strictly in order, while their signatures are checked ahead in other processes.

Who signed an entry is for the book to say, which knows what came before. But nearly always it is
the key that was first given the name that the entry states; so that is asked ahead, and where the
answer is yes for the key that the book finds, the book need not ask again.
"""

from __future__ import annotations

from collections import deque
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from tregua.errors import EntryRefused
from tregua.ledger.entry import Entry, from_bytes
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.checker import Checker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from tregua.ledger.signing.keys import Keys

FEW = 4_096  # entries, which are checked sooner than another process has started
AT_ONCE = 512  # entries that are asked about together
Read: TypeAlias = Entry | SignedEntry | EntryRefused


@dataclass(frozen=True, slots=True)
class _Piece:
    """Entries that were read, and what was asked about some of them."""

    read: tuple[Read, ...]
    asked: tuple[tuple[int, bytes], ...]  # place in the piece, public bytes of the key
    answers: Future[list[bool]]

    def checked(self) -> Iterator[Read]:
        holds = dict(zip(self.asked, self.answers.result(), strict=True))
        keys = {place: public for (place, public), yes in holds.items() if yes}
        for place, one in enumerate(self.read):
            if isinstance(one, SignedEntry) and place in keys:
                yield replace(one, signed_with=keys[place])
            else:
                yield one


def read_each(entries: Iterable[bytes]) -> Iterator[Read]:
    """Read each entry, or return why it is none."""
    for data in entries:
        try:
            yield from_bytes(data)
        except EntryRefused as refused:
            yield refused


def signed_of(read: Read) -> SignedEntry:
    """Return what was read if it is a signed entry.

    Raises:
        EntryRefused: it is none.
    """
    if isinstance(read, EntryRefused):
        raise read
    if isinstance(read, Entry):  # of a ledger begun before entries were signed
        raise EntryRefused("nobody signed it", rule="unsigned")
    return read


def read_ahead(entries: Iterable[bytes], keys: Keys) -> Iterator[Read]:
    """Read each entry, with its signature checked where there are many.

    Args:
        entries: in order.
        keys: those that are known before the first of them.
    """
    rest = read_each(entries)
    first = list(islice(rest, FEW))
    publics = {life.kid: (life.alg, life.public) for life in keys.lives.values()}
    _named(first, publics)
    yield from first
    if len(first) < FEW:
        return
    with closing(Checker()) as checker:
        waiting: deque[_Piece] = deque()
        while piece := tuple(islice(rest, AT_ONCE)):
            _named(piece, publics)
            waiting.append(_asked(piece, publics, checker))
            if len(waiting) > 2 * checker.many:
                yield from waiting.popleft().checked()
        for one in waiting:
            yield from one.checked()


def _named(piece: Iterable[Read], publics: dict[str, tuple[str, bytes]]) -> None:
    """Note the keys that entries name; the first one of a name is the one that may count."""
    for one in piece:
        if isinstance(one, SignedEntry) and one.claims.key is not None and one.claims.key.public:
            terms = one.claims.key
            publics.setdefault(terms.kid, (terms.alg, terms.public))


def _asked(piece: tuple[Read, ...], publics: dict[str, tuple[str, bytes]], by: Checker) -> _Piece:
    questions, asked = [], []
    for place, one in enumerate(piece):
        if isinstance(one, SignedEntry) and one.claims.kid in publics:
            alg, public = publics[one.claims.kid]
            questions.append((one.data, alg, public))
            asked.append((place, public))
    return _Piece(piece, tuple(asked), by.ask(questions))
