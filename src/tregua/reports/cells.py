"""The cells of one row, read as values; what is wrong with them is collected, all of it.

A `CellReader` is made for one row and forgotten with it. ``refuse`` notes make the row refused,
``doubt`` notes stand beside it. An empty cell is "not said", never a zero.
"""

from __future__ import annotations

import re
from math import isfinite
from typing import TYPE_CHECKING, TypeVar

from tregua.reports.reader import Row
from tregua.terms.estimate import NOT_STATED, Estimate
from tregua.terms.notes import Note, Severity, Spot
from tregua.terms.place import Place
from tregua.terms.time import BadTime, When, read_time

if TYPE_CHECKING:
    from enum import StrEnum

    from tregua.reports.model import Record
    from tregua.reports.table import RawRow

Word = TypeVar("Word", bound="StrEnum")
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_WHOLE = re.compile(r"[+-]?\d{1,9}(?:\.0+)?")
_SHOWN = 60  # characters of a cell that a note quotes


class CellReader:
    """Reads one row and collects notes and flags."""

    def __init__(self, raw: RawRow, file: str) -> None:
        self.raw = raw
        self.file = file
        self.notes: list[Note] = []
        self.flags: list[str] = []
        self._cells = dict(raw.cells)
        self._used: set[str] = set()
        if raw.fault is not None:
            self.refuse(raw.fault[0], raw.fault[1])

    @property
    def is_refused(self) -> bool:
        """Say whether something was found that refuses the row."""
        return any(n.severity is Severity.ERROR for n in self.notes)

    # -- values ------------------------------------------------------------------------------

    def text(self, column: str) -> str:
        """Return the cell without outer spaces; empty when the column is absent."""
        self._used.add(column)
        return self._cells.get(column, "").strip()

    def needed(self, column: str) -> str:
        """Return the cell; an empty one refuses the row."""
        text = self.text(column)
        if not text:
            self.refuse("R003", f"the cell `{column}` is empty", column)
        return text

    def many(self, column: str) -> tuple[str, ...]:
        """Return the list in the cell, separated by ``;``, each once, in its order."""
        parts = (part.strip() for part in self.text(column).split(";"))
        return tuple(dict.fromkeys(part for part in parts if part))

    def count(self, column: str) -> int | None:
        """Return a count of zero or more, ``None`` when it is not stated; ``12.0`` is 12."""
        text = self.text(column)
        if not text:
            return None
        if not _WHOLE.fullmatch(text):
            self.refuse("R006", f"{_short(text)} is not a whole number", column)
            return None
        value = int(text.split(".")[0])
        if value < 0:
            self.refuse("R007", f"{value} is less than none", column)
            return None
        return value

    def number(self, column: str) -> float | None:
        """Return a number with decimals, ``None`` when it is not stated."""
        text = self.text(column)
        try:
            value = float(text) if text else None
        except ValueError:
            value = float("nan")
        if value is not None and not (isfinite(value) and "_" not in text):
            self.refuse("R006", f"{_short(text)} is not a number", column)
            return None
        return value

    def yes(self, column: str) -> bool:
        """Return whether the cell says yes; empty is no."""
        text = self.text(column).lower()
        if text and text not in _YES:
            self.refuse("R002", f"{_short(text)} is neither yes nor no", column)
        return _YES.get(text, False)

    def word(self, column: str, words: type[Word], default: Word | None) -> Word | None:
        """Return the cell as a word of a closed list, ``default`` when it is empty."""
        text = self.text(column)
        if not text:
            return default
        try:
            return words(text)
        except ValueError:
            listed = ", ".join(words)
            self.refuse("R002", f"{_short(text)} is not one of: {listed}", column)
            return default

    def time(self, column: str, zone: str | None) -> When | None:
        """Return the time in the cell, ``None`` when it is empty or refused."""
        text = self.text(column)
        if not text:
            return None
        try:
            return read_time(text, zone or None)
        except BadTime as error:
            code = "R014" if "zone" in error.why and not zone else "R004"
            self.refuse(code, error.why, column)
            return None

    def estimate(self, stem: str) -> Estimate:
        """Return ``<stem>_low``, ``_best``, ``_high`` as they are stated.

        Low above high is refused; a best value outside the two is kept, flagged and noted.
        """
        low, best, high = (self.count(f"{stem}_{part}") for part in ("low", "best", "high"))
        if low is None and best is None and high is None:
            return NOT_STATED
        if low is not None and high is not None and low > high:
            self.refuse("R009", f"{low} is above {high}", f"{stem}_low")
        return Estimate(low, best, high, odd=self.is_odd(low, best, high, f"{stem}_best"))

    def is_odd(self, low: int | None, best: int | None, high: int | None, column: str) -> bool:
        """Note and flag a best value below low or above high, and say whether there is one."""
        under = low is not None and best is not None and low > best
        over = high is not None and best is not None and high < best
        if under:
            self.flags.append("low-above-best")
        if over:
            self.flags.append("high-below-best")
        if under or over:
            said = f"low {low}, best {best}, high {high} contradict each other; kept as published"
            self.doubt("R101", said, column)
        return under or over

    def parts(self, column: str) -> tuple[tuple[str, int], ...]:
        """Return ``name=number; name=number`` as pairs in their order."""
        pairs: list[tuple[str, int]] = []
        for part in (p.strip() for p in self.text(column).split(";") if p.strip()):
            name, equals, number = part.rpartition("=")
            if not (equals and name.strip() and _WHOLE.fullmatch(number.strip())):
                self.refuse("R015", f"{_short(part)} is not name=number", column)
            elif int(float(number)) < 0:
                self.refuse("R007", f"{name.strip()} is less than none", column)
            else:
                pairs.append((name.strip(), int(float(number))))
        if len({name for name, _ in pairs}) != len(pairs):
            self.refuse("R015", "one part is named twice", column)
        return tuple(pairs)

    def place(self) -> Place:
        """Return the place from ``place, lat, lon, radius_m, area``."""
        lat, lon, radius = (self.number(c) for c in ("lat", "lon", "radius_m"))
        if radius is not None and radius < 0:
            self.refuse("R007", f"a radius of {radius:g} m is less than none", "radius_m")
            radius = None
        if not self.point_is_sound(lat, lon):
            lat = lon = radius = None
        return Place(self.text("place"), lon, lat, radius, self.text("area"))

    def point_is_sound(self, lat: float | None, lon: float | None) -> bool:
        """Say whether there is a whole point on the globe; refuse half a point and one off it."""
        if lat is None and lon is None:
            return False
        if lat is None or lon is None:
            if not self.is_refused:
                self.refuse("R008", "half a point: one of lat and lon is empty", "lat")
            return False
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004  (degrees of the globe)
            self.refuse("R008", f"{lat:g}, {lon:g} lies outside the world", "lat")
            return False
        return True

    # -- notes -------------------------------------------------------------------------------

    def refuse(self, code: str, said: str, column: str = "", *, help: str = "") -> None:  # noqa: A002
        """Note what makes the row impossible."""
        self.note(code, Severity.ERROR, said, column, help=help)

    def doubt(self, code: str, said: str, column: str = "", *, help: str = "") -> None:  # noqa: A002
        """Note what makes the row doubtful."""
        self.note(code, Severity.WARNING, said, column, help=help)

    def note(
        self,
        code: str,
        severity: Severity,
        said: str,
        column: str = "",
        *,
        help: str = "",  # noqa: A002
    ) -> None:
        """Add a note that points at a cell, or at the row when no column is named."""
        self.notes.append(
            Note(code, severity, said, self._spot(column), help=help, on=self.text("id"))
        )

    def row(self, records: tuple[Record, ...], dropped: tuple[str, ...] = ()) -> Row:
        """Close the row, with its records or refused; ``dropped`` columns are not kept."""
        raw = tuple([pair for pair in self.raw.cells if pair[0] not in dropped])
        return Row(
            self.raw.number,
            raw,
            () if self.is_refused else records,
            tuple(self.notes),
            self.raw.digest,
            tuple(column for column in dropped if self._cells.get(column)),
            tuple([pair for pair in raw if pair[1] and pair[0] not in self._used]),
        )

    def _spot(self, column: str) -> Spot:
        if not column:
            return Spot(self.file, self.raw.number, 1)
        value = " ".join(self._cells.get(column, "").split())[:_SHOWN]
        lead = f"{column}: "
        return Spot(
            self.file, self.raw.number, len(lead) + 1, max(1, len(value)), (lead + value).rstrip()
        )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return repr(text if len(text) <= 40 else text[:37] + "...")  # noqa: PLR2004  (width of a note)
