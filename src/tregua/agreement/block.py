"""A deal file as it is written: header, instruments, clauses, paragraphs, blocks.

This is the text tree: nothing resolved, nothing lost. Lint rules and the read-back look at it; the
engine looks at the typed model (``model.py``).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from tregua.agreement.value import Cut, Items, Nothing, Undefined, Value, Word
from tregua.terms.notes import Spot


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a value on one line: its offset in the joined value and where it stands."""

    offset: int
    line: int
    column: int
    text: str  # the whole line, for quoting


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``key: value`` of a block. ``raw`` is the text right of the colon, joined."""

    key: str
    value: Value
    raw: str
    spot: Spot  # of the value's first character
    key_spot: Spot
    pieces: tuple[Piece, ...] = ()

    def place(self, cut: Cut) -> Spot:
        """Return the place in the file of a cut of ``raw``, on the line on which the cut begins."""
        return place_of(self.raw, self.pieces, cut, self.spot)


def place_of(raw: str, pieces: tuple[Piece, ...], cut: Cut, otherwise: Spot) -> Spot:
    """Return the place in the file of a cut of a joined value; ``otherwise`` without pieces."""
    start, end = cut
    index = bisect_right(pieces, start, key=lambda p: p.offset) - 1
    if index < 0:
        return otherwise
    piece = pieces[index]
    stop = pieces[index + 1].offset - 1 if index + 1 < len(pieces) else len(raw)
    length = max(1, min(end, stop) - start)
    column = piece.column + start - piece.offset
    return Spot(otherwise.file, piece.line, column, length, piece.text)


@dataclass(frozen=True, slots=True)
class Block:
    """One block: head line and entries.

    Attributes:
        kind: block kind, e.g. ``prohibition``.
        id: compared whole.
        title: quoted title, may be empty.
        clause: label of the enclosing clause; empty outside clauses.
        instrument: id of the enclosing instrument.
        entries: in the order written; repeatable keys stand more than once.
        spot: of the id in the head line.
    """

    kind: str
    id: str
    title: str
    clause: str
    instrument: str
    entries: tuple[Entry, ...]
    spot: Spot

    def entry(self, key: str) -> Entry | None:
        """Return the first entry of that key, ``None`` when the key is absent."""
        return next((e for e in self.entries if e.key == key), None)

    def every(self, key: str) -> tuple[Entry, ...]:
        """Return all entries of a repeatable key."""
        return tuple(e for e in self.entries if e.key == key)

    def get(self, key: str) -> Value | None:
        """Return the value of a key; ``None`` when the key is absent."""
        entry = self.entry(key)
        return None if entry is None else entry.value

    def has(self, key: str) -> bool:
        """Say whether the key holds an actual value (not absent, not undefined, not ``none``)."""
        return isinstance(self.get(key), Items)

    def is_open(self, key: str) -> bool:
        """Say whether the text leaves it open: the key is absent or ``undefined``."""
        return self.get(key) is None or isinstance(self.get(key), Undefined)

    def says_none(self, key: str) -> bool:
        """Say whether the text states that there is none."""
        return isinstance(self.get(key), Nothing)

    def words(self, key: str) -> tuple[str, ...]:
        """Return ids and closed words of a key's list, empty when there is no value."""
        value = self.get(key)
        return value.words() if isinstance(value, Items) else ()

    def word(self, key: str) -> str:
        """Return the first id or closed word of a key, or an empty string."""
        return next(iter(self.words(key)), "")

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the quoted strings of every entry of that key."""
        return tuple(
            t for e in self.every(key) if isinstance(e.value, Items) for t in e.value.texts()
        )

    def phrase(self, key: str) -> str:
        """Return the wording that leaves a key open (``undefined "without delay"``), or empty."""
        value = self.get(key)
        return value.phrase if isinstance(value, Undefined) else ""

    def assumed(self) -> tuple[tuple[str, str], ...]:
        """Return the drafter's assumptions as pairs (key, reason)."""
        values = (e.value for e in self.every("assumed by drafter"))
        return tuple((_key_words(v), " ".join(v.texts())) for v in values if isinstance(v, Items))


def _key_words(value: Items) -> str:
    """Return a key of several words, such as ``resets on``, from the start of a value."""
    return " ".join(a.name for i in value.items for a in i.atoms if isinstance(a, Word))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One quoted paragraph of the agreement. ``mark`` is V, P, M or X (how much is held of it)."""

    mark: str
    pointer: str
    text: str
    clause: str
    instrument: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class ClauseHead:
    """A heading ``## § label · Title``. ``parent`` is the label of the clause it nests in."""

    label: str
    title: str
    instrument: str
    parent: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class InstrumentHead:
    """A heading ``# id · Title``."""

    id: str
    title: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class DealText:
    """A whole deal file, read.

    Attributes:
        file: name shown in notes.
        header: entries between the two ``---`` lines.
        instruments: headings, in order.
        clauses: headings, in order.
        paragraphs: quoted paragraphs, in order.
        blocks: all blocks, in order.
        digest: SHA-256 (hex) of the file's bytes.
        text_digest: SHA-256 (hex) of the prose alone.
        shapes: geometry files read beside it: name, and GeoJSON geometry as canonical text.
    """

    file: str
    header: tuple[Entry, ...]
    instruments: tuple[InstrumentHead, ...]
    clauses: tuple[ClauseHead, ...]
    paragraphs: tuple[Paragraph, ...]
    blocks: tuple[Block, ...]
    digest: str
    text_digest: str
    shapes: tuple[tuple[str, str], ...] = ()

    def shape(self, place: Block) -> str:
        """Return the geometry read for a place; empty when its file was not read."""
        name = next(iter(place.texts("geometry")), "")
        return dict(self.shapes).get(name, "") if name else ""

    def of_kind(self, *kinds: str) -> tuple[Block, ...]:
        """Return the blocks of these kinds, in order."""
        return tuple(b for b in self.blocks if b.kind in kinds)

    def block(self, block_id: str) -> Block | None:
        """Return the block of that id, compared whole."""
        return next((b for b in self.blocks if b.id == block_id), None)

    def head(self, key: str) -> Value | None:
        """Return a header value; ``None`` when absent."""
        return next((e.value for e in self.header if e.key == key), None)

    def head_word(self, key: str) -> str:
        """Return a header key's first word or text, or an empty string."""
        value = self.head(key)
        if not isinstance(value, Items):
            return ""
        return next(iter(value.words() or value.texts()), "")
