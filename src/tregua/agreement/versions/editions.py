"""The editions of a deal: every text that held at some time, and from when until when.

Between two changes (an amendment begins, an instrument ends, a party accepts) one text holds. Some
changes hang on moments that the record gives, and the record may leave them open: then an edition
holds surely in a shorter time than it may hold, and both editions may hold in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tregua.agreement.versions.in_force import agreement_at, changes_in

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.agreement.reading.calendar import Moments

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Held:
    """How long a text held: ``[start, end)`` in some reading, ``[sure_start, sure_end)`` in all.

    Times are UTC. ``None`` as a start: from the beginning; as an end: until further notice.
    ``sure`` is false when no instant is certain.
    """

    start: datetime | None = None
    end: datetime | None = None
    sure_start: datetime | None = None
    sure_end: datetime | None = None
    sure: bool = True

    @property
    def is_always(self) -> bool:
        """Say whether the text held at all times."""
        return self == ALWAYS

    def until(self, later: Held) -> Held:
        """Return the time of this text and of a later one that says the same."""
        return Held(
            self.start,
            later.end,
            self.sure_start if self.sure else later.sure_start,
            later.sure_end if later.sure else self.sure_end,
            self.sure or later.sure,
        )


ALWAYS = Held()


@dataclass(frozen=True, slots=True)
class Edition:
    """The deal as one text says it, and how long that text held."""

    agreement: Agreement
    held: Held


def editions_of(
    whole: Agreement, *, first: Moments, last: Moments, until: datetime
) -> tuple[Edition, ...]:
    """Return the editions that began by ``until`` (UTC), by time; at least one.

    Args:
        whole: the deal with all its versions, and the variant chosen.
        first: moments that the record fixes, each at its earliest reading.
        last: the same at the latest reading, without those that need not come at all.
        until: the moment asked about.
    """
    changes = sorted(
        c for c in changes_in(whole, known=first) | changes_in(whole, known=last) if c <= until
    )
    edges = [None, *changes]
    asked = [(changes[0] - _INSTANT if changes else until), *changes]
    early = [agreement_at(whole, m, whole.variant, known=first) for m in asked]
    late = (
        early
        if first == last
        else [agreement_at(whole, m, whole.variant, known=last) for m in asked]
    )
    return tuple(_named(early, late, edges))


def _named(
    early: list[Agreement], late: list[Agreement], edges: list[datetime | None]
) -> list[Edition]:
    """Return each text once for every unbroken time in which it may have held."""
    found: list[Edition] = []
    ends = [*edges[1:], None]
    for text in _distinct([*early, *late]):
        may = [_is(text, a) or _is(text, b) for a, b in zip(early, late, strict=True)]
        must = [_is(text, a) and _is(text, b) for a, b in zip(early, late, strict=True)]
        for start, stop in _stretches(may):
            sure = [i for i in range(start, stop) if must[i]]
            held = Held(
                edges[start],
                ends[stop - 1],
                edges[sure[0]] if sure else None,
                ends[sure[-1]] if sure else None,
                bool(sure),
            )
            found.append(Edition(text, held))
    return sorted(found, key=lambda e: _place(e, edges))


def _place(edition: Edition, edges: list[datetime | None]) -> tuple[int, int]:
    held = edition.held
    end = len(edges) if held.end is None else edges.index(held.end)
    return edges.index(held.start), end


def _distinct(texts: list[Agreement]) -> list[Agreement]:
    found: list[Agreement] = []
    for text in texts:
        if not any(_is(text, other) for other in found):
            found.append(text)
    return found


def _is(one: Agreement, other: Agreement) -> bool:
    return one is other or one.text.blocks == other.text.blocks


def _stretches(flags: list[bool]) -> list[tuple[int, int]]:
    """Return the unbroken runs of true flags, as half-open ranges."""
    runs: list[tuple[int, int]] = []
    for i, flag in enumerate(flags):
        if flag and runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        elif flag:
            runs.append((i, i + 1))
    return runs
