"""Conditions of a deal, three-valued: the closed list of 02, 2.4.

Clocks, gates and consequences share them. A condition is asked of a stretch of time: a clock asks
about each of its days, a gate or a consequence about everything up to a moment. Conditions about a
single act (``prior``, ``target-in``, ``place-in``, ``authorised``, ``tried``, ``notified``) are
answered where that act is assessed; asked of the deal as a whole they cannot be said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.model import Amount, Call, Compare
from tregua.agreement.value import Op, Word
from tregua.status.asked import first_word
from tregua.status.norm_conditions import kept, violation
from tregua.status.recorded import declared, finding, judged, requested
from tregua.status.standing import compared, done, in_force, open_gate
from tregua.status.truth import Truth, all_of, any_of, negated

if TYPE_CHECKING:
    from collections.abc import Callable

    from tregua.agreement.model import Condition
    from tregua.agreement.value import Item
    from tregua.status.asked import Asked

LOGIC = ("not", "any", "all")


def holds(condition: Condition, asked: Asked) -> Truth:
    """Say whether the condition holds of what is asked."""
    if isinstance(condition, Compare):
        return compared(condition, asked)
    if condition.name in LOGIC:
        return _joined(condition, asked)
    answer = _ANSWERS.get(condition.name)
    return _of_an_act(condition) if answer is None else answer(condition, asked)


def norms_in(conditions: tuple[Condition, ...], *names: str) -> tuple[str, ...]:
    """Return the norms that the conditions speak about, in conditions of these names, sorted."""
    named = set()
    for condition in conditions:
        if not isinstance(condition, Call):
            continue
        if condition.name in names:
            named.add(first_word(condition))
        named.update(norms_in(_nested(condition), *names))
    return tuple(sorted(named - {""}))


def clocks_in(conditions: tuple[Condition, ...]) -> tuple[str, ...]:
    """Return the clocks whose length the conditions compare, sorted."""
    named = {c.clock for c in conditions if isinstance(c, Compare)}
    for condition in conditions:
        if isinstance(condition, Call):
            named.update(clocks_in(_nested(condition)))
    return tuple(sorted(named))


def _joined(call: Call, asked: Asked) -> Truth:
    truths = [holds(c, asked) for c in _nested(call)]
    if call.name == "any":
        return any_of(truths)
    return negated(all_of(truths)) if call.name == "not" else all_of(truths)


def _nested(call: Call) -> tuple[Condition, ...]:
    if call.name not in LOGIC:
        return ()
    return tuple(c for item in call.plain() if (c := _condition(item)) is not None)


def _condition(item: Item) -> Condition | None:
    match item.atoms:
        case (Call() as call,):
            return call
        case (Word(name), Op(sign), Amount() as amount):
            return Compare(name, sign, amount)
    return None


def _of_an_act(call: Call) -> Truth:
    says = (
        f"{call.name}({first_word(call)}) speaks about a single act; of the deal it cannot be said"
    )
    return Truth(None, "trigger", (says,))


_ANSWERS: dict[str, Callable[[Call, Asked], Truth]] = {
    "declared": declared,
    "done": done,
    "finding": finding,
    "in-force": in_force,
    "judged": judged,
    "kept": kept,
    "open": open_gate,
    "request": requested,
    "violation": violation,
}
