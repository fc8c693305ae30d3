"""What workload W yields: rows, a matrix of days, runs without violation, the day of the gate.

Every implementation hands in its rows here, million by million; they are written to files as they
come, as a user would keep them. The digest is taken afterwards, outside of the time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.w_names import PARTIES, SIGNATORIES
from bench.w_rules import DAY_US, DAYS, START_US

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

CLEAN_DAYS = 7


@dataclass
class Result:
    """The rows of one implementation, and its time from here on."""

    folder: Path
    events: int = 0
    rows: int = 0
    days: NDArray[np.int64] = field(
        default_factory=lambda: np.zeros((len(PARTIES), DAYS), np.int64)
    )
    _wall: float = field(default_factory=perf_counter)
    _busy: float = field(default_factory=process_time)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        names = ("report", "norm", "party", "time")
        self._files = {name: (self.folder / name).open("wb") for name in names}

    def add(
        self,
        events: int,
        report: NDArray[np.int64],
        norm: NDArray[np.int8],
        party: NDArray[np.int8],
        time: NDArray[np.int64],
    ) -> None:
        """Take the rows of some events, by report and norm."""
        self.events += events
        self.rows += len(report)
        once = np.ones(len(report), np.bool_)
        once[1:] = report[1:] != report[:-1]
        at = party[once].astype(np.int64) * DAYS + (time[once] - START_US) // DAY_US
        self.days += np.bincount(at, minlength=self.days.size).reshape(self.days.shape)
        columns: tuple[NDArray[Any], ...] = (report, norm, party, time)
        for file, column in zip(self._files.values(), columns, strict=True):
            column.tofile(file)

    def ended(self, **more: Any) -> dict[str, Any]:
        """Return the time, the answers and the digest of everything."""
        runs = [_longest(self.days[p] == 0) for p in range(len(SIGNATORIES))]
        gate = _gate(self.days[: len(SIGNATORIES)])
        for file in self._files.values():
            file.close()
        wall, busy = perf_counter() - self._wall, process_time() - self._busy
        taken = hashlib.sha256(self.days.tobytes() + repr((runs, gate)).encode())
        for name in self._files:
            with (self.folder / name).open("rb") as written:
                while part := written.read(1 << 20):
                    taken.update(part)
        return {
            "seconds": wall,
            "busy": busy,
            "events": self.events,
            "rows": self.rows,
            "runs": runs,
            "gate": gate,
            "digest": taken.hexdigest(),
            **more,
        }


def _longest(clean: NDArray[np.bool_]) -> int:
    longest = run = 0
    for day in clean.tolist():
        run = run + 1 if day else 0
        longest = max(longest, run)
    return longest


def _gate(days: NDArray[np.int64]) -> int:
    """Return the first day on which all have so many clean days together, or -1."""
    run = 0
    for day, count in enumerate(days.sum(axis=0).tolist()):
        run = 0 if count else run + 1
        if run == CLEAN_DAYS:
            return day
    return -1
