"""Mutants that no general tool makes: words of this field and of NumPy exchanged; SQL changed.

SQL stands in f-strings. cosmic-ray leaves strings alone, so their comparisons, joins and numbers
are changed here.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from itertools import accumulate
from typing import TYPE_CHECKING

from tests.operators.mutants.mutant import mutant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.operators.mutants.mutant import Mutant

_BOTH_WAYS = (
    ("maximum", "minimum"), (r"min(?=\()", "max"), (r"max(?=\()", "min"), ("least", "greatest"),
    (r"any(?=\()", "all"), (r"all(?=\()", "any"), ("rising", "falling"), ("t_lo", "t_hi"),
    (r"(?<=[.\"])must", "may"), (r"(?<=[.\"])may", "must"), (r"(?<=\.)start", "end"),
    (r"(?<=\.)end", "start"), ("start_us", "end_us"), ("first_at_least", "last_at_least"),
    ("farthest", "nearest"), ("surely_after", "maybe_after"),
)  # fmt: skip
_SINGLE = tuple((one, other) for one, other in _BOTH_WAYS if "(?" in one)
_PAIRS = tuple((one, other) for one, other in _BOTH_WAYS if "(?" not in one)
WORDS = (
    *((rf"(?<!\w){one}(?!\w)", other) for one, other in _SINGLE),
    *((rf"\b{one}\b", other) for one, other in _PAIRS),
    *((rf"\b{other}\b", one) for one, other in _PAIRS),
    (r', side="right"', ""),
)
SQL = (
    (r"<(?![=>])", "<="), ("<=", "<"), (r"(?<!<)>(?!=)", ">="), (">=", ">"), ("<>", "="),
    ("<>", "<"), ("<>", ">"), (r"(?<![<>])= (?!\d)", "<= "), (r"(?<![<>])= (?!\d)", ">= "),
    (r"\bAND (?!\d|CURRENT|UN)", "OR "), (r"\bOR\b", "AND"), (r"\bNOT (?!NULL)", ""),
    ("IS NULL", "IS NOT NULL"), ("IS NOT NULL", "IS NULL"), (" DESC", " ASC"),
    (r"(ORDER BY [\w.]+)(?! DESC)", r"\1 DESC"), (r"(?<=\w) \+ ", " - "), (r"(?<=\w) - ", " + "),
    ("LEFT JOIN", "JOIN"), ("UNION ALL", "UNION"), ("DISTINCT ", ""), (r"PARTITION BY \w+ ", ""),
    (r"(?<=[ (])(\d+)\b", r"\1 + 1"), (r"(?<=[ (])(\d+)\b", r"\1 - 1"), (r"(?<= )& ", "| "),
    (r"(\{(?:within|below|NOBODY|least)\})", r"\1 + 1"),
    (r"(\{(?:within|below|NOBODY|least)\})", r"\1 - 1"),
    (r"\bsure\b", "possible"), (r"\bpossible\b", "sure"),
)  # fmt: skip


def by_words(path: str, source: str) -> Iterator[Mutant]:
    """Give each mutant of each word, in the order of the lists."""
    text = _Text(source)
    seen: set[str] = set()
    for pattern, other in (*WORDS, *SQL):
        for found in re.finditer(pattern, source):
            inside = text.in_sql if (pattern, other) in SQL else text.in_code
            changed = source[: found.start()] + found.expand(other) + source[found.end() :]
            if inside(found.start()) and changed not in seen:
                seen.add(changed)
                made = mutant(path, source, changed)
                if made:
                    yield made


class _Text:
    """A file, and which of its characters are code, SQL, or words for a reader."""

    def __init__(self, source: str) -> None:
        lines = source.splitlines(keepends=True)
        self._starts = [0, *accumulate(len(line) for line in lines)]
        tree = ast.parse(source)
        self._sql = [self._span(n) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr)]
        pieces = {
            id(piece) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for piece in n.values
        }
        self._still = [self._span(n) for n in ast.walk(tree) if _still(n) and id(n) not in pieces]
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                start = self._starts[token.start[0] - 1] + token.start[1]
                self._still.append((start, start + len(token.string)))

    def _span(self, node: ast.AST) -> tuple[int, int]:
        assert isinstance(node, ast.expr | ast.stmt)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._starts[node.lineno - 1] + node.col_offset
        return start, self._starts[node.end_lineno - 1] + node.end_col_offset

    def in_sql(self, place: int) -> bool:
        return any(start <= place < end for start, end in self._sql)

    def in_code(self, place: int) -> bool:
        return not any(start <= place < end for start, end in self._still)


def _still(node: ast.AST) -> bool:
    """Return whether nothing is changed here: imports, docstrings, sentences."""
    sentence = isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    return isinstance(node, ast.Import | ast.ImportFrom) or sentence
