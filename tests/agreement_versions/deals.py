"""Small deals for the tests of versions, differences and symmetry."""

from __future__ import annotations

from datetime import UTC, datetime

from tregua.agreement.read import Reading, read_deal_text

HEADER = """\
---
deal: valley-2030
title: "Truce of the valley"
format: tregua-deal/1
time zone: Europe/Zurich
prose: restated
---
"""

SIDES = """\
party a "Side A"
    is: armed-force

party b "Side B"
    is: armed-group
"""


def read(text: str) -> Reading:
    """Read a whole deal; a mistake in it is a mistake of the test."""
    reading = read_deal_text(text, file="valley.deal.md")
    assert not reading.notes, [(n.code, n.said, n.spot.line) for n in reading.notes]
    return reading


def deal(*parts: str, header: str = HEADER) -> Reading:
    """Read a deal of a header and parts, each a heading, quoted paragraphs and a fence."""
    return read("\n".join([header, *parts]))


def fence(*blocks: str) -> str:
    """Return blocks in a deal fence."""
    return "```deal\n" + "\n".join(b.strip() + "\n" for b in blocks) + "```\n"


def clause(*blocks: str, prose: str = "Both sides agree.", label: str = "1") -> str:
    """Return a clause of one paragraph and its blocks."""
    return f"## § {label} · Clause {label}\n\n> [V {label}] {prose}\n\n{fence(*blocks)}"


def plain(*blocks: str, prose: str = "Both sides agree.") -> Reading:
    """Read a deal of one clause with two sides and these blocks."""
    return deal(clause(SIDES, *blocks, prose=prose))


def at(text: str) -> datetime:
    """Return an instant of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
