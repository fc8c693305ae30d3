"""What the ledger's tests share: outside vectors, and entries that are easily found again.

Vectors are read from ``--vectors FOLDER``, else ``$TREGUA_TEST_DATA/tlog-vectors``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tregua.ledger.entry import canonical
from tregua.ledger.intake import append
from tregua.ledger.open import open_for_writing

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledger.postgres_server import Server

Count = Callable[[int, str], None]  # the fixture `count` of the checkout
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


@pytest.fixture
def vectors(request: pytest.FixtureRequest) -> Path:
    given: Path | None = request.config.getoption("--vectors")
    folder = given or request.getfixturevalue("shared_data") / "tlog-vectors"
    if not folder.is_dir():
        pytest.skip(f"the folder {folder.name} of outside vectors is absent")
    return folder


def cases_of(path: Path) -> list[dict[str, Any]]:
    """Return the cases of a file with one JSON value per line."""
    if not path.is_file():
        pytest.skip(f"{path.name} is absent from the vectors")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def json_of(path: Path) -> dict[str, Any]:
    """Return the one JSON object of a file."""
    if not path.is_file():
        pytest.skip(f"{path.name} is absent from the vectors")
    value = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return value
