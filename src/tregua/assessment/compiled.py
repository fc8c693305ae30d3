"""A deal compiled for the engine: words of bits for what single rows may concern, made once.

One plain object of arrays and ids: it can be pickled, sent, thrown away and made again. It is a
function of the deal alone; its digest says of which. A word holds 48 rules; the rules of a deal
take as many words as they need.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tregua.agreement.acts import BUILT_IN
from tregua.assessment.evidence import SIDES
from tregua.assessment.mask_tables import compile_masks
from tregua.assessment.masks import RuleTable, Vocabulary
from tregua.assessment.operators.select import NORMS
from tregua.assessment.rules import questions_of
from tregua.assessment.zone_classes import ZoneClasses
from tregua.attribution.model import THIRD_PARTY, UNKNOWN

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement
    from tregua.assessment.mask_tables import Compiled
    from tregua.assessment.masks import RowNorm, Words
    from tregua.assessment.rules import Question

OTHER = "(no word of the deal)"
_KEPT = 8  # deals kept compiled: the versions of one deal, or both sides of a comparison


@dataclass(frozen=True, slots=True, eq=False)
class CompiledDeal:
    """What the engine needs of a deal to say which incident may matter to what.

    Attributes:
        place: rule id -> number of its word, number of its bit.
        times: norm in whose time in force a row must lie, by word and bit; empty when in none.
        words: the words, of at most 48 rules each.
        kinds, actors, targets: the values of the columns; a code is a place in them.
        zones: names of the zones that rules name.
        digest: SHA-256 (hex) over the rules, the vocabularies and the version of the kernel.
    """

    place: dict[str, tuple[int, int]]
    times: tuple[Words, ...]
    words: tuple[Compiled, ...]
    kinds: Vocabulary
    actors: Vocabulary
    targets: Vocabulary
    zones: Words
    digest: str


@lru_cache(maxsize=_KEPT)
def compiled_deal(agreement: Agreement) -> CompiledDeal:
    """Compile a deal. Keeping the result saves time and changes no answer."""
    questions = questions_of(agreement)
    kinds, actors, targets = _vocabularies(questions, agreement)
    zones = tuple(sorted({z for q in questions for z in q.rule.zones}))
    parts = [questions[k : k + NORMS] for k in range(0, len(questions), NORMS)]
    words = tuple(
        compile_masks(_table(part, kinds, actors, targets, agreement), _without_map(zones))
        for part in parts
    )
    return CompiledDeal(
        place={q.rule.id: (w, bit) for w, part in enumerate(parts) for bit, q in enumerate(part)},
        times=tuple(tuple(q.norm for q in part) for part in parts),
        words=words,
        kinds=kinds,
        actors=actors,
        targets=targets,
        zones=zones,
        digest=hashlib.sha256("\n".join(w.digest for w in words).encode()).hexdigest(),
    )


def _table(
    part: tuple[Question, ...],
    kinds: Vocabulary,
    actors: Vocabulary,
    targets: Vocabulary,
    agreement: Agreement,
) -> RuleTable:
    return RuleTable(
        norms=tuple(q.rule for q in part),
        exceptions=(),
        kinds=kinds,
        actors=actors,
        targets=targets,
        weapons=Vocabulary(()),
        parents=agreement.act_parents,
    )


def _without_map(zones: Words) -> ZoneClasses:
    """Return zones by name alone: where a place lies is found for each place of the reports."""
    return ZoneClasses(zones, 0.0, (), (), hashlib.sha256(repr(zones).encode()).hexdigest())


def _vocabularies(
    questions: tuple[Question, ...], agreement: Agreement
) -> tuple[Vocabulary, Vocabulary, Vocabulary]:
    rules = [q.rule for q in questions]
    acts = {a for pair in agreement.act_parents for a in pair} | BUILT_IN
    kinds = sorted({*acts, *_listed(rules, "kinds")} - {""})
    named = {*_listed(rules, "actors"), *_listed(rules, "targets"), THIRD_PARTY}
    who = sorted({*named, *(w.id for w in agreement.who)} - {UNKNOWN})
    sides = {w.id for w in agreement.of_kind(*SIDES)}
    # Whoever stands on no side (a hospital, a convoy) may have been hit together with one.
    beside = tuple(w for w in who if w not in sides and w != THIRD_PARTY)
    values = (*who, UNKNOWN, OTHER)
    return (
        Vocabulary((*kinds, "", OTHER), ("",)),
        Vocabulary(values, (UNKNOWN,)),
        Vocabulary(values, (UNKNOWN, OTHER, *beside)),
    )


def _listed(rules: list[RowNorm], column: str) -> set[str]:
    return {value for rule in rules for value in getattr(rule, column)}
