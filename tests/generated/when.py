"""When the norms of a drawn deal hold: a truce, what may follow it, and who moves its ends."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.generated.blocks import LEFT_OUT, block, one_of
from tests.generated.who import PANEL, Who

TRUCE, LATER = "truce", "second-phase"
ZONES = ("UTC", "Europe/Kyiv", "Asia/Damascus")  # at Kyiv the 27th of October 2030 has 25 hours
LENGTHS = ("48 hours", "2 days", "60 hours", "3 days")


@dataclass(frozen=True)
class Times:
    """The blocks, and the ids of the phases."""

    text: str
    phases: tuple[str, ...]
    zone: str


@st.composite
def times(draw: st.DrawFn, who: Who) -> Times:
    """Draw a truce that begins at a fixed moment or at D, and perhaps a phase after it."""
    zone = draw(st.sampled_from(ZONES))
    fixed = f"2030-10-26T00:00 {zone}"
    begins = draw(st.sampled_from((fixed, fixed, fixed, "D", "D + 6 hours")))
    texts = [_truce(draw, begins)]
    if begins.startswith("D"):
        texts.append(_power(draw, who, "fix-day", "does: set", "sets: D"))
    for name, does in (("prolong", "extend"), ("halt", "suspend"), ("leave", "terminate")):
        texts.append(_power(draw, who, name, f"does: {does}", f"over: {TRUCE}"))
    phases = [TRUCE]
    if draw(st.integers(0, 2)) == 0:
        phases.append(LATER)
        texts.append(_later(draw))
    return Times("\n".join(texts), tuple(phases), zone)


def _truce(draw: st.DrawFn, begins: str) -> str:
    length = draw(st.sampled_from((*LENGTHS, "undefined", LEFT_OUT)))
    return block(
        f'phase {TRUCE} "The truce"',
        f"starts: {begins}",
        f"lasts: {length}" if length else "",
        "extended by: prolong",
        one_of(draw, "on expiry", LEFT_OUT, "ends", "continues", "undefined"),
        one_of(draw, "suspended by", LEFT_OUT, "halt", "halt"),
    )


def _later(draw: st.DrawFn) -> str:
    begins = one_of(draw, "starts", f"end({TRUCE})", f"start({TRUCE}) + 36 hours", "opened(onward)")
    lasts = one_of(draw, "lasts", *LENGTHS)
    return block(f'phase {LATER} "The second phase"', begins, lasts)


def _power(draw: st.DrawFn, who: Who, name: str, *lines: str) -> str:
    both = ", ".join(who.sides)
    return block(
        f'power {name} "What {name} does"',
        one_of(draw, "holder", both, both, PANEL, "undefined"),
        one_of(draw, "mode", LEFT_OUT, "joint", "either", "undefined"),
        *lines,
    )


def gate(draw: st.DrawFn, who: Who, conditions: tuple[str, ...]) -> str:
    """Draw the gate ``onward``."""
    both = ", ".join(who.sides)
    return block(
        'gate onward "Onward"',
        one_of(draw, "opens when", *conditions),
        one_of(draw, "decided by", both, PANEL, "none", "undefined"),
        one_of(draw, "mode", LEFT_OUT, "joint", "either"),
        one_of(draw, "latest", LEFT_OUT, "undefined", f"start({TRUCE}) + 60 hours"),
        one_of(draw, "if not decided", LEFT_OUT, "lapses", "stays-shut", "undefined"),
        f"leads to: {TRUCE}",
    )


def clock(draw: st.DrawFn, zone: str, norms: tuple[str, ...]) -> str:
    """Draw the clock ``calm`` over some of the norms."""
    about = draw(st.sampled_from(norms))
    bad = one_of(draw, "bad day", LEFT_OUT, f"violation({about})", "undefined")
    return block(
        'clock calm "Calm"',
        one_of(draw, "counts", "consecutive-days", "consecutive-hours", "total-days", "elapsed"),
        one_of(draw, "day", LEFT_OUT, "calendar", "24-hours", 'undefined "days"'),
        f"time zone: {zone}",
        one_of(draw, "starts", LEFT_OUT, f"start({TRUCE})", "2030-10-26T06:00 UTC"),
        bad,
        one_of(draw, "resets on", f"violation({about})", f"finding({about})", "undefined"),
        one_of(draw, "pauses on", LEFT_OUT, f"not(in-force({TRUCE}))"),
        one_of(draw, "certified by", LEFT_OUT, PANEL, "undefined"),
        one_of(draw, "target", LEFT_OUT, "2 days", "36 hours"),
    )
