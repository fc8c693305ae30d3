"""The reference page of the library: one heading a deal, the comparison, what the catalogue covers.

It is written from the deals themselves, so it says nothing that they do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.shelf.catalogue import coverage
from tregua.agreement.shelf.comparison import NOT_FOUND, compare
from tregua.agreement.shelf.shelf import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.agreement.shelf.catalogue import Coverage
    from tregua.agreement.shelf.shelf import Shelved

_HEAD = """\
# Library of past deals

This page is written from the deals of the library; `make update` renews it.
Each deal restates a past agreement in our own words and says, paragraph by paragraph, how much of \
the original was held: V read whole, P from a paraphrase, M from memory, X not held.
A note of the linter on a paragraph marked P or M is a question, not a criticism of those who \
wrote the text.
`tregua library NAME` shows one deal, `tregua library --compare` the table, `tregua library \
--coverage` the catalogue.
"""
_COMPARED = """
## Compared

"Not found" means not in the blocks: a deal of which only a part is held may say it elsewhere.
What a text leaves open (`undefined`) counts as not found.
"""
_CATALOGUE = """
## Catalogue of clause types

{counted}.
What a deal uses is decided from its blocks.
"""


def library_reference(deals: Iterable[Shelved]) -> str:
    """Return ``docs/reference/library.md`` for the deals given, in that order."""
    every = tuple(deals)
    parts = [_HEAD, *(_section(deal) for deal in every), _COMPARED, _table(every)]
    covered = coverage((d.name, d.text) for d in every)
    parts += [_CATALOGUE.format(counted=covered), _types(covered), _reasons(covered)]
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def facts(deal: Shelved) -> tuple[tuple[str, str], ...]:
    """Return the facts of a deal as pairs (label, value), those that the header leaves out not."""
    marks = ", ".join(f"{mark} {number}" for mark, number in deal.marks if number)
    held = ", ".join(f"{b.id} {b.word('held')}" for b in deal.text.of_kind("instrument"))
    kinds = ", ".join(f"{kind} {number}" for kind, number in deal.kinds)
    counted = deal.counted
    notes = f"{counted.errors} errors, {counted.warnings} warnings, {counted.infos} for experts"
    rows = (
        ("Title", deal.text.head_word("title")),
        ("Named", deal.fact("label")),
        ("Declared", deal.fact("declared")),
        ("In effect", deal.fact("effective")),
        ("Time zone", deal.fact("time zone")),
        ("Known as", deal.fact("ids").replace('"', "")),
        ("Held", held),
        ("Paragraphs", marks),
        ("Blocks", f"{len(deal.text.blocks)}: {kinds}"),
        ("Notes of the linter", notes),
        ("Codes", ", ".join(sorted({n.code for n in deal.notes}))),
        ("Clause types", f"{len(deal.uses)}: {', '.join(use.code for use in deal.uses)}"),
    )
    return tuple((label, value) for label, value in rows if value)


def marks_told() -> str:
    """Return what the text marks mean, in one line."""
    return ", ".join(f"{mark} {means}" for mark, means in MARKS.items())


def _section(deal: Shelved) -> str:
    lines = [f"- {label}: {value}" for label, value in facts(deal)]
    return "\n".join((f"## {deal.name}\n", *lines))


def _table(deals: tuple[Shelved, ...]) -> str:
    """Return one small table a question: a table as wide as the library cannot be read."""
    parts = []
    for row in compare(deal.text for deal in deals):
        found = [(d.name, a) for d, a in zip(deals, row.answers, strict=True) if a != NOT_FOUND]
        missing = [d.name for d, a in zip(deals, row.answers, strict=True) if a == NOT_FOUND]
        parts.append(f"### {row.asked}\n")
        parts += ["| deal | answer |", "|---|---|"] if found else []
        parts += [f"| {name} | {answer} |" for name, answer in found]
        parts += [f"\nNot found: {', '.join(missing)}."] if missing else []
        parts.append("")
    return "\n".join(parts)


def _types(covered: Coverage) -> str:
    lines, group = [], ""
    for row in covered.rows:
        if row.type.group != group:
            group = row.type.group
            lines += [f"\n### {group}\n", "| code | clause type | written with | deals |"]
            lines.append("|---|---|---|---|")
        shown = ", ".join(row.deals) or "none"
        lines.append(f"| {row.type.code} | {row.type.title} | {row.type.written} | {shown} |")
    return "\n".join(lines)


def _reasons(covered: Coverage) -> str:
    lines = ["\n### What cannot be written, or is not used\n"]
    lines += [f"- {code}: {reason}." for code, reason in reasons(covered)]
    return "\n".join(lines)


def reasons(covered: Coverage) -> tuple[tuple[str, str], ...]:
    """Return (code, reason) of every type that is not expressible, is limited, or is not used."""
    found = []
    for row in covered.rows:
        if row.type.cannot:
            found.append((row.type.code, f"cannot be written: {row.type.cannot}"))
        if row.type.limit:
            found.append((row.type.code, f"in part: {row.type.limit}"))
        if not row.deals:
            why = row.type.unused or "no deal of the library has it"
            found.append((row.type.code, f"not used: {why}"))
    return tuple(found)
