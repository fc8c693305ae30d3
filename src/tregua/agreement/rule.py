"""What a lint rule is: a question to the text of a deal, with the past deal that failed on it.

A rule looks at the text tree only (blocks and prose), never changes it, and knows no other rule.
It answers with hits; ``lint_deal.py`` turns hits into notes, lowers the confidence by what is held
of the text, and applies the ``accept:`` lines. Each rule carries two miniature deals of our own:
the bad one has the gap, the good one has not. They are the pages of ``tregua explain`` and the
test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.terms.notes import Page, Spot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tregua.agreement.block import Block, ClauseHead, DealText, Paragraph
    from tregua.terms.notes import Confidence, Severity


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule found what it looks for.

    Attributes:
        spot: where the caret points.
        marker: words under the caret, specific to this place.
        on: id of the block, or ``§label`` for a clause; empty for the deal as a whole.
        instrument, clause: where in the deal; empty for the deal as a whole.
        block: the block, when there is one; its paragraphs decide the confidence.
        paragraph: the paragraph, when the hit is about prose.
        said: a sentence more specific than the title; empty means the title.
        claims_silence: ``False`` when this hit does not say that the text is silent, although
            its rule usually does; ``None`` leaves it to the rule.
        story: how a bad state comes about, in dated sentences; of the exhaustive rules alone.
        severity: of this hit, when it differs from that of its rule.
        help: what to add here, when it differs from the help of the rule; can be pasted.
    """

    spot: Spot
    marker: str
    on: str = ""
    instrument: str = ""
    clause: str = ""
    block: Block | None = None
    paragraph: Paragraph | None = None
    said: str = ""
    claims_silence: bool | None = None
    story: str = ""
    severity: Severity | None = None
    help: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A lint rule.

    Attributes:
        code: stable, never reused.
        title: what is wrong, in one line.
        severity: error (cannot be assessed or will be disputed), warning (past deals paid for it)
            or info (worth saying once).
        confidence: of the rule itself, before the text marks lower it.
        catalogue: codes of the clause catalogue (02, annex A) that it is about.
        what: when the note is given.
        why: the past deal that shows why it matters.
        help: what to add; can be pasted.
        bad, good: miniature deals, whole files.
        find: the question itself.
        claims_silence: whether a note says "the text does not say"; such notes are one step less
            sure when the text is held in part, and are never given for a paragraph not held.
    """

    code: str
    title: str
    severity: Severity
    confidence: Confidence
    catalogue: tuple[str, ...]
    what: str
    why: str
    help: str
    bad: str
    good: str
    find: Callable[[DealText], Iterable[Hit]]
    claims_silence: bool = True

    def page(self) -> Page:
        """Return the page that ``tregua explain`` shows."""
        return Page(self.code, self.title, self.what, self.why, self.help, self.bad, self.good)


def at_block(block: Block, marker: str, *, key: str = "", said: str = "") -> Hit:
    """Return a hit on a block; the caret is at the key's value, or at the id when it is absent."""
    entry = block.entry(key) if key else None
    return Hit(
        spot=block.spot if entry is None else entry.spot,
        marker=marker,
        on=block.id,
        instrument=block.instrument,
        clause=block.clause,
        block=block,
        said=said,
    )


def at_deal(deal: DealText, marker: str, *, said: str = "") -> Hit:
    """Return a hit on the deal as a whole; the caret is at the header's first line."""
    spot = deal.header[0].key_spot if deal.header else Spot(deal.file)
    return Hit(spot=spot, marker=marker, said=said)


def at_clause(head: ClauseHead, marker: str) -> Hit:
    """Return a hit on a clause heading."""
    return Hit(
        spot=head.spot,
        marker=marker,
        on=f"§{head.label}",
        instrument=head.instrument,
        clause=head.label,
    )


def at_paragraph(paragraph: Paragraph, marker: str) -> Hit:
    """Return a hit on a quoted paragraph."""
    return Hit(
        spot=paragraph.spot,
        marker=marker,
        on=f"§{paragraph.clause}",
        instrument=paragraph.instrument,
        clause=paragraph.clause,
        paragraph=paragraph,
    )


_SIDES = """\
party a "Side A"
    is: armed-force

party b "Side B"
    is: armed-group

"""


def miniature(
    blocks: str,
    *,
    prose: str = "The sides agree on this.",
    zone: str = "Europe/Zurich",
    sides: bool = True,
) -> str:
    """Return a whole deal file of one clause around some blocks, usually with two sides."""
    zone_line = f"time zone: {zone}\n" if zone else ""
    quoted = "\n\n".join(f"> [V 1] {line}" for line in prose.splitlines())
    return (
        "---\n"
        "deal: example\n"
        'title: "Example"\n'
        "format: tregua-deal/1\n"
        f"{zone_line}"
        "authoritative: text\n"
        "prose: restated\n"
        "---\n\n"
        "## § 1 · The clause\n\n"
        f"{quoted}\n\n"
        "```deal\n"
        f"{_SIDES if sides else ''}{blocks.strip()}\n"
        "```\n"
    )
