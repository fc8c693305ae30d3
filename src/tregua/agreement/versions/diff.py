"""Two texts of a deal laid beside each other: who gained or lost what.

Blocks are matched by id, compared whole; a block of another kind under the same id is another
block. Paragraphs are matched by instrument, clause and number. The notes of the linter are compared
by code and by the block that they are on. The order of blocks in a file makes no difference.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tregua.agreement.clause import NORMS, PLACES, WHO, ValueType
from tregua.agreement.lint_deal import lint_text
from tregua.agreement.questions import bearers, expanded
from tregua.agreement.reading.build import in_force, version_of
from tregua.agreement.reading.header import HEADER
from tregua.agreement.versions.diff_keys import (
    KeyChange,
    Written,
    as_written,
    key_changes,
    keys_of,
    meaning,
)
from tregua.agreement.versions.difference import Area, Change, Difference, in_telling_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText, Paragraph
    from tregua.agreement.clause import Key
    from tregua.agreement.model import Ids
    from tregua.agreement.read import Reading

_AREAS = {
    **dict.fromkeys((*WHO, "link"), Area.WHO),
    **dict.fromkeys(PLACES, Area.PLACE),
    **dict.fromkeys(NORMS, Area.NORM),
    **dict.fromkeys(("phase", "clock", "gate", "schedule", "quota"), Area.TIME),
    **dict.fromkeys(("power", "procedure", "verification", "consequence"), Area.ANSWER),
    **dict.fromkeys(("term", "acts", "weapons"), Area.WORD),
    "instrument": Area.INSTRUMENT,
    "exception": Area.EXCEPTION,
    "declaration": Area.DECLARATION,
    "no-norm": Area.NO_NORM,
    "scenario": Area.SCENARIO,
}
_USED_BY = {"exception": "except", "consequence": "on violation"}
_OWN = {"ring": "applies to", "power": "holder", "declaration": "by"}
_BINDING = {"prohibition": ("on",), "duty": ("on",), "permission": ("on", "owed by")}
_FILE = ("deal", "title", "format", "label", "ids", "read back", "accept", "authoritative", "prose")


def diff(old: Reading, new: Reading) -> tuple[Difference, ...]:
    """Return what differs between two texts, in the order in which it is told.

    Of several versions of a block the highest counts; for the versions in force at a moment hand in
    what `deal_at` returns.
    """
    found = [
        *_header(old.text, new.text),
        *_blocks(old.text, new.text),
        *_prose(old.text, new.text),
        *_notes(old.text, new.text),
    ]
    return in_telling_order(found)


# --- header and blocks --------------------------------------------------------------------------


def _header(old: DealText, new: DealText) -> Iterator[Difference]:
    keys = tuple(k for k in HEADER.keys if k.name not in _FILE)
    one, two = (Written(d, "header", d.header) for d in (old, new))
    for c in key_changes(one, two, keys):
        yield Difference(Area.HEADER, c.change, "", "header", c.key, (), c.before, c.after)


def _blocks(old: DealText, new: DealText) -> Iterator[Difference]:
    before = {(b.kind, b.id): b for b in in_force(old.blocks)}
    after = {(b.kind, b.id): b for b in in_force(new.blocks)}
    for key in sorted({*before, *after}):
        one, two = before.get(key), after.get(key)
        if one is None and two is not None:
            yield _whole(new, two, Change.GAINED)
        elif two is None and one is not None:
            yield _whole(old, one, Change.LOST)
        elif one is not None and two is not None:
            yield from _within(old, one, new, two)


def _whole(deal: DealText, block: Block, change: Change) -> Difference:
    text = describe(deal, block)
    return Difference(
        _AREAS.get(block.kind, Area.WORD),
        change,
        block.id,
        block.kind,
        who=_concerned(deal, block),
        before=text if change is Change.LOST else "",
        after=text if change is Change.GAINED else "",
        title=block.title,
        clause=block.clause,
        instrument=block.instrument,
    )


def describe(deal: DealText, block: Block) -> str:
    """Return what a block says in law, on one line: what it states, then what it leaves open."""
    written = Written(deal, block.kind, block.entries, block)
    stated = {e.key for e in block.entries}
    keys = [k for k in keys_of(block.kind) if k.name in stated and k.type is not ValueType.KEY_TEXT]
    parts = [f"{k.name}: {_said(written, block, k)}" for k in keys if not _is_open(block, k)]
    open_keys = [k.name for k in keys if _is_open(block, k)]
    return "; ".join([*parts, *([f"left open: {', '.join(open_keys)}"] if open_keys else [])])


def _is_open(block: Block, key: Key) -> bool:
    return block.is_open(key.name) and not block.phrase(key.name)


def _said(written: Written, block: Block, key: Key) -> str:
    if key.repeats:
        return "; ".join(e.raw for e in block.every(key.name))
    return as_written(meaning(written, key))


def _within(old: DealText, one: Block, new: DealText, two: Block) -> Iterator[Difference]:
    who = tuple(sorted({*_concerned(old, one), *_concerned(new, two)}))
    for change in (*_head(one, two), *_keys(old, one, new, two)):
        is_binding = change.key in _BINDING.get(one.kind, ())
        named = expanded(old, change.names) | expanded(new, change.names)
        yield Difference(
            _AREAS.get(one.kind, Area.WORD),
            change.change,
            one.id,
            one.kind,
            change.key,
            tuple(sorted(named)) if is_binding and named else who,
            change.before,
            change.after,
            title=_same(one.title, two.title),
            clause=_same(one.clause, two.clause),
            instrument=_same(one.instrument, two.instrument),
        )


def _keys(old: DealText, one: Block, new: DealText, two: Block) -> Iterator[KeyChange]:
    before = Written(old, one.kind, one.entries, one)
    after = Written(new, two.kind, two.entries, two)
    yield from key_changes(before, after, keys_of(one.kind))


def _head(one: Block, two: Block) -> Iterator[KeyChange]:
    """Yield what differs beside the keys: title, place in the text, version."""
    pairs = (
        ("title", one.title, two.title),
        ("clause", _place(one), _place(two)),
        ("version", _version(one), _version(two)),
    )
    for key, before, after in pairs:
        if before != after:
            yield KeyChange(key, Change.CHANGED, before, after)


def _place(block: Block) -> str:
    return f"{block.instrument} §{block.clause}" if block.clause else block.instrument


def _version(block: Block) -> str:
    made_by = block.word("made by")
    return f"{version_of(block):f} made by {made_by}" if made_by else f"{version_of(block):f}"


def _same(one: str, two: str) -> str:
    return one if one == two else ""


def _concerned(deal: DealText, block: Block) -> Ids:
    """Return whom a block concerns: for a norm who owes or holds it; else who owes what uses it.

    A ring concerns those to whom it applies, a power its holders, a declaration who made it.
    """
    if block.kind in NORMS:
        holders = block.words("on") if block.kind == "permission" else ()
        return tuple(sorted(bearers(deal, block) | expanded(deal, holders)))
    if block.kind in _OWN:
        return tuple(sorted(expanded(deal, block.words(_OWN[block.kind]))))
    key = _USED_BY.get(block.kind)
    users = [n for n in deal.of_kind(*NORMS) if key and block.id in n.words(key)]
    return tuple(sorted({w for n in users for w in bearers(deal, n)}))


# --- prose and notes ----------------------------------------------------------------------------


def _prose(old: DealText, new: DealText) -> Iterator[Difference]:
    before, after = _paragraphs(old), _paragraphs(new)
    for place in sorted({*before, *after}):
        one, two = before.get(place, []), after.get(place, [])
        lost = list((Counter(one) - Counter(two)).elements())
        gained = list((Counter(two) - Counter(one)).elements())
        for at in range(max(len(lost), len(gained))):
            yield _paragraph(place, lost[at : at + 1], gained[at : at + 1])


def _paragraphs(deal: DealText) -> dict[tuple[str, str, str], list[str]]:
    """Return paragraphs by instrument, clause and number, with the mark of what is held of each."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for p in deal.paragraphs:
        found.setdefault((p.instrument, p.clause, p.pointer), []).append(_quoted(p))
    return found


def _quoted(paragraph: Paragraph) -> str:
    return f"[{paragraph.mark}] {paragraph.text}"


def _paragraph(place: tuple[str, str, str], lost: list[str], gained: list[str]) -> Difference:
    instrument, clause, pointer = place
    change = Change.CHANGED if lost and gained else Change.GAINED if gained else Change.LOST
    return Difference(
        Area.PROSE,
        change,
        f"§{clause}",
        "paragraph",
        pointer,
        before="".join(lost),
        after="".join(gained),
        clause=clause,
        instrument=instrument,
    )


def _notes(old: DealText, new: DealText) -> Iterator[Difference]:
    before, after = _noted(old), _noted(new)
    for code, on in sorted({*before, *after}):
        one, two = before.get((code, on), ""), after.get((code, on), "")
        if one != two:
            change = Change.CHANGED if one and two else Change.GAINED if two else Change.LOST
            yield Difference(Area.NOTE, change, on, "note", code, (), one, two)


def _noted(deal: DealText) -> dict[tuple[str, str], str]:
    """Return what the linter says by code and block; an accepted note says with which reason."""
    found: dict[tuple[str, str], list[str]] = {}
    for note in lint_text(deal):
        said = f"{note.said} (accepted: {note.accepted})" if note.accepted else note.said
        found.setdefault((note.code, note.on), []).append(said)
    return {key: "; ".join(sorted(set(said))) for key, said in found.items()}
