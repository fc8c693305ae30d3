"""Collects ``cases/*.md``: a deal, reports, and the state that is expected, in one readable file.

Fenced blocks of a case:

* ``deal``      blocks of the deal language; a plain header is supplied when there is none; with
                ``profile NAME a b`` behind it they are added to that mechanism profile;
* ``reports``   a table: ``when | from | what | where | by | against | how | p`` and, where needed,
                ``known | says | about | at | quantity | killed | matter | key``;
* ``names``     a table: ``name | stands for | speaks for | office``;
* ``csv``       a report file in tregua's own format, for cases of intake;
* ``expected``  with a head line ``expected at TIME [known TIME]``; one expectation a line.

Every case of exactly two parties ``a`` and ``b`` is run a second time with the two exchanged in
deal, reports and expectations: what is expected then must hold too (neutrality, P7).
"""

from __future__ import annotations

import importlib.util
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_spec = importlib.util.spec_from_file_location("case_walk", Path(__file__).parent / "walk.py")
assert _spec is not None
assert _spec.loader is not None
walk = importlib.util.module_from_spec(_spec)
sys.modules["case_walk"] = walk
_spec.loader.exec_module(walk)

FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Case:
    title: str
    blocks: tuple[tuple[str, str, str], ...]  # kind, rest of the head line, text

    def text(self, kind: str) -> str:
        return "".join(t for k, _, t in self.blocks if k == kind)


def read_case(path: Path) -> Case:
    text = path.read_text(encoding="utf-8")
    title = text.splitlines()[0].removeprefix("# ")
    return Case(title, tuple((k, rest.strip(), t) for k, rest, t in FENCE.findall(text)))


def swapped(case: Case) -> Case:
    """Exchange the parties a and b; titles in quotes are left, they carry no meaning."""

    def swap(text: str) -> str:
        parts = re.split(r'("[^"\n]*")', text)
        return "".join(p if p.startswith('"') else _swap_words(p) for p in parts)

    blocks = ((k, swap(rest) if k == "deal" else rest, swap(t)) for k, rest, t in case.blocks)
    return Case(case.title, tuple(blocks))


def _swap_words(text: str) -> str:
    return re.sub(r"(?<![\w.-])([ab])(?![\w.-])", lambda m: "b" if m[1] == "a" else "a", text)


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> CaseFile | None:
    if (
        file_path.suffix == ".md"
        and file_path.parent.name == "cases"
        and file_path.stem != "README"
    ):
        return CaseFile.from_parent(parent, path=file_path)
    return None


class CaseFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        case = read_case(self.path)
        kinds = {k for k, _, _ in case.blocks}
        if "expected" not in kinds:
            raise self.CollectError(
                f"{self.path.name}: a case without an `expected` block tests nothing"
            )
        yield CaseItem.from_parent(self, name=case.title, case=case)
        if walk.has_two_sides(case) and "csv" not in kinds:
            yield CaseItem.from_parent(
                self, name=f"{case.title} [sides exchanged]", case=swapped(case)
            )


class CaseItem(pytest.Item):
    def __init__(self, *, case: Case, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self.case = case

    def runtest(self) -> None:
        wrong = walk.differences(self.case)
        if wrong:
            raise AssertionError("\n".join(wrong))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:
        if isinstance(excinfo.value, AssertionError):
            return f"{self.case.title}\n{excinfo.value}"
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.name
