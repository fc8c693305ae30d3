"""Ledgers for a drawn deal: reports, statements, watches, links, and revisions, as they arrive."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from hypothesis import strategies as st

from tests.generated.deals import DEALS, Deal
from tests.generated.moments import START
from tests.generated.reports import namings, observations, origin
from tests.generated.words import EARLY, beginnings, statements
from tregua.reports.model import Link, Observation, Record, Watch
from tregua.reports.to_entry import body_of
from tregua.terms.place import Place
from tregua.terms.time import Precision, When

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement

Records: TypeAlias = "tuple[Record, ...]"


@st.composite
def watches(draw: st.DrawFn, agreement: Agreement, key: str) -> Watch:
    """Draw a watch: over everything and all the time, or over less, or of few acts, or in part."""
    if draw(st.booleans()):
        return _watch(key, -24, 200, "everywhere")
    first = draw(st.integers(-4, 60))
    place = draw(st.sampled_from(("everywhere", *(g.id for g in agreement.grounds))))
    sees = draw(st.sampled_from(((), ("attack",), ("move-force",))))
    share = draw(st.sampled_from((1.0, 0.7, 0.3)))
    whole = _watch(key, first, first + draw(st.integers(1, 96)), place)
    return replace(whole, sees=sees, share=share)


def _watch(key: str, first: int, last: int, place: str) -> Watch:
    when = When(
        START + timedelta(hours=first), START + timedelta(hours=last), Precision.PERIOD, "UTC"
    )
    return Watch(origin(key, "monitor one", when.end), when, Place(name=place), "patrol")


@st.composite
def echoes(draw: st.DrawFn, agreement: Agreement, first: Observation, key: str) -> Observation:
    """Draw another office's report of the same act: it may name another author, place or time."""
    other = draw(observations(agreement, key))
    parts = st.lists(st.sampled_from(("by", "place", "when", "against")), max_size=1)
    told = {part: getattr(other, part) for part in draw(parts)}
    matter = first.matter or "bridge"
    return replace(first, origin=other.origin, certain=False, matter=matter, **told)


@st.composite
def revisions(draw: st.DrawFn, agreement: Agreement, first: Observation) -> Observation:
    """Draw a later version of a report, under the same id: another act, place, time or author."""
    other = draw(observations(agreement, first.origin.key))
    known = first.origin.known + timedelta(hours=draw(st.integers(0, 40)))
    came = replace(first.origin, known=known)
    field = draw(st.sampled_from(("what", "by", "place", "certain", "when", "matter")))
    return replace(first, origin=came, **{field: getattr(other, field)})


@st.composite
def links(draw: st.DrawFn, records: tuple[Observation, ...]) -> Link:
    """Draw a person's word that two reports are, or are not, of one incident."""
    ids = st.sampled_from([r.origin.id for r in records])
    first, second = draw(st.lists(ids, min_size=2, max_size=2, unique=True))
    came = origin("l", "clerk", START + timedelta(hours=draw(st.integers(1, 99))))
    return Link(came, first, second, draw(st.booleans()), "the same crater")


@st.composite
def ledgers(draw: st.DrawFn, agreement: Agreement, *, watched: bool = True) -> Records:
    """Draw all records of a ledger in the order of their arrival; ``watched``: with watches."""
    acts = tuple(
        draw(observations(agreement, f"o{n}"))
        for n in range(draw(st.sampled_from((0, 2, 4, 5, 6, 7))))
    )
    acts += tuple(
        draw(echoes(agreement, one, f"e{n}"))
        for n, one in enumerate(acts[:3])
        if one.matter and draw(st.booleans())
    )
    said = tuple(draw(statements(agreement, f"s{n}")) for n in range(draw(st.integers(0, 5))))
    looks = tuple(
        draw(watches(agreement, f"w{n}")) for n in range(draw(st.integers(0, 3)) if watched else 0)
    )
    linked = (draw(links(acts)),) if len(acts) > 1 and draw(st.booleans()) else ()
    first = (
        *namings(agreement, EARLY),
        *draw(beginnings(agreement)),
        *acts,
        *said,
        *looks,
        *linked,
    )
    arrived = list(draw(st.permutations(first)))
    for one in acts:
        if draw(st.integers(0, 3)) == 0:
            at = draw(st.integers(arrived.index(one) + 1, len(arrived)))
            arrived.insert(at, draw(revisions(agreement, one)))
    return tuple(arrived)


@dataclass(frozen=True)
class World:
    """A drawn deal with a drawn ledger, and the moment asked about."""

    deal: Deal
    records: Records
    at: datetime

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:  # noqa: FBT001 - Hypothesis calls it
        """Print the text of the deal and the body of every entry, so that a person can read it."""
        records = map(body_of, self.records)
        printer.text("\n".join(("", self.deal.text, *records, f"at {self.at}")))


@st.composite
def worlds(draw: st.DrawFn, *, watched: bool = True) -> World:
    """Draw a deal and a ledger for it."""
    deal = draw(DEALS)
    hours = draw(st.sampled_from((30, 54, 97, 97)))
    records = draw(ledgers(deal.agreement, watched=watched))
    return World(deal, records, START + timedelta(hours=hours))
