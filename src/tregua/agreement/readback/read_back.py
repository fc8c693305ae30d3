"""A deal read back: for every block labelled rows in English, Russian or Arabic.

A legal adviser holds the rows against the clause, never against the block. They are labels and
names, not sentences, because Russian and Arabic would need another form of a name in each place.

1. Sections follow the file: instrument, clause, and in it the paragraphs with the blocks below.
2. The rows of a block follow its kind's list of keys, whatever the order in which it was written.
3. A row is a value, left open (with the words that leave it open), or none, and the three look
   different. Keys that the text ought to fill and does not are named in one row of their own.
4. The mark of a row is that of the paragraphs above its block: how much of the original was held.
5. What the drafter assumed stands under the row that it concerns, with the reason.
6. A norm says how far it can be checked: by the software, in part, by people, or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from tregua.agreement.block import Block, ClauseHead, Paragraph
from tregua.agreement.clause import COMMON, NORMS, UNDEFINED
from tregua.agreement.clauses import KINDS
from tregua.agreement.questions import calls, checks_of
from tregua.agreement.readback.read_back_values import Speaker, name_of
from tregua.agreement.readback.runs import data, joined, own, words
from tregua.agreement.readback.words_of import words_of
from tregua.agreement.reading.header import HEADER
from tregua.agreement.value import Items, Nothing, Undefined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText, Entry
    from tregua.agreement.clause import ClauseKind, Key
    from tregua.agreement.readback.runs import Line, Run

_KINDS = {kind.kind: kind for kind in KINDS}
_UNDER_THEIR_ROW = "assumed by drafter"
# Keys that every kind has and that are not in the clause: the drafter's own additions.
_BESIDE_THE_TEXT = ("ru", "ar", "aliases", "note", "source", "accept", "version", "made by")


class State(StrEnum):
    """What kind of answer a row gives; silence, undefined and none differ."""

    VALUE = "value"
    OPEN = "open"
    NONE = "none"
    SILENT = "silent"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a label and its values, each a line.

    Attributes:
        key: of the block; empty for rows that the read-back adds.
        marks: text marks of the paragraphs that the block stands under, e.g. ``("V",)``.
        assumed: reasons of the drafter for a value that the text does not give.
    """

    key: str
    label: str
    values: tuple[Line, ...]
    state: State = State.VALUE
    marks: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockRead:
    """A block read back. ``title`` is as written; ``name`` is in the language, or the id."""

    kind: str
    kind_label: str
    id: str
    name: Run
    title: str
    clause: str  # as cited: `§ 3d`, with the instrument where there are several
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """Paragraphs of a clause and the blocks that stand below them."""

    paragraphs: tuple[Paragraph, ...]
    blocks: tuple[BlockRead, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A clause, or what stands outside the clauses of an instrument (empty ``label``)."""

    instrument: str
    instrument_title: str
    label: str
    title: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the two closing lists: a value left open, or one that the drafter assumed."""

    clause: str
    block: Run
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A whole deal in one language."""

    language: str
    title: str
    digests: tuple[str, str]  # of the file, of the clauses
    head: tuple[Row, ...]
    sections: tuple[Section, ...]
    open: tuple[Point, ...]
    assumed: tuple[Point, ...]


def read_back(deal: DealText, language: str, *, clause: str = "") -> ReadBack:
    """Read a deal back in ``en``, ``ru`` or ``ar``; only the clause of that label if one is given.

    Args:
        deal: as read; blocks that could not be read have no rows.
        language: one of `words_of.LANGUAGES`.
        clause: a label compared whole; the sections of that clause alone.
    """
    reader = _Reader(Speaker(deal, words_of(language)))
    sections = tuple(s for s in reader.sections() if not clause or s.label == clause)
    blocks = [b for s in sections for g in s.segments for b in g.blocks]
    return ReadBack(
        language=language,
        title=deal_title(deal),
        digests=(deal.digest, deal.text_digest),
        head=() if clause else reader.head(),
        sections=sections,
        open=tuple(p for b in blocks for p in _open_points(b)),
        assumed=tuple(p for b in blocks for p in _assumed_points(b)),
    )


def deal_title(deal: DealText) -> str:
    """Return the header's title, or the deal's id."""
    value = deal.head("title")
    texts = value.texts() if isinstance(value, Items) else ()
    return next(iter(texts), deal.head_word("deal"))


def _open_points(block: BlockRead) -> Iterator[Point]:
    for row in block.rows:
        if row.state is State.OPEN and row.key:
            phrases = [run.text for line in row.values for run in line if run.form == "own"]
            yield Point(block.clause, block.name, row.label, " ".join(phrases))


def _assumed_points(block: BlockRead) -> Iterator[Point]:
    for row in block.rows:
        for reason in row.assumed:
            yield Point(block.clause, block.name, row.label, reason)


def _section_of(thing: ClauseHead | Paragraph | Block) -> tuple[str, str]:
    label = thing.label if isinstance(thing, ClauseHead) else thing.clause
    return thing.instrument, label


class _Reader:
    """Walks one deal in one language."""

    def __init__(self, speak: Speaker) -> None:
        self.speak = speak
        self.words = speak.words
        self.deal = speak.deal

    # --- sections

    def head(self) -> tuple[Row, ...]:
        """Return the rows of the header."""
        spot = self.deal.header[0].spot if self.deal.header else None
        if spot is None:
            return ()
        block = Block("header", "header", "", "", "", self.deal.header, spot)
        return tuple(self._key_rows(block, HEADER, HEADER.keys, ()))

    def sections(self) -> Iterator[Section]:
        """Yield the clauses and what stands outside them, in the order of the file."""
        found: list[ClauseHead | Paragraph | Block] = [
            *self.deal.clauses,
            *self.deal.paragraphs,
            *self.deal.blocks,
        ]
        in_order = sorted(found, key=lambda thing: thing.spot.line)
        for (instrument, label), things in groupby(in_order, _section_of):
            held = [t for t in things if not isinstance(t, ClauseHead)]
            yield self._section(instrument, label, held)

    def _section(self, instrument: str, label: str, held: list[Paragraph | Block]) -> Section:
        heads = [c for c in self.deal.clauses if (c.instrument, c.label) == (instrument, label)]
        titles = [i.title for i in self.deal.instruments if i.id == instrument]
        return Section(
            instrument=instrument,
            instrument_title=titles[0] if titles else "",
            label=label,
            title=heads[0].title if heads else "",
            segments=tuple(self._segments(held)),
        )

    def _segments(self, held: list[Paragraph | Block]) -> Iterator[Segment]:
        paragraphs: list[Paragraph] = []
        blocks: list[Block] = []
        for thing in held:
            if isinstance(thing, Paragraph):
                if blocks:
                    yield self._segment(paragraphs, blocks)
                    paragraphs, blocks = [], []
                paragraphs.append(thing)
            else:
                blocks.append(thing)
        if paragraphs or blocks:
            yield self._segment(paragraphs, blocks)

    def _segment(self, paragraphs: list[Paragraph], blocks: list[Block]) -> Segment:
        marks = tuple(dict.fromkeys(p.mark for p in paragraphs))
        return Segment(tuple(paragraphs), tuple(self._block(b, marks) for b in blocks))

    # --- blocks

    def _block(self, block: Block, marks: tuple[str, ...]) -> BlockRead:
        kind = _KINDS.get(block.kind)
        name = name_of(block, self.words.language)
        return BlockRead(
            kind=block.kind,
            kind_label=self.words.of("kind", block.kind),
            id=block.id,
            name=own(name, block.id) if name else data(f"[{block.id}]", block.id),
            title=block.title,
            clause=self._where(block),
            rows=self._rows(block, kind, marks) if kind else (self._unread(),),
        )

    def _where(self, block: Block) -> str:
        """Return the clause as it is cited, with the instrument where it is not the first one."""
        first = self.deal.instruments[0].id if self.deal.instruments else block.instrument
        other = f"{block.instrument} " if block.instrument != first else ""
        return f"{other}§ {block.clause}" if block.clause else ""

    def _unread(self) -> Row:
        said = (words(self.words.page("not read")),)
        return Row("", self.words.page("row"), (said,), State.OPEN)

    def _rows(self, block: Block, kind: ClauseKind, marks: tuple[str, ...]) -> tuple[Row, ...]:
        rows = [*self._key_rows(block, kind, kind.keys, marks)]
        if block.kind in NORMS:
            rows.append(self._grade(block))
        rows += self._taken(block, kind)
        rows += self._silent(block, kind)
        rows += self._key_rows(block, kind, COMMON, marks)
        return tuple(rows)

    def _key_rows(
        self, block: Block, kind: ClauseKind, keys: tuple[Key, ...], marks: tuple[str, ...]
    ) -> Iterator[Row]:
        assumed: dict[str, list[str]] = {}
        for name, reason in block.assumed():
            assumed.setdefault(name, []).append(reason)
        for key in keys:
            reasons = tuple(assumed.get(key.name, ()))
            if key.name == _UNDER_THEIR_ROW:
                yield from self._loose_assumptions(kind, assumed)
            elif entries := block.every(key.name):
                for entry in entries:
                    yield self._row(block, key, entry, marks, reasons)
            elif reasons:
                silent = (words(self.words.page("silent")),)
                label = self.words.key(block.kind, key.name)
                yield Row(key.name, label, (silent,), State.SILENT, (), reasons)

    def _loose_assumptions(self, kind: ClauseKind, assumed: dict[str, list[str]]) -> Iterator[Row]:
        """Yield the assumptions about no key of the kind, so that none is lost."""
        for name, reasons in assumed.items():
            if kind.key(name) is None:
                line = (data(name),)
                yield Row(name, self.words.page("assumed"), (line,), assumed=tuple(reasons))

    def _row(
        self,
        block: Block,
        key: Key,
        entry: Entry,
        marks: tuple[str, ...],
        reasons: tuple[str, ...],
    ) -> Row:
        label = self.words.key(block.kind, key.name)
        if reasons or key.name in _BESIDE_THE_TEXT:
            marks = ()  # no mark of the text on what the text does not give
        match entry.value:
            case Undefined(phrase):
                wording = (own(f"“{phrase}”"),) if phrase else ()
                start = self.words.page("open") + (": " if phrase else "")
                return Row(key.name, label, ((words(start), *wording),), State.OPEN, marks, reasons)
            case Nothing():
                said = (words(self.words.page("none")),)
                return Row(key.name, label, (said,), State.NONE, marks, reasons)
        assert isinstance(entry.value, Items)
        values = self.speak.items(entry.value, key, block)
        return Row(key.name, label, values, State.VALUE, marks, reasons)

    # --- rows of the read-back's own

    def _grade(self, block: Block) -> Row:
        """Say how far a norm can be checked (02, 4.5: what an open slot does)."""
        if block.kind == "permission" and block.word("unhindered") != "yes":
            permits = (words(self.words.page("grade permits")),)
            return Row("", self.words.page("grade"), (permits,), State.GRADE)
        check = block.word("check") or "machine"
        gaps = [*self._gaps(block)] if check == "machine" else []
        grade = {"person": "grade person", "not-checkable": "grade none"}.get(
            check, "grade part" if gaps else "grade full"
        )
        named = (words(": "), *joined(gaps, self.speak.comma)) if gaps else ()
        line = (words(self.words.page(grade)), *named)
        return Row("", self.words.page("grade"), (line,), State.GRADE)

    def _gaps(self, norm: Block) -> Iterator[Line]:
        checks = checks_of(self.deal, norm)
        keys = ["on" if norm.kind != "permission" else "owed by", "where"]
        if norm.kind == "permission" and not norm.has("owed by"):
            keys.remove("owed by")  # whoever controls the place
        if norm.has("must") and norm.is_open("deadline") and not norm.has("every"):
            keys.append("within")
        keys.append("verified by")
        for key in keys:
            if norm.is_open(key):
                yield (words(self.words.key(norm.kind, key)),)
        if norm.is_open("standard") and not any(v.has("violated at") for v in checks):
            yield (words(self.words.key(norm.kind, "standard")),)
        for exception in (self.deal.block(e) for e in norm.words("except")):
            for judged in calls(exception.get("when"), "judged") if exception else ():
                for item in judged.plain():
                    yield (self.speak.name(item.word),)

    def _taken(self, block: Block, kind: ClauseKind) -> Iterator[Row]:
        """Name what the language takes where the text is silent."""
        keys = [k for k in kind.keys if k.default not in ("-", UNDEFINED)]
        if block.kind == "permission" and block.word("unhindered") != "yes":
            keys = [k for k in keys if k.name == "unhindered"]  # the others say how it binds
        lines = [
            (words(f"{self.words.key(block.kind, k.name)}: "), *self._default(block, k))
            for k in keys
            if block.entry(k.name) is None
        ]
        if lines:
            yield Row("", self.words.page("taken"), tuple(lines), State.SILENT)

    def _default(self, block: Block, key: Key) -> Line:
        if self.words.has("default", key.default):
            return (words(self.words.of("default", key.default)),)
        return joined(
            [(self._default_word(w, block, key),) for w in key.default.split(", ")],
            self.speak.comma,
        )

    def _default_word(self, word: str, block: Block, key: Key) -> Run:
        if word in key.words:
            return words(self.words.word(word, kind=block.kind, key=key.name))
        if self.words.has("act", word) and not self.words.has("name", word):
            return self.speak.act_name(word)
        return self.speak.word(word, kind=block.kind, key=key.name)

    def _silent(self, block: Block, kind: ClauseKind) -> Iterator[Row]:
        """Name the keys that the text ought to fill and says nothing on."""
        asked = [
            k.name
            for k in kind.keys
            if k.default == UNDEFINED or (k.name == "except" and block.kind in NORMS)
        ]
        assumed = {name for name, _ in block.assumed()}
        left = [k for k in asked if block.entry(k) is None and k not in assumed]
        if left:
            labels = self.speak.comma.join(self.words.key(block.kind, k) for k in left)
            yield Row("", self.words.page("silent list"), ((words(labels),),), State.SILENT)
