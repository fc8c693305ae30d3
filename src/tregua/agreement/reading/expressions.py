"""Parsed items into moments, conditions and acts; ``None`` when an item is none of these.

The engine uses these too, for what stands inside a call: ``first(start(p) + 8 months, done(d))``
keeps its arguments as items.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tregua.agreement.model import Act, Compare, Condition, Named, Shifted, TimeExpr
from tregua.agreement.value import (
    Amount,
    AmountRange,
    Atom,
    Call,
    ClauseRef,
    Instant,
    Number,
    Op,
    Text,
    TimeOfDay,
    Word,
    ZoneName,
)

if TYPE_CHECKING:
    from tregua.agreement.value import Item

ELAPSED = {"seconds": 1, "minutes": 60, "hours": 3600}  # seconds of each
DAYS = {"days": 1, "weeks": 7}  # calendar days of each
MONTHS = {"months": 1, "years": 12}  # calendar months of each
TIME_UNITS = (*ELAPSED, *DAYS, *MONTHS)
METRES = {"mm": Decimal("0.001"), "m": Decimal(1), "km": Decimal(1000)}
COMPARISONS = (">=", "<=", "=", ">", "<")
_STEP = 2  # a sign and an amount


def time_of(item: Item) -> TimeExpr | None:
    """Return the moment that an item states: an instant, a name or a call, and steps from it."""
    first, *rest = item.atoms
    moment: TimeExpr
    if isinstance(first, Instant | Call):
        moment = first
    elif isinstance(first, Word):
        moment = Named(first.name)
    else:
        return None
    sign = 0
    for atom in rest:
        if isinstance(atom, Op) and atom.sign in "+-" and sign == 0:
            sign = 1 if atom.sign == "+" else -1
        elif isinstance(atom, Amount) and atom.unit in TIME_UNITS and _takes_step(moment, sign):
            # "D + 10 hours 20 minutes": an amount without a sign goes on in the same direction.
            moment = Shifted(moment, sign or _sign_of(moment), atom)
            sign = 0
        else:
            return None
    return moment if sign == 0 else None


def _takes_step(moment: TimeExpr, sign: int) -> bool:
    return sign != 0 or isinstance(moment, Shifted)


def _sign_of(moment: TimeExpr) -> int:
    return moment.sign if isinstance(moment, Shifted) else 1


def condition_of(item: Item) -> Condition | None:
    """Return the condition that an item states: a call, or a clock compared with an amount."""
    match item.atoms:
        case (Call() as call,):
            return call
        case (Word(clock), Op(sign), *amounts) if sign in COMPARISONS and amounts:
            amount = joined_amount(tuple(amounts))
            return None if amount is None else Compare(clock, sign, amount)
    return None


def act_of(item: Item) -> Act | None:
    """Return the act that an item states, with its arguments as they are written."""
    match item.atoms:
        case (Word(name),):
            return Act(name)
        case (Call(name, args),):
            return Act(name, tuple((a.name, shown(a.item)) for a in args))
    return None


def amount_of(item: Item) -> Amount | None:
    """Return a span of one or more amounts as one amount: ``24 hours 20 minutes``."""
    return joined_amount(item.atoms)


def joined_amount(atoms: tuple[Atom, ...]) -> Amount | None:
    """Join amounts of one family of units; elapsed time and calendar steps do not mix."""
    amounts = tuple(a for a in atoms if isinstance(a, Amount))
    if not amounts or len(amounts) != len(atoms):
        return None
    if len(amounts) == 1:
        return amounts[0]
    for family in (ELAPSED, DAYS, MONTHS):
        if all(a.unit in family for a in amounts):
            unit = min((a.unit for a in amounts), key=lambda u: family[u])
            total = sum((a.value * family[a.unit] for a in amounts), Decimal()) / family[unit]
            return Amount(total, unit, cut=(amounts[0].cut[0], amounts[-1].cut[1]))
    return None


def shown(item: Item) -> str:
    """Return an item as it would be written, with one space between its atoms."""
    return " ".join(_shown(atom) for atom in item.atoms)


def _shown(atom: Atom) -> str:
    match atom:
        case Word(name) | ZoneName(name):
            return name
        case Text(text):
            escaped = text.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
        case Number(value):
            return f"{value:f}"
        case Amount():
            return str(atom)
        case AmountRange(low, high):
            return f"{low.value:f}..{high}"
        case Instant(text, zone):
            return f"{text} {zone}".strip()
        case TimeOfDay(hour, minute):
            return f"{hour:02d}:{minute:02d}"
        case ClauseRef(label, instrument):
            return f"{instrument} §{label}".strip()
        case Op(sign):
            return sign
        case Call(name, args):
            inner = (f"{a.name}: {shown(a.item)}" if a.name else shown(a.item) for a in args)
            return f"{name}({', '.join(inner)})"
