"""How a sealed window stands, in lines and as JSON: counts, whose clocks, both times of a doubt."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tregua.cli.print import columns
from tregua.ledger.windows.bracket import Timing
from tregua.ledger.windows.look import is_provisional
from tregua.ledger.windows.window import Opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tregua.ledger.windows.bracket import Bracket
    from tregua.ledger.windows.look import Counts
    from tregua.ledger.windows.seen import Seen
    from tregua.ledger.windows.window import Commitment, WindowState

_HEAD = (
    *("side", "committed", "late", "undetermined"),
    *("opened late", "opening undetermined", "withheld"),
)


def window_lines(
    state: WindowState, counts: Mapping[str, Counts], seen: Seen | None, *, closed: bool
) -> list[str]:
    """Say how a window stands."""
    w = state.window
    waits = ", ".join(state.waits_for) or "nobody"
    handed = "closed, and handed on" if closed else "nothing is handed on yet"
    times = (_time(w.opens), _time(w.closes), _time(w.open_by))
    return [
        "Window {}: opens {}, closes {}, to be opened by {}".format(w.id, *times),
        *columns([_HEAD, *((side, *_numbers(c)) for side, c in counts.items())]),
        *(line for one in state.commitments for line in _doubts(one)),
        f"It waits for {waits}; {handed}.",
        *_clocks(state, seen),
    ]


def _numbers(counts: Counts) -> tuple[str, ...]:
    openings = (counts.opened_late, counts.opening_undetermined)
    return tuple(
        map(str, (counts.committed, counts.late, counts.undetermined, *openings, counts.withheld))
    )


def _doubts(one: Commitment) -> Iterator[str]:
    """Say of what is late or undetermined between which times it came."""
    who = f"{one.id[:12]} of {one.side}"
    if one.committed is not Timing.IN_TIME:
        yield f"{who}: committed {_when(str(one.committed), one.came)}"
    if one.opening_came is not None and one.opened is not Opened.OPENED:
        yield f"{who}: {_when(str(one.opened), one.opening_came)}"


def _when(what: str, came: Bracket) -> str:
    before, after = came.times
    if is_provisional(came):
        return f"{what}; it came at {_time(after)} by the centre's own clock"
    return f"{what}; it was not seen at {_time(before)}, and seen at {_time(after)}"


def _clocks(state: WindowState, seen: Seen | None) -> Iterator[str]:
    if seen is None:
        yield "Times are those of the centre's own clock, provisional until others have cosigned."
        return
    yield "Times are those of the cosignatures around each entry, its own side's left out."
    if provisional := _provisional(state):
        are = "entry is" if provisional == 1 else "entries are"
        yield f"{provisional} {are} of the current beat: by the centre's own clock, provisional."
    for side in sorted(set(state.window.sides) - seen.parties):
        yield f"The policy names no cosigner after {side}: every cosigner counts for its reports."


def _provisional(state: WindowState) -> int:
    brackets = (b for c in state.commitments for b in (c.came, c.opening_came))
    return sum(map(is_provisional, brackets))


def window_json(
    state: WindowState, counts: Mapping[str, Counts], seen: Seen | None, *, closed: bool
) -> dict[str, object]:
    """Return the same as plain values; times are POSIX seconds."""
    return {
        "window": state.window.id,
        "sides": {side: _counted(c) for side, c in counts.items()},
        "commitments": [_commitment(c) for c in state.commitments],
        "waits_for": list(state.waits_for),
        "closed": closed,
        "provisional": seen is None or _provisional(state) > 0,
    }


def _counted(counts: Counts) -> dict[str, int]:
    from dataclasses import asdict

    return asdict(counts)


def _commitment(one: Commitment) -> dict[str, object]:
    opening = one.opening_came
    return {
        "id": one.id,
        "side": one.side,
        "committed": str(one.committed),
        "between": list(one.came.times),
        "opened": str(one.opened),
        "opening_between": None if opening is None else list(opening.times),
        "provisional": is_provisional(one.came) or is_provisional(opening),
    }


def _time(seconds: int | None) -> str:
    if seconds is None:
        return "no known time"
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
