"""What the tests of formatter and JSON form share: the deals, and a small one full of oddities."""

from __future__ import annotations

from pathlib import Path

import pytest

import tregua.agreement

LIBRARY = tuple(sorted((Path(tregua.agreement.__file__).parent / "library").glob("*.deal.md")))
EXAMPLES = ("minsk-memorandum-2014.deal.md", "syria-2016-09.deal.md")

# In form, and with comments, commentary, nested clauses, versions, and blocks outside all clauses.
SMALL = """\
---
deal: valley-2030
title: "Truce of the \\"valley\\""
format: tregua-deal/1
# the header has comments too
time zone: Asia/Damascus   # as agreed
prose: restated
accept: L801 "aid is in another paper"
---

Commentary before anything, with `deal` in it.

# main · Main text

```deal
instrument main "Main text"
    is: statement
    date: 2030-09-01
    held: whole
```

## § 1 · Quiet

> [V 1] Both sides stop,
> and stay where they are.

>  [P 1(b)]   They tell their people.

```deal
# who is bound
party a "Side A"
    # a comment in a block
    is: armed-force
    says: "they stop"
    note: "a \\\\ and a # in quotation marks"
    says: "both"

party b "Side B"
    is: armed-group   # kept
    members: undefined "their people"

zone valley "The valley"
    is: area
    width: 15..20 km

phase truce "Two days"
    starts: D
    lasts: 24 hours 20 minutes

power fix-d "Fixing the first day"
    holder: a, b
    does: set
    sets: D
    at: 2030-09-12T19:00 Asia/Damascus
    within: 1 day
```

### § 1a · Guns

> [M] Guns are silent.

```deal
prohibition attacks "No attacks"
    on: a, b
    must not: attack(weapon: any),
        shelling
    during: truce
    where: valley
    window: 08:00..18:00 every day
    tolerance: 2 per 24 hours
    except: answer
    clause: §1, main §1a
    assumed by drafter: on "the text says: all sides"
    on violation: none

prohibition attacks "No attacks, as amended"
    version: 2
    on: a
    must not: attack
```

## A heading of no clause

```python
party x "not a deal fence"
```

# Checks

```deal
exception answer "Answer within the hour"
    when: prior(attack, on: actor, within: 60 minutes), not(place-in(valley))

scenario quiet "Nobody watched"
    set: D = 2030-09-12T19:00 Asia/Damascus
    covered: everywhere, D .. D + 3 days
    expect: attacks undetermined by a because no-coverage
    given: at D + 10 hours, mortar-fire, by b, against a, in valley, p 0.9
    expect: attacks violated by b
```

The end.
"""


@pytest.fixture(params=LIBRARY, ids=[path.name.removesuffix(".deal.md") for path in LIBRARY])
def library_deal(request: pytest.FixtureRequest) -> Path:
    """Each deal that is bundled."""
    return Path(request.param)


@pytest.fixture(params=EXAMPLES)
def example_deal(request: pytest.FixtureRequest, shared_data: Path) -> Path:
    """Each example deal of the requirements, which stand beside the real data."""
    path = shared_data.parent / "design" / "examples" / str(request.param)
    if not path.is_file():
        pytest.skip(f"the example {request.param} is not beside the real data")
    return path


@pytest.fixture
def small() -> str:
    """A small deal in form, with everything that is easily lost."""
    return SMALL
