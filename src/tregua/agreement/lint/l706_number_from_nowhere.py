"""L706: a number of a block that is neither in its clause nor marked as assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.number_words import numbers_in
from tregua.agreement.questions import assumed_keys, listed, paragraphs_of, walk
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.agreement.value import Amount, AmountRange, Number
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from tregua.agreement.block import Block, DealText, Entry
    from tregua.agreement.rule import Hit
    from tregua.agreement.value import Value

_KINDS = (
    "prohibition",
    "duty",
    "permission",
    "clock",
    "ring",
    "phase",
    "gate",
    "power",
    "quota",
    "exception",
    "consequence",
    "procedure",
    "verification",
    "zone",
    "road",
)
_NOT_FROM_TEXT = ("assumed by drafter", "version", "note", "source", "says", "accept", "clause")


def _find(deal: DealText) -> Iterator[Hit]:
    if not deal.paragraphs:
        return
    for block in deal.of_kind(*_KINDS):
        told = numbers_in(" ".join(p.text for p in paragraphs_of(deal, block)))
        loose = [
            (e.key, a)
            for e in block.entries
            if _is_checked(block, e)
            for a in _amounts(e.value)
            if not _is_told(a, told)
        ]
        if loose:
            shown = listed([_shown(a) for _, a in loose])
            yield at_block(block, f"not in the clause: {shown}", key=loose[0][0])


def _is_checked(block: Block, entry: Entry) -> bool:
    return entry.key not in _NOT_FROM_TEXT and entry.key not in assumed_keys(block)


def _amounts(value: Value) -> list[Amount | Number]:
    found: list[Amount | Number] = []
    for atom in walk(value):
        if isinstance(atom, AmountRange):
            found += [atom.low, atom.high]
        elif isinstance(atom, Amount | Number):
            found.append(atom)
    return found


def _is_told(atom: Amount | Number, told: frozenset[Decimal]) -> bool:
    """Say whether the clause has the number, also as kilometres for metres or as per cent.

    One is always told: a noun in the singular says it ("600 trucks a day").
    """
    if atom.value == 1:
        return True
    same = {atom.value}
    unit = atom.unit if isinstance(atom, Amount) else ""
    if unit == "m":
        same.add(atom.value / 1000)
    if unit == "km":
        same.add(atom.value * 1000)
    if not unit and atom.value < 1:
        same.add(atom.value * 100)
    return bool(same & told)


def _shown(atom: Amount | Number) -> str:
    return str(atom) if isinstance(atom, Amount) else f"{atom.value:f}"


RULE = Rule(
    code="L706",
    title="A number is neither in the clause nor marked as assumed",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=(),
    what="An amount in a block does not occur in the paragraphs of its clauses, neither in "
    "digits nor in number words of English, Russian or Arabic, and its key is not under "
    "`assumed by drafter`.",
    why="readers must see where a number comes from: a window of 60 minutes looks like a fact"
    " of the text of 2016 and is the drafter's",
    help='assumed by drafter: <key> "<number>; the text says ..."',
    find=_find,
    bad=miniature(
        """
duty open-bridge "The bridge is opened"
    on: a, b
    must: open-road
    within: 36 hours
""",
        prose="The bridge is opened soon.",
    ),
    good=miniature(
        """
duty open-bridge "The bridge is opened"
    on: a, b
    must: open-road
    within: 36 hours
    assumed by drafter: within "36 hours; the text says soon"
""",
        prose="The bridge is opened soon.",
    ),
)
