"""The written reasons: which mutants cannot be told apart from the file as it is, and why.

The page has a heading per file, a paragraph per reason, and below it the changes as a diff whose
hunks name the function. Under the heading `everywhere` stand changes of a few words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.operators.mutants.mutant import Change
from tests.operators.mutants.plan import REASONS, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Reasons:
    """What the page explains: whole lines of one function, and words wherever they stand."""

    lines: frozenset[Change]
    words: tuple[Change, ...]

    def __contains__(self, change: Change) -> bool:
        return change in self.lines or any(_made_by(words, change) for words in self.words)

    def stale(self, paths: Iterable[str], survivors: Iterable[Change]) -> list[Change]:
        """Return what the page explains of these files although nothing of it survives."""
        return sorted({c for c in self.lines if c.path in paths} - set(survivors))


def _made_by(words: Change, change: Change) -> bool:
    parts = change.before.split(words.before)
    return any(
        words.before.join(parts[:k]) + words.after + words.before.join(parts[k:]) == change.after
        for k in range(1, len(parts))
    )


def read() -> Reasons:
    """Return what the page explains.

    Raises:
        ValueError: a change without a reason above it, or a line that is no part of a change.
    """
    found = frozenset(_read((ROOT / REASONS).read_text("utf-8").splitlines()))
    words = sorted(change for change in found if change.path == EVERYWHERE)
    return Reasons(found - set(words), tuple(words))


def _read(lines: list[str]) -> Iterator[Change]:
    path, reasoned = "", False
    block: list[str] | None = None
    for line in lines:
        if block is not None and line == "```":
            yield from _changes(path, block)
            block, reasoned = None, False
        elif block is not None:
            block.append(line)
        elif line == "```diff":
            block = []
            if not (path and reasoned):
                raise ValueError(f"a change without a reason above it: {REASONS}, {path}")
        elif line.startswith("## "):
            path, reasoned = line.removeprefix("## ").strip("`"), False
        else:
            reasoned = reasoned or bool(line)


def _changes(path: str, block: list[str]) -> Iterator[Change]:
    where, before = "", ""
    for line in block:
        sign, text = line[:2], line[2:].strip()
        if sign == "@@":
            where, before = text, ""
        elif sign == "- ":
            before = text
        elif sign == "+ " and where and before:
            yield Change(path, where, before, text)
        else:
            raise ValueError(f"no part of a change in {REASONS}: {line}")


def written(change: Change) -> str:
    """Return the change as the page writes it."""
    return f"@@ {change.where}\n- {change.before}\n+ {change.after}"
