"""L206: a delay in words that give no number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit

_TIME_KEYS = (
    "within",
    "deadline",
    "starts",
    "ends",
    "lasts",
    "latest",
    "at",
    "agreed until",
    "every",
    "notice",
    "claim within",
    "settles after",
    "reports every",
    "renewal lasts",
)
_VAGUE = (
    "without delay",
    "timely",
    "as soon as",
    "prompt",
    "agreed time",
    "immediate",
    "at once",
    "swift",
    "rapid",
    "quick",
    "reasonable time",
    "reasonable period",
    "due course",
    "urgent",
    "незамедлительн",
    "без промедления",
    "немедленн",
    "своевременн",
    "кратчайш",
    "оперативн",
    "فورا",
    "فوري",
    "دون تأخير",
    "دون إبطاء",
    "في أقرب",
    "في الوقت المناسب",
)


def _find(deal: DealText) -> Iterator[Hit]:
    for block in deal.blocks:
        key = next((k for k in _TIME_KEYS if _is_vague(block.phrase(k))), "")
        if key:
            yield at_block(block, "words without a number", key=key)


def _is_vague(phrase: str) -> bool:
    return any(word in phrase.casefold() for word in _VAGUE)


RULE = Rule(
    code="L206",
    title="A delay in words that give no number",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    catalogue=("B10", "B14"),
    what="A time is `undefined` and the text's own phrase is a vague one, such as without "
    "delay, timely, promptly, as soon as possible, immediate.",
    why="the procedures of March 2016 say without delay; South Sudan 2017 says in a timely manner",
    help="within: <span>, or a body that sets one",
    find=_find,
    claims_silence=False,
    bad=miniature(
        """
duty lists "Lists of detainees"
    on: a, b
    must: hand-over(list: detainees)
    within: undefined "promptly"
""",
        prose="The sides hand over lists promptly.",
    ),
    good=miniature(
        """
duty lists "Lists of detainees"
    on: a, b
    must: hand-over(list: detainees)
    within: 72 hours
""",
        prose="The sides hand over lists within 72 hours.",
    ),
)
