"""The door of the room: who did it, as must and may, with shares for display.

Rules (an office counts once; a camp is a set of ids, see ``camps.py`` and ``voices.py``):

1. ``unknown`` may always have done it, unless somebody else must. It itself is never a *must*.
2. Whoever any record allows may have done it, unless somebody else must. A record that names only
   the sides that were fighting allows both of them, a third party and ``unknown``.
3. One author **must** have done it in three cases only, and never by a record of kind 2:

   a. the records that a case takes as certain name him alone;
   b. an office of his own camp names him alone; every office that names anybody names him alone;
      nobody of his camp denies;
   c. every office that names anybody names him alone; there are two of them at least, of which one
      is known to speak for no side, or two speak for camps that share nobody; nobody of his camp
      denies.

4. Records that a case takes as certain bind b and c: nobody is a must whom they do not allow.
5. It is contested when two offices name authors of whom none is the same, or when somebody of the
   camp of a named author denies.
6. It certainly happened (``happened_must``) when a certain record says so; or when the accused camp
   admits it, or two offices tell of it as in c. But not when every stated number of dead has low
   and best zero and an open or higher end: then the source itself allows that there was nothing.
7. Whom it hit is weighed by the same rules, from the targets that the records name.

Shares are a first honest weighing and come from votes: an admission 3, an office known to speak for
no side 2, any other 1; split evenly over those whom it allows. ``unknown`` has one vote always and
half a vote more for each office that denies. A must has share 1; a may is never 0, and a named may
never 1 (07, 3, holds the model that will replace this). They decide nothing unless the deal states
a standard of proof; ``scale.py`` and ``worlds.py`` lay them out as possible worlds.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from tregua.attribution.camps import Camps
from tregua.attribution.model import UNKNOWN, Attributed, Hypothesis
from tregua.attribution.names import Names
from tregua.attribution.voices import Speech, speeches_on, voices_in, voices_on_target
from tregua.reports.model import Naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tregua.agreement.model import Agreement
    from tregua.attribution.model import Voice
    from tregua.incidents.model import Incident
    from tregua.reports.model import Record
    from tregua.terms.estimate import Estimate

ADMISSION, INDEPENDENT, OTHER, DENIAL = Fraction(3), Fraction(2), Fraction(1), Fraction(1, 2)
TWO = 2


def attribute(
    incidents: tuple[Incident, ...], records: tuple[Record, ...], agreement: Agreement
) -> tuple[Attributed, ...]:
    """Weigh every incident; the order of the incidents is kept."""
    namings = tuple(r for r in records if isinstance(r, Naming))
    names, camps = Names(namings, agreement), Camps(namings, agreement)
    return tuple(_attributed(i, names, camps) for i in incidents)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What is known about one question: who did it, or whom it hit."""

    voices: tuple[Voice, ...]
    allowed: frozenset[str]  # by any record at all
    certain: frozenset[str]  # by the records that are taken as certain; empty when there are none
    camps: Camps

    def denied_by(self, who: str) -> tuple[str, ...]:
        camp = self.camps.camp_of(who)
        return tuple(v.office for v in self.voices if camp & set(v.denies))

    @property
    def accusing(self) -> tuple[Voice, ...]:
        return tuple(v for v in self.voices if v.names and not v.pair_only)


def _attributed(incident: Incident, names: Names, camps: Camps) -> Attributed:
    speeches = speeches_on(incident, names, camps)
    actors = _Evidence(
        voices_in(speeches),
        frozenset(n for s in speeches for n in s.names | s.pair),
        _certain(s.names for s in speeches if s.certain),
        camps,
    )
    targets = _Evidence(
        voices_on_target(speeches),
        frozenset(t for s in speeches for t in s.targets),
        _certain(s.targets for s in speeches if s.certain),
        camps,
    )
    return Attributed(
        incident=incident,
        actors=_distribution(actors),
        targets=_distribution(targets),
        voices=_heard(actors),
        contested=_contested(actors),
        happened_must=_happened(incident, speeches, actors),
        unresolved=tuple(sorted({n for s in speeches for n in s.unresolved})),
    )


def _certain(named: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(n for names in named for n in names)


def _distribution(evidence: _Evidence) -> tuple[Hypothesis, ...]:
    must = _must(evidence)
    shares = _shares(evidence)
    who = [*sorted(evidence.allowed - {UNKNOWN}), UNKNOWN]
    return tuple(
        Hypothesis(
            who=one,
            share=float(shares[one] if must is None else one == must),
            must=one == must,
            may=must in (None, one),
            said_by=tuple(v.office for v in evidence.voices if one in v.names),
            denied_by=evidence.denied_by(one),
        )
        for one in who
    )


def _must(evidence: _Evidence) -> str | None:
    if len(evidence.certain) == 1 and UNKNOWN not in evidence.certain:
        return next(iter(evidence.certain))  # rule 3a
    named = {v.names for v in evidence.accusing}
    if len(named) != 1 or len(only := next(iter(named))) != 1:
        return None
    who = only[0]
    if who == UNKNOWN or evidence.denied_by(who):
        return None
    if evidence.certain and who not in evidence.certain:  # rule 4
        return None
    admitted = any(v.admits for v in evidence.accusing)  # rule 3b
    return who if admitted or _corroborate(evidence.accusing) else None  # rule 3c


def _corroborate(voices: Sequence[Voice]) -> bool:
    if len(voices) < TWO:
        return False
    if any(v.is_independent for v in voices):
        return True
    camps = [set(v.camps) for v in voices if v.camps]
    return any(not (a & b) for a, b in combinations(camps, 2))


def _heard(evidence: _Evidence) -> tuple[Voice, ...]:
    """Return the voices with the share of the votes that each has; none where somebody must."""
    if _must(evidence) is not None:
        return evidence.voices
    total = sum(_votes(evidence).values())
    return tuple(
        replace(v, share=float(_weight(v) / total)) if v.names else v for v in evidence.voices
    )


def _shares(evidence: _Evidence) -> dict[str, Fraction]:
    votes = _votes(evidence)
    total = sum(votes.values())
    return {one: vote / total for one, vote in votes.items()}


def _votes(evidence: _Evidence) -> dict[str, Fraction]:
    votes: dict[str, Fraction] = defaultdict(Fraction)
    votes[UNKNOWN] = OTHER
    for one in evidence.allowed:
        # Allowed only beside an accusation of the same office: half a vote, so that it is never 0.
        votes[one] += 0 if any(one in v.names for v in evidence.voices) else DENIAL
    for voice in evidence.voices:
        votes[UNKNOWN] += DENIAL if voice.denies else 0
        for one in voice.names:
            votes[one] += _weight(voice) / len(voice.names)
    return votes


def _weight(voice: Voice) -> Fraction:
    if voice.pair_only:
        return OTHER
    if voice.admits:
        return ADMISSION
    return INDEPENDENT if voice.is_independent else OTHER


def _contested(evidence: _Evidence) -> bool:
    named = [set(v.names) for v in evidence.accusing]
    apart = any(not (a & b) for a, b in combinations(named, 2))
    return apart or any(evidence.denied_by(one) for names in named for one in names)


def _happened(incident: Incident, speeches: Sequence[Speech], actors: _Evidence) -> bool:
    if incident.certain:
        return True
    if _may_be_nothing([o.harm.killed for o in incident.observations]):
        return False
    telling = {s.standing.office for s in speeches if s.tells}
    return any(v.admits for v in actors.accusing) or _corroborate(
        [v for v in actors.voices if v.office in telling]
    )


def _may_be_nothing(killed: Sequence[Estimate]) -> bool:
    stated = [k for k in killed if k.is_stated]
    return bool(stated) and all(k.low == k.best == 0 and k.most != 0 for k in stated)
