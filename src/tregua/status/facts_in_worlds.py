"""The facts with the possible worlds of who did it: which incident is a violation in which world.

Only incidents are drawn or written out of which the author decides something. One incident may
concern several norms: who did it is one in each world, so all norms are asked together. Certain
violations, duties, and what a finding has settled are the same in every world.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from tregua.assessment.authors import Split
from tregua.assessment.counted import Suspect, asked_about, counted, counts_surely
from tregua.attribution.worlds import worlds_of
from tregua.status.in_worlds import Did, InWorlds, any_of, bits

if TYPE_CHECKING:
    from tregua.agreement.model import Ids
    from tregua.assessment.model import Assessment
    from tregua.attribution.model import Attributed
    from tregua.attribution.worlds import Truths, Words, Worlds
    from tregua.status.facts import Facts, NormFacts
    from tregua.status.in_worlds import Formula

    ByNorm: TypeAlias = "dict[str, _ByWhom]"


@dataclass(frozen=True, slots=True)
class _ByWhom:
    """The authors by whom an incident surely, and possibly, is a violation of one norm."""

    one: Suspect
    sure: frozenset[str]
    possible: frozenset[str]

    def joined(self, other: _ByWhom) -> _ByWhom:
        """Return by whom it is one, whoever of two owes the norm."""
        return replace(self, sure=self.sure | other.sure, possible=self.possible | other.possible)

    def of(self, who: str) -> tuple[bool, bool]:
        """Say whether it surely, and possibly, is one if he did it."""
        return who in self.sure, who in self.possible


@dataclass(frozen=True, slots=True, eq=False)
class FactsInWorlds:
    """The facts, of which some are told for each world, and the worlds.

    Attributes:
        facts: each open event says in which worlds it is a violation.
        worlds: which offices are believed in each.
        splits: the incidents of which the author decides something, with the classes of those who
            may have done it; by id.
        items: these incidents, as they were judged.
        did: in which worlds each class did it.
    """

    facts: Facts
    worlds: Worlds
    splits: dict[str, Split]
    items: dict[str, Attributed]
    did: dict[Did, Words]

    def truths(self, formula: Formula) -> Truths:
        """Return for each world whether a formula holds in it."""
        return self.worlds.truths(bits(formula, self.did))

    def share(self, formula: Formula) -> float:
        """Return the share of worlds in which a formula holds."""
        return self.worlds.share(bits(formula, self.did))


def facts_in_worlds(facts: Facts, norms: Ids) -> FactsInWorlds | None:
    """Return the facts with their worlds; ``None`` where no author decides anything.

    Args:
        facts: what is known.
        norms: ids of those that are asked about.
    """
    asked = [f for f in facts.norms if f.norm.id in norms]
    answers = {a.id: a for a in facts.basis.assessments}
    open_: dict[str, ByNorm] = {}
    for norm in asked:
        for incident, by_whom in _open_incidents(norm, answers).items():
            open_.setdefault(incident, {})[norm.norm.id] = by_whom
    splits = {i: split for i in sorted(open_) if len((split := _split(open_[i])).classes) > 1}
    if not splits:
        return None
    seed = asked[0].settings[-1].evidence.seed
    worlds = worlds_of((o for split in splits.values() for o in split.offices), seed)
    did = {
        Did(i, k): words
        for i, split in splits.items()
        for k, words in enumerate(split.in_worlds(worlds))
    }
    found = {i: _in_worlds(i, open_[i], split) for i, split in splits.items()}
    told = tuple(_told(f, found) for f in facts.norms)
    items = {i: next(iter(open_[i].values())).one.item for i in splits}
    return FactsInWorlds(replace(facts, norms=told), worlds, splits, items, did)


def _open_incidents(facts: NormFacts, answers: dict[str, Assessment]) -> ByNorm:
    """Return the incidents of which it is open whether they are violations, and by whom."""
    evidence = {s.evidence.agreement.model_digest: s.evidence for s in facts.settings}
    certain = {i for e in facts.events if e.must for i in e.incidents}
    found: ByNorm = {}
    for event in facts.events:
        answer = answers[event.assessment]
        judged = evidence.get(answer.text)
        item = None if judged is None else judged.told(answer.instance)
        if judged is None or item is None or answer.instance in certain:
            continue
        one = Suspect(answer, item, judged)
        by_whom = _by_whom(one, facts)
        held = found.get(answer.instance, by_whom)
        found[answer.instance] = held.joined(by_whom)
    return found


def _by_whom(one: Suspect, facts: NormFacts) -> _ByWhom:
    roots = asked_about(facts.norm, one.answer.bearer, one.evidence)
    surely = counts_surely(one, roots)
    _, _, possibly = counted(one, roots)
    return _ByWhom(one, frozenset() if surely is None else surely.who, possibly.who)


def _split(norms: ByNorm) -> Split:
    """Put together the authors by whom the incident is a violation of the same norms.

    The classes stand in the order of what they violate, the norms in the order of the deal: nobody
    is named first.
    """
    scale = next(iter(norms.values())).one.scale
    classes: dict[tuple[tuple[bool, bool], ...], set[str]] = {}
    for who, _ in scale.owed:
        classes.setdefault(_kind(who, norms), set()).add(who)
    return Split(scale, tuple(frozenset(classes[k]) for k in sorted(classes, reverse=True)))


def _kind(who: str, norms: ByNorm) -> tuple[tuple[bool, bool], ...]:
    return tuple(by_whom.of(who) for by_whom in norms.values())


def _in_worlds(incident: str, norms: ByNorm, split: Split) -> dict[str, InWorlds]:
    """Return for each norm in which worlds the incident is a violation of it."""
    kinds = [(Did(incident, k), _kind(min(of), norms)) for k, of in enumerate(split.classes)]
    return {
        norm: InWorlds(
            any_of(did for did, kind in kinds if kind[n][0]),
            any_of(did for did, kind in kinds if kind[n][1]),
        )
        for n, norm in enumerate(norms)
    }


def _told(facts: NormFacts, found: dict[str, dict[str, InWorlds]]) -> NormFacts:
    """Return the facts of a norm, each open event with the worlds in which it is a violation."""
    events = tuple(
        e
        if e.must or len(e.incidents) != 1
        else replace(e, worlds=found.get(e.incidents[0], {}).get(facts.norm.id))
        for e in facts.events
    )
    return replace(facts, events=events)
