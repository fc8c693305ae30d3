"""One file, one line in the list, one heading in the docs: nothing registers itself."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tregua.agreement.clauses import KINDS
from tregua.agreement.lint import NOT_RUN, RULES
from tregua.bulletin.sections import SECTIONS
from tregua.cli.main import COMMANDS
from tregua.rehearsal.attacks import ATTACKS
from tregua.reports.readers import READERS

if TYPE_CHECKING:
    from pathlib import Path


def files_in(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.py")} - {"__init__"}


def headings(page: Path) -> list[str]:
    lines = page.read_text("utf-8").splitlines()
    return [line.lstrip("#").strip() for line in lines if line.startswith("##")]


def test_every_kind_of_block_is_in_the_list_once(source: Path) -> None:
    """The files in agreement/clauses are the kinds of the list, by name."""
    kinds = [kind.kind for kind in KINDS]
    assert len(set(kinds)) == len(kinds)
    written = {stem.replace("_", "-") for stem in files_in(source / "agreement" / "clauses")}
    assert written == set(kinds)


def test_every_lint_rule_is_in_the_list_once_and_in_the_order_of_the_codes(source: Path) -> None:
    """The files in agreement/lint are the rules of the list, which is sorted."""
    codes = [rule.code for rule in RULES]
    assert sorted(set(codes)) == codes
    written = {stem.partition("_")[0].upper() for stem in files_in(source / "agreement" / "lint")}
    assert written == set(codes)
    assert not set(NOT_RUN) & set(codes)


def test_every_reader_is_in_the_list_once(source: Path) -> None:
    """The files in reports/readers are the readers of the list, by name."""
    names = [reader.name for reader in READERS]
    assert len(set(names)) == len(names)
    assert files_in(source / "reports" / "readers") == set(names)


def test_every_section_is_in_the_list_once(source: Path) -> None:
    """The files in bulletin/sections are the sections of the list, by module."""
    modules = [compose.__module__.rpartition(".")[2] for _, compose in SECTIONS]
    assert len(set(modules)) == len(modules)
    assert files_in(source / "bulletin" / "sections") == set(modules)
    assert len({name for name, _ in SECTIONS}) == len(SECTIONS)


def test_every_attack_is_in_the_list_once(source: Path) -> None:
    """The files in rehearsal/attacks are the attacks of the list, by module."""
    modules = [attack.act.__module__.rpartition(".")[2] for attack in ATTACKS]
    assert len(set(modules)) == len(modules)
    assert files_in(source / "rehearsal" / "attacks") == set(modules)
    assert len({attack.id for attack in ATTACKS}) == len(ATTACKS)


def test_every_command_is_in_the_list_once(source: Path) -> None:
    """Each file of cli that adds a command stands in the list of main.py."""
    adding = {
        path.stem
        for path in (source / "cli").glob("*.py")
        if any(
            isinstance(node, ast.FunctionDef) and node.name == "add_to"
            for node in ast.parse(path.read_text("utf-8")).body
        )
    }
    listed = [module.__name__.rpartition(".")[2] for module in COMMANDS]
    assert len(set(listed)) == len(listed)
    assert adding == set(listed)


LISTS = (
    "agreement/clauses",
    "agreement/lint",
    "reports/readers",
    "assessment/operators",
    "bulletin/sections",
    "rehearsal/attacks",
)


@pytest.mark.parametrize("folder", LISTS)
def test_a_list_says_in_which_order_it_stands(folder: str, source: Path) -> None:
    """The docstring of every list names its order."""
    tree = ast.parse((source / folder / "__init__.py").read_text("utf-8"))
    assert "order" in (ast.get_docstring(tree) or "")


def test_every_extension_has_a_heading_in_the_reference(root: Path) -> None:
    """Readers, lint rules, sections and commands have a heading in docs/reference."""
    reference = root / "docs" / "reference"
    readers = {f"Reader `{reader.name}`" for reader in READERS}
    assert readers <= set(headings(reference / "reports.md"))
    rules = {rule.code for rule in RULES}
    assert rules <= {title.partition(" ")[0] for title in headings(reference / "lint.md")}
    attacks = {attack.title for attack in ATTACKS}
    told = set(headings(root / "docs" / "how-to" / "see-attacks-caught.md"))
    assert attacks <= {title.lower() for title in told}
    sections = {name for name, _ in SECTIONS}
    assert sections == set(headings(reference / "bulletin.md"))
    commands = {
        f"tregua {module.__name__.rpartition('.')[2].replace('_', '-')}" for module in COMMANDS
    }
    assert commands | {"tregua help"} == set(headings(reference / "commands.md"))
