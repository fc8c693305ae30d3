"""The closest known word for one that is not known.

Near words come from ``difflib`` when there are few candidates; among many, only words one slip
away are looked for (a letter too many, missing, wrong or swapped), so that a file full of wrong
names is still read in a moment.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

FEW = 80
LONGEST = 60
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_/"


def closest(word: str, known: Collection[str]) -> str:
    """Return the known word that was most likely meant, or an empty string."""
    if not 1 < len(word) <= LONGEST:
        return ""
    if word.lower() in known:
        return word.lower()
    if len(known) <= FEW:
        return next(iter(get_close_matches(word, sorted(known), n=1, cutoff=0.7)), "")
    held = known if isinstance(known, set | frozenset | dict) else frozenset(known)
    return min((near for near in _one_slip(word) if near in held), default="")


def did_you_mean(word: str, known: Collection[str], *, otherwise: str = "") -> str:
    """Return ``did you mean X?`` or, when nothing is near, ``otherwise``."""
    near = closest(word, known)
    return f"did you mean {near}?" if near else otherwise


def short(text: str, most: int = 60) -> str:
    """Return a text for a help line: whole when it is short, else its beginning."""
    text = text.strip()
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _one_slip(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
