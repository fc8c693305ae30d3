"""Which party answers for whom: a group through what it is part of, and through dated links.

Responsibility flows through ``part of``, ``answers for`` and links of control; an alliance alone
carries none (02, 3.2 and 4.1). How sure a membership is plays no part here: the text is asked, not
the evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import parties

if TYPE_CHECKING:
    from tregua.agreement.block import DealText

ANYBODY = frozenset({"everyone", "controller", "any", "actor", "violator", "all-parties"})
_CARRYING = ("controls", "answers-for")


class Sides:
    """The parties of one deal and everyone whose acts are theirs."""

    def __init__(self, deal: DealText) -> None:
        self.parties = frozenset(parties(deal))
        self.above: dict[str, set[str]] = {}  # whom each belongs to, one step up
        for block in deal.blocks:
            if block.kind == "group":
                self.above.setdefault(block.id, set()).update(block.words("part of"))
            for name in block.words("answers for") if block.kind == "party" else ():
                self.above.setdefault(name, set()).add(block.id)
            if block.kind == "link" and block.word("is") in _CARRYING:
                self.above.setdefault(block.word("to"), set()).add(block.word("from"))

    def of(self, names: frozenset[str]) -> frozenset[str]:
        """Return the parties that the names stand for; ``everyone`` stands for all of them."""
        if names & ANYBODY:
            return self.parties
        reached: set[str] = set()
        fresh = set(names)
        while fresh:
            reached |= fresh
            fresh = {up for name in fresh for up in self.above.get(name, ())} - reached
        return self.parties & reached
