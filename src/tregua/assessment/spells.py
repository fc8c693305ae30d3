"""Spells of a norm: how long it meant the same, and with which evidence it is judged then.

A deal that was amended has several editions. Each act is judged by the edition that held when it
was done; a norm that an amendment does not touch stays one norm through it (``bearing.py``). Where
only the people changed (a group left, a party joined), the words go on through several spells.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tregua.agreement.versions.bearing import people_in, wording_of
from tregua.agreement.versions.editions import ALWAYS, Edition
from tregua.assessment.evidence import Evidence
from tregua.assessment.operator import Form

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.block import Block
    from tregua.agreement.model import Agreement, Ids, Norm, Slot
    from tregua.agreement.versions.editions import Held
    from tregua.assessment.spans import Moments
    from tregua.attribution.model import Attributed
    from tregua.reports.model import Statement, Watch


@dataclass(frozen=True, slots=True)
class Judged:
    """One edition of the deal, with the incidents and moments as its words have them."""

    edition: Edition
    attributed: tuple[Attributed, ...]
    moments: Moments


def undivided(
    agreement: Agreement, attributed: tuple[Attributed, ...], moments: Moments
) -> tuple[Judged, ...]:
    """Return a deal that was never changed, as one text that held at all times."""
    return (Judged(Edition(agreement, ALWAYS), attributed, moments),)


@dataclass(frozen=True, slots=True)
class Spell:
    """A norm in the words of one edition.

    Attributes:
        norm: in these words.
        held: how long the words held.
        evidence: what it is judged by.
        number: 1 for the first spell of the norm, 2 for the next.
        words: 1 for the first words of the norm, 2 for the next.
    """

    norm: Norm
    held: Held
    evidence: Evidence
    number: int
    words: int

    def seen_at(self, moment: datetime) -> Spell:
        """Return the spell as it was at an earlier moment (UTC)."""
        return replace(self, evidence=self.evidence.seen_at(moment))


def joined(spells: tuple[Spell, ...]) -> Spell:
    """Return spells of the same words as one, seen with the evidence of the last."""
    held = spells[0].held
    for later in spells[1:]:
        held = held.until(later.held)
    return replace(spells[-1], held=held, number=spells[-1].words)


def spells_in(
    judged: tuple[Judged, ...],
    watches: tuple[Watch, ...],
    statements: tuple[Statement, ...],
    *,
    at: datetime,
    seed: bytes,
    form: Form = Form.COLUMNAR,
) -> tuple[tuple[Spell, ...], ...]:
    """Return the spells of each norm, by time; the norms in the order of the file.

    Args:
        judged: the editions that began by ``at``, by time.
        watches: all that are known.
        statements: all that are known.
        at: the moment asked about, UTC.
        seed: root of the ledger's known entries, from which worlds are drawn.
        form: in which operators are asked; no answer depends on it.
    """
    told = (watches, statements)
    evidence = [
        Evidence(j.edition.agreement, j.attributed, *told, j.moments, at=at, seed=seed, form=form)
        for j in judged
    ]
    lines: dict[str, tuple[int, int]] = {}
    for one in judged:
        for block in one.edition.agreement.text.blocks:
            spot = (block.spot.line, block.spot.column)
            lines[block.id] = min(spot, lines.get(block.id, spot))
    norms = {n.id for one in judged for n in one.edition.agreement.norms}
    return tuple(_spells(n, judged, evidence) for n in sorted(norms, key=lambda n: (lines[n], n)))


def _spells(norm: str, judged: tuple[Judged, ...], evidence: list[Evidence]) -> tuple[Spell, ...]:
    found: list[Spell] = []
    before: _Bearing | None = None
    for one, seen in zip(judged, evidence, strict=True):
        deal, held = one.edition.agreement, one.edition.held
        meant = deal.norm(norm)
        if meant is None:
            before = None
            continue
        now = _Bearing(wording_of(norm, deal.text), people_in(deal.text), meant.bearers)
        last = found[-1] if found else None
        words = 1 if last is None else last.words + 1
        if last is not None and before is not None and now.wording == before.wording:
            words = last.words
            if now == before:
                held = found.pop().held.until(held)
        found.append(Spell(meant, held, seen, len(found) + 1, words))
        before = now
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Bearing:
    """What bears on a norm in one edition."""

    wording: tuple[Block, ...]
    people: tuple[Block, ...]
    bearers: Slot[Ids]
