"""Two sides exchanged everywhere, in the text of a deal and in the text of every record."""

from __future__ import annotations

import re

from tests.generated.deals import Deal, read
from tests.generated.ledgers import World
from tests.generated.who import NORTH, SOUTH
from tregua.reports.from_entry import record_of
from tregua.reports.to_entry import body_of

_OTHER = {NORTH: SOUTH, SOUTH: NORTH}
_NAMED = re.compile(f"{NORTH}|{SOUTH}")


def exchanged(text: str) -> str:
    """Exchange the names of the two sides in a text."""
    return _NAMED.sub(lambda match: _OTHER[match[0]], text)


def exchanged_world(world: World) -> World:
    """Exchange the sides in a deal and in every record of its ledger."""
    text = exchanged(world.deal.text)
    records = tuple(record_of(exchanged(body_of(r))) for r in world.records)
    return World(Deal(text, read(text)), records, world.at)
