"""All that an answer rests on, as values: what must be the same for it to be taken over.

| answer | of the incidents it sees | and of all else |
|---|---|---|
| one incident | itself; what its conditions say of others | deal, statements, moments |
| a norm over its time | its acts and their answers | these, watches, the moment asked |
| a duty | what may be owed, or a request for it | these, watches, the moment asked |

What a condition says of other incidents (a prior act, a notice) is always asked anew, and is itself
what the answer rests on. What is not told apart stands here whole: a new statement asks all again.
Of the moment asked about, an incident's answer knows only three things: whether the incident lies
before it, whether late reports are still expected, and whether the norm is in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from tregua.agreement.model import Call
from tregua.assessment.candidates import candidates
from tregua.assessment.conditions import Question, condition_element, plain_words
from tregua.assessment.evidence import edges
from tregua.assessment.forbid import state_of
from tregua.assessment.kept import Themselves
from tregua.assessment.made import is_provisional
from tregua.assessment.rules import owed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tregua.agreement.model import Condition, Norm
    from tregua.assessment.element import Element
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.forbid import Setting
    from tregua.assessment.kept import Kept
    from tregua.assessment.model import Assessment
    from tregua.assessment.probability import Part
    from tregua.assessment.spells import Spell
    from tregua.attribution.model import Attributed

Values: TypeAlias = tuple[Any, ...]

_LOGIC = frozenset({"not", "any", "all"})
# Conditions that look at the incident, the statements, the moments and the deal, at nothing else.
_ALONE = frozenset(
    {
        "target-in",
        "place-in",
        "authorised",
        "tried",
        "declared",
        "finding",
        "done",
        "open",
        "in-force",
        "request",
    }
)


def ground(setting: Setting, bearer: str, kept: Kept) -> Values:
    """Return what is the same for all answers about a norm and a bearer, except the incidents."""
    evidence = setting.evidence
    values = (
        evidence.agreement,
        evidence.cached(("statements themselves",), lambda: Themselves(evidence.statements)),
        evidence.moments,
        setting.norm,
        setting.periods,
        setting.standard,
        setting.shown,
        setting.held,
        setting.number,
    )
    return kept.same((setting.norm.id, bearer, setting.number, setting.held), values)


def of_incident(
    on: Values, setting: Setting, item: Attributed, bearer: str, _last: Assessment | None = None
) -> Values:
    """Return what the answer about one incident rests on, whatever the last one was."""
    evidence, when = setting.evidence, item.incident.when
    return (
        on,
        Themselves((item,)),
        edges(when)[1] <= evidence.at,
        is_provisional(setting.norm, when.end, evidence),
        state_of(setting),
        tuple(_beside(setting.norm, item, bearer, evidence)),
    )


def of_whole(
    on: Values, setting: Setting, parts: Iterable[Part], found: tuple[Assessment, ...]
) -> Values:
    """Return what the answer about a norm over its time rests on, but for the seed of worlds."""
    seen = tuple((s.periods, s.held, s.evidence.agreement, Themselves(items)) for s, items in parts)
    return (on, setting.evidence.at, Themselves(setting.evidence.watches), seen, Themselves(found))


def seed_of(setting: Setting, answer: Assessment) -> bytes:
    """Return the seed from which the worlds of an answer were drawn; empty where none was drawn."""
    return setting.evidence.seed if answer.p.drawn else b""


def of_duty(on: Values, spells: tuple[Spell, ...], bearer: str) -> Values:
    """Return what the answers about a duty rest on, but for the incidents of their records."""
    return (on, tuple(_of_spell(s, bearer) for s in spells))


def standing(spells: tuple[Spell, ...], found: tuple[Assessment, ...]) -> Values:
    """Return in which incidents the records of the answers stand."""
    return tuple(s.evidence.incidents_of(frozenset(a.records)) for s in spells for a in found)


def _of_spell(spell: Spell, bearer: str) -> Values:
    evidence, norm = spell.evidence, spell.norm
    acts = [candidates(owed(norm, bearer, n), evidence) for n in range(len(norm.acts))]
    conditions = norm.trigger if isinstance(norm.trigger, tuple) else ()
    # A request may be an incident of any kind: then all of them are looked at.
    asked = any(isinstance(c, Call) and c.name == "request" for c in conditions)
    seen = (*acts, evidence.that_may_be(norm.acts), evidence.items if asked else ())
    told = (spell.held, spell.words, evidence.at, Themselves(evidence.watches))
    return (*told, *(Themselves(items) for items in seen))


def _beside(norm: Norm, item: Attributed, bearer: str, evidence: Evidence) -> Iterator[Element]:
    """Yield what the conditions of a norm say of one incident by looking at others."""
    for exception in evidence.agreement.exceptions:
        if exception.id in norm.exceptions and isinstance(exception.when, tuple):
            question = Question(item, bearer, exception.decided_by, evidence)
            yield from _of_others(exception.when, question)
    if isinstance(norm.trigger, tuple):
        yield from _of_others(norm.trigger, Question(item, "", None, evidence))


def _of_others(conditions: Iterable[Condition], question: Question) -> Iterator[Element]:
    """Yield each condition that is not known to look at nothing but its own incident."""
    for condition in conditions:
        if not isinstance(condition, Call) or condition.name in _ALONE:
            continue  # how far a clock has run is never known here
        if condition.name in _LOGIC:
            inner = (i.only for i in condition.plain())
            yield from _of_others([c for c in inner if isinstance(c, Call)], question)
        elif condition.name == "judged":
            words = plain_words(condition)[:1]
            terms = (t for t in question.evidence.agreement.terms if t.id in words)
            for term in terms:
                if isinstance(term.measured_as, tuple):
                    yield from _of_others(term.measured_as, question)
        else:
            yield condition_element(condition, question)
