"""The body of an entry, read back into its record. The inverse of ``to_entry.py``.

Fields that this version does not know are kept and written back.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from tregua.errors import EntryRefused
from tregua.reports.model import Record  # noqa: TC001
from tregua.reports.own_columns import RecordKind
from tregua.reports.to_entry import KINDS, Filed, canonical, write_body
from tregua.terms.time import When

_Decoder: TypeAlias = Callable[[Any], Any]


def record_of(body: str) -> Record:
    """Return the record that a body holds.

    Raises:
        EntryRefused: when the body is no record of ours.
    """
    return _decoded(_tree(body))


def read_body(body: str) -> Filed:
    """Return the record with the digest of its row, the columns kept, and unknown fields.

    Raises:
        EntryRefused: when the body is no record of ours.
    """
    tree = _tree(body)
    kept = tuple((str(name), str(text)) for name, text in tree.get("kept", []))
    filed = Filed(_decoded(tree), str(tree.get("row", "")), kept)
    unknown = _left_over(tree, json.loads(write_body(filed)))
    return Filed(filed.record, filed.row, kept, canonical(unknown))


def _tree(body: str) -> dict[str, Any]:
    try:
        tree = json.loads(body)
    except ValueError:
        raise EntryRefused("its body is not JSON") from None
    if not isinstance(tree, dict):
        raise EntryRefused("its body is no JSON object")
    return tree


def _decoded(tree: dict[str, Any]) -> Record:
    try:
        kind = RecordKind(tree.get("record", ""))
        record: Record = _decoder(dict(KINDS)[kind])(tree)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise EntryRefused("its body is no record that can be read") from None
    return record


def _left_over(tree: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    left: dict[str, Any] = {}
    for name, value in tree.items():
        if name not in known:
            left[name] = value
        elif isinstance(value, dict) and (inner := _left_over(value, known[name])):
            left[name] = inner
    return left


# -- decoders, made once for each type of the model ------------------------------------------------


@cache
def _decoder(hint: Any) -> _Decoder:  # noqa: ANN401  (a type or a type form)
    if get_origin(hint) in (Union, UnionType):
        inner = next(part for part in get_args(hint) if part is not NoneType)
        return _decoder(inner)
    if get_origin(hint) is tuple:
        return _tuple_decoder(get_args(hint))
    if hint is datetime:
        return _instant
    if hint is float:
        return float
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if is_dataclass(hint):
        return partial(_object, hint, _field_decoders(hint))
    return partial(_plain, hint)


def _plain(hint: type, value: object) -> object:
    if type(value) is not hint:
        raise TypeError(hint.__name__)
    return value


def _tuple_decoder(args: tuple[Any, ...]) -> _Decoder:
    if args[-1] is Ellipsis:
        return partial(_same_parts, _decoder(args[0]))
    return partial(_own_parts, tuple(_decoder(arg) for arg in args))


def _same_parts(decoder: _Decoder, values: Any) -> tuple[Any, ...]:  # noqa: ANN401
    if not isinstance(values, list):
        raise TypeError("a list is needed")
    return tuple(decoder(value) for value in values)


def _own_parts(decoders: tuple[_Decoder, ...], values: list[Any]) -> tuple[Any, ...]:
    return tuple(decoder(value) for decoder, value in zip(decoders, values, strict=True))


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("a time without a zone is not a time")
    return instant.astimezone(UTC)


def _field_decoders(cls: Any) -> tuple[tuple[str, _Decoder], ...]:  # noqa: ANN401
    hints = get_type_hints(cls, localns={"datetime": datetime, "When": When})
    return tuple((f.name, _decoder(hints[f.name])) for f in fields(cls))


def _object(cls: Any, decoders: tuple[tuple[str, _Decoder], ...], tree: dict[str, Any]) -> Any:  # noqa: ANN401
    return cls(**{name: decode(tree[name]) for name, decode in decoders if name in tree})
