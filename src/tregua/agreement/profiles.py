"""A new deal file: from a skeleton, or from the mechanism of a past mission.

A profile is a deal text of its own, with two placeholder sides. Nothing in it is read in a special
way: what a mission did stands in quoted paragraphs and `source` lines, what we added stands under
`assumed by drafter`, and what the mission left open is open. Filling puts the two sides' ids and
titles where the placeholders stand and changes nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tregua.agreement.read import read_deal_text
from tregua.agreement.reading.expressions import shown
from tregua.agreement.reading.suggest import did_you_mean
from tregua.agreement.value import Item, Text
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDER = Path(__file__).with_name("profiles")
_SKELETON = Path(__file__).parent / "templates" / "new.deal.md"
ENDING = ".deal.md"
_HOW_TO_READ = (
    "What a mission did stands in quoted paragraphs; what the profile added stands under "
    "`assumed by drafter`: confirm each, or change it."
)
_ID = re.compile(r"[a-z][a-z0-9-]*")
_QUOTED = re.compile(r'("(?:[^"\\]|\\.)*")')
_NAMES = re.compile(r"(\s+[a-z][a-z ]*: )((?:[a-z][a-z0-9-]*(?: \d+)?, )+[a-z][a-z0-9-]*(?: \d+)?)")


@dataclass(frozen=True, slots=True)
class Side:
    """A side as it will stand in the file; ``title`` may be in any script."""

    id: str
    title: str


PLACEHOLDERS = (Side("side-a", "Side A"), Side("side-b", "Side B"))


@dataclass(frozen=True, slots=True)
class Profile:
    """A mechanism to begin from: its name, its title, and the deal text that it is."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Start:
    """What a new file begins with.

    Attributes:
        deal: its id.
        title: of the deal; empty keeps that of the skeleton or profile.
        sides: the two sides, first the one in the place of ``side-a``.
        zone: IANA time zone for the header; empty leaves it out, and lint says so (L201, L202).
    """

    deal: str
    title: str = ""
    sides: tuple[Side, Side] = PLACEHOLDERS
    zone: str = ""


def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles, sorted."""
    return tuple(sorted(p.name.removesuffix(ENDING) for p in _FOLDER.glob(f"*{ENDING}")))


def profile(name: str) -> Profile:
    """Return a profile by its name, compared whole.

    Raises:
        WrongUse: when there is no profile of that name.
    """
    known = profile_names()
    if name not in known:
        help_ = did_you_mean(name, known, otherwise=f"one of: {', '.join(known)}")
        raise WrongUse(f"there is no profile {name[:60]}", help=help_)
    text = (_FOLDER / f"{name}{ENDING}").read_text(encoding="utf-8")
    return Profile(name, read_deal_text(text, file=name).text.head_word("title"), text)


def new_deal(start: Start, *, profile_name: str = "") -> str:
    """Return the text of a new deal, from the skeleton or with the mechanism of a profile.

    Raises:
        WrongUse: an unknown profile, or an id, a title or a zone that the reader does not take.
    """
    text = profile(profile_name).text if profile_name else _SKELETON.read_text(encoding="utf-8")
    _check_ids(start, text)
    made = "\n".join(_lines(_headed(text, start, profile_name), start.sides)) + "\n"
    notes = read_deal_text(made, file=f"{start.deal}{ENDING}").notes
    if notes:
        raise WrongUse(f"the new deal could not be read: {notes[0].said}", help=notes[0].help)
    return made


def _check_ids(start: Start, text: str) -> None:
    taken = {b.id for b in read_deal_text(text, file="").text.blocks}
    taken -= {side.id for side in PLACEHOLDERS}
    for what in (start.deal, *(side.id for side in start.sides)):
        if not _ID.fullmatch(what):
            raise WrongUse(
                f"{what[:60]} cannot be an id",
                help="a small letter a to z, then small letters, digits and hyphens",
            )
    first, second = (side.id for side in start.sides)
    if first == second:
        raise WrongUse(f"both sides have the id {first[:60]}", help="two ids, one for each side")
    for side in start.sides:
        if side.id in taken:
            raise WrongUse(
                f"{side.id} is already the id of something else in this text",
                help=f"write another one, such as {side.id}-side",
            )


# --- the header and what stands above the first instrument


def _headed(text: str, start: Start, profile_name: str) -> str:
    """Put the deal's own header lines in; a profile's words about itself stay with the profile."""
    head, rest = text.removeprefix("---\n").split("\n---\n", 1)
    lines = [f"deal: {start.deal}" if li.startswith("deal: ") else li for li in head.split("\n")]
    if start.title:
        titled = f"title: {_quoted(start.title)}"
        lines = [titled if li.startswith("title: ") else li for li in lines]
    if start.zone:
        at = next(i for i, line in enumerate(lines) if line.startswith("effective: "))
        lines.insert(at + 1, f"time zone: {start.zone}")
    if profile_name:
        told = f"Written from the mechanism profile {profile_name}.\n{_HOW_TO_READ}"
        rest = f"\n{told}\n\n{rest[rest.index('# truce') :]}"
    return "\n".join(["---", *lines, "---", rest.rstrip("\n")])


def _quoted(title: str) -> str:
    return shown(Item((Text(title),)))


# --- the two sides


def _lines(text: str, sides: tuple[Side, Side]) -> Iterator[str]:
    """Yield the lines with the sides filled in; outside blocks nothing names a side."""
    inside = False
    for line in text.split("\n"):
        if line.startswith("```"):
            inside = line == "```deal"
        yield _filled(line, sides) if inside else line


def _filled(line: str, sides: tuple[Side, Side]) -> str:
    """Fill one line of a block: ids outside quotation marks, titles within."""
    parts = _QUOTED.split(line)
    parts[::2] = [_ids_filled(part, sides) for part in parts[::2]]
    parts[1::2] = [_titles_filled(part, sides) for part in parts[1::2]]
    return _in_order("".join(parts), sides)


def _ids_filled(part: str, sides: tuple[Side, Side]) -> str:
    new = {old.id: side.id for old, side in zip(PLACEHOLDERS, sides, strict=True)}
    return re.sub(r"(?<![\w-])side-[ab](?![\w-])", lambda m: new[m[0]], part)


def _titles_filled(quoted: str, sides: tuple[Side, Side]) -> str:
    new = {o.title: _quoted(s.title)[1:-1] for o, s in zip(PLACEHOLDERS, sides, strict=True)}
    return re.sub(r"(?<!\w)Side [AB](?!\w)", lambda m: new[m[0]], quoted)


def _in_order(line: str, sides: tuple[Side, Side]) -> str:
    """Order a list in which both sides stand by id: their order is a statement."""
    found = _NAMES.fullmatch(line)
    if found is None:
        return line
    names = found[2].split(", ")
    both = {side.id for side in sides} <= {name.split()[0] for name in names}
    return found[1] + ", ".join(sorted(names)) if both else line
