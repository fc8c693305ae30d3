"""Pieces of text that know their direction: words of the page, data, and texts of the deal.

In a line from right to left a bare ``2016-09-15 09:10`` is shown with its parts exchanged. Every
id, number, time and foreign name is therefore a run of its own, and `isolate` is the one function
that says how each run stands in a page of either direction (Unicode Standard Annex 9, 2.7 and 3).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from tregua.terms.visible import one_line, visible

_OPENERS = {"ltr": "\u2066", "auto": "\u2068"}  # LRI, FSI
_POP = "\u2069"
# Letters and digits of Latin data inside words of a page that runs from right to left.
_LATIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 .,:/+-]*[A-Za-z0-9])?")


class Form(StrEnum):
    """Whose text it is, and with that its direction."""

    WORDS = "words"  # ours, in the language of the page
    DATA = "data"  # ids, numbers, times: always from left to right
    OWN = "own"  # names and texts of the deal: direction of their first letter


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line. ``target`` is the id of the block that it names, if it names one."""

    text: str
    form: Form = Form.WORDS
    target: str = ""


Line: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece as a page shows it: ``direction`` is ltr, auto, or empty for the page's own."""

    text: str
    direction: str = ""
    target: str = ""


def words(text: str) -> Run:
    """Return words of the page."""
    return Run(text)


def data(text: str, target: str = "") -> Run:
    """Return an id, a number or a time."""
    return Run(visible(one_line(text)), Form.DATA, target)


def own(text: str, target: str = "") -> Run:
    """Return a name or text of the deal; hidden signs in it are made visible."""
    return Run(visible(one_line(text)), Form.OWN, target)


def isolate(run: Run, *, rtl: bool) -> tuple[Piece, ...]:
    """Return a run as pieces; in a page from right to left nothing Latin stays bare."""
    if run.form is Form.OWN:
        apart = rtl or is_rtl(run.text)
        return (Piece(run.text, "auto" if apart else "", run.target),)
    if run.form is Form.DATA:
        return (Piece(run.text, "ltr" if rtl else "", run.target),)
    if not rtl:
        return (Piece(run.text),)
    pieces, at = [], 0
    for found in _LATIN.finditer(run.text):
        pieces += [Piece(run.text[at : found.start()]), Piece(found[0], "ltr")]
        at = found.end()
    return tuple(p for p in (*pieces, Piece(run.text[at:])) if p.text)


def plain(line: Line, *, rtl: bool) -> str:
    """Return a line as plain text, isolated pieces between invisible signs."""
    pieces = [piece for run in line for piece in isolate(run, rtl=rtl)]
    return "".join(
        f"{_OPENERS[p.direction]}{p.text}{_POP}" if p.direction else p.text for p in pieces
    )


def is_rtl(text: str) -> bool:
    """Say whether the first letter with a direction runs from right to left."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind != "L" for kind in strong if kind in ("L", "R", "AL")), False)


def joined(lines: list[Line], between: str) -> Line:
    """Return lines as one, with words between them."""
    out: list[Run] = []
    for line in lines:
        out += [words(between), *line] if out else line
    return tuple(out)
