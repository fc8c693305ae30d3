"""Text of a deal inside the Markdown that an editor shows.

A deal comes from others. Its words are shown as words: they make no link, no picture that would be
fetched, no heading.
"""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~&:@.])")
_TICKS = re.compile(r"`+")


def plain(text: str) -> str:
    """Return a text whose every sign means itself, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def fenced(text: str) -> str:
    """Return lines of the deal language as a code block, whatever they hold."""
    longest = max((len(run) for run in _TICKS.findall(text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}tregua\n{text}\n{ticks}"
