"""Whole deals, drawn block by block. The reader accepts every one of them without a note."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.generated import answers
from tests.generated.norms import Frame, norms
from tests.generated.when import clock, gate, times
from tests.generated.where import MAPS, grounds
from tests.generated.who import people
from tregua.agreement.read import read_deal_text

if TYPE_CHECKING:
    from tests.generated.when import Times
    from tregua.agreement.model import Agreement

NAME = "drawn.deal.md"


@dataclass(frozen=True)
class Deal:
    """A drawn deal: its text, and what the reader makes of it."""

    text: str
    agreement: Agreement = field(repr=False)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:  # noqa: FBT001 - for Hypothesis
        """Print the text, so that a person can read it."""
        printer.text(f"\n{self.text}")


@lru_cache(maxsize=64)
def read(text: str) -> Agreement:
    """Read the text of a deal; it must hold no mistake."""
    reading = read_deal_text(text, file=NAME, beside=MAPS)
    assert () == reading.notes, text
    return reading.agreement


@st.composite
def deal_texts(draw: st.DrawFn) -> str:
    """Draw the text of a deal."""
    who, where = draw(people()), draw(grounds())
    when = draw(times(who))
    excused = draw(answers.exceptions(who, where))
    frame = Frame(who, where, when, tuple(excused), "watching", "referral")
    asked = draw(norms(frame))
    ids = tuple(asked)
    assessed = tuple(n for n in ids if n != "passage")
    conditions = (f"kept({assessed[0]}, for: 24 hours)", "calm >= 1 days", "in-force(truce)")
    answering = (
        answers.term(draw),
        *excused.values(),
        *asked.values(),
        answers.verification(draw, assessed),
        answers.consequence(draw, draw(st.sampled_from(assessed))),
    )
    counted = (clock(draw, when.zone, assessed), gate(draw, who, conditions))
    clauses = ((who.text, where.text), (when.text, *counted), answering)
    return _header(draw, when) + "\n".join(_clause(n, c) for n, c in enumerate(clauses, 1))


def _header(draw: st.DrawFn, when: Times) -> str:
    moment = f"2030-10-26T00:00 {when.zone}"
    effective = draw(st.sampled_from((moment, moment, "undefined", "")))
    lines = (
        "deal: drawn",
        'title: "A drawn deal"',
        "format: tregua-deal/1",
        f"effective: {effective}" if effective else "",
        f"time zone: {when.zone}",
        "authoritative: text",
        "prose: restated",
    )
    instrument = 'instrument text "The text"\n    is: statement\n    held: whole\n'
    head = "\n".join(line for line in lines if line)
    return f"---\n{head}\n---\n\n# text · The text\n\n```deal\n{instrument}```\n\n"


def _clause(number: int, blocks: tuple[str, ...]) -> str:
    joined = "\n".join(blocks)
    prose = f"> [V {number}] What paragraph {number} says, in other words."
    return f"## § {number} · Clause {number}\n\n{prose}\n\n```deal\n{joined}```\n"


DEALS = deal_texts().map(lambda text: Deal(text, read(text)))
