"""A small deal of no real war: two parties, their guarantors, an excluded group, two groups."""

from decimal import Decimal

import pytest

from tregua.agreement.block import DealText
from tregua.agreement.model import Agreement, Who


def who(
    name: str,
    kind: str = "party",
    *,
    of: tuple[str, ...] = (),
    alias: tuple[str, ...] = (),
    certainty: Decimal | None = None,
) -> Who:
    titles = (("en", f"The {name}"),)
    return Who(name, kind, "1", titles, alias, of=of or None, certainty=certainty)


@pytest.fixture(scope="session")
def deal() -> Agreement:
    """Parties a and b, guarantors g of a and h of b, x excluded, groups of b and of either."""
    everybody = (
        who("a", alias=("الشمال", "Northern  Army")),
        who("b"),
        who("g", "guarantor", of=("a",)),
        who("h", "guarantor", of=("b",)),
        who("x", "excluded"),
        who("brigade", "group", of=("b",)),
        who("drifters", "group", of=("a", "b")),
        who("doubtful", "group", of=("b",), certainty=Decimal("0.7")),
    )
    return Agreement(
        id="small",
        title="A small deal",
        zone="UTC",
        zone_is_stated=True,
        effective=None,
        who=everybody,
        grounds=(),
        phases=(),
        clocks=(),
        gates=(),
        norms=(),
        exceptions=(),
        powers=(),
        consequences=(),
        verifications=(),
        declarations=(),
        terms=(),
        act_parents=(),
        model_digest="",
        text=DealText("small.deal.md", (), (), (), (), (), "", ""),
    )
