"""The same questions put to several deals: who watches, who decides, what follows, by when.

Every answer is computed from the blocks. An answer that names nothing says "not found", because a
deal of which a part is held may say it elsewhere. A key that is undefined counts as not found: the
text leaves it open. No deal is ranked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.questions import checks_of, norms, speaks_of, verifiers, walk
from tregua.agreement.value import Amount, Instant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tregua.agreement.block import Block, DealText

NOT_FOUND = "not found"
_RESTRAINING = ("restrain", "refer", "sanction")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and how the blocks of a deal answer it."""

    asked: str
    answer: Callable[[DealText], str]


@dataclass(frozen=True, slots=True)
class Row:
    """A question with the answer of each deal, in the order in which the deals were given."""

    asked: str
    answers: tuple[str, ...]


def compare(deals: Iterable[DealText]) -> tuple[Row, ...]:
    """Put every question to every deal."""
    every = tuple(deals)
    return tuple(Row(q.asked, tuple(q.answer(deal) for deal in every)) for q in QUESTIONS)


# --- who ----------------------------------------------------------------------------------------


def _parties(deal: DealText) -> str:
    return _listed(b.id for b in deal.of_kind("party"))


def _guarantors(deal: DealText) -> str:
    named = {b.id for b in deal.of_kind("guarantor")}
    owing = {
        who
        for duty in deal.of_kind("duty")
        if speaks_of(deal, duty, *_RESTRAINING)
        for who in named & set(duty.words("on"))
    }
    return f"{len(owing)} of {len(named)}" if named else "no guarantor"


# --- when ---------------------------------------------------------------------------------------


def _start(deal: DealText) -> str:
    phases = deal.of_kind("phase")
    if not any(p.has("starts") for p in phases):
        return NOT_FOUND
    fixed = [a for p in phases for a in walk(p.get("starts")) if isinstance(a, Instant)]
    if not fixed:
        return "with an event"
    return "an hour" if any("T" in a.text for a in fixed) else "a day"


def _end(deal: DealText) -> str:
    phases = deal.of_kind("phase")
    if any(p.has("lasts") or p.has("ends") for p in phases):
        return "fixed"
    return "said to be none" if any(p.says_none("ends") for p in phases) else NOT_FOUND


def _default(deal: DealText) -> str:
    words = [w for p in deal.of_kind("phase") for w in p.words("on expiry")]
    words += [w for p in deal.of_kind("power") for w in p.words("if silent")]
    return _listed(words)


def _dated(deal: DealText) -> str:
    duties = [d for d in deal.of_kind("duty") if d.entry("must") is not None]
    return _part(duties, lambda d: d.has("within") or d.has("deadline") or d.has("every"))


# --- watching and deciding ----------------------------------------------------------------------


def _watching(deal: DealText) -> str:
    named = [w for v in deal.of_kind("verification") for w in v.words("by")]
    return _listed(named or [b.id for b in deal.of_kind("body")])


def _watched(deal: DealText) -> str:
    return _part(norms(deal), lambda norm: bool(verifiers(deal, norm) or checks_of(deal, norm)))


def _reporting(deal: DealText) -> str:
    found = [p for p in deal.of_kind("procedure") if "violation" in p.words("for")]
    return _listed(w for p in found for w in p.words("opened by"))


def _determining(deal: DealText) -> str:
    return _listed(b.id for b in deal.of_kind("body") if "determine" in b.words("may"))


def _rule(deal: DealText) -> str:
    return _listed(w for b in deal.of_kind("body") for w in b.words("decides by"))


def _answering(deal: DealText) -> str:
    atoms = [a for p in deal.of_kind("procedure") for e in p.every("step") for a in walk(e.value)]
    return _listed(str(a) for a in atoms if isinstance(a, Amount))


def _proof(deal: DealText) -> str:
    keys = ("standard", "violated at", "kept at")
    return _listed(v.id for v in deal.of_kind("verification") if any(v.has(k) for k in keys))


def _access(deal: DealText) -> str:
    return _listed(w for v in deal.of_kind("verification") for w in v.words("access"))


def _public(deal: DealText) -> str:
    return _listed(w for v in deal.of_kind("verification") for w in v.words("publishes"))


# --- what follows, and the text itself ----------------------------------------------------------


def _following(deal: DealText) -> str:
    return _part(norms(deal), lambda norm: norm.has("on violation"))


def _disputes(deal: DealText) -> str:
    found = [p.id for p in deal.of_kind("procedure") if "dispute" in p.words("for")]
    return _listed([*found, *_final(deal)])


def _final(deal: DealText) -> list[str]:
    return [b.id for b in deal.of_kind("body") if b.word("final on meaning") == "yes"]


def _powers(*does: str) -> Callable[[DealText], str]:
    def answer(deal: DealText) -> str:
        return _listed(p.id for p in deal.of_kind("power") if set(does) & set(p.words("does")))

    return answer


def _hidden(deal: DealText) -> str:
    found = deal.of_kind("instrument")
    return _listed(b.id for b in found if b.word("publicity") in ("unpublished", "leaked"))


def _listed(found: Iterable[str]) -> str:
    return ", ".join(sorted(set(found))) or NOT_FOUND


def _part(blocks: Iterable[Block], meets: Callable[[Block], bool]) -> str:
    every = tuple(blocks)
    return f"{sum(meets(b) for b in every)} of {len(every)}"


QUESTIONS = (
    Question("Parties", _parties),
    Question("Guarantors that owe a duty to restrain", _guarantors),
    Question("Begins with", _start),
    Question("End", _end),
    Question("If nobody decides", _default),
    Question("Duties with a time", _dated),
    Question("Who watches", _watching),
    Question("Norms that somebody checks", _watched),
    Question("Access of those who watch", _access),
    Question("Who may report a violation", _reporting),
    Question("Who determines a violation", _determining),
    Question("How a body decides", _rule),
    Question("Time to answer or decide", _answering),
    Question("Standard of proof", _proof),
    Question("Norms with a consequence", _following),
    Question("Disputes and meaning", _disputes),
    Question("Who may amend", _powers("amend")),
    Question("Who may end it", _powers("terminate", "end")),
    Question("Told to the public", _public),
    Question("Parts that are not public", _hidden),
)
