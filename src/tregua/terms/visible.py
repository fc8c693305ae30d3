"""Signs that nobody sees, made visible: they can make a line read otherwise than it is written.

A report may hold the bidi overrides that turn the order of letters round (Unicode Standard Annex 9,
2.1 to 2.5) or the sequences that move a terminal's cursor. They are kept in the record as they came
and shown as their number, like ``[U+202E]``. The marks U+200E, U+200F and U+061C change no order of
letters that are strong themselves and stand in ordinary Arabic and Hebrew text; they stay.
"""

from __future__ import annotations

_HIDDEN = (
    *(n for n in range(0x20) if n not in (0x09, 0x0A)),  # C0, apart from tab and line end
    *range(0x7F, 0xA0),  # DEL and C1
    *range(0x202A, 0x202F),  # embeddings and overrides
    *range(0x2066, 0x206A),  # isolates
)
_SHOWN = {number: f"[U+{number:04X}]" for number in _HIDDEN}


def visible(text: str) -> str:
    """Return the text with every hidden sign as its number; tabs and line ends stay."""
    return text.translate(_SHOWN)


def one_line(text: str) -> str:
    """Return the text without line ends: a report cannot add a line to what we say about it."""
    return " ".join(text.splitlines())
