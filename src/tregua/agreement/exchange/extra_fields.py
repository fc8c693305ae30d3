"""Fields of the JSON form that the form does not know: kept in the deal file and written back.

They stand at the end of the file, in a fence of their own that every reader of deals passes over,
each under the place at which it was found: ``/blocks/attacks/colour``. Instruments, clauses and
blocks are named there by their ids, so that they may move; a later version of a block has its
number behind it (``attacks:2``). A field whose place is gone stays at the top, under that place.
"""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal

FENCE = "deal-fields"
_STANDS = re.compile(rf"\n```{FENCE}\n(\{{.*\}})\n```\n\Z")
DEEPEST = 30  # values within values
MOST_DIGITS = 300
_NAMES = ("id", "label")


def is_kept(value: object, deep: int = 0) -> bool:
    """Say whether a value of JSON can be written again: not too deep, no half characters."""
    if deep > DEEPEST:
        return False
    match value:
        case str():
            return not re.search("[\ud800-\udfff]", value)
        case Decimal():
            return math.isfinite(float(value)) and abs(value.adjusted()) < MOST_DIGITS
        case list():
            return all(is_kept(one, deep + 1) for one in value)
        case dict():
            return all(is_kept(n) and is_kept(one, deep + 1) for n, one in value.items())
    return True


def kept(value: object) -> object:
    """Return a value with numbers of the kind that JSON is written from (double precision)."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case list():
            return [kept(one) for one in value]
        case dict():
            return {name: kept(one) for name, one in value.items()}
    return value


def append(base: str, extra: dict[str, object]) -> str:
    """Return a file with these fields at its end."""
    if not extra:
        return base
    held = json.dumps(extra, ensure_ascii=True, sort_keys=True)
    return f"{base}\n```{FENCE}\n{held}\n```\n"


def split_off(text: str) -> tuple[str, dict[str, object]]:
    """Return a file without the fields at its end, and the fields; the inverse of `append`."""
    match = _STANDS.search(text)
    if match is None:
        return text, {}
    try:
        held = json.loads(match[1])
    except (ValueError, RecursionError):
        return text, {}  # somebody's own fence of that name: commentary
    return text[: match.start()], held


def put_back(whole: dict[str, object], extra: dict[str, object]) -> None:
    """Put each field at its place in the exchange form."""
    for place, value in extra.items():
        *way, name = (_unescaped(part) for part in place.split("/")[1:])
        held: object = whole
        for part in way:
            held = _below(held, part)
        if isinstance(held, dict) and name not in held:
            held[name] = value
        else:
            whole[place] = value


def place_below(place: str, name: str) -> str:
    """Return the place of a member, as a JSON pointer (RFC 6901)."""
    return f"{place}/{name.replace('~', '~0').replace('/', '~1')}"


def _unescaped(part: str) -> str:
    return part.replace("~1", "/").replace("~0", "~")


def _below(held: object, part: str) -> object:
    if isinstance(held, dict):
        return held.get(part)
    if not isinstance(held, list):
        return None
    for name, one in names_of(held):
        if name == part:
            return one
    return None


def names_of(things: list[object]) -> list[tuple[str, object]]:
    """Return the name by which each thing of a list is found: its id or label, else its number."""
    out: list[tuple[str, object]] = []
    seen: dict[str, int] = {}
    for at, thing in enumerate(things):
        ids = [thing[n] for n in _NAMES if n in thing] if isinstance(thing, dict) else []
        name = ids[0] if ids and isinstance(ids[0], str) else str(at)
        seen[name] = seen.get(name, 0) + 1
        out.append((name if seen[name] == 1 else f"{name}:{seen[name]}", thing))
    return out
