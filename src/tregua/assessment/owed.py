"""Duties through the editions of a deal: which words an instance is judged by.

An instance belongs to the words that held when it was triggered. What was not yet done and not yet
due when other words began is owed by these (an amendment that gives more time gives it to whoever
still owes); what was done, or overdue, stays judged as it was. Where the norm ended instead, what
was not yet due lapses. While the record leaves open when the words changed, both are shown, and
neither is certain.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tregua.assessment.duty import duty_assessments
from tregua.assessment.forbid import setting_of
from tregua.assessment.held import holds_at, is_over

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tregua.assessment.model import Assessment
    from tregua.assessment.spells import Spell
    from tregua.assessment.triggers import Trigger


def owed_assessments(spells: tuple[Spell, ...], bearer: str) -> tuple[Assessment, ...]:
    """Return the assessments of a duty for one bearer; ``bearer`` may be empty (undefined)."""
    found: list[Assessment] = []
    owed: frozenset[str] = frozenset()  # instances taken over from the words before
    for spell, later in zip(spells, (*spells[1:], None), strict=True):
        belongs = _belonging(spell, owed)
        answers = duty_assessments(setting_of(numbered(spell)), bearer, belongs)
        owed = frozenset()
        if is_over(spell.held, spell.evidence.at):
            owed = _pending(spell, bearer, belongs)
            same = later is not None and later.words == spell.words
            sure = same or spell.held.sure_end == spell.held.end
            answers = tuple(a for a in answers if not (sure and a.instance in owed))
        found += answers
    return tuple(found)


def numbered(spell: Spell) -> Spell:
    """Return the spell under the number of its words, so that a duty keeps its name."""
    return replace(spell, number=spell.words)


def _belonging(spell: Spell, owed: frozenset[str]) -> Callable[[Trigger], tuple[bool, bool]]:
    def belongs(trigger: Trigger) -> tuple[bool, bool]:
        if trigger.instance in owed:
            return spell.held.sure_start == spell.held.start, True
        return holds_at(trigger.first, trigger.last, spell.held)

    return belongs


def _pending(
    spell: Spell, bearer: str, belongs: Callable[[Trigger], tuple[bool, bool]]
) -> frozenset[str]:
    """Return the instances that were neither done nor overdue when the words ended."""
    setting = setting_of(numbered(spell).seen_at(_end(spell)))
    answers = duty_assessments(setting, bearer, belongs)
    return frozenset(a.instance for a in answers if a.state == "pending")


def _end(spell: Spell) -> datetime:
    end = spell.held.end
    assert end is not None
    return end
