"""A moment that a scenario sets, as the statement that would fix it in the record of a real deal.

``set: D = ...`` · ``approved(terms, by: council) = ...`` · ``signed(terms)`` · ``accepted(x)`` ·
``done(duty)`` · ``opened(gate)`` · ``notified(x)``. Whoever the deal names speaks, all of them at
once; so a scenario shows what the same words in a report would do, and no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.value import Word
from tregua.assessment.adopted import ADOPTED, needed_for
from tregua.assessment.declared import verifiers
from tregua.errors import WrongUse
from tregua.reports.model import Says

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement, Ids, Slot
    from tregua.agreement.value import Call

SETTABLE = (*ADOPTED, "accepted", "done", "opened")


@dataclass(frozen=True, slots=True)
class Fixing:
    """Who says what, about which block, to fix a moment."""

    says: Says
    by: Ids
    about: str


def fixing_of(name: Word | Call, agreement: Agreement, scenario: str) -> Fixing:
    """Return the statement that fixes a moment.

    Raises:
        WrongUse: when the deal lets nobody fix it, or when it follows from other moments.
    """
    fixing = _named(name.name, agreement) if isinstance(name, Word) else _called(name, agreement)
    if fixing is None or not fixing.by:
        raise _nobody(name, scenario)
    return fixing


def _named(name: str, agreement: Agreement) -> Fixing | None:
    power = next((p for p in agreement.powers if p.sets == name), None)
    return None if power is None else Fixing(Says.SETS, _ids(power.holder), power.id)


def _called(call: Call, agreement: Agreement) -> Fixing | None:
    about = next((i.word for i in call.plain()), "")
    if call.name in ADOPTED:
        needed = needed_for(call, agreement)
        return Fixing(needed.says, _ids(needed.by), needed.about)
    if call.name == "accepted":
        who = agreement.anyone(about)
        return None if who is None else Fixing(Says.ACCEPTS, (who.id,), "")
    if call.name == "opened":
        gate = next((g for g in agreement.gates if g.id == about), None)
        return None if gate is None else Fixing(Says.DECIDES, _ids(gate.decided_by), gate.id)
    norm = agreement.norm(about) if call.name == "done" else None
    if norm is None:
        return None
    # Where nobody verifies a duty, those who owe it say so: then it is possible and not certain.
    by = _ids(verifiers(norm, agreement)) or _ids(norm.bearers)
    return Fixing(Says.CERTIFIES, by, norm.id)


def _ids(slot: Slot[Ids]) -> Ids:
    return slot if isinstance(slot, tuple) else ()


def _nobody(name: Word | Call, scenario: str) -> WrongUse:
    if isinstance(name, Word):
        return WrongUse(
            f"scenario {scenario} sets {name.name}, which no power of the deal sets",
            help=f"declare a power with does: set and sets: {name.name}",
        )
    about = next((i.word for i in name.plain()), "")
    if name.name not in SETTABLE:
        return WrongUse(
            f"scenario {scenario} sets {name.name}({about}), which follows from other moments",
            help=f"set what it rests on: one of {', '.join(SETTABLE)}, or a power's moment",
        )
    return WrongUse(
        f"scenario {scenario} sets {name.name}({about}), and the deal names nobody who fixes it",
        help=_HELP[name.name],
    )


_HELP = {
    "signed": "signed by: ...  in the instrument",
    "approved": "approved(INSTRUMENT, by: ...), or  signed by: ...  in the instrument",
    "notified": "notified(X, by: ...)",
    "accepted": "accepted(PARTY)",
    "done": "verified by: ...  in the duty",
    "opened": "decided by: ...  in the gate",
}
