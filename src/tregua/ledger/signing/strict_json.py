"""JSON read strictly: UTF-8, no key twice, no NaN, no nesting without end. Refuse, never repair."""

from __future__ import annotations

import json
from math import isinf
from typing import Any, NoReturn

from tregua.errors import EntryRefused

DEEPEST = 32
_NUMBER = 19  # digits; longer whole numbers are read differently by different readers


def parse(data: bytes) -> Any:  # noqa: ANN401  (any value of JSON)
    """Return the value of a JSON text.

    Raises:
        EntryRefused: it is no JSON, or JSON that two readers could read as two things.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise EntryRefused("a part of it is not UTF-8") from None
    brackets = text.count("[") + text.count("{")
    if brackets > DEEPEST * 64:
        raise EntryRefused("a part of it holds too many lists and objects")
    try:
        value = _READER.decode(text)
    except RecursionError:
        raise EntryRefused("a part of it is nested too deep") from None
    except ValueError:
        raise EntryRefused("a part of it is not JSON") from None
    # Nesting is no deeper than there are brackets, and half a character stands in an escape.
    if brackets > DEEPEST or "\\u" in text:
        _check(value, 0)
    return value


def write(value: object) -> str:
    """Write JSON with sorted keys and no spaces.

    Raises:
        EntryRefused: a value that JSON does not have.
    """
    try:
        return _WRITER.encode(value)
    except (TypeError, ValueError, RecursionError):
        raise EntryRefused("it holds a value that JSON cannot carry") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise EntryRefused("a key stands twice in one object")
    return value


def _constant(name: str) -> NoReturn:
    raise EntryRefused(f"{name} is not a number of JSON")


def _whole(digits: str) -> int:
    if len(digits) > _NUMBER:
        raise EntryRefused("a whole number in it is too long")
    return int(digits)


def _real(digits: str) -> float:
    value = float(digits)
    if isinf(value):  # 1e999 is a number of JSON that most readers take for infinity
        raise EntryRefused("a number in it is too large")
    return value


_WRITER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)
_READER = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_constant, parse_int=_whole, parse_float=_real
)


def _check(value: object, depth: int) -> None:
    """Refuse half characters, which UTF-8 cannot carry, and nesting beyond the limit."""
    if depth > DEEPEST:
        raise EntryRefused("a part of it is nested too deep")
    if isinstance(value, str):
        _whole_characters(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _whole_characters(key)
            _check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth + 1)


def _whole_characters(text: str) -> None:
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise EntryRefused("it holds half of a character (a lone surrogate)")
