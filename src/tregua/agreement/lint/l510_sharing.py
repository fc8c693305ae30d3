"""L510: a duty to share without a recipient or a marking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.acts import covers
from tregua.agreement.questions import act_tree, acts, listed, names_in
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.agreement.value import Call, Items
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for duty in deal.of_kind("duty"):
        shared = [a for a in acts(duty, "must", "must keep") if _is_sharing(deal, a)]
        gaps = []
        if shared and not duty.has("to") and any(a.arg("to") is None for a in shared):
            gaps.append("to whom")
        if any(not _is_marked(deal, a) for a in shared):
            gaps.append("who may see it")
        if gaps:
            yield at_block(duty, f"not said: {listed(gaps)}", key="to")


def _is_sharing(deal: DealText, act: Call) -> bool:
    tree = act_tree(deal)
    lists = covers("hand-over", act.name, tree) and act.arg("list") is not None
    return lists or covers("share", act.name, tree) or covers("disclose", act.name, tree)


def _is_marked(deal: DealText, act: Call) -> bool:
    named = [deal.block(w) for arg in act.args for w in names_in(Items((arg.item,)))]
    return act.arg("marking") is not None or any(b is not None and b.has("marking") for b in named)


RULE = Rule(
    code="L510",
    title="A duty to share has no recipient or no marking",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("E07", "E15"),
    what="A duty to `share`, `disclose` or `hand-over` a list names nobody in `to`, or neither"
    " the act nor the zone shared says who may see it (`marking`).",
    why="the gap of trust in 2016 was about sharing information with an adversary",
    help="to: <who>, and  marking: parties  on what is shared",
    find=_find,
    bad=miniature(
        """
zone clinics "Clinics"
    is: site
    geometry: "clinics.geojson"

duty tell-clinics "Places of the clinics"
    on: a, b
    must: share(of: clinics)
    within: 24 hours
""",
        prose="The places of clinics are shared within 24 hours.",
    ),
    good=miniature(
        """
actor far-state "Far state"
    is: state

zone clinics "Clinics"
    is: site
    geometry: "clinics.geojson"
    marking: parties

duty tell-clinics "Places of the clinics"
    on: a, b
    must: share(of: clinics)
    to: far-state
    within: 24 hours
""",
        prose="The places of clinics are shared within 24 hours with the far state.",
    ),
)
