"""What the tests of the read-back share: bundled deals, deals of one clause, whole blocks."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from tregua.agreement.block import Block, DealText, Entry
from tregua.agreement.clause import COMMON, ClauseKind, Key, ValueType
from tregua.agreement.clauses import KINDS
from tregua.agreement.read import read_deal_text
from tregua.agreement.value import Undefined
from tregua.terms.notes import Spot

if TYPE_CHECKING:
    from collections.abc import Callable

LIBRARY = files("tregua.agreement") / "library"
HEAD = """\
---
deal: x
title: "X"
format: tregua-deal/1
time zone: Asia/Damascus
prose: restated
---

## § 1 · One

> [P 1] Something.

"""


@cache
def _bundled(name: str) -> DealText:
    reading = read_deal_text((LIBRARY / f"{name}.deal.md").read_text("utf-8"), file=name)
    assert reading.notes == ()
    return reading.text


@pytest.fixture(scope="session")
def september() -> DealText:
    """The deal of September 2016 as it is bundled."""
    return _bundled("syria-2016-09")


@pytest.fixture(scope="session", params=sorted(f.name for f in LIBRARY.iterdir()))
def library_deal(request: pytest.FixtureRequest) -> DealText:
    """Each deal of the library in turn."""
    return _bundled(request.param.removesuffix(".deal.md"))


@pytest.fixture(scope="session")
def deal_of() -> Callable[..., DealText]:
    """Make a deal that holds these blocks under one clause."""

    def make(*blocks: str) -> DealText:
        fence = "\n".join(blocks)
        return read_deal_text(f"{HEAD}```deal\n{fence}```\n", file="x.deal.md").text

    return make


@pytest.fixture(params=KINDS, ids=lambda kind: kind.kind)
def kind(request: pytest.FixtureRequest) -> ClauseKind:
    """Each kind of block in turn."""
    found: ClauseKind = request.param
    return found


@pytest.fixture
def open_block(kind: ClauseKind) -> Block:
    """A block of the kind in which every key stands and is left open."""
    keys = [k for k in (*kind.keys, *COMMON) if k.type is not ValueType.KEY_TEXT]
    entries = tuple(_open(key, line) for line, key in enumerate(keys, start=2))
    return Block(kind.kind, "x", "X", "1", "text", entries, Spot("x.deal.md", 1))


def _open(key: Key, line: int) -> Entry:
    spot = Spot("x.deal.md", line)
    return Entry(key.name, Undefined("as it says"), "undefined", spot, spot)
