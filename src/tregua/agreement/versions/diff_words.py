"""Differences in sentences: neutral, sides in the order of their ids, nothing called better.

A longer deadline is good news for one side and bad news for the other, so no sentence weighs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.clause import NORMS
from tregua.agreement.questions import listed
from tregua.agreement.versions.difference import Area, Change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.agreement.model import Ids
    from tregua.agreement.versions.difference import Difference

HEADINGS = {
    Area.HEADER: "The deal as a whole",
    Area.INSTRUMENT: "Instruments",
    Area.WHO: "Who",
    Area.NORM: "Duties, prohibitions, permissions",
    Area.EXCEPTION: "Exceptions",
    Area.ANSWER: "Deciding, checking, consequences",
    Area.TIME: "Phases, clocks, gates",
    Area.PLACE: "Places",
    Area.WORD: "Words and tables",
    Area.DECLARATION: "Unilateral declarations, beside the deal",
    Area.NO_NORM: "Clauses without a norm",
    Area.SCENARIO: "Scenarios",
    Area.PROSE: "The text itself",
    Area.NOTE: "Notes of the linter",
}
_ASPECTS = {
    "within": "deadline (within)",
    "deadline": "deadline",
    "every": "deadline (every)",
    "except": "exception",
    "on violation": "consequence",
    "verified by": "verifier",
    "where": "place",
    "during": "phase",
    "against": "protected side",
    "must": "act owed",
    "must keep": "state owed",
    "must not": "act forbidden",
    "may": "act permitted",
    "when": "condition",
    "if": "condition",
    "assumed by drafter": "assumption of the drafter",
}
_BOUND = ("on", "owed by")


def to_text(differences: Iterable[Difference]) -> tuple[str, ...]:
    """Return the lines that tell the differences, under a heading for each area that has any."""
    lines: list[str] = []
    heading = ""
    for difference in differences:
        if heading != (heading := HEADINGS[difference.area]):
            lines += [*([""] if lines else []), heading]
        lines.append(f"  {sentence(difference)}")
    return tuple(lines)


def sentence(difference: Difference) -> str:
    """Tell one difference in one sentence, without a full stop."""
    match difference.area:
        case Area.PROSE:
            return _paragraph(difference)
        case Area.NOTE:
            return _note(difference)
    name = _name(difference)
    if not difference.key:
        return _whole(difference, name)
    if difference.key in _BOUND and difference.kind in NORMS and difference.who:
        return _bound(difference, name)
    of = f"{listed(difference.who)}: " if difference.who else ""
    return f"{of}{name}: {_key(difference)}{_place(difference)}"


def _name(d: Difference) -> str:
    named = f"{d.kind} {d.on}" if d.on else "header"
    return f'{named} "{d.title}"' if d.title else named


def _place(d: Difference) -> str:
    return f"  ({d.instrument} §{d.clause})" if d.instrument and d.clause else ""


def _whole(d: Difference, name: str) -> str:
    text = d.after or d.before
    tail = f": {text}" if text else ""
    if d.area is not Area.NORM:
        said = "added" if d.change is Change.GAINED else "removed"
        of = f"{listed(d.who)}: " if d.who else ""
        return f"{of}{name} is {said}{tail}{_place(d)}"
    verb = _verb(d.who, "gain" if d.change is Change.GAINED else "lose")
    return f"{listed(d.who) if d.who else 'nobody named'}: {verb} the {name}{tail}{_place(d)}"


def _bound(d: Difference, name: str) -> str:
    """Tell who came under a norm or left it; a permission is held, everything else is owed."""
    is_held = d.kind == "permission" and d.key == "on"
    is_new = d.change in (Change.GAINED, Change.GAP_CLOSED)
    if d.change is Change.CHANGED:
        return f"{name}: {d.key}: {d.before} -> {d.after}{_place(d)}"
    if is_held:
        verb = f"now {_verb(d.who, 'hold')}" if is_new else f"no longer {_verb(d.who, 'hold')}"
    else:
        be = "is" if len(d.who) == 1 else "are"
        verb = f"{be} now bound by" if is_new else f"{be} no longer bound by"
    return f"{listed(d.who)}: {verb} the {name}{_gap(d)}{_place(d)}"


def _gap(d: Difference) -> str:
    if d.change is Change.GAP_CLOSED:
        return f"; before, the text left it open: {d.before}"
    return f"; now the text leaves it open: {d.after}" if d.change is Change.GAP_OPENED else ""


def _key(d: Difference) -> str:
    aspect = _ASPECTS.get(d.key, d.key)
    match d.change:
        case Change.GAINED:
            return f"{aspect} gained: {d.after}"
        case Change.LOST:
            return f"{aspect} lost: {d.before}"
        case Change.GAP_CLOSED:
            return f"gap closed: {aspect} was {d.before}, now {d.after}"
        case Change.GAP_OPENED:
            return f"gap opened: {aspect} was {d.before}, now {d.after}"
    before, after = (text or "(not spoken of)" for text in (d.before, d.after))
    return f"{aspect}: {before} -> {after}"


def _verb(who: Ids, verb: str) -> str:
    return verb if len(who) > 1 else f"{verb}s"


def _paragraph(d: Difference) -> str:
    where = f"{d.instrument} {d.on}, paragraph {d.key}" if d.key else f"{d.instrument} {d.on}"
    match d.change:
        case Change.GAINED:
            return f"{where} is added: {d.after}"
        case Change.LOST:
            return f"{where} is removed: {d.before}"
    return f"{where}: {d.before} -> {d.after}"


def _note(d: Difference) -> str:
    on = f" on {d.on}" if d.on else ""
    match d.change:
        case Change.GAINED:
            return f"{d.key}{on} is new: {d.after}"
        case Change.LOST:
            return f"{d.key}{on} is gone: {d.before}"
    return f"{d.key}{on}: {d.before} -> {d.after}"


def by_side(differences: Iterable[Difference], sides: Ids) -> tuple[str, ...]:
    """Return one line for each side, by id: how many norms it gained and lost, and what changed."""
    found = [d for d in differences if d.area in (Area.NORM, Area.EXCEPTION, Area.ANSWER)]
    return tuple(
        f"{side}: {_counted([d for d in found if side in d.who])}" for side in sorted(sides)
    )


def _counted(found: list[Difference]) -> str:
    """Count what concerns one side: whole norms, then keys by what happened to them."""
    norms = [d for d in found if d.area is Area.NORM and _is_about_who(d)]
    others = [d for d in found if d not in norms]
    gained = sum(d.change in (Change.GAINED, Change.GAP_CLOSED) for d in norms)
    lost = sum(d.change in (Change.LOST, Change.GAP_OPENED) for d in norms)
    closed = sum(d.change is Change.GAP_CLOSED for d in others)
    opened = sum(d.change is Change.GAP_OPENED for d in others)
    rest = len(others) - closed - opened
    return (
        f"norms gained {gained}, lost {lost}; gaps closed {closed}, opened {opened}; "
        f"other changes {rest}"
    )


def _is_about_who(d: Difference) -> bool:
    return not d.key or d.key in _BOUND
