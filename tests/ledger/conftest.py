"""What the tests of the PostgreSQL store share: entries that are easily found again, a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tregua.ledger.entry import canonical
from tregua.ledger.intake import append
from tregua.ledger.open import open_for_writing

if TYPE_CHECKING:
    from tests.ledger.postgres_server import Server

CANARY = "canary-7f3a"  # in every entry, and in every password


def reports(count: int, size: int = 10) -> list[tuple[str, str, str]]:
    said = [canonical({"n": n, "text": CANARY + "x" * size}) for n in range(count)]
    return [("report", "Side A", body) for body in said]


@pytest.fixture
def address(postgres: Server) -> str:
    """A ledger of five entries in two batches."""
    address = postgres.emptied()
    with open_for_writing(address) as store:
        append(store, reports(3))
        append(store, reports(2))
    return address
