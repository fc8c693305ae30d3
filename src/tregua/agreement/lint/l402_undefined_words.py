"""L402: a word that is used and not defined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import listed
from tregua.agreement.rule import Rule, at_block, at_paragraph, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit

_HARD = (
    "offensive operation",
    "offensive action",
    "heavy weapon",
    "military manifestation",
    "foreign fighter",
    "sustained",
    "rapid",
    "satisfied",
)
_MEANING = ("means", "measured as", "decided by")


def _find(deal: DealText) -> Iterator[Hit]:
    for block in deal.blocks:
        if block.kind == "term" and all(block.is_open(k) for k in _MEANING):
            yield at_block(block, "no meaning, no measure, nobody decides", key="means")
        elif block.texts("words not defined"):
            yield at_block(
                block,
                f"not defined: {listed(block.texts('words not defined'))}",
                key="words not defined",
            )
    yield from _in_prose(deal)


def _in_prose(deal: DealText) -> Iterator[Hit]:
    known = _spoken_of(deal)
    seen: set[str] = set()
    for paragraph in deal.paragraphs:
        text = paragraph.text.casefold()
        words = [w for w in _HARD if w in text and w not in known and w not in seen]
        seen.update(words)
        if words:
            yield at_paragraph(paragraph, f"not defined: {listed(words)}")


def _spoken_of(deal: DealText) -> str:
    """Return the words that a term explains or a block lists as not defined, as one text."""
    texts = [t for b in deal.blocks for t in b.texts("words not defined")]
    for term in deal.of_kind("term"):
        texts += [term.id, term.title, *term.texts("says"), *term.texts("aliases")]
    if deal.of_kind("weapons"):
        texts.append("heavy weapon")
    return "\n".join(texts).casefold()


RULE = Rule(
    code="L402",
    title="A word is used and not defined",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("J05",),
    what="A block lists `words not defined`; or the prose uses a known hard word (offensive "
    "operation, heavy weapon, military manifestation, foreign fighter, sustained, rapid, "
    "satisfied) that no `term` explains; or a `term` has neither `means`, `measured as` "
    "nor `decided by`.",
    why="the measures of 2020 and Dayton define an offensive operation; Libya did not say who"
    " is a foreign fighter",
    help='term <word> "..."  with  means: "..."  or  decided by: <body>',
    find=_find,
    bad=miniature(
        """
term fitting "Fitting force"
    means: undefined
    decided by: undefined
""",
        prose="Force stays fitting.",
    ),
    good=miniature(
        """
body observers "Observer mission"
    is: mission
    may: determine

term fitting "Fitting force"
    means: undefined
    decided by: observers
""",
        prose="Force stays fitting.",
    ),
)
