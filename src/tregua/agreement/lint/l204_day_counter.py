"""L204: a day counter without bad day, reset or pause, certifier or start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import is_aid, left_open, names_in, norms
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for clock in deal.of_kind("clock"):
        if clock.word("counts") == "elapsed":
            continue
        gaps = _gaps(deal, clock)
        if gaps:
            yield at_block(clock, "; ".join(gaps))


def _gaps(deal: DealText, clock: Block) -> list[str]:
    gaps = []
    if left_open(clock, "certified by"):
        gaps.append("nobody certifies it")
    if left_open(clock, "resets on") and left_open(clock, "pauses on"):
        gaps.append("the text has no rule for reset or pause")
    if left_open(clock, "bad day"):
        gaps.append("not said what a bad day is")
    if left_open(clock, "starts"):
        gaps.append("no start")
    silent = _uncounted(deal, clock)
    if any(is_aid(n) for n in silent):
        gaps.append("not said whether aid is part of it")
    if silent:
        gaps.append(f"{_counted(silent)} of its phase not in it")
    return gaps


def _counted(silent: tuple[Block, ...]) -> str:
    return "1 norm" if len(silent) == 1 else f"{len(silent)} norms"


def _uncounted(deal: DealText, clock: Block) -> tuple[Block, ...]:
    """Return the norms that hold together with a counted one and are nowhere in the clock."""
    keys = ("resets on", "pauses on", "bad day")
    counted = frozenset().union(*(names_in(clock.get(k)) for k in keys))
    phases = {p for n in norms(deal) if n.id in counted for p in n.words("during")}
    alongside = (n for n in norms(deal) if phases & set(n.words("during")))
    return tuple(n for n in alongside if n.id not in counted)


RULE = Rule(
    code="L204",
    title="A day counter is not complete: bad day, reset or pause, certifier, start",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("B08",),
    what="A clock that counts days or hours of calm lacks `bad day`, `resets on` or `pauses "
    "on`, `certified by` or `starts`, or a norm of the same phase is nowhere in it. A "
    "value that the drafter assumed counts as lacking: the text does not say it.",
    why="on 19 September 2016 one Side had not yet seen seven days of calm and delivery of "
    "aid, while the other counted the week as over",
    help="bad day: violation(<norm>), resets on: violation(<norm>), certified by: <body>, "
    "starts: <moment>",
    find=_find,
    bad=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    lasts: 30 days

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    during: truce

clock calm "Days of calm"
    counts: consecutive-days
    day: calendar
    resets on: violation(attacks)
    certified by: undefined
    target: 5 days
""",
        prose="A truce of 30 days. Five days in a row without attacks.",
    ),
    good=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    lasts: 30 days

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    during: truce

body observers "Observer mission"
    is: mission
    may: verify, certify

clock calm "Days of calm"
    counts: consecutive-days
    day: calendar
    starts: start(truce)
    bad day: violation(attacks)
    resets on: violation(attacks)
    certified by: observers
    target: 5 days
""",
        prose="A truce of 30 days. Five days in a row without attacks.",
    ),
)
