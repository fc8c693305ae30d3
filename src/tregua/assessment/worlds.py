"""The share of possible worlds in which some incident counts: any of several, whoever is believed.

Given which offices are believed (``attribution/worlds.py``), incidents are independent of each
other: what is left of each is its own chance where the world leaves it open. Therefore

1. incidents that share no office are counted apart, and the chances that none counts multiplied;
2. of those that hang together it is said for each world, in bits, which of the things told alone is
   believed; the chance that none counts is a product over the incidents, then a mean over worlds.

Only elementwise arithmetic and sums that round once are used, so that the number is the same on
every machine. It is rounded to twelve digits: the order of a multiplication never shows in it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

import numpy as np

from tregua.attribution.worlds import unpacked, worlds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.assessment.counted import Counted
    from tregua.attribution.scale import Office
    from tregua.attribution.worlds import Shares, Words, Worlds

DIGITS = 12


@dataclass(frozen=True, slots=True)
class _Form:
    """What of an incident decides its chance to count; incidents of one form are computed once.

    Attributes:
        tellings: the offices behind each thing told, and the chance to count if it is so.
        open_: the chance to count where the world leaves the incident open.
    """

    tellings: tuple[tuple[tuple[Office, ...], float], ...]
    open_: float


def share_of_worlds(cases: Sequence[Counted], head: bytes) -> tuple[float, int]:
    """Return the share of worlds in which any incident counts, and how many worlds were drawn.

    No world is drawn (0) where all of them could be written out: then the share is exact.
    """
    none, drawn = 1.0, 0
    for part in _hanging_together(cases):
        worlds = worlds_of((o for case in part for o in case.scale.offices), head)
        none *= worlds.mean(_none_counts(part, worlds))
        drawn = max(drawn, worlds.drawn)
    return round(min(1.0, max(0.0, 1 - none)), DIGITS), drawn


def _hanging_together(cases: Sequence[Counted]) -> list[list[Counted]]:
    """Return the incidents in groups that share no office; those of whom nobody speaks are one."""
    joined: dict[str, str] = {}
    for case in cases:
        firsts = sorted({_first(office, joined) for office, _ in case.scale.offices})
        joined.update(dict.fromkeys(firsts, firsts[0]) if firsts else {})
    groups: dict[str, list[Counted]] = {}
    for case in sorted(cases, key=lambda c: c.scale.incident):
        offices = case.scale.offices
        groups.setdefault(_first(offices[0][0], joined) if offices else "", []).append(case)
    return list(groups.values())


def _first(office: str, joined: dict[str, str]) -> str:
    """Return the office that stands for all that hang together with this one."""
    while joined.setdefault(office, office) != office:
        joined[office] = joined[joined[office]]
        office = joined[office]
    return office


def _none_counts(cases: list[Counted], worlds: Worlds) -> Shares:
    """Return for each world the chance that none of the incidents counts."""
    none = np.ones(worlds.size)
    for form, times in Counter(map(_form, cases)).items():
        none = none * _power(1 - _chance(form, worlds), times)
    return none


def _form(case: Counted) -> _Form:
    tellings = tuple(
        (t.offices, sum(n in case.who for n in t.names) / len(t.names)) for t in case.scale.tellings
    )
    return _Form(tellings, min(1.0, fsum(c for who, c in case.scale.owed if who in case.who)))


def _chance(form: _Form, worlds: Worlds) -> Shares:
    """Return the chance to count in each world: by what alone is believed, or as it stays open."""
    heard = [(_any_believed(offices, worlds), chance) for offices, chance in form.tellings]
    chances = np.full(worlds.size, form.open_)
    for k, (here, chance) in enumerate(heard):
        alone = here.copy()
        for other, _ in heard[:k] + heard[k + 1 :]:
            alone &= ~other
        chances[unpacked(alone)[: worlds.size]] = chance
    return chances


def _any_believed(offices: tuple[Office, ...], worlds: Worlds) -> Words:
    words = worlds.believed[offices[0]].copy()
    for office in offices[1:]:
        words |= worlds.believed[office]
    return words


def _power(base: Shares, times: int) -> Shares:
    """Multiply by itself; the library's power may round otherwise on another machine."""
    result = np.ones(len(base))
    while times:
        if times & 1:
            result = result * base
        base = base * base
        times >>= 1
    return result
