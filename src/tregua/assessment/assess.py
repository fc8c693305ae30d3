"""The door of the room: norms, incidents and coverage in; assessments out.

For every norm that was in force, every bearer and every instance (deal language, section 4.5):

* ``forbid`` and ``maintain``: one assessment per incident that may be a violation, and one
  ``whole`` for the time in force so far;
* ``achieve``: one assessment per trigger;
* ``allow``: none, a permission cannot be violated;
* a norm that is not in force has no assessment at all.

An amended deal is judged edition by edition: each act by the words that held when it was done, so a
norm whose words changed has one ``whole`` for each of them (``spells.py``).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tregua.assessment.again import incidents_again, owed_again, tolerated_again, whole_again
from tregua.assessment.forbid import matching, setting_of
from tregua.assessment.kept import Kept
from tregua.assessment.rules import bearers_of
from tregua.assessment.spells import joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.assessment.model import Assessment
    from tregua.assessment.spells import Spell


def assess(
    norms: tuple[tuple[Spell, ...], ...], kept: Kept | None = None
) -> tuple[Assessment, ...]:
    """Answer kept, violated or undetermined per norm, bearer and instance.

    The order is that of the norms in the deal, then bearer, then instance (``whole`` last). It does
    not depend on the order of watches, statements or incidents.

    Args:
        norms: each norm in the words that it had, with the evidence (``spells_in``).
        kept: the answers of an earlier picture; what rests on the same is taken over (``kept.py``).
            No answer depends on it.
    """
    memory = kept or Kept()
    return tuple(a for spells in norms for a in _of_norm(spells, memory))


def _of_norm(spells: tuple[Spell, ...], kept: Kept) -> Iterable[Assessment]:
    duties = tuple(s for s in spells if s.norm.shape == "achieve")
    bearers = sorted({b for s in duties for b in _bearers(s)})
    for bearer in bearers:
        owing = tuple(s for s in duties if bearer in _bearers(s))
        yield from owed_again(owing, bearer, kept)
    shut = tuple(s for s in spells if s.norm.shape in ("forbid", "maintain"))
    for bearer in sorted({b for s in shut for b in _bearers(s)}):
        bound = (s for s in shut if bearer in _bearers(s))
        for _, words in groupby(bound, key=lambda s: s.words):
            yield from _forbidden(tuple(words), bearer, kept)


def _forbidden(spells: tuple[Spell, ...], bearer: str, kept: Kept) -> Iterable[Assessment]:
    """Judge a norm of the same words for one bearer; spell by spell, then the whole of them."""
    whole = setting_of(joined(spells))
    if not whole.periods:
        return
    settings = tuple(setting_of(s) for s in spells)
    parts = tuple((s, matching(s)) for s in settings if s.periods)
    found = tuple(a for s, _ in parts for a in incidents_again(s, bearer, kept)) if bearer else ()
    found = tolerated_again(found, whole, bearer, kept)
    yield from found
    yield whole_again(whole, parts, bearer, found, kept)


def _bearers(spell: Spell) -> tuple[str, ...]:
    """Return who owes the norm in these words; somebody without a name when they name nobody."""
    return bearers_of(spell.norm, spell.evidence.agreement) or ("",)
