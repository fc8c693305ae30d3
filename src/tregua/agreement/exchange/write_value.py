"""The layout of one value: single spaces, long time forms, ``§`` close to its label.

The words stay as they are; only the space between them changes, and ``D+2d`` becomes
``D + 2 days``. What cannot be read, or would be read otherwise, is left as it stands.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from tregua.agreement.reading.fault import ValueFault
from tregua.agreement.reading.parse_value import parse_value

if TYPE_CHECKING:
    from lark import Lark, Token

_AMOUNT = re.compile(r"([\d.]+) *(.+)")
_SHORT = re.compile(r"(.+)\+(\d+)([dh])")
_UNITS = {"d": "days", "h": "hours"}
_ENDS = ("NUMBER", "AMOUNT", "TIMEOFDAY")  # `10..12 hours`, yet `D .. D + 3 days`
_NOT_BEFORE = ("COMMA", "COLON", "LPAR", "RPAR")


def value_in_form(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines of a value in form; as they stand when their meaning could change."""
    from lark.exceptions import LarkError

    try:
        written = tuple(_spaced(part) for part in parts)
    except LarkError:
        return parts
    if written == parts or _mean_the_same(" ".join(parts), " ".join(written)):
        return written
    return parts


def _mean_the_same(one: str, other: str) -> bool:
    try:
        # Any zone will do: it only has to be the same one for both.
        return parse_value(one, zone="UTC") == parse_value(other, zone="UTC")
    except ValueFault:
        return False


@cache
def _lexer() -> Lark:
    from lark import Lark

    text = Path(__file__).parents[1].joinpath("reading", "values.lark").read_text(encoding="utf-8")
    return Lark(text, start="value", parser="lalr", lexer="basic")


def _spaced(part: str) -> str:
    tokens = list(_lexer().lex(part))
    out = [_token(t) for t in tokens[:1]]
    for at, (before, token) in enumerate(pairwise(tokens), start=1):
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        out.append(_gap(before, token, after, tokens[at - 2] if at > 1 else None) + _token(token))
    return "".join(out)


def _gap(before: Token, token: Token, after: Token | None, earlier: Token | None) -> str:
    """Return the space between two tokens; ``..`` has none between two numbers."""
    if token.type in _NOT_BEFORE or before.type == "LPAR":
        return ""
    if _joins(before, token, after) or _joins(earlier, before, token):
        return ""
    return " "


def _joins(low: Token | None, op: Token, high: Token | None) -> bool:
    return op == ".." and all(end is not None and end.type in _ENDS for end in (low, high))


def _token(token: Token) -> str:
    if token.type == "AMOUNT" and (match := _AMOUNT.fullmatch(token)):
        return f"{match[1]} {match[2]}"
    if token.type == "SHORT" and (match := _SHORT.fullmatch(token)):
        return f"{match[1]} + {match[2]} {_UNITS[match[3]]}"
    if token.type == "CLAUSE":
        return f"§{token[1:].lstrip(' ')}"
    return str(token)
