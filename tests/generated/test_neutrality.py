"""P7 on drawn deals and ledgers: two sides exchanged everywhere exchange the results, no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hypothesis import given

from tests.generated.exchanged import exchanged, exchanged_world
from tests.generated.ledgers import World, worlds
from tests.generated.road import examples, seen
from tregua.bulletin.differences import differences
from tregua.bulletin.to_json import plain

if TYPE_CHECKING:
    from tregua.centre import Picture

# Sentences for people name the sides in the order of their ids; the order is all that may change.
SENTENCES = {"because", "would_change_if", "says", "why", "missing", "open_points", "title"}
DIGEST = "text"  # of the deal by which an answer was judged: the names of the sides are part of it


def results(shown: Picture) -> Any:
    """Return what a picture says, without sentences; what has no order is sorted."""
    return {
        "assessments": without_order(plain(shown.assessments)),
        "status": without_order(plain(shown.status)),
        "actors": without_order([plain((a.incident.id, a.actors)) for a in shown.attributed]),
        "targets": without_order([plain((a.incident.id, a.targets)) for a in shown.attributed]),
    }


def without_order(value: Any) -> Any:
    """Sort every list, leave sentences and the digest of norm and bearer out."""
    if isinstance(value, dict):
        return {
            k: without_order(v)
            for k, v in value.items()
            if k not in SENTENCES and k != DIGEST and not is_digest(k, v)
        }
    if isinstance(value, list):
        return sorted((without_order(v) for v in value), key=repr)
    return shown_value(value)


def shown_value(value: Any) -> Any:
    """Return a number as it is shown, and names that stand together ("a and b") in no order.

    A sum in another order may differ in its last bit.
    """
    if isinstance(value, str) and " and " in value:
        return sorted(re.split(", | and ", value))
    return round(value, 9) if isinstance(value, float) else value


def is_digest(key: str, value: Any) -> bool:
    """Say whether a field holds ids of answers, which are digests of norm and bearer."""
    ids = [value] if isinstance(value, str) else value
    return key in ("id", "assessments", "aid") and all(
        isinstance(i, str) and i.startswith("A-") for i in ids or ()
    )


def back(value: Any) -> Any:
    """Exchange the sides in every text of a value."""
    if isinstance(value, dict):
        return {k: back(v) for k, v in value.items()}
    if isinstance(value, list):
        return sorted((back(v) for v in value), key=repr)
    return exchanged(value) if isinstance(value, str) else value


@examples()
@given(worlds())
def test_exchanging_two_sides_exchanges_the_results(world: World) -> None:
    """P7: answers, reasons, bounds, clocks, gates, dues and findings change sides, nothing else."""
    first, second = results(seen(world)), results(seen(exchanged_world(world)))
    assert [] == list(differences(back(first), second))
