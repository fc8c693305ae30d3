"""The text of a value into a tree, by the small grammar of ``values.lark``.

What cannot be read at all is a `Fault` with the place in the text and words for whoever wrote it.
Lark is imported on first use, because most commands never read a deal.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tregua.agreement.reading.fault import Fault, ValueFault
from tregua.agreement.reading.suggest import short

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

DEEPEST = 20  # calls within calls; no clause of a past deal needs more than three
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,]|\.\d|:|-)")


def value_tree(raw: str) -> Tree[Token]:
    """Return the tree of one value.

    Raises:
        ValueFault: with the first thing that is wrong: D005 for the grammar, D006 for separators
            in numbers.
    """
    _refuse_thousands(raw)
    _refuse_depth(raw)
    return _tree(raw)


# --- what the grammar cannot say well


def _refuse_thousands(raw: str) -> None:
    if "," not in raw:
        return
    for match in _THOUSANDS.finditer(_blank_strings(raw)):
        plain = match[0].replace(",", "")
        unit = re.match(r" *[a-z%]+", raw[match.end() :])
        said = "numbers have no thousands separator"
        fault = Fault(
            "D006",
            said,
            match.span(),
            help=f"write {plain}{unit[0] if unit else ''}",
        )
        raise ValueFault(fault)


def _refuse_depth(raw: str) -> None:
    depth = 0
    for at, char in enumerate(_blank_strings(raw) if "(" in raw else ""):
        depth += (char == "(") - (char == ")")
        if depth > DEEPEST:
            said = f"calls are nested deeper than {DEEPEST}"
            raise ValueFault(Fault("D005", said, (at, at + 1), help="split the condition"))


def _blank_strings(raw: str) -> str:
    """Return the text with every quoted string blanked out, so that offsets stay true."""
    if '"' not in raw:
        return raw
    # An unclosed quotation runs to the end, so that it is looked at once.
    return re.sub(r'"(?:\\.|[^"\\])*(?:"|\\?$)', lambda m: " " * len(m[0]), raw)


# --- grammar


@cache
def _grammar() -> Lark:
    from lark import Lark

    text = Path(__file__).with_name("values.lark").read_text(encoding="utf-8")
    return Lark(text, start="value", parser="lalr", lexer="basic")


def _tree(raw: str) -> Tree[Token]:
    from lark.exceptions import UnexpectedCharacters, UnexpectedInput

    try:
        return _grammar().parse(raw)
    except UnexpectedCharacters as stop:
        raise ValueFault(_unreadable(raw, _position(stop))) from None
    except UnexpectedInput as stop:
        token: Any = getattr(stop, "token", None)
        at = len(raw) if token is None or token.type == "$END" else token.start_pos
        raise ValueFault(_unreadable(raw, at)) from None


def _position(stop: Any) -> int:  # noqa: ANN401 - Lark types this field as None
    return int(stop.pos_in_stream)


def _unreadable(raw: str, at: int) -> Fault:
    cut = (min(at, max(0, len(raw) - 1)), min(at + 15, len(raw)))
    if at >= len(raw):
        return Fault("D005", "the value ends too early", cut, help="complete it after this place")
    rest = raw[at : at + 15]
    if raw[at] == '"':
        said, help_ = "the quotation mark is not closed", f'{short(raw[at:])}"'
    else:
        said, help_ = f"this cannot be read: {rest}", _how_to_write(raw, at)
    return Fault("D005", said, cut, help=help_)


def _how_to_write(raw: str, at: int) -> str:
    if raw[at] in "_'/“”„«»`":
        return 'names have letters, digits and hyphens; words of the text stand in "..."'
    if raw[at].isdigit():
        return "write numbers like 3500 or 0.9, times like 2016-09-12T19:00"
    if raw[at] in ",()":
        return "a comma stands between two values, brackets open and close once"
    return f'"{short(raw)}"' if '"' not in raw else 'put words of the text in "..."'
