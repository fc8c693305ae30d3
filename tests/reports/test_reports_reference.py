"""The reference page and the pages of the codes are whole."""

import re
from pathlib import Path

import pytest

from tregua.reports.codes import PAGES
from tregua.reports.own_columns import COLUMNS, NAMES
from tregua.reports.readers import READERS

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "tregua" / "reports"


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "docs" / "reference" / "reports.md").read_text(encoding="utf-8")


def test_every_reader_code_and_column_has_its_place(page: str) -> None:
    """A reader, code or column without a heading or line fails."""
    headings = [line.lstrip("# ") for line in page.splitlines() if line.startswith("#")]
    wanted = [f"Reader `{reader.name}`" for reader in READERS]
    wanted += [f"{code.code}: {code.title}" for code in PAGES]
    assert [] == [heading for heading in wanted if heading not in headings]
    assert [] == [c.name for c in COLUMNS if f"| `{c.name}` |" not in page]


def test_code_given_has_a_page_and_every_page_is_given() -> None:
    """Each code in the source of the room has one page, and no page is left over."""
    sources = [path for path in SOURCE.rglob("*.py") if path.name != "codes.py"]
    given = {
        code
        for path in sources
        for code in re.findall(r'"(R\d{3})"', path.read_text(encoding="utf-8"))
    }
    assert sorted(given) == [page.code for page in PAGES]


def test_every_flag_is_explained(page: str) -> None:
    """Each flag that a reader sets stands in the reference page."""
    given = {
        flag
        for path in SOURCE.rglob("*.py")
        for flag in re.findall(r'flags\.append\("([a-z-]+)"\)', path.read_text(encoding="utf-8"))
    }
    assert given
    assert [] == [flag for flag in sorted(given) if f"| `{flag}` |" not in page]


def test_columns_are_named_once() -> None:
    """No column of the format stands twice."""
    assert len(NAMES) == len(set(NAMES))
