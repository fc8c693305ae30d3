"""L101: a party without a list of members that is valid on the date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import instant
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for party in deal.of_kind("party"):
        if party.has("members"):
            continue
        if party.is_open("list"):
            yield at_block(party, "nobody can say who belongs to it", key="members")
        elif party.is_open("list as of"):
            yield at_block(party, "a list without its date", key="list")
        elif _is_later(deal, party):
            yield at_block(party, "the list is younger than the deal", key="list as of")


def _is_later(deal: DealText, party: Block) -> bool:
    listed_at = instant(deal, party.get("list as of"))
    begins = instant(deal, deal.head("effective")) or instant(deal, deal.head("declared"))
    return listed_at is not None and begins is not None and listed_at.start >= begins.end


RULE = Rule(
    code="L101",
    title="A party has no list of members that is valid on the date",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("A01", "A02"),
    what="A party has neither `members` nor a `list`, the list has no date, or its date is "
    "later than the start of the deal.",
    why="the text of September 2016 binds all parties to an earlier cessation; on 27 February"
    " 2016 one guarantor held a list of 69 groups, the other counted 17 appeals and 35 "
    "settlements",
    help='members: <groups>, or  list: "..."  with  list as of: <date>',
    find=_find,
    bad=miniature(
        """
party river-groups "Groups of the river"
    is: coalition
    members: undefined "all groups that joined"
""",
        sides=False,
    ),
    good=miniature(
        """
party river-groups "Groups of the river"
    is: coalition
    members: ford-group

group ford-group "Group of the ford"
    is: armed-group
    part of: river-groups
""",
        sides=False,
    ),
)
