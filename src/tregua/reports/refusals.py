"""The refusal file: every refused row of a file with its reason and its cells as they stood.

It lies beside the input as ``<input>.refused.csv``, or in a folder of the caller's. It is written
whole or not at all, and only when rows were refused. Corrected rows can be read again from it.
"""

from __future__ import annotations

import csv
import os
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tregua.errors import StoreUnwritable
from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.reports.reader import Row

HEADER = ("refused_row", "refused_code", "refused_reason")


def write_refusals(path: Path, rows: Iterable[Row], *, folder: Path | None = None) -> Path | None:
    """Write the refused rows of the input ``path``; return the file, ``None`` if none was refused.

    Raises:
        StoreUnwritable: when the folder cannot be written; nothing is left behind.
    """
    refused = [row for row in rows if row.is_refused]
    if not refused:
        return None
    target = (folder or path.parent) / f"{path.name}.refused.csv"
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".refused-")
    except OSError as error:
        raise StoreUnwritable(target.name, error.strerror or "cannot be written") from None
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            _write(file, refused)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreUnwritable(target.name, error.strerror or "cannot be written") from None
    except BaseException:  # the user stopped it
        part.unlink(missing_ok=True)
        raise
    return target


def _write(file: IO[str], refused: list[Row]) -> None:
    columns = tuple(dict.fromkeys(name for row in refused for name, _ in row.raw))
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow((*HEADER, *columns))
    for row in refused:
        cells = dict(row.raw)
        errors = [note for note in row.notes if note.severity is Severity.ERROR]
        codes = " ".join(dict.fromkeys(note.code for note in errors))
        reasons = "; ".join(note.said for note in errors)
        writer.writerow((row.number, codes, reasons, *(cells.get(c, "") for c in columns)))
