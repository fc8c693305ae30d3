"""One word, one meaning: the words that GLOSSARY.md does without are in no text of ours."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tregua.agreement.clauses import KINDS
from tregua.cli.explain import _pages

if TYPE_CHECKING:
    from pathlib import Path

# The bold words of the house style's glossary, with their forms.
NEVER = re.compile(
    r"\b(sighting\w*|blam\w+|verdict\w*|breach\w*|offences?|offenses?|tickets?|factions?|enem(?:y|ies)"
    r"|deconflict\w*)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”|«[^»\n]*»')
SUFFIXES = (".md", ".html", ".css", ".toml", ".cff", ".svg")
TEXTS_OF_OTHERS = ("LICENSE",)


def found_in(text: str) -> list[str]:
    """Return the words that should not stand there; quotations and quoted lines are left out."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(">")]
    return [match.group() for line in lines for match in NEVER.finditer(QUOTED.sub('""', line))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Both sides speak of breaches.", ["breaches"]),
        ('The note says "a grave breach".', []),
        ("> the enemy fired first", []),
        ("An Enemy and a verdict", ["Enemy", "verdict"]),
        ("The bench is offended by the heat.", []),
    ],
)
def test_the_measure_sees_a_word_and_passes_over_quotations(text: str, expected: list[str]) -> None:
    """A word is seen in any case and form; what stands in quotation marks is somebody else's."""
    assert expected == found_in(text)


def test_no_page_says_them(tracked_texts: dict[str, str]) -> None:
    """No page, template or style sheet of the repository holds one of the words."""
    pages = {
        name: text
        for name, text in tracked_texts.items()
        if name.endswith(SUFFIXES) and name not in TEXTS_OF_OTHERS
    }
    assert "CONTRIBUTING.md" in pages
    assert [] == [(name, word) for name, text in pages.items() for word in found_in(text)]


def test_no_string_of_the_product_says_them(source: Path) -> None:
    """No help text, docstring, note or sentence in the code holds one of the words."""
    found = []
    for path in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = found_in(node.value)
                found += [f"{path.relative_to(source)}:{node.lineno} {word}" for word in words]
    assert [] == found


def test_no_code_page_and_no_kind_says_them() -> None:
    """What `tregua explain` tells, and what the kinds of block say of themselves, does without."""
    pages = [(p.code, text) for p in _pages() for text in (p.title, p.what, p.why, p.help)]
    kinds = [(k.kind, text) for k in KINDS for text in (k.what, k.violated, k.evidence)]
    assert [] == [(name, word) for name, text in (*pages, *kinds) for word in found_in(text)]


def test_every_word_of_the_glossary_stands_in_three_languages(root: Path) -> None:
    """Each row of GLOSSARY.md has a word, a Russian and an Arabic form, and a meaning."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (root / "GLOSSARY.md").read_text("utf-8").splitlines()
        if line.startswith("|") and not line.startswith(("| word", "|---"))
    ]
    assert len(rows) > 20
    for word, russian, arabic, meaning in rows:
        assert word
        assert meaning, word
        assert re.search("[а-я]", russian), word
        assert re.search("[\u0621-\u064a]", arabic), word
