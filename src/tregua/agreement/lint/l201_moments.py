"""L201: a time without a zone, or a moment that nothing resolves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import header_zone, listed, walk
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.agreement.value import Instant, Items, Undefined, Word
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit
    from tregua.agreement.value import Value

_TIME_KEYS = (
    "starts",
    "ends",
    "deadline",
    "latest",
    "at",
    "agreed until",
    "origin",
    "in force",
    "valid from",
    "valid until",
)
_VAGUE_START = ("signature", "sunset", "sunrise", "immediate", "at once", "подписан", "التوقيع")


def _find(deal: DealText) -> Iterator[Hit]:
    set_by_power = {b.word("sets") for b in deal.of_kind("power")}
    for block in deal.blocks:
        if block.kind == "scenario":
            continue
        for key in _TIME_KEYS:
            marker = _gap(deal, block, key, set_by_power)
            if marker:
                yield at_block(block, marker, key=key)
                break


def _gap(deal: DealText, block: Block, key: str, known: set[str]) -> str:
    value = block.get(key)
    if isinstance(value, Undefined):
        if block.kind == "phase" and key == "starts":
            return "nothing says when this begins"
        vague = key == "in force" and any(w in value.phrase.casefold() for w in _VAGUE_START)
        return "no instrument, place or power stands behind these words" if vague else ""
    if any(isinstance(a, Instant) and not _has_zone(deal, a) for a in walk(value)):
        return "a time without a time zone"
    loose = sorted(_moments(value) - known)
    return f"no power sets {listed(loose)}" if loose else ""


def _has_zone(deal: DealText, at: Instant) -> bool:
    behind_the_day = at.text[10:]
    has_offset = bool(set("Z+-") & set(behind_the_day))
    return bool(at.zone or header_zone(deal) or has_offset)


def _moments(value: Value | None) -> set[str]:
    items = value.items if isinstance(value, Items) else ()
    return {a.name for i in items for a in i.atoms if isinstance(a, Word)}


RULE = Rule(
    code="L201",
    title="A time without a zone, or a moment that nothing resolves",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("B01", "B02"),
    what="A date or local time is used for a deadline and neither it nor the header names a "
    "zone; or a phase has no start; or a named moment is set by no `power`.",
    why="Karabakh 2020 used Moscow midnight, one in the morning for both sides; Hodeidah said"
    " upon signature and began five days later; Damascus changed its offset between the "
    "two deals of 2016",
    help="time zone: <Area/City>  in the header, or a  power  with  sets: <moment>",
    find=_find,
    bad=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00
    lasts: 72 hours
""",
        zone="",
        prose="The truce lasts 72 hours.",
    ),
    good=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    lasts: 72 hours
""",
        zone="",
        prose="The truce lasts 72 hours.",
    ),
)
