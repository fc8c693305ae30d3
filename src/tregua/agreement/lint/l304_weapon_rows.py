"""L304: weapon classes that overlap, leave holes, or lie outside the scope."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from tregua.agreement.rule import Rule, at_block, miniature
from tregua.agreement.value import Amount, AmountRange, Item, Items, Text
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText, Entry
    from tregua.agreement.rule import Hit

_ABOVE = ("more than", "over", "above", "exceeding", "более", "свыше", "больше", "أكثر من")
_FROM = ("at least", "from", "не менее", "от")
_UP_TO = ("up to", "at most", "до")
_BELOW = ("less than", "under", "below", "менее", "أقل من")
_SCOPE = re.compile(
    rf"(?P<how>{'|'.join((*_ABOVE, *_FROM, *_UP_TO, *_BELOW))})"
    r"\s+(?P<mm>\d+(?:\.\d+)?)\s*(?:mm|мм|مم|ملم)",
    re.IGNORECASE,
)


def _find(deal: DealText) -> Iterator[Hit]:
    for table in deal.of_kind("weapons"):
        rows = [_row(table, e) for e in table.every("row")]
        gaps = [*_outside(table, rows), *_overlaps(rows)]
        if table.is_open("rest"):
            gaps.append("no rest for a weapon without a row")
        if gaps:
            yield at_block(table, "; ".join(gaps))


def _row(table: Block, entry: Entry) -> dict[str, Item]:
    items = entry.value.items if isinstance(entry.value, Items) else ()
    return dict(zip(table.words("columns"), items, strict=False))


def _outside(table: Block, rows: list[dict[str, Item]]) -> list[str]:
    match = _SCOPE.search(" ".join(table.texts("scope")))
    if match is None:
        return []
    bound, how = float(match["mm"]), match["how"].casefold()
    return [
        f"{row['class'].word} lies outside the scope"
        for row in rows
        if "class" in row and any(not _is_inside(size, how, bound) for size in _calibres(row)[:1])
    ]


def _is_inside(size: float, how: str, bound: float) -> bool:
    if how in _ABOVE:
        return size > bound
    if how in _FROM:
        return size >= bound
    return size <= bound if how in _UP_TO else size < bound


def _calibres(row: dict[str, Item]) -> list[float]:
    atoms = row["calibre"].atoms if "calibre" in row else ()
    ends = [a for a in atoms if isinstance(a, Amount)]
    for atom in atoms:
        if isinstance(atom, AmountRange):
            ends += [atom.low, atom.high]
    return [float(a.value) for a in ends]


def _overlaps(rows: list[dict[str, Item]]) -> list[str]:
    named = [r for r in rows if "class" in r]
    pairs = combinations(named, 2)
    return [
        f"{p['class'].word} and {q['class'].word} overlap"
        for p, q in pairs
        if _cover_one_weapon(p, q)
    ]


def _cover_one_weapon(p: dict[str, Item], q: dict[str, Item]) -> bool:
    families = {r["family"].word for r in (p, q) if "family" in r}
    if len(families) > 1 or _apart(p.get("models"), q.get("models")):
        return False
    one, two = _calibres(p), _calibres(q)
    if not (one and two):
        return not one and not two
    return min(one) <= max(two) and min(two) <= max(one)


def _apart(p: Item | None, q: Item | None) -> bool:
    texts = [{a.text for a in i.atoms if isinstance(a, Text)} for i in (p, q) if i is not None]
    return len(texts) == 2 and all(texts) and texts[0] != texts[1]  # noqa: PLR2004 - one item of each row


RULE = Rule(
    code="L304",
    title="Weapon classes overlap, leave holes, or lie outside the scope",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("C05", "E03"),
    what="Two rows of a table cover one weapon, a weapon of the scope has no row and there is "
    "no `rest`, or a row lies outside the scope.",
    why="the memorandum of 2014 speaks of more than 100 mm and has a row for a gun of 100 mm",
    help="bounds of calibre in each row, and  rest: <length>",
    find=_find,
    claims_silence=False,
    bad=miniature(
        """
weapons classes "Distances"
    scope: "weapons of more than 82 mm"
    columns: class, family, calibre, distance
    row: small-tube, mortar, 82 mm, 4 km
    row: field-tube, gun, 122 mm, 9 km
    rest: 15 km
""",
        prose="Weapons of more than 82 mm: 4 km for 82 mm, 9 km for 122 mm, all others 15 km.",
    ),
    good=miniature(
        """
weapons classes "Distances"
    scope: "weapons of at least 82 mm"
    columns: class, family, calibre, distance
    row: small-tube, mortar, 82 mm, 4 km
    row: field-tube, gun, 122 mm, 9 km
    rest: 15 km
""",
        prose="Weapons of at least 82 mm: 4 km for 82 mm, 9 km for 122 mm, all others 15 km.",
    ),
)
