"""Raw blocks into blocks: keys known, values read, names declared; one note for each mistake.

1. A key that its kind does not have is D002 (in the header D009), a key written twice D013.
2. A value that cannot be read costs its note, and its key stays silent.
3. When all blocks are read, their ids, moments, acts and weapon classes are the deal's names.
4. Every value is held against its key's type and these names.
5. What takes more than one block to see is in ``check_whole.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tregua.agreement.block import Block, Entry
from tregua.agreement.clause import BUILT_IN, COMMON, ValueType
from tregua.agreement.clauses import KINDS
from tregua.agreement.codes import error
from tregua.agreement.reading.build import added_acts, version_of
from tregua.agreement.reading.check_types import Asked, as_meant, type_faults
from tregua.agreement.reading.check_whole import whole_notes
from tregua.agreement.reading.fault import Fault, ValueFault
from tregua.agreement.reading.header import HEADER
from tregua.agreement.reading.names import UNREAD, Names
from tregua.agreement.reading.parse_value import parse_value
from tregua.agreement.reading.suggest import closest, did_you_mean, short
from tregua.agreement.value import NOWHERE, Item, Items, Word
from tregua.terms.time import is_zone

if TYPE_CHECKING:
    from tregua.agreement.clause import ClauseKind, Key
    from tregua.agreement.reading.raw import RawBlock, RawEntry
    from tregua.agreement.reading.text import Outline
    from tregua.agreement.value import Value
    from tregua.terms.notes import Note, Spot

RESERVED = frozenset({*BUILT_IN, "undefined", "none"})
# A wrong word in these would be taken for a value; in lists the other items still count.
_ALL_OR_NOTHING = (
    ValueType.WORD,
    ValueType.WORDS,
    ValueType.SPAN,
    ValueType.LENGTH,
    ValueType.ZONE,
    ValueType.NUMBER,
    ValueType.FORMAT,
)


def check_deal(
    outline: Outline, header: RawBlock, raw_blocks: list[RawBlock], notes: list[Note]
) -> tuple[tuple[Entry, ...], tuple[Block, ...]]:
    """Return the header's entries and the blocks as far as they can be used; add to ``notes``."""
    desk = _Desk(outline, notes, zone=_zone_of(header))
    head = desk.draft(header, HEADER)
    kinds = {k.kind: k for k in KINDS}
    drafts = [desk.draft(raw, kinds.get(raw.kind)) for raw in raw_blocks]
    desk.declare(drafts)
    entries = desk.judged(head)
    blocks = tuple(desk.as_block(draft) for draft in drafts)
    notes += whole_notes(outline, entries, blocks)
    return entries, blocks


def _zone_of(header: RawBlock) -> str | None:
    """Return the header's time zone, which the reading of all other times needs."""
    names = (e.raw.strip() for e in header.entries if e.key == "time zone")
    return next((name for name in names if is_zone(name)), None)


@dataclass(slots=True)
class _Draft:
    """A block whose values are read but not yet judged."""

    raw: RawBlock
    kind: ClauseKind | None
    entries: list[tuple[Key, Entry]] = field(default_factory=list)
    lost: bool = False  # a line or value could not be read, so that a missing key is no news

    def block(self, entries: tuple[Entry, ...]) -> Block:
        raw = self.raw
        return Block(raw.kind, raw.id, raw.title, raw.clause, raw.instrument, entries, raw.spot)


class _Desk:
    """Judges the blocks of one deal."""

    def __init__(self, outline: Outline, notes: list[Note], *, zone: str | None) -> None:
        self.file = outline.file
        self.notes = notes
        self.zone = zone
        self.has_header = bool(outline.header)
        self.names = Names()
        self.labels: dict[str, set[str]] = {}
        for clause in outline.clauses:
            self.labels.setdefault(clause.instrument, set()).add(clause.label)

    # --- 1 and 2: keys and readable values

    def draft(self, raw: RawBlock, kind: ClauseKind | None) -> _Draft:
        """Read the values of a block's known keys."""
        draft = _Draft(raw, None if raw.unread else kind)
        if kind is None or raw.unread:
            return draft
        keys = _keys_of(kind)
        first: dict[str, RawEntry] = {}
        meant: set[str] = set()  # keys that a misspelt one probably stands for
        for entry in raw.entries:
            key = keys.get(entry.key)
            if key is None:
                self._unknown_key(raw, entry, kind)
                meant.add(closest(entry.key, keys))
            elif entry.key in first and not key.repeats:
                line = first[entry.key].key_spot.line
                said = f"{entry.key} is written twice; it stands in line {line} already"
                self._note("D013", said, entry.key_spot, raw, "keep one of the two lines")
            else:
                first.setdefault(entry.key, entry)
                self._read(draft, key, entry)
        self._missing(raw, kind, {*first, *meant})
        draft.lost = draft.lost or bool(meant or raw.spoilt)
        return draft

    def _unknown_key(self, raw: RawBlock, entry: RawEntry, kind: ClauseKind) -> None:
        keys = _keys_of(kind)
        listed = ", ".join(k.name for k in kind.keys)
        help_ = did_you_mean(entry.key, keys, otherwise=f"keys: {listed}")
        code, where = (
            ("D009", "the header") if kind is HEADER else ("D002", f"the kind {kind.kind}")
        )
        self._note(code, f"{where} has no key {entry.key}", entry.key_spot, raw, help_)

    def _read(self, draft: _Draft, key: Key, entry: RawEntry) -> None:
        pieces = tuple(entry.pieces)
        try:
            value = as_meant(self._value(key, entry), key)
        except ValueFault as stop:
            held = Entry(key.name, Items(()), entry.raw, entry.spot, entry.key_spot, pieces)
            self._fault(stop.fault, held, draft.raw)
            draft.lost = True
            return
        held = Entry(key.name, value, entry.raw, entry.spot, entry.key_spot, pieces)
        draft.entries.append((key, held))

    def _value(self, key: Key, entry: RawEntry) -> Value:
        if not entry.raw:
            said = f"the key {key.name} has no value"
            raise ValueFault(Fault("D003", said, NOWHERE, f'{key.name}: undefined "..."'))
        if key.type is ValueType.FORMAT:
            return Items((Item((Word(entry.raw, cut=(0, len(entry.raw))),)),))
        is_text = key.type in (ValueType.TEXT, ValueType.TEXTS)
        if is_text and '"' not in entry.raw and entry.raw not in ("undefined", "none"):
            said = "words in quotation marks are expected here"
            raise ValueFault(Fault("D006", said, NOWHERE, f'{key.name}: "{short(entry.raw)}"'))
        return parse_value(entry.raw, zone=self.zone)

    def _missing(self, raw: RawBlock, kind: ClauseKind, held: set[str]) -> None:
        """Note each key that the kind needs; a line that could not be read may have been it."""
        if kind is HEADER and not self.has_header:
            return
        for key in kind.keys:
            spoilt = any(line.startswith(key.name) for line in raw.spoilt)
            if key.required and key.name not in held and not spoilt:
                code = "D009" if kind is HEADER else "D003"
                where = "the header" if kind is HEADER else f"this {kind.kind}"
                said = f"{where} has no key {key.name}, which it needs"
                self._note(code, said, raw.spot, raw, _how_to_fill(key))

    # --- 3: names

    def declare(self, drafts: list[_Draft]) -> None:
        """Take the names that the blocks declare; a higher version may repeat an id."""
        held: dict[str, Block] = {}
        for draft in drafts:
            block = draft.block(tuple(e for _, e in draft.entries))
            if not block.id:
                continue
            self._twice(block, held.get(block.id), draft.raw)
            held[block.id] = block
            self.names.declare(block.id, UNREAD if draft.raw.unread else block.kind)
            if block.kind == "power":
                self.names.moments |= set(block.words("sets"))
            elif block.kind == "weapons":
                rows = (e.value for e in block.every("row") if isinstance(e.value, Items))
                self.names.weapons |= {row.items[0].word for row in rows}
            self.names.acts |= {act for act, _ in added_acts([block])}

    def _twice(self, block: Block, before: Block | None, raw: RawBlock) -> None:
        if block.id in RESERVED:
            said = f"{block.id} is a name of the language itself"
            self._note("D004", said, block.spot, raw, f"{block.id}-1")
        elif before is not None and (
            before.kind != block.kind or version_of(block) <= version_of(before)
        ):
            said = f"{block.id} is already declared in line {before.spot.line}"
            help_ = f"choose another id, such as {block.id}-2; to amend it, add  version: 2"
            self._note("D004", said, block.spot, raw, help_)

    # --- 4: types and names in values

    def as_block(self, draft: _Draft) -> Block:
        """Return the block with the entries that can be used."""
        block = draft.block(self.judged(draft))
        if draft.kind is not None and draft.kind.check is not None:
            for entry, fault in draft.kind.check(block, self.names):
                if entry is None and draft.lost:
                    continue
                if entry is None:
                    self._note(fault.code, fault.said, block.spot, draft.raw, fault.help)
                else:
                    self._fault(fault, entry, draft.raw)
        return block

    def judged(self, draft: _Draft) -> tuple[Entry, ...]:
        """Return the entries of a draft whose values may be used."""
        keys = tuple(_keys_of(draft.kind)) if draft.kind else ()
        held: list[Entry] = []
        for key, entry in draft.entries:
            asked = Asked(key, entry.raw, self.names, self.labels, draft.raw.instrument, keys)
            faults = list(type_faults(entry.value, asked))
            for fault in faults:
                self._fault(fault, entry, draft.raw)
            if not faults or key.type not in _ALL_OR_NOTHING:
                held.append(entry)
        return tuple(held)

    # --- notes

    def _fault(self, fault: Fault, entry: Entry, raw: RawBlock) -> None:
        spot = entry.spot if fault.cut == NOWHERE else entry.place(fault.cut)
        self._note(fault.code, fault.said, spot, raw, fault.help, fault.marker)

    def _note(
        self,
        code: str,
        said: str,
        spot: Spot,
        raw: RawBlock,
        help: str,  # noqa: A002
        marker: str = "",
    ) -> None:
        note = error(code, said, spot, help=help, marker=marker, clause=raw.clause, on=raw.id)
        self.notes.append(note)


def _keys_of(kind: ClauseKind) -> dict[str, Key]:
    common = () if kind is HEADER else COMMON
    return {k.name: k for k in (*kind.keys, *common)}


def _how_to_fill(key: Key) -> str:
    if key.type is ValueType.FORMAT:
        return "format: tregua-deal/1"
    if key.words:
        return f"{key.name}: {key.words[0]}   (or {', '.join(key.words[1:])})"
    return f'{key.name}: undefined "..."' if key.open else f"{key.name}: ..."
