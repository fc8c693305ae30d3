"""The text right of a colon into a `Value`, by the small grammar of ``values.lark``.

What cannot be read at all is a `Fault` with the place in the text: D005 for the grammar, D012 for
zones that do not exist, D014 for days that are not in the calendar. Lark is imported on first use,
because most commands never read a deal.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from tregua.agreement.reading.characters import unquote
from tregua.agreement.reading.fault import Fault, ValueFault
from tregua.agreement.reading.suggest import closest, short
from tregua.agreement.value import (
    Amount,
    AmountRange,
    Arg,
    Atom,
    Call,
    ClauseRef,
    Cut,
    Instant,
    Item,
    Items,
    Nothing,
    Number,
    Op,
    Text,
    TimeOfDay,
    Undefined,
    Value,
    Word,
    ZoneName,
)
from tregua.terms.time import BadTime, is_zone, read_time

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

DEEPEST = 20  # calls within calls; no clause of a past deal needs more than three
_SHORT = re.compile(r"(.+)\+(\d+)([dh])")
_AMOUNT = re.compile(r"([\d.]+) *(.+)")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,]|\.\d|:|-)")


def parse_value(raw: str, *, zone: str | None) -> Value:
    """Parse the text of one value; ``zone`` (IANA) is the deal's default for times without one.

    Raises:
        ValueFault: with the first thing that is wrong.
    """
    _refuse_thousands(raw)
    _refuse_depth(raw)
    tree = _tree(raw)
    items = [_Reader(zone).item(child) for child in tree.children]
    return _whole(items)


def _whole(items: list[Item]) -> Value:
    """Tell ``undefined "phrase"`` and ``none`` from ordinary values."""
    atoms = items[0].atoms
    if len(items) == 1 and isinstance(atoms[0], Word):
        if atoms[0].name == "undefined" and len(atoms) == 1:
            return Undefined()
        if atoms[0].name == "undefined" and len(atoms) == 2 and isinstance(atoms[1], Text):  # noqa: PLR2004
            return Undefined(atoms[1].text)
        if atoms[0].name == "none" and len(atoms) == 1:
            return Nothing()
    return Items(tuple(items))


# --- what the grammar cannot say well


def _refuse_thousands(raw: str) -> None:
    if "," not in raw:
        return
    for match in _THOUSANDS.finditer(_blank_strings(raw)):
        plain = match[0].replace(",", "")
        unit = re.match(r" *[a-z%]+", raw[match.end() :])
        said = "numbers have no thousands separator"
        fault = Fault(
            "D006",
            said,
            match.span(),
            help=f"write {plain}{unit[0] if unit else ''}",
        )
        raise ValueFault(fault)


def _refuse_depth(raw: str) -> None:
    depth = 0
    for at, char in enumerate(_blank_strings(raw) if "(" in raw else ""):
        depth += (char == "(") - (char == ")")
        if depth > DEEPEST:
            said = f"calls are nested deeper than {DEEPEST}"
            raise ValueFault(Fault("D005", said, (at, at + 1), help="split the condition"))


def _blank_strings(raw: str) -> str:
    """Return the text with every quoted string blanked out, so that offsets stay true."""
    if '"' not in raw:
        return raw
    # An unclosed quotation runs to the end, so that it is looked at once.
    return re.sub(r'"(?:\\.|[^"\\])*(?:"|\\?$)', lambda m: " " * len(m[0]), raw)


# --- grammar


@cache
def _grammar() -> Lark:
    from lark import Lark

    text = Path(__file__).with_name("values.lark").read_text(encoding="utf-8")
    return Lark(text, start="value", parser="lalr", lexer="basic")


def _tree(raw: str) -> Tree[Token]:
    from lark.exceptions import UnexpectedCharacters, UnexpectedInput

    try:
        return _grammar().parse(raw)
    except UnexpectedCharacters as stop:
        raise ValueFault(_unreadable(raw, _position(stop))) from None
    except UnexpectedInput as stop:
        token: Any = getattr(stop, "token", None)
        at = len(raw) if token is None or token.type == "$END" else token.start_pos
        raise ValueFault(_unreadable(raw, at)) from None


def _position(stop: Any) -> int:  # noqa: ANN401 - Lark types this field as None
    return int(stop.pos_in_stream)


def _unreadable(raw: str, at: int) -> Fault:
    cut = (min(at, max(0, len(raw) - 1)), min(at + 15, len(raw)))
    if at >= len(raw):
        return Fault("D005", "the value ends too early", cut, help="complete it after this place")
    rest = raw[at : at + 15]
    if raw[at] == '"':
        said, help_ = "the quotation mark is not closed", f'{short(raw[at:])}"'
    else:
        said, help_ = f"this cannot be read: {rest}", _how_to_write(raw, at)
    return Fault("D005", said, cut, help=help_)


def _how_to_write(raw: str, at: int) -> str:
    if raw[at] in "_'/“”„«»`":
        return 'names have letters, digits and hyphens; words of the text stand in "..."'
    if raw[at].isdigit():
        return "write numbers like 3500 or 0.9, times like 2016-09-12T19:00"
    if raw[at] in ",()":
        return "a comma stands between two values, brackets open and close once"
    return f'"{short(raw)}"' if '"' not in raw else 'put words of the text in "..."'


# --- tokens into atoms


class _Reader:
    """Converts the parse tree; depth is bounded by `DEEPEST`."""

    def __init__(self, zone: str | None) -> None:
        self.zone = zone

    def item(self, tree: Any) -> Item:  # noqa: ANN401 - Lark's trees are untyped
        return Item(self._atoms(tree.children))

    def _atoms(self, children: list[Any]) -> tuple[Atom, ...]:
        atoms: list[Atom] = []
        for child in children:
            atoms += self._atom(child)
        return tuple(_merged(atoms, self.zone))

    def _atom(self, node: Any) -> list[Atom]:  # noqa: ANN401
        if hasattr(node, "data"):
            return [self._call(node)]
        cut = (node.start_pos, node.end_pos)
        if node.type == "SHORT":
            match = _SHORT.fullmatch(node)
            assert match is not None
            unit = {"d": "days", "h": "hours"}[match[3]]
            mark = node.start_pos + match.end(1)
            amount = Amount(Decimal(match[2]), unit, cut=(mark + 1, node.end_pos))
            word = Word(match[1], cut=(node.start_pos, mark))
            return [word, Op("+", cut=(mark, mark + 1)), amount]
        return [_TOKENS[node.type](str(node), cut)]

    def _call(self, tree: Any) -> Call:  # noqa: ANN401
        name = tree.children[0]
        args = [self._arg(child) for child in tree.children[1:] if child is not None]
        return Call(str(name), tuple(args), cut=(name.start_pos, name.end_pos))

    def _arg(self, tree: Any) -> Arg:  # noqa: ANN401
        named = tree.data == "named"
        children = tree.children[1:] if named else tree.children
        return Arg(str(tree.children[0]) if named else "", Item(self._atoms(children)))


def _amount(text: str, cut: Cut) -> Amount:
    match = _AMOUNT.fullmatch(text)
    assert match is not None
    unit = match[2]
    if unit not in ("m", "km", "mm", "%") and not unit.endswith("s"):
        unit += "s"
    return Amount(Decimal(match[1]), unit, cut=cut)


def no_zone(text: str, cut: Cut) -> Fault:
    """Return the fault of a text that is not a time zone, with the zone that was likely meant."""
    otherwise = "write an IANA zone such as Asia/Damascus or Europe/Kyiv"
    near = _zones().get(closest(text.lower(), _zones()))
    help_ = f"did you mean {near}?" if near else otherwise
    return Fault("D012", f"{text} is not a time zone", cut, help=help_)


@cache
def _zones() -> dict[str, str]:
    """Return every IANA zone by its name in small letters."""
    return {name.lower(): name for name in sorted(available_timezones()) if "/" in name}


def _zone(text: str, cut: Cut) -> ZoneName:
    if not is_zone(text):
        raise ValueFault(no_zone(text, cut))
    return ZoneName(text, cut=cut)


def _time_of_day(text: str, cut: Cut) -> TimeOfDay:
    hour, minute = int(text[:2]), int(text[3:])
    if hour > 23 or minute > 59:  # noqa: PLR2004
        raise ValueFault(Fault("D005", f"{text} is no time of day", cut, help="write 08:00"))
    return TimeOfDay(hour, minute, cut=cut)


_TOKENS: dict[str, Any] = {
    "AMOUNT": _amount,
    "INSTANT": lambda text, cut: Instant(text, cut=cut),
    "TIMEOFDAY": _time_of_day,
    "TZ": _zone,
    "CLAUSE": lambda text, cut: ClauseRef(text[1:].strip(), cut=cut),
    "STRING": lambda text, cut: Text(unquote(text), cut=cut),
    "COUNTED": lambda text, cut: Word(text, cut=cut),  # the word 24-hours
    "NUMBER": lambda text, cut: Number(Decimal(text), cut=cut),
    "OP": lambda text, cut: Op(text, cut=cut),
    "NAME": lambda text, cut: Word(text, cut=cut),
}


# --- atoms that belong together


def _merged(atoms: list[Atom], zone: str | None) -> list[Atom]:
    """Join ``10..12 hours``, ``2016-02-27 Asia/Damascus`` and ``coh-terms §A3``."""
    out: list[Atom] = []
    for atom in atoms:
        before = out[-1] if out else None
        if isinstance(atom, ZoneName) and isinstance(before, Instant) and not before.zone:
            cut = (before.cut[0], atom.cut[1])
            out[-1] = replace(before, zone=atom.name, cut=cut)
        elif isinstance(atom, ClauseRef) and isinstance(before, Word):
            out[-1] = replace(atom, instrument=before.name, cut=(before.cut[0], atom.cut[1]))
        elif isinstance(atom, Amount) and (joined := _range(out, atom)):
            out[-2:] = [joined]
        else:
            out.append(atom)
    return [_resolved(a, zone) if isinstance(a, Instant) else a for a in out]


def _range(out: list[Atom], high: Amount) -> AmountRange | None:
    if len(out) < 2 or not (isinstance(out[-1], Op) and out[-1].sign == ".."):  # noqa: PLR2004
        return None
    low = out[-2]
    if isinstance(low, Number):
        low = Amount(low.value, high.unit, cut=low.cut)
    if not isinstance(low, Amount) or low.unit != high.unit:
        return None
    return AmountRange(low, high, cut=(low.cut[0], high.cut[1]))


def _resolved(instant: Instant, zone: str | None) -> Instant:
    """Fill ``when`` as soon as the instant has an offset or a zone, its own or the deal's."""
    has_offset = "T" in instant.text and re.search(r"(?:Z|[+-]\d\d:\d\d)$", instant.text)
    in_zone = instant.zone or zone
    is_floating = in_zone is None and not has_offset
    try:
        # Even where no zone is known, the day must be one of the calendar.
        when = read_time(instant.text, "UTC" if is_floating else in_zone)
    except BadTime as bad:
        code = "D014" if "calendar" in bad.why else "D005"
        fault = Fault(code, bad.why, instant.cut, help="write 2016-09-12 or 2016-09-12T19:00")
        raise ValueFault(fault) from None
    return instant if is_floating else replace(instant, when=when)
