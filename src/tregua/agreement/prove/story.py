"""A run as a story: dated neutral sentences that say what happens and who brings it about.

Day 1 begins at the first moment of the system. Where the text fixes a date, the calendar's date
stands beside the day, in the deal's time zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tregua.agreement.prove.said import DAY
from tregua.agreement.questions import listed

if TYPE_CHECKING:
    from tregua.agreement.prove.replay import Run
    from tregua.agreement.prove.system import Event, System

HOUR = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a story. ``day`` is ready to be shown, e.g. ``Day 3 (2016-09-14 19:00)``."""

    day: str
    said: str

    def __str__(self) -> str:
        return f"{self.day}: {self.said}"


def tell(system: System, run: Run) -> tuple[Line, ...]:
    """Return the sentences of a run; what was not left out happened in this order."""
    events = {e.name: e for e in system.events}
    told = ((s.minute, events[s.event]) for s in run.steps)
    return tuple(line(system, minute, happens(e)) for minute, e in told if e.what != "date")


def line(system: System, minute: int, said: str) -> Line:
    """Return a sentence with its day."""
    return Line(day_of(system, minute), said)


def day_of(system: System, minute: int) -> str:
    """Return a minute as a day: counted from the first moment, and of the calendar if it is known.

    Calendar dates are those of minutes that elapsed since the first moment.
    """
    number, rest = divmod(minute, DAY)
    if system.begins is not None:
        try:
            then = (system.begins + timedelta(minutes=minute)).strftime("%Y-%m-%d %H:%M")
        except OverflowError:
            return f"Day {number + 1}"
        return f"Day {number + 1} ({then})"
    hours, left = divmod(rest, HOUR)
    later = [f"{hours} h"] * bool(hours) + [f"{left} min"] * bool(left)
    return f"Day {number + 1}" + (f", {' '.join(later)} later" if later else "")


def happens(event: Event) -> str:
    """Return the sentence for an event, without the full stop."""
    by = f" by {listed(event.hands)}" if event.hands else ""
    match event.what:
        case "start":
            return f"phase {event.of} begins"
        case "end":
            return f"phase {event.of} ends"
        case "clock":
            return f"clock {event.of} begins to count"
        case "open":
            return f"gate {event.of} is opened{by}"
        case "done":
            return f"duty {event.of} is done{by}"
        case "set":
            return f"the moment {event.of} is set{by}" if by else f"the moment {event.of} comes"
        case "power":
            return f"power {event.of} is used{by}"
        case "violation":
            return f"an act against {event.of} is assessed as a violation"
        case "finding":
            return f"a finding on {event.of} is recorded"
    return f"it holds that {event.of}"


def name_of(event: Event) -> str:
    """Return how a sentence names what an event is about: ``gate g``, ``duty d``, ``phase p``."""
    noun = {"start": "phase", "open": "gate", "done": "duty", "clock": "clock", "power": "power"}
    return f"{noun[event.what]} {event.of}" if event.what in noun else happens(event)
