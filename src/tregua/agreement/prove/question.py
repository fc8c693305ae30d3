"""What a question of the exhaustive rules is: a lint rule whose notes carry a story.

A question answers with counterexamples. Each has the block it is about, one sentence, and the story
that shows it. A search that was stopped answers with one counterexample of its own kind, which says
that nothing was decided; it is a note of severity info, never a claim.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tregua.agreement.prove.solve import Undecided
from tregua.agreement.reading.build import build
from tregua.agreement.rule import Rule, at_block, at_deal
from tregua.terms.notes import Confidence, Page, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.model import Agreement
    from tregua.agreement.prove.story import Line
    from tregua.agreement.rule import Hit


@dataclass(frozen=True, slots=True)
class Counterexample:
    """One place where the answer is bad, and the story that shows it.

    Attributes:
        on: id of the block; empty for the deal as a whole.
        said: one sentence.
        marker: words under the caret.
        story: dated sentences, in order; empty when nothing was decided.
        key: the key of the block at which the caret points, if it stands there.
        undecided: why nothing was decided; empty when it was.
    """

    on: str
    said: str
    marker: str
    story: tuple[Line, ...] = ()
    key: str = ""
    undecided: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One exhaustive rule.

    Attributes:
        rule: its page, severity and examples; its ``find`` gives hits with stories.
        look: the question itself.
        settles: whether it decides alone, so that the first form of the same code is not asked.
    """

    rule: Rule
    look: Callable[[Agreement], Iterable[Counterexample]]
    settles: bool

    def ask(self, deal: DealText) -> tuple[Counterexample, ...]:
        """Return every counterexample, in the order in which the question meets them."""
        return tuple(_ask(self.look, deal))

    @property
    def page(self) -> Page:
        """Return the page for ``tregua explain``; an exact form has a page beside the first one."""
        page = self.rule.page()
        code = page.code if page.code in ALONE else f"{page.code}-exact"
        return Page(code, page.title, page.what, page.why, page.help, page.bad, page.good)


ALONE = ("L902", "L903", "L904")  # codes without a first form among the lint rules


def question(
    code: str,
    look: Callable[[Agreement], Iterable[Counterexample]],
    *,
    title: str,
    severity: Severity,
    catalogue: tuple[str, ...],
    what: str,
    why: str,
    help: str,  # noqa: A002 - the word of the page
    bad: str,
    good: str,
    settles: bool = True,
) -> Question:
    """Return a question with the rule that asks it."""
    rule = Rule(
        code=code,
        title=title,
        severity=severity,
        confidence=Confidence.HIGH,
        catalogue=catalogue,
        what=what,
        why=why,
        help=help,
        bad=bad,
        good=good,
        find=lambda deal: (_hit(deal, e) for e in _ask(look, deal)),
        claims_silence=False,
    )
    return Question(rule, look, settles)


def as_rule(rule: Rule, examples: tuple[Counterexample, ...]) -> Rule:
    """Return the rule with an answer that is there already, so that nothing is searched twice."""
    return replace(rule, find=lambda deal: (_hit(deal, e) for e in examples))


def _ask(
    look: Callable[[Agreement], Iterable[Counterexample]], deal: DealText
) -> Iterator[Counterexample]:
    try:
        yield from look(build(deal))
    except Undecided as stopped:
        yield Counterexample("", stopped.why, "", undecided=stopped.why)


def _hit(deal: DealText, example: Counterexample) -> Hit:
    block, said = deal.block(example.on) if example.on else None, example.said
    base = (
        at_deal(deal, example.marker, said=said)
        if block is None
        else at_block(block, example.marker, key=example.key, said=said)
    )
    story = " ".join(f"{line}." for line in example.story)
    return replace(base, story=story, severity=Severity.INFO if example.undecided else None)
