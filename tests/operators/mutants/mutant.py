"""One small change of one file, and what its trial came to."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    """What the tests said of a mutant."""

    KILLED = "killed"
    TIMED_OUT = "timed out"
    SURVIVED = "survived"


@dataclass(frozen=True, order=True, slots=True)
class Change:
    """What is changed, as a reader of the file sees it; it outlives other changes of the file.

    Attributes:
        path: below ``assessment``.
        where: the function or class that the first changed line belongs to, or ``-``.
        before, after: the changed lines, without what surrounds them.
    """

    path: str
    where: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change, and the whole text of the file after it."""

    change: Change
    line: int
    text: str


def mutant(path: str, original: str, text: str) -> Mutant | None:
    """Return the mutant, or None if the change says nothing: no Python, a type, a comment."""
    try:
        if _meaning(text) == _meaning(original):
            return None
    except SyntaxError:
        return None
    before, after = original.splitlines(), text.splitlines()
    first = next(k for k, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
    rest = min(len(before), len(after)) - first
    same = next(k for k in range(rest + 1) if k == rest or before[-1 - k] != after[-1 - k])
    old, new = (_plain(lines[first : len(lines) - same]) for lines in (before, after))
    return Mutant(Change(path, _where(original, first + 1), old, new), first + 1, text)


def _plain(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def _where(source: str, line: int) -> str:
    inner = "-"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            if first <= line <= (node.end_lineno or line):
                inner = node.name  # the walk is by breadth: what lies deeper comes later
    return inner


def _meaning(source: str) -> str:
    return ast.dump(_Bare().visit(ast.parse(source)))


class _Bare(ast.NodeTransformer):
    """Takes away what is never run: annotations, and imports for the type checker alone."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST | None:
        named = {inner.id for inner in ast.walk(node.test) if isinstance(inner, ast.Name)}
        return None if "TYPE_CHECKING" in named else self.generic_visit(node)
