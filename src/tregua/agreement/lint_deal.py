"""Linting a deal: every rule is asked, and each hit becomes a note that says how sure it is.

How sure a note is:

1. It starts from the confidence of the rule.
2. The text marks of what it is about lower it: ``P`` one step, ``M`` and ``X`` two steps; the
   weakest mark counts. For a block these are the paragraphs quoted just above it in its clause and
   those of further clauses that it names.
3. A note that says "the text does not say" is one step lower when the instrument is held in part or
   as a summary; for the deal as a whole, when any instrument is, or when a paragraph is not held.
4. No such note is given for a clause with a paragraph marked ``X``: it may stand there.

The note's ``why`` names the past deal and what lowered the confidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.lint import NOT_RUN, RULES
from tregua.agreement.questions import clauses_of, nearest_paragraphs
from tregua.agreement.value import Items
from tregua.terms.notes import Confidence, Note, Severity, by_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.agreement.block import Block, DealText, Entry, Paragraph
    from tregua.agreement.read import Reading
    from tregua.agreement.rule import Hit, Rule
    from tregua.terms.notes import Page

_STEPS = {"V": 0, "P": 1, "M": 2, "X": 2}
_KNOWN_FROM = {
    "P": "known from a paraphrase (one step down)",
    "M": "known from memory (two steps down)",
    "X": "not held (two steps down)",
}
_IN_PART = ("partial", "summary", "none")
_SURE = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)


def lint(reading: Reading, *, rules: tuple[Rule, ...] = RULES) -> tuple[Note, ...]:
    """Return what the rules have to say about a deal that was read, sorted by place.

    Notes about the deal as a whole have an empty ``on`` and stand at the header. Notes that the
    text accepts carry the reason in ``accepted``; they are kept.
    """
    return lint_text(reading.text, rules=rules)


def lint_text(deal: DealText, *, rules: tuple[Rule, ...] = RULES) -> tuple[Note, ...]:
    """Return the notes on a text tree, sorted by place; see `lint`.

    A file without header and blocks is no deal: the reader says so, and no rule is asked.
    """
    if not deal.header and not deal.blocks:
        return ()
    accepted = _acceptances(deal)
    notes = [_note(deal, rule, hit, accepted) for rule in rules for hit in _hits(deal, rule)]
    return by_place(notes)


def pages(rules: tuple[Rule, ...] = RULES) -> tuple[Page, ...]:
    """Return the page of every rule, for ``tregua explain``."""
    return tuple(rule.page() for rule in rules)


# --- summary ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Summary:
    """How many notes there are.

    Attributes:
        errors, warnings, infos: notes that nobody accepted.
        accepted: notes that the text accepts with a reason.
        expert: whether the infos are shown.
        not_run: codes of the rules that were not asked.
    """

    errors: int
    warnings: int
    infos: int
    accepted: int
    expert: bool = False
    not_run: tuple[str, ...] = NOT_RUN

    def __str__(self) -> str:
        hidden = "" if self.expert or not self.infos else " (shown with --expert)"
        counted = (
            f"{_counted(self.errors, 'error')}, {_counted(self.warnings, 'warning')}, "
            f"{self.infos} for experts{hidden}, {self.accepted} accepted; "
        )
        if not self.not_run:
            return f"{counted}every rule was run"
        codes = ", ".join(self.not_run)
        return f"{counted}{len(self.not_run)} rules need exploration and were not run ({codes})"


def summary(
    notes: Iterable[Note], *, expert: bool = False, not_run: tuple[str, ...] = NOT_RUN
) -> Summary:
    """Count notes by severity; accepted ones and those for experts are counted, never dropped."""
    every = tuple(notes)
    open_ones = [n for n in every if not n.accepted]
    errors, warnings, infos = (sum(n.severity is s for n in open_ones) for s in Severity)
    return Summary(errors, warnings, infos, len(every) - len(open_ones), expert, not_run)


def shown(
    notes: Iterable[Note], *, expert: bool = False, everything: bool = False
) -> tuple[Note, ...]:
    """Return the notes to list: infos only with ``expert``, accepted ones with ``everything``."""
    return tuple(
        n
        for n in notes
        if everything or (not n.accepted and (expert or n.severity is not Severity.INFO))
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# --- from a hit to a note -----------------------------------------------------------------------


def _hits(deal: DealText, rule: Rule) -> Iterable[Hit]:
    for hit in rule.find(deal):
        if not (_claims_silence(rule, hit) and _may_stand_unseen(deal, hit)):
            yield hit


def _note(deal: DealText, rule: Rule, hit: Hit, accepted: dict[tuple[str, str], str]) -> Note:
    steps, reasons = _lowered(deal, hit, claims_silence=_claims_silence(rule, hit))
    sure = _SURE[min(_SURE.index(rule.confidence) + steps, len(_SURE) - 1)]
    return Note(
        code=rule.code,
        severity=hit.severity or rule.severity,
        said=hit.said or rule.title,
        spot=hit.spot,
        why="; ".join((rule.why, *reasons, *([f"the story: {hit.story}"] if hit.story else []))),
        help=hit.help or rule.help,
        confidence=sure,
        clause=hit.clause,
        on=hit.on,
        accepted=accepted.get((rule.code, hit.on)) or accepted.get((rule.code, ""), ""),
        marker=hit.marker,
    )


def _claims_silence(rule: Rule, hit: Hit) -> bool:
    return rule.claims_silence if hit.claims_silence is None else hit.claims_silence


def _acceptances(deal: DealText) -> dict[tuple[str, str], str]:
    """Return (code, block id) -> reason; those of the header have an empty id and hold for all."""
    found = dict(_accepted("", [e for e in deal.header if e.key == "accept"]))
    for block in deal.blocks:
        found.update(_accepted(block.id, block.every("accept")))
    return found


def _accepted(on: str, entries: Iterable[Entry]) -> Iterable[tuple[tuple[str, str], str]]:
    for entry in entries:
        if isinstance(entry.value, Items):
            reason = " ".join(entry.value.texts())
            for code in entry.value.words():
                yield (code, on), reason


# --- what is held -------------------------------------------------------------------------------


def _lowered(deal: DealText, hit: Hit, *, claims_silence: bool) -> tuple[int, list[str]]:
    """Return by how many steps a note is less sure, and why, in words."""
    steps, reasons = 0, []
    weakest = max(_about(deal, hit), key=lambda p: (_STEPS[p.mark], p.pointer), default=None)
    if weakest is not None and _STEPS[weakest.mark]:
        steps += _STEPS[weakest.mark]
        reasons.append(f"paragraph {weakest.pointer} is {_KNOWN_FROM[weakest.mark]}")
    if claims_silence and _is_held_in_part(deal, hit):
        steps += 1
        reasons.append("the text is held in part (one step down)")
    return steps, reasons


def _about(deal: DealText, hit: Hit) -> tuple[Paragraph, ...]:
    if hit.paragraph is not None:
        return (hit.paragraph,)
    if hit.block is not None:
        further = clauses_of(hit.block)[1:] if hit.block.clause else clauses_of(hit.block)
        return (*nearest_paragraphs(deal, hit.block), *_quoted(deal, further))
    return _quoted(deal, ((hit.instrument, hit.clause),)) if hit.clause else ()


def _quoted(deal: DealText, places: tuple[tuple[str, str], ...]) -> tuple[Paragraph, ...]:
    return tuple(p for p in deal.paragraphs if (p.instrument, p.clause) in places)


def _may_stand_unseen(deal: DealText, hit: Hit) -> bool:
    """Say whether a paragraph of the clauses concerned is known to exist and not held."""
    places = clauses_of(hit.block) if hit.block is not None else ((hit.instrument, hit.clause),)
    return any(p.mark == "X" for p in _quoted(deal, places) if p.clause)


def _is_held_in_part(deal: DealText, hit: Hit) -> bool:
    blocks = deal.of_kind("instrument")
    if hit.on:
        return any(_in_part(b) for b in blocks if b.id == hit.instrument)
    quoted = {h.id for h in deal.instruments} | {p.instrument for p in deal.paragraphs}
    missing = any(p.mark == "X" for p in deal.paragraphs)
    return missing or any(_in_part(b) for b in blocks if b.id in quoted)


def _in_part(instrument: Block) -> bool:
    return instrument.word("held") in _IN_PART or instrument.says_none("held")
