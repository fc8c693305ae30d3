"""The checker of explanations as one file, for whoever gets an answer.

The files of ``assessment/check_tree`` stand behind each other, in the order in which the first page
names them, each under its own heading. What they import of Python's library stands once, above; the
imports of each other fall away, since every name stands in one file only.
"""

from __future__ import annotations

import ast
import re
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PACKAGE = "tregua.assessment.check_tree"
_MENTIONED = re.compile(r"``(\w+)\.py``")
_WIDTH = 100  # of a line, in characters


def checker() -> bytes:
    """Return ``check_tree.py``, a program of its own: the same bytes for the same version."""
    folder = files(PACKAGE)
    page = folder.joinpath("__init__.py").read_text("utf-8")
    named = dict.fromkeys(_MENTIONED.findall(_docstring(page)))
    names = [name for name in named if name != "check_tree"]
    texts = {n: folder.joinpath(f"{n}.py").read_text("utf-8") for n in (*names, "__main__")}
    return _joined(page, texts).encode()


def _joined(page: str, texts: dict[str, str]) -> str:
    """Put the other files, by name and in order, behind the page."""
    imports = _imports(n for text in (page, *texts.values()) for n in ast.walk(ast.parse(text)))
    head = "\n".join([f'"""{_docstring(page)}"""', "", *imports])
    bodies = (f"{_heading(name, text)}\n\n{_body(text)}" for name, text in texts.items())
    return "\n\n\n".join([head, _body(page), *bodies]) + "\n"


def _docstring(text: str) -> str:
    return ast.get_docstring(ast.parse(text), clean=False) or ""


def _imports(nodes: Iterable[ast.AST]) -> list[str]:
    """Return what is imported of Python's library, for types as well, a line for each module."""
    lines: set[str] = set()
    wanted: dict[str, set[str]] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            lines |= {f"import {alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not str(node.module).startswith(PACKAGE):
            wanted.setdefault(str(node.module), set()).update(a.name for a in node.names)
    wanted["typing"].discard("TYPE_CHECKING")
    lines |= {f"from {module} import {', '.join(sorted(wanted[module]))}" for module in wanted}
    return sorted(lines, key=lambda line: ("__future__" not in line, line))


def _heading(name: str, text: str) -> str:
    """Return the lines that begin a file: its name, and its docstring as comments."""
    rule = f"# -- {name}.py ".ljust(_WIDTH, "-")
    return "\n".join([rule, *(f"# {line}".rstrip() for line in _docstring(text).splitlines())])


def _body(text: str) -> str:
    """Return a file without its docstring and its imports."""
    top = ast.parse(text).body
    last = max(i for i, node in enumerate(top) if _is_import(node))
    return "\n".join(text.splitlines()[top[last].end_lineno :]).strip("\n")


def _is_import(node: ast.AST) -> bool:
    of_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    return isinstance(node, ast.Import | ast.ImportFrom) or of_types
