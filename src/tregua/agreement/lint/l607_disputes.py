"""L607: no path for disputes, no final interpreter, no language of authority."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.rule import Rule, at_deal, miniature
from tregua.agreement.value import Items
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    gaps = []
    if not any("dispute" in p.words("for") for p in deal.of_kind("procedure")):
        gaps.append("no procedure for a dispute")
    if not any(b.word("final on meaning") == "yes" for b in deal.of_kind("body")):
        gaps.append("nobody has the last word on meaning")
        languages = _languages(deal)
        if len(languages) > 1:
            gaps.append(f"{len(languages)} authentic languages and no rule which governs")
    if gaps:
        yield at_deal(deal, "; ".join(gaps))


def _languages(deal: DealText) -> tuple[str, ...]:
    value = deal.head("languages")
    return value.words() if isinstance(value, Items) else ()


RULE = Rule(
    code="L607",
    title="No path for disputes, no final interpreter or no language of authority",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("H01", "H03"),
    what="No `procedure` is for a dispute, or no body has `final on meaning: yes`.",
    why="two published versions of the text of September 2016 and no rule which governs; Sri "
    "Lanka 2002 named a final interpreter",
    help='procedure settle "..."  with  for: dispute; on a body  final on meaning: yes',
    find=_find,
    bad=miniature(
        """
body council "Joint council"
    is: joint-commission
    members: a, b
"""
    ),
    good=miniature(
        """
body council "Joint council"
    is: joint-commission
    members: a, b
    final on meaning: yes

procedure settle "Disputes"
    for: dispute
    opened by: a, b
    step: determine by council within 5 days
""",
        prose="The council decides disputes within 5 days.",
    ),
)
