"""A record written as the canonical JSON text that the ledger keeps as the body of an entry.

Keys sorted, no spaces, UTF-8, no NaN; a field that has its default is left out, so that a field
added to the model later changes no body written before. Beside the record stand the digest of the
source row and the columns that we do not read.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, Field, dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tregua.reports.model import (
    CountClaim,
    Harm,
    Link,
    Naming,
    Observation,
    Origin,
    Statement,
    Watch,
)
from tregua.reports.own_columns import RecordKind
from tregua.terms.estimate import Estimate
from tregua.terms.place import Place
from tregua.terms.time import When

if TYPE_CHECKING:
    from tregua.reports.model import Record
    from tregua.reports.reader import Row

KINDS: tuple[tuple[RecordKind, type[Any]], ...] = (
    (RecordKind.OBSERVATION, Observation),
    (RecordKind.COUNT, CountClaim),
    (RecordKind.WATCH, Watch),
    (RecordKind.STATEMENT, Statement),
    (RecordKind.NAMING, Naming),
    (RecordKind.LINK, Link),
)


@dataclass(frozen=True, slots=True)
class Filed:
    """A record as it lies in the ledger.

    Attributes:
        row: SHA-256 (hex) of the source row; empty when the record came from no row.
        kept: (column, text) of the source row that the record does not use.
        unknown: canonical JSON object of fields of the body that this version does not know.
    """

    record: Record
    row: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    unknown: str = "{}"


def entry_kind(record: Record) -> str:
    """Return the kind of ledger entry that carries the record."""
    return "link" if isinstance(record, Link) else "report"


def body_of(record: Record) -> str:
    """Return the body of a record that comes from no row of a file."""
    return write_body(Filed(record))


def body_of_row(record: Record, row: Row) -> str:
    """Return the body of a record with the digest of its row and the columns that are not read."""
    return write_body(Filed(record, row.digest, row.unread))


def write_body(filed: Filed) -> str:
    """Return the canonical JSON text; reading it back and writing again changes no byte."""
    kind = next(kind for kind, cls in KINDS if type(filed.record) is cls)
    tree: dict[str, Any] = {"record": str(kind), **_tree(filed.record)}
    if filed.row:
        tree["row"] = filed.row
    if filed.kept:
        tree["kept"] = [list(pair) for pair in filed.kept]
    return canonical(_merged(tree, json.loads(filed.unknown)))


def canonical(tree: object) -> str:
    """Return JSON with sorted keys, no spaces, no NaN."""
    return json.dumps(
        tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def _tree(value: Any) -> Any:  # noqa: ANN401  (a value of any field of the model)
    if isinstance(value, StrEnum):
        return str(value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, tuple):
        return [_tree(part) for part in value]
    pairs = ((name, getattr(value, name), default) for name, default in _DEFAULTS[type(value)])
    return {name: _tree(held) for name, held, default in pairs if held != default}


def _default(field: Field[Any]) -> object:
    return field.default if field.default_factory is MISSING else field.default_factory()


_VALUES: tuple[type[Any], ...] = (Origin, When, Place, Estimate, Harm)
_DEFAULTS: dict[type[Any], tuple[tuple[str, object], ...]] = {
    cls: tuple((field.name, _default(field)) for field in fields(cls))
    for cls in (*_VALUES, *(cls for _, cls in KINDS))
}


def _merged(tree: dict[str, Any], extra: dict[str, Any]) -> dict[str, Any]:
    merged = dict(tree)
    for name, value in extra.items():
        held = merged.get(name)
        both = isinstance(held, dict) and isinstance(value, dict)
        merged[name] = _merged(held, value) if both and held is not None else value
    return merged
