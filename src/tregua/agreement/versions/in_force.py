"""Which version of each block holds at a moment, and the deal as it stands then.

1. A block holds from ``valid from``, else from the beginning of the instrument that made it
   (``made by``, else the instrument it stands in), until ``valid until`` or that instrument's end.
2. What only names somebody, something or a word holds throughout, unless its own keys say
   otherwise: a person does not cease to exist because a paper does.
3. Of several versions the highest that has begun holds. It stands aside when the instrument of the
   version before prevails over its own, or when a unilateral declaration made it.
4. A later version whose beginning nobody has fixed (``valid from: D``, D unknown) replaces nothing.
5. ``valid until`` ends a block; an earlier version does not come back.
6. A party owes nothing before its ``accepted``; one over which a power to accede stands
   (``does: accede``, ``over: c``), nothing before the record says ``accepted(c)``.
7. Names resolve to what holds then; names that do not hold leave every list (``left_out.py``).

Without a moment everything written has begun, and only what was replaced or superseded has ended:
the newest text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from tregua.agreement.clause import PLACES, WHO
from tregua.agreement.read import Reading
from tregua.agreement.reading.build import build, version_of
from tregua.agreement.versions.instruments import Instruments
from tregua.agreement.versions.left_out import bound_only, without
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.model import Agreement
    from tregua.agreement.reading.calendar import Moments

NAMING = (*WHO, *PLACES, "instrument", "link", "term", "acts", "weapons", "scenario")


class State(StrEnum):
    """What became of one version of a block at a moment."""

    IN_FORCE = "in force"
    NOT_BEGUN = "not begun"
    BEGINNING_OPEN = "beginning open"
    REPLACED = "replaced"
    ENDED = "ended"
    SET_ASIDE = "set aside"  # the instrument before prevails, or a declaration made it
    OTHER_VARIANT = "other variant"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a block at a moment. Times are UTC; ``None`` where nothing fixes them."""

    block: Block
    made_by: str
    since: datetime | None
    until: datetime | None
    state: State


def deal_at(
    reading: Reading,
    moment: datetime | None = None,
    variant: str = "",
    *,
    known: Moments = (),
) -> Reading:
    """Return the deal as in force at a moment; see `agreement_at`."""
    agreement = agreement_at(reading.agreement, moment, variant, known=known)
    return Reading(agreement.text, agreement, reading.notes)


def agreement_at(
    whole: Agreement,
    moment: datetime | None = None,
    variant: str = "",
    *,
    known: Moments = (),
    ahead: bool = False,
) -> Agreement:
    """Return the deal as in force at a moment.

    The digests of the file stay; the model digest is that of what holds.

    Args:
        whole: the deal with all its versions.
        moment: aware; ``None`` for the newest text.
        variant: id of the instrument to read where variants stand side by side; empty for the base.
        known: moments that the record fixes, by their written names, as ``("D", at)`` or
            ``("accepted(c)", at)``.
        ahead: whether what has not begun, and replaces nothing, is read as well.

    Raises:
        WrongUse: when the variant is none, or the moment has no zone.
    """
    if moment is not None and moment.tzinfo is None:
        raise WrongUse("a moment without a time zone is not a time")
    papers = Instruments(whole.text, variant=variant, known=known)
    versions = _versions(whole.text, papers, moment)
    begun = {v.block.id for v in versions if v.state in (State.IN_FORCE, State.ENDED)}
    blocks = tuple(
        v.block
        for v in versions
        if v.state is State.IN_FORCE
        or (ahead and v.state is State.NOT_BEGUN and v.block.id not in begun)
    )
    text = replace(
        whole.text,
        blocks=_resolved(whole.text, blocks, papers, moment),
        clauses=tuple(c for c in whole.text.clauses if _is_read(papers, c.instrument, moment)),
        paragraphs=tuple(
            p for p in whole.text.paragraphs if _is_read(papers, p.instrument, moment)
        ),
    )
    return replace(build(text), variant=variant)


def changes_in(whole: Agreement, *, known: Moments = ()) -> frozenset[datetime]:
    """Return every instant (UTC) at which another text may begin to hold."""
    papers = Instruments(whole.text, variant=whole.variant, known=known)
    found = [t for v in _versions(whole.text, papers, None) for t in (v.since, v.until)]
    found += [t for i in papers.blocks for t in (papers.starts(i), papers.ends(i))]
    found += [_accepted(p, papers, joins=True) for p in whole.text.of_kind("party")]
    return frozenset(t for t in found if t is not None)


def versions_at(
    deal: DealText, moment: datetime | None = None, variant: str = "", *, known: Moments = ()
) -> tuple[Version, ...]:
    """Return every version of every block with what became of it, in file order; see `deal_at`."""
    return _versions(deal, Instruments(deal, variant=variant, known=known), moment)


# --- versions -----------------------------------------------------------------------------------


def _versions(deal: DealText, papers: Instruments, moment: datetime | None) -> tuple[Version, ...]:
    by_id: dict[str, list[Block]] = {}
    for at, block in enumerate(deal.blocks):
        by_id.setdefault(block.id or f"?{at}", []).append(block)
    settled = [v for blocks in by_id.values() for v in _settled(blocks, papers, moment)]
    return tuple(sorted(settled, key=lambda v: (v.block.spot.line, v.block.spot.column)))


def _version(
    block: Block, papers: Instruments, moment: datetime | None, *, is_first: bool
) -> Version:
    """Return a version by itself: whether it has begun, before others are looked at."""
    made_by = block.word("made by") or block.instrument
    own = block.get("valid from")
    inherits = block.kind not in NAMING
    since = papers.fixed(own)
    if own is None and (inherits or not is_first):
        since = papers.starts(made_by)
    until = papers.fixed(block.get("valid until"))
    ends = papers.ends(made_by) if inherits else None
    until = min((t for t in (until, ends) if t is not None), default=None)
    state = State.IN_FORCE
    if block.kind != "instrument" and papers.is_left_out(made_by):
        state = State.OTHER_VARIANT
    elif moment is not None and since is None and not is_first:
        state = State.BEGINNING_OPEN
    elif moment is not None and since is not None and moment < since:
        state = State.NOT_BEGUN
    return Version(block, made_by, since, until, state)


def _settled(
    blocks: list[Block], papers: Instruments, moment: datetime | None
) -> Iterable[Version]:
    """Yield the versions of one block, of which at most one is in force."""
    held: Version | None = None
    for at, block in enumerate(sorted(blocks, key=version_of)):
        version = _version(block, papers, moment, is_first=at == 0)
        if version.state is not State.IN_FORCE:
            yield version
        elif held is not None and _stands_aside(version, held, papers):
            yield replace(version, state=State.SET_ASIDE)
        else:
            if held is not None:
                yield replace(held, state=State.REPLACED)
            held = version
    if held is not None:
        yield replace(held, state=State.ENDED) if _is_over(held, papers, moment) else held


def _is_over(held: Version, papers: Instruments, moment: datetime | None) -> bool:
    if moment is not None:
        return held.until is not None and held.until <= moment
    return held.block.kind not in NAMING and bool(papers.superseded_by(held.made_by))


def _stands_aside(version: Version, held: Version, papers: Instruments) -> bool:
    if version_of(version.block) == version_of(held.block):
        return True  # declared twice (D004): the first counts
    is_foreign = papers.is_declaration(version.made_by) and version.made_by != held.made_by
    return is_foreign or papers.prevails(held.made_by, version.made_by)


# --- names --------------------------------------------------------------------------------------


def _resolved(
    deal: DealText, blocks: tuple[Block, ...], papers: Instruments, moment: datetime | None
) -> tuple[Block, ...]:
    """Return the blocks with the names that hold; blocks may fall, and others with them."""
    unbound = frozenset(_not_yet_bound(deal, blocks, papers, moment))
    parties = tuple(sorted(b.id for b in blocks if b.kind == "party" and b.id not in unbound))
    every = frozenset(b.id for b in deal.blocks)
    kept = tuple(k for b in blocks if (k := bound_only(b, unbound, parties)) is not None)
    while True:
        gone = every - {b.id for b in kept}
        left = tuple(k for b in kept if (k := without(b, gone)) is not None)
        if len(left) == len(kept):
            return left
        kept = left


def _not_yet_bound(
    deal: DealText, blocks: tuple[Block, ...], papers: Instruments, moment: datetime | None
) -> Iterable[str]:
    if moment is None:
        return
    powers = [b for b in deal.of_kind("power") if b.word("does") == "accede"]
    acceding = {w for p in powers for w in p.words("over")}
    for party in (b for b in blocks if b.kind == "party"):
        accepted = _accepted(party, papers, joins=party.id in acceding)
        if party.id in acceding if accepted is None else moment < accepted:
            yield party.id


def _accepted(party: Block, papers: Instruments, *, joins: bool) -> datetime | None:
    """Return when a party was bound; what the record says counts for one that joins by a power."""
    stated = papers.fixed(party.get("accepted"))
    return papers.known.get(f"accepted({party.id})") if stated is None and joins else stated


# --- what stands around the blocks ---------------------------------------------------------------


def _is_read(papers: Instruments, name: str, moment: datetime | None) -> bool:
    """Say whether the clauses and paragraphs of an instrument are read at the moment."""
    if papers.is_left_out(name):
        return False
    if moment is None:
        return not papers.superseded_by(name)
    starts, ends = papers.starts(name), papers.ends(name)
    return (starts is None or starts <= moment) and (ends is None or moment < ends)
