"""The whole road for a drawn deal and ledger, and how many examples a property is shown."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider
from hypothesis.internal.constants_ast import Constants

from tregua.bulletin.to_json import picture_json
from tregua.centre import KnownAt, Picture, known_in, picture, take_in
from tregua.ledger.signing.desk import new_desk
from tregua.ledger.stores.memory import MemoryStore
from tregua.reports.to_entry import body_of

if TYPE_CHECKING:
    from tests.generated.ledgers import World


class Independent(HypothesisProvider):
    """Draws every example anew, and the same ones whichever other tests are run.

    Hypothesis draws most examples by changing a few parts of the one before, so that a hundred hold
    some fifteen deals; a provider of another name does not. And it draws numbers and words that
    stand in the modules loaded by then, so that examples would change with the tests beside them.
    """

    _local_constants = Constants()


AVAILABLE_PROVIDERS["independent"] = "tests.generated.road.Independent"

# The same examples at every run. TREGUA_EXAMPLES=5000 draws so many, and others at every run.
DESK = new_desk(("PUBLIC",))
_ASKED = os.environ.get("TREGUA_EXAMPLES", "")


def examples(usual: int = 60) -> settings:
    """Return how many examples are drawn: ``usual`` fixed ones, or as many as the caller asks."""
    return settings(
        max_examples=int(_ASKED) if _ASKED else usual,
        derandomize=not _ASKED,
        backend="independent",
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def store_of(world: World) -> MemoryStore:
    """Take the records in, in their order."""
    store = MemoryStore()
    take_in(store, [(r, body_of(r)) for r in world.records], DESK, agreement=world.deal.agreement)
    return store


def seen(world: World, until: KnownAt | None = None) -> Picture:
    """Return where the deal stands, by all of its ledger or by what was known of it."""
    return picture(world.deal.agreement, known_in(store_of(world), until or KnownAt()), at=world.at)


def told(shown: Picture) -> object:
    """Return all that a picture says, without the ledger's own size, root and positions."""
    whole = picture_json(shown)
    return {part: whole[part] for part in ("status", "assessments", "incidents", "records")}
