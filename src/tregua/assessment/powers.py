"""Who exercised a power, and whether that was enough.

A joint power needs all its holders; ``either``, ``alone`` and ``body`` need one. Where the deal
does not say how several holders act, all of them make it certain and one makes it possible. Whoever
holds no power over a thing makes a claim by speaking about it, never a change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.model import Undefined
from tregua.assessment.names import ids_meant

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement, Ids, Power, Slot
    from tregua.reports.model import Statement

_ONE_IS_ENOUGH = frozenset({"either", "alone", "body"})


@dataclass(frozen=True, slots=True)
class Weight:
    """What a declaration is worth: ``certain`` in every reading, ``possible`` in some."""

    certain: bool
    possible: bool


def weight_of(holders: Slot[Ids], mode: Slot[str], declared: frozenset[str]) -> Weight:
    """Weigh a declaration by ``declared`` against who holds the power and how they act."""
    if not isinstance(holders, tuple):
        # The text names nobody: somebody's word then changes nothing for certain.
        return Weight(certain=False, possible=isinstance(holders, Undefined) and bool(declared))
    spoke = [h in declared for h in holders]
    enough = any(spoke) if mode in _ONE_IS_ENOUGH else all(spoke) and bool(spoke)
    return Weight(certain=enough, possible=any(spoke))


def weight_of_power(powers: tuple[Power, ...], declared: frozenset[str]) -> Weight:
    """Weigh a declaration against several powers, the best of which counts."""
    weights = [weight_of(p.holder, p.mode, declared) for p in powers]
    return Weight(any(w.certain for w in weights), any(w.possible for w in weights))


def powers_over(agreement: Agreement, phase_id: str, *does: str) -> tuple[Power, ...]:
    """Return the powers that do one of these things to a phase."""
    return tuple(p for p in agreement.powers if p.does in does and phase_id in p.over)


def speakers(statements: tuple[Statement, ...], agreement: Agreement) -> frozenset[str]:
    """Return the ids of all who made these statements."""
    return ids_meant((name for s in statements for name in s.by), agreement)


def record_ids(statements: tuple[Statement, ...]) -> tuple[str, ...]:
    """Return the ids of the statements, sorted."""
    return tuple(sorted(s.origin.id for s in statements))
