"""Why an answer has a new version: which entry moved what of which incident.

A report that comes late, one that is revised and one that is withdrawn are told alike. Late means:
when it came, something that happened after it was already known. No clock is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.assessment.live_rows import Line

NEW, LATE, WITHDRAWN = "is new", "came late", "was withdrawn"
TIME, CERTAINTY = "changed the time", "changed the certainty"
ALTERNATIVES = "changed the alternatives"


@dataclass(frozen=True, slots=True)
class Because:
    """One reason.

    Attributes:
        entry: index of the entry in the ledger.
        incident: id of the incident that it is about.
        moved: what it did: one of ``NEW``, ``LATE``, ``WITHDRAWN``, or all that a revision changed.
    """

    entry: int
    incident: str
    moved: tuple[str, ...]

    def __str__(self) -> str:
        """Return the reason as the end of a sentence."""
        if self.moved == (WITHDRAWN,):
            return f"because {self.incident} {WITHDRAWN} by entry {self.entry}"
        if self.moved[0] in (NEW, LATE):
            return f"because {self.incident} (entry {self.entry}) {self.moved[0]}"
        return f"because entry {self.entry} {' and '.join(self.moved)} ({self.incident})"


def moved(
    before: Sequence[Line], after: Sequence[Line], *, latest: int, changed: tuple[str, ...]
) -> tuple[str, ...]:
    """Return what differs between two versions of an incident, in words; empty when nothing does.

    Args:
        before: its lines before; none when it was not known.
        after: its lines now; none when it was withdrawn.
        latest: the latest earliest instant of anything known before.
        changed: the words for a change of each code, such as "moved the place".
    """
    if not after:
        return (WITHDRAWN,) if before else ()
    if not before:
        return (LATE,) if max(line.t_hi for line in after) < latest else (NEW,)
    old = {line.alternative: line for line in before}
    pairs = [(old[line.alternative], line) for line in after if line.alternative in old]
    words = [
        word for k, word in enumerate(changed) if any(a.codes[k] != b.codes[k] for a, b in pairs)
    ]
    if any((a.t_lo, a.t_hi) != (b.t_lo, b.t_hi) for a, b in pairs):
        words.insert(0, TIME)
    if any((a.must, a.may) != (b.must, b.may) for a, b in pairs):
        words.append(CERTAINTY)
    if not len(before) == len(after) == len(pairs):
        words.append(ALTERNATIVES)
    return tuple(words)
