"""What the tests of the deal reader share: a header that is in order, and a way to read blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tregua.agreement.read import Reading, read_deal_text

if TYPE_CHECKING:
    from collections.abc import Callable

HEADER = """\
---
deal: valley-2030
title: "Truce of the valley"
format: tregua-deal/1
time zone: Asia/Damascus
prose: restated
---
"""

WORLD = """\
## § 1 · Quiet

> [V 1] Both sides stop.

```deal
party a "Side A"
    is: armed-force

party b "Side B"
    is: armed-group

actor agencies "Aid agencies"
    is: un

body council "Joint council"
    is: joint-commission
    members: a 2, b 2

zone valley "The valley"
    is: area

phase truce "Two days"
    starts: D
    lasts: 48 hours

power fix-d "Fixing the first day"
    holder: council
    does: set
    sets: D

prohibition attacks "No attacks"
    on: a, b
    must not: attack(weapon: any)
    during: truce
    where: valley
```
"""


@pytest.fixture
def header() -> str:
    """Return a header without a mistake, 7 lines."""
    return HEADER


@pytest.fixture
def world() -> str:
    """Return a small whole deal without a mistake: two sides, a zone, a phase, a prohibition."""
    return f"{HEADER}\n{WORLD}"


@pytest.fixture
def read() -> Callable[[str], Reading]:
    """Return a function that reads a text as ``valley.deal.md``."""
    return lambda text: read_deal_text(text, file="valley.deal.md")


@pytest.fixture
def read_blocks() -> Callable[[str], Reading]:
    """Return a function that reads blocks in a fence that begins in line 8, after the header."""

    def _read(blocks: str) -> Reading:
        return read_deal_text(f"{HEADER}```deal\n{blocks}\n```\n", file="valley.deal.md")

    return _read
