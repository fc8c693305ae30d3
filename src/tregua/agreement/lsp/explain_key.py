"""What a key takes, in words: its type, its closed list, what it means when it is absent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.clause import SILENT, UNDEFINED, ValueType

if TYPE_CHECKING:
    from tregua.agreement.clause import Key

_TYPES: dict[ValueType, tuple[str, str]] = {
    ValueType.TEXT: ("words in quotation marks", '"..."'),
    ValueType.TEXTS: ("words in quotation marks, several", '"...", "..."'),
    ValueType.WORD: ("one word", ""),
    ValueType.WORDS: ("words", ""),
    ValueType.NAME: ("one name", ""),
    ValueType.NAMES: ("names", ""),
    ValueType.SPAN: ("a length of time", "48 hours"),
    ValueType.LENGTH: ("a length", "3500 m, 15..20 km, by a weapons table"),
    ValueType.TIME: ("a moment", "2016-09-12T19:00 Asia/Damascus, D + 2 days, start(phase)"),
    ValueType.ZONE: ("an IANA time zone", "Asia/Damascus"),
    ValueType.ACTS: ("acts", "attack(weapon: any)"),
    ValueType.WHEN: ("conditions, all of which must hold", "in-force(truce), calm >= 7 days"),
    ValueType.CLAUSES: ("clauses", "§3d, terms §4"),
    ValueType.NUMBER: ("a number", "29, 0.9, 60 %"),
    ValueType.PHRASE: ("a small phrase", "2 per 24 hours"),
    ValueType.ROW: ("one row of a table", ""),
    ValueType.STEP: ("one step", "report by a to commission within 24 hours"),
    ValueType.GIVEN: ("an incident", "at D + 10 hours, mortar-fire, by a, against b, in zone"),
    ValueType.EXPECT: ("what must be assessed", "attacks violated by a"),
    ValueType.KEY_TEXT: ("a key and a reason", 'within "60 minutes; the text says immediate"'),
    ValueType.CODE_TEXT: ("a code and a reason", 'L505 "the parties declined"'),
    ValueType.FORMAT: ("the format of the file", "tregua-deal/1"),
}


def in_short(key: Key) -> str:
    """Return what a key takes, on one line."""
    taken = _TYPES[key.type][0]
    return f"{taken}; needed" if key.required else taken


def explained(key: Key) -> tuple[str, ...]:
    """Return what is known of a key, one sentence a line."""
    taken, example = _TYPES[key.type]
    lines = [f"Takes {taken}{f', such as  {example}' if example else ''}."]
    if key.words:
        lines.append(f"One of: {', '.join(key.words)}.")
    if key.kinds:
        lines.append(f"Names blocks of kind {', '.join(key.kinds)}.")
    if key.also:
        lines.append(f"Also: {', '.join(key.also)}.")
    if key.share:
        lines.append("Lies between 0 and 1.")
    if key.repeats:
        lines.append("May stand more than once.")
    return (*lines, _absent(key), *_open(key))


def _absent(key: Key) -> str:
    if key.required:
        return "Needed: a block without it costs a note."
    if key.default == SILENT:
        return "When it is absent, the text is silent."
    if key.default == UNDEFINED:
        return "When it is absent, that is a gap: nothing is put in its place."
    return f"When it is absent: {key.default}."


def _open(key: Key) -> tuple[str, ...]:
    return ('`undefined "..."` says that the text leaves it open.',) if key.open else ()
