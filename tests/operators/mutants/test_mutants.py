"""The mutants are changes that matter, and the page of reasons speaks of lines that are there."""

from __future__ import annotations

import ast

import pytest

from tests.operators.mutants.by_words import by_words
from tests.operators.mutants.mutant import Change, mutant
from tests.operators.mutants.plan import ROOM, ROOT, files, noticed_by
from tests.operators.mutants.reasons import Reasons, read

SOURCE = '''"""No t_lo of a docstring is changed."""

def early(rows: int | None) -> str:
    now = min(rows.t_lo)  # nor the rising one of a comment
    return f"SELECT a FROM b WHERE t_hi <= {now}"
'''


def test_words_are_exchanged_in_code_and_sql() -> None:
    """Docstrings and comments stay; a comparison is changed in SQL alone."""
    changes = {(m.change.before, m.change.after) for m in by_words("x.py", SOURCE)}
    line, text = 'return f"SELECT a FROM b WHERE t_hi {} {{now}}"', "min(rows.t_lo)"
    comment = " # nor the rising one of a comment"
    assert {
        (f"now = {text}{comment}", f"now = max(rows.t_lo){comment}"),
        (f"now = {text}{comment}", f"now = min(rows.t_hi){comment}"),
        (line.format("<="), line.format("<=").replace("t_hi", "t_lo")),
        (line.format("<="), line.format("<")),
    } == changes


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("int | None", "int & None"),
        ("-> str", "-> bytes"),
        ("a comment", "no comment"),
        ("(", "(("),
    ],
)
def test_a_change_that_says_nothing_is_no_mutant(old: str, new: str) -> None:
    """Types and comments are never run; what is no Python is never loaded."""
    assert mutant("x.py", SOURCE, SOURCE.replace(old, new)) is None


def test_a_change_is_named_by_its_function_and_lines() -> None:
    """Other changes of the file leave it as it is."""
    made = mutant("x.py", SOURCE, SOURCE.replace("min", "sum"))
    assert made is not None
    assert ("early", 4) == (made.change.where, made.line)
    assert made.change.after.startswith("now = sum(rows.t_lo)")


def test_words_explain_one_change_wherever_they_stand() -> None:
    """One place is exchanged at a time, and nothing beside it."""
    words = Change("everywhere", "any", "!= NOBODY", "> NOBODY")
    page = Reasons(frozenset(), (words,))
    before = "x != NOBODY, y != NOBODY"
    for after, explained in (
        ("x > NOBODY, y != NOBODY", True),
        ("x != NOBODY, y > NOBODY", True),
        ("x > NOBODY, y > NOBODY", False),
        ("x != NOBODY, z > NOBODY", False),
    ):
        assert explained == (Change("f.py", "g", before, after) in page)


def test_the_page_speaks_of_lines_that_are_there() -> None:
    """Each explained line stands in the function that it is said to stand in."""
    page = read()
    assert page.lines
    gone = [change for change in page.lines if change.before not in _text(change)]
    assert [] == sorted(gone)


def _text(change: Change) -> str:
    source = (ROOT / ROOM / change.path).read_text("utf-8")
    inner = [
        ast.get_source_segment(source, node) or ""
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == change.where
    ]
    return " ".join((source if change.where == "-" else "\n".join(inner)).split())


def test_every_file_has_tests_that_are_there() -> None:
    """The plan names files of the operators, and tests that exist."""
    for path in files():
        assert (ROOT / ROOM / path).is_file()
        assert all((ROOT / name.partition("::")[0]).exists() for name in noticed_by(path))
