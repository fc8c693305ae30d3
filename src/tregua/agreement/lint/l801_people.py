"""L801: no clause on civilians, detainees, children or women."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import listed, norms, speaks_of
from tregua.agreement.rule import Rule, at_deal, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit

_PEOPLE = (
    ("civilians", ("harm-civilian", "kill-civilian")),
    ("detainees", ("release",)),
    ("children", ("recruit-child", "recruit")),
    ("women", ("harm-civilian", "sexual-violence")),
)


def _find(deal: DealText) -> Iterator[Hit]:
    bound = norms(deal)
    gaps = [who for who, kinds in _PEOPLE if not any(_covers(deal, n, kinds) for n in bound)]
    if gaps:
        yield at_deal(deal, f"nothing on {listed(gaps)}")


def _covers(deal: DealText, norm: Block, kinds: tuple[str, ...]) -> bool:
    """Say whether the norm names one of the kinds itself or a child of it."""
    keys = ("must",) if "release" in kinds else ("must not",)
    return speaks_of(deal, norm, *kinds, keys=keys)


RULE = Rule(
    code="L801",
    title="No clause on civilians, detainees, children or women",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    catalogue=("D09", "D10", "E04"),
    what="No norm forbids harm to civilians, sexual violence or recruitment of children, or "
    "none orders a release of detainees.",
    why="of 463 ceasefire documents 17.5 % speak of aid, 25.5 % of a release of prisoners, "
    "10.6 % of women and 8.9 % of children",
    help="must not: harm-civilian, recruit-child; must: release; or say why not",
    find=_find,
    bad=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
"""
    ),
    good=miniature(
        """
prohibition people "People are spared"
    on: a, b
    must not: attack, harm-civilian, recruit-child

duty detainees "Detainees go home"
    on: a, b
    must: release
"""
    ),
)
