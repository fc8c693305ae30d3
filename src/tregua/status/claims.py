"""What each side says the state is, side by side and never merged (02, 4.1; case A11).

A declaration that stands in the deal file (a side's own calm) is shown like a claim of that side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.model import Instant, is_open
from tregua.reports.model import Says
from tregua.status.model import Claim
from tregua.status.moment import moments_of
from tregua.status.people import ids_in, ids_of
from tregua.status.wording import listed
from tregua.terms.time import show_time, show_when

if TYPE_CHECKING:
    from tregua.agreement.model import Declaration
    from tregua.reports.model import Statement
    from tregua.status.basis import Basis

ABOUT_STATE = (
    Says.CLAIMS_STATE,
    Says.STARTS,
    Says.EXTENDS,
    Says.SUSPENDS,
    Says.RESUMES,
    Says.ENDS,
    Says.DECLARES,
)


def claims_of(basis: Basis) -> tuple[Claim, ...]:
    """Return the claims about a phase or the deal, sorted by time, claimant and words."""
    made: dict[Claim, set[str]] = {}
    for statement in basis.said(*ABOUT_STATE):
        if _is_about_the_state(statement, basis):
            made.setdefault(_claim(statement, basis), set()).add(statement.origin.id)
    claims = [Claim(c.by, c.claim, c.at, tuple(sorted(ids))) for c, ids in made.items()]
    claims += [c for d in basis.agreement.declarations if (c := _declared(d, basis)) is not None]
    return tuple(sorted(claims, key=lambda c: (c.at, c.by, c.claim, c.records)))


def _is_about_the_state(statement: Statement, basis: Basis) -> bool:
    deal = basis.agreement
    topics = {"", "deal", deal.id}
    topics |= {p.id for p in deal.phases} | {p.id for p in deal.powers}
    topics |= {d.id for d in deal.declarations}
    return statement.says is Says.CLAIMS_STATE or statement.about in topics


def _claim(statement: Statement, basis: Basis) -> Claim:
    by = listed(ids_of(basis.agreement, statement.by)) or statement.origin.reporter
    return Claim(by, _words(statement, basis), statement.when.start, ())


def _words(statement: Statement, basis: Basis) -> str:
    words = statement.claim or f"{statement.says} {_topic(statement.about, basis)}"
    if statement.at is not None and statement.says is Says.EXTENDS:
        words += f", until {show_when(statement.at)}"
    elif statement.at is not None:
        words += f", at {show_when(statement.at)}"
    if statement.quantity is not None:
        words += f", {statement.quantity:g} {statement.unit}".rstrip()
    return words


def _topic(about: str, basis: Basis) -> str:
    """Return what a statement moves: the phases that a power is over, else the id itself."""
    power = next((p for p in basis.agreement.powers if p.id == about), None)
    return listed(power.over if power else ()) or about or basis.agreement.id


def _declared(declaration: Declaration, basis: Basis) -> Claim | None:
    start = next(iter(moments_of(declaration.starts, basis)), None)
    by = listed(ids_in(declaration.by))
    if start is None or start.start > basis.at or not by:
        return None
    end = next(iter(moments_of(declaration.ends, basis)), None)
    zone = _zone_of(declaration, basis)
    until = show_time(end.start, zone) if end is not None else "an end that is not stated"
    words = f"{declaration.title or declaration.id}: {show_time(start.start, zone)} to {until}"
    if declaration.over and not is_open(declaration.relation):
        words += f" ({declaration.relation} {listed(declaration.over)})"
    return Claim(by, words, start.start, ())


def _zone_of(declaration: Declaration, basis: Basis) -> str:
    starts = declaration.starts
    return (starts.zone if isinstance(starts, Instant) else "") or basis.agreement.zone
