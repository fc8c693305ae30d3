"""What a drawn deal asks: prohibitions, duties of three shapes, permissions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.generated.blocks import LEFT_OUT, block, one_of, some_of
from tests.generated.who import MONITORS, OUTCAST, PANEL, Who

if TYPE_CHECKING:
    from tests.generated.when import Times
    from tests.generated.where import Where

FORBIDDEN = (
    *("attack(weapon: any)", "attack", "shelling", "seize-ground, move-force", "fly"),
    *("attack(weapon: heavy)", "obstruct-monitor"),
)
ACHIEVED = ("hand-over", "hand-over", "hand-over, publish", "accept", "withdraw(weapons: heavy)")


@dataclass(frozen=True)
class Frame:
    """What the norms of one deal may name."""

    who: Who
    where: Where
    times: Times
    exceptions: tuple[str, ...]
    verification: str
    consequence: str


@st.composite
def norms(draw: st.DrawFn, frame: Frame) -> dict[str, str]:
    """Draw a prohibition of attacks and up to three more norms, by id."""
    texts = {"attacks": _prohibition(draw, frame, "attacks", ("attack(weapon: any)", "attack"))}
    kinds = st.lists(st.sampled_from(tuple(DRAWN)), min_size=1, max_size=3, unique=True)
    for name in draw(kinds):
        texts[name] = DRAWN[name](draw, frame, name)
    return texts


def _prohibition(
    draw: st.DrawFn, frame: Frame, name: str, acts: tuple[str, ...] = FORBIDDEN
) -> str:
    against = ", ".join(frame.who.sides)
    return block(
        f'prohibition {name} "No {name}"',
        _bearers(draw, frame),
        one_of(draw, "must not", *acts),
        one_of(draw, "against", LEFT_OUT, LEFT_OUT, against, "everyone"),
        *_common(draw, frame),
        one_of(draw, "tolerance", LEFT_OUT, LEFT_OUT, "0", "1", "1 per 24 hours", "2 per 12 hours"),
        one_of(draw, "check", *[LEFT_OUT] * 5, "person"),
    )


def _achieve(draw: st.DrawFn, frame: Frame, name: str) -> str:
    time = one_of(draw, "within", "24 hours", "1 day", "undefined", 'undefined "soon"', "none")
    fixed = one_of(draw, "deadline", "2030-10-27T12:00 UTC", "start(truce) + 30 hours")
    when = one_of(draw, "when", LEFT_OUT, "in-force(truce)", "request(aid-convoy)")
    return block(
        f'duty {name} "The {name}"',
        _bearers(draw, frame),
        one_of(draw, "must", *ACHIEVED),
        when,
        draw(st.sampled_from((time, time, fixed))),
        *_common(draw, frame),
    )


def _answer(draw: st.DrawFn, frame: Frame, name: str) -> str:
    return block(
        f'duty {name} "Convoys pass"',
        _bearers(draw, frame),
        "must: allow",
        "when: request(aid-convoy)",
        one_of(draw, "within", "6 hours", "1 day", "undefined"),
        *_common(draw, frame),
    )


def _maintain(draw: st.DrawFn, frame: Frame, name: str) -> str:
    held = f"restrain(of: {OUTCAST})" if OUTCAST in frame.who.others else "establish"
    return block(
        f'duty {name} "Order is kept"',
        _bearers(draw, frame),
        one_of(draw, "must keep", held, held, "establish"),
        *_common(draw, frame),
    )


def _permission(draw: st.DrawFn, frame: Frame, name: str) -> str:
    owed = one_of(draw, "owed by", LEFT_OUT, ", ".join(frame.who.sides), "undefined")
    return block(
        f'permission {name} "Monitors pass"',
        f"on: {MONITORS}",
        "may: deliver",
        one_of(draw, "unhindered", "yes", "yes", "no"),
        owed,
        one_of(draw, "if", LEFT_OUT, LEFT_OUT, f"notified(to: {PANEL}, before: 2 hours)"),
        *_common(draw, frame),
    )


def _bearers(draw: st.DrawFn, frame: Frame) -> str:
    sides = frame.who.sides
    both = ", ".join(sides)
    values = (*[both] * 4, "all-parties", *sides[:2], "everyone", 'undefined "the parties"')
    return one_of(draw, "on", *values)


def _common(draw: st.DrawFn, frame: Frame) -> tuple[str, ...]:
    """Draw the lines that every shape of norm may carry."""
    phases = (*frame.times.phases, "undefined", LEFT_OUT)
    places = (*frame.where.grounds, "own-control", "undefined", LEFT_OUT)
    plain = draw(st.booleans())  # half of the norms leave little open, so that answers are decided
    return (
        "during: truce" if plain else one_of(draw, "during", "truce", *phases),
        one_of(draw, "where", "everywhere", "valley", *(() if plain else places)),
        some_of(draw, "except", frame.exceptions, least=0) if draw(st.booleans()) else "",
        one_of(draw, "verified by", LEFT_OUT, LEFT_OUT, frame.verification, PANEL),
        one_of(draw, "on violation", LEFT_OUT, "none", "undefined", frame.consequence),
        one_of(draw, "assumed by drafter", LEFT_OUT, LEFT_OUT, 'on "the text says both"'),
    )


DRAWN = {
    "moves": _prohibition,
    "lists": _achieve,
    "papers": _achieve,
    "convoys": _answer,
    "order": _maintain,
    "passage": _permission,
}
