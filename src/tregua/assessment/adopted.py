"""When instruments were signed and approved, and when notice was given, as people recorded it.

What a statement must say to fix such a moment, and who must say it:

| moment | the statement | by |
|---|---|---|
| ``signed(i)`` | ``accepts``, about i | all of ``signed by`` |
| ``approved(i, by: x)`` | ``decides``, about i | x |
| ``approved(i)`` | ``decides``, about i | all of ``signed by`` |
| ``notified(p)``, p a power | ``declares``, about p | its holders, in its mode |
| ``notified(n)``, n a norm | ``declares``, about n | one of those who owe it |
| ``notified(z, by: x)`` | ``declares``, about z | x |
| ``notified(z, to: y)``, ``notified(y)`` | ``certifies``, about z (or y) | y, who was told |

1. Each may speak for himself: the moment is the first at which all who are needed have spoken.
2. While some are missing the moment is possible from the first who spoke, and not certain.
3. Where the text names nobody, a recorded statement makes the moment possible and no more.
4. That somebody was told is certain when he confirms it; whoever says that he gave notice makes it
   possible.
5. The day that stands in the text is the day of signature. A complete record within that day tells
   the hour; one of another day stands beside it, and then the moment is not certain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tregua.agreement.model import Call, Shifted, Undefined
from tregua.agreement.value import Arg, Item, Items, Word
from tregua.assessment.powers import record_ids, speakers, weight_of
from tregua.assessment.readings import expression_of, moment_name, written_day
from tregua.reports.model import Says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.model import Agreement, Ids, Slot, TimeExpr
    from tregua.reports.model import Statement
    from tregua.terms.time import When

ADOPTED = ("signed", "approved", "notified")
_ANYBODY = Undefined("")


@dataclass(frozen=True, slots=True)
class Fixed:
    """A moment as statements fix it.

    Attributes:
        certain: whether all have spoken who are needed.
        differs: whether the text gives another day.
    """

    name: str
    when: When
    records: tuple[str, ...]
    certain: bool
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Needed:
    """What fixes a moment: this kind of statement, about this, by these, in this mode."""

    says: Says
    about: str
    by: Slot[Ids]
    mode: Slot[str]


def adopted_moments(agreement: Agreement, statements: tuple[Statement, ...]) -> tuple[Fixed, ...]:
    """Return the moments of these kinds, as far as they are recorded, sorted by name.

    Asked are those of which the deal speaks, and signature and approval of each instrument.

    Args:
        agreement: the deal.
        statements: those made so far, in time order.
    """
    if not statements:
        return ()
    spoken = [c for e in _expressions(agreement) for c in _calls(e)]
    calls = {moment_name(c): c for c in (*_of_instruments(agreement), *spoken)}
    found = (_fixed(name, calls[name], agreement, statements) for name in sorted(calls))
    return tuple(f for f in found if f is not None)


def needed_for(call: Call, agreement: Agreement) -> Needed:
    """Return the statement that fixes this moment for certain."""
    about = next((i.word for i in call.plain()), "")
    by, to = _who(call, "by", agreement), _who(call, "to", agreement)
    if call.name == "signed":
        return Needed(Says.ACCEPTS, about, signatories(about, agreement), "joint")
    if call.name == "approved":
        return Needed(Says.DECIDES, about, by or signatories(about, agreement), "joint")
    if to or (not by and agreement.anyone(about) is not None):
        return Needed(Says.CERTIFIES, about, to or (about,), "joint")
    if by:
        return Needed(Says.DECLARES, about, by, "joint")
    return Needed(Says.DECLARES, about, *_givers(about, agreement))


def signatories(instrument: str, agreement: Agreement) -> Slot[Ids]:
    """Return the ids of those who signed an instrument; left open where the text is silent."""
    block = agreement.text.block(instrument)
    value = block.get("signed by") if block else None
    if not isinstance(value, Items):
        return _ANYBODY
    return _expanded(value.words(), agreement)


def _fixed(
    name: str, call: Call, agreement: Agreement, statements: tuple[Statement, ...]
) -> Fixed | None:
    needed = needed_for(call, agreement)
    found = _reached(name, needed, agreement, statements)
    if call.name == "signed":
        return _beside(found, written_day(needed.about, agreement))
    if call.name == "notified" and needed.says is Says.CERTIFIES:
        given = Needed(Says.DECLARES, needed.about, _who(call, "by", agreement) or _ANYBODY, "")
        notice = _reached(name, given, agreement, statements)
        if found is None or not found.certain:
            return notice and Fixed(name, notice.when, notice.records, certain=False)
    return found


def _beside(found: Fixed | None, day: When | None) -> Fixed | None:
    """Lay a recorded signature beside the day in the text, which part of a record cannot move."""
    if found is None or day is None:
        return found
    inside = day.start <= found.when.start < day.end
    return replace(found, differs=not inside) if found.certain else None


def _reached(
    name: str, needed: Needed, agreement: Agreement, statements: tuple[Statement, ...]
) -> Fixed | None:
    """Find the first instant at which enough of them have spoken, else at which any of them has."""
    made = [s for s in statements if s.says is needed.says and s.about == needed.about]
    made.sort(key=lambda s: (fixed_at(s), s.origin.id))
    possible: Fixed | None = None
    for last, statement in enumerate(made, 1):
        so_far = tuple(made[:last])
        weight = weight_of(needed.by, needed.mode, speakers(so_far, agreement))
        if weight.certain:
            return Fixed(name, fixed_at(statement), record_ids(so_far), certain=True)
        if weight.possible and possible is None:
            possible = Fixed(name, fixed_at(statement), record_ids(so_far), certain=False)
    return possible


def fixed_at(statement: Statement) -> When:
    """Return the moment that a statement fixes: the one it names, else its own."""
    return statement.at or statement.when


def _givers(about: str, agreement: Agreement) -> tuple[Slot[Ids], Slot[str]]:
    """Return who gives notice of something: the holders of a power, one of a norm's bearers."""
    power = next((p for p in agreement.powers if p.id == about), None)
    if power is not None:
        return power.holder, power.mode
    norm = agreement.norm(about)
    return (_ANYBODY, "") if norm is None else (norm.bearers, "either")


def _who(call: Call, role: str, agreement: Agreement) -> Ids:
    item = call.arg(role)
    return _expanded((item.word,), agreement) if item is not None else ()


def _expanded(names: Ids, agreement: Agreement) -> Ids:
    parties = tuple(p.id for p in agreement.parties)
    return tuple(sorted({n for name in names for n in _meant(name, parties)}))


def _meant(name: str, parties: Ids) -> Ids:
    return parties if name == "all-parties" else (name,)


# --- where a deal speaks of moments


def _of_instruments(agreement: Agreement) -> Iterator[Call]:
    for block in agreement.text.of_kind("instrument"):
        about = Arg("", Item((Word(block.id),)))
        yield from (Call("signed", (about,)), Call("approved", (about,)))


def _expressions(agreement: Agreement) -> Iterator[object]:
    yield agreement.effective
    for phase in agreement.phases:
        yield from (phase.starts, phase.ends)
    for declaration in agreement.declarations:
        yield from (declaration.starts, declaration.ends)
    yield from (clock.starts for clock in agreement.clocks)
    yield from (gate.latest for gate in agreement.gates)
    yield from (norm.deadline for norm in agreement.norms)
    yield from (power.at for power in agreement.powers)


def _calls(expression: object) -> Iterator[Call]:
    """Yield the calls in a moment that this file answers, at any depth."""
    if isinstance(expression, Shifted):
        yield from _calls(expression.base)
    elif isinstance(expression, Call) and expression.name in ADOPTED:
        yield expression
    elif isinstance(expression, Call):
        inner: list[TimeExpr | None] = [expression_of(i) for i in expression.plain()]
        for one in inner:
            yield from _calls(one)
