"""The reference pages that are written from the code are current; `make update` renews them."""

from __future__ import annotations

import inspect
import re
import sys
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from tregua.agreement.clauses import KINDS
from tregua.assessment.model import Why
from tregua.bulletin.sections import SECTIONS
from tregua.cli.main import COMMANDS, app
from tregua.errors import TreguaError

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS_HEAD = """\
# Commands

This page is written from the help of the commands; `make update` renews it.
A result goes to stdout, a message to stderr.
With `--json` nothing but JSON is on stdout.
`--at` says what happened until, `--known-at` what was known until.
They mean the same on every command.
What an exit code means stands in [exit-codes.md](exit-codes.md).

```text
{help}
```
"""
SECTIONS_HEAD = """\
# Sections of the bulletin

This page is written from the sections, in the order of printing; `make update` renews it.
A section computes nothing: it lays out what the rooms before it found.
One without content says so in words.
"""


def help_of(*words: str) -> str:
    """Return the help of a command as a terminal of 80 columns shows it."""
    answer = CliRunner().invoke(app, [*words, "--help"], prog_name="tregua", env={"COLUMNS": "80"})
    assert answer.exit_code == 0
    return "\n".join(line.rstrip() for line in answer.output.strip().splitlines())


def commands_page() -> str:
    names = [module.__name__.rpartition(".")[2].replace("_", "-") for module in COMMANDS]
    parts = [COMMANDS_HEAD.format(help=help_of())]
    parts += [f"## tregua {name}\n\n```text\n{help_of(name)}\n```\n" for name in (*names, "help")]
    return "\n".join(parts)


def sections_page() -> str:
    parts = [SECTIONS_HEAD]
    for name, compose in SECTIONS:
        doc = inspect.getdoc(sys.modules[compose.__module__]) or ""
        parts.append(f"## {name}\n\n{one_sentence_per_line(doc)}\n")
    return "\n".join(parts)


def one_sentence_per_line(text: str) -> str:
    return re.sub(r"(?<=[.!?]) (?=[A-Z])", "\n", " ".join(text.split()))


def kinds_table() -> str:
    rows = ["| kind | what it states | how it can be violated |", "|---|---|---|"]
    rows += [f"| `{kind.kind}` | {kind.what} | {kind.violated} |" for kind in KINDS]
    return "\n".join(rows)


def between(page: str, name: str, text: str) -> str:
    """Return the page with the text between the two marks of that name."""
    begin, end = f"<!-- {name}: written from the code -->\n", f"\n<!-- end of {name} -->"
    head, _, rest = page.partition(begin)
    assert rest
    return head + begin + text + end + rest.partition(end)[2]


def settle(path: Path, expected: str, *, update: bool) -> None:
    """Write the page, or hold it against what it should be."""
    if update:
        path.write_text(expected, "utf-8")
    assert expected == path.read_text("utf-8"), f"{path.name} is not current: run `make update`"


def test_the_page_of_commands_is_current(root: Path, update: bool) -> None:  # noqa: FBT001
    """docs/reference/commands.md holds the help of every command as it is."""
    settle(root / "docs" / "reference" / "commands.md", commands_page(), update=update)


def test_the_page_of_sections_is_current(root: Path, update: bool) -> None:  # noqa: FBT001
    """docs/reference/bulletin.md holds every section with its own description."""
    settle(root / "docs" / "reference" / "bulletin.md", sections_page(), update=update)


def test_the_table_of_kinds_is_current(root: Path, update: bool) -> None:  # noqa: FBT001
    """docs/reference/deal-language.md lists every kind of block, in the order of the list."""
    path = root / "docs" / "reference" / "deal-language.md"
    settle(path, between(path.read_text("utf-8"), "kinds", kinds_table()), update=update)


def test_the_page_of_exit_codes_names_every_code(root: Path) -> None:
    """Each exit code that an error of ours carries has its row, and nothing but the audit has 4."""
    page = (root / "docs" / "reference" / "exit-codes.md").read_text("utf-8")
    rows = {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}
    errors = TreguaError.__subclasses__()
    assert {0, 1, 70} | {error.exit_code for error in errors} <= rows
    assert ["LedgerDamaged"] == [error.__name__ for error in errors if error.exit_code == 4]


def test_the_page_on_undetermined_names_every_reason(root: Path) -> None:
    """docs/explanation/why-undetermined.md has each reason of the closed list."""
    page = (root / "docs" / "explanation" / "why-undetermined.md").read_text("utf-8")
    assert [] == [reason.value for reason in Why if f"`{reason.value}`" not in page]


def test_every_link_between_our_pages_leads_somewhere(root: Path) -> None:
    """A relative link in a page of docs or at the root names a file that is there."""
    pages = [*sorted((root / "docs").rglob("*.md")), *sorted(root.glob("*.md"))]
    broken = [
        f"{page.relative_to(root)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert [] == broken


def test_every_room_has_a_page_that_explains_it(root: Path, source: Path) -> None:
    """Each room has a page with four parts: what comes in, goes out, was lost, and why so."""
    rooms = {path.parent.name for path in source.glob("*/__init__.py")}
    folder = root / "docs" / "explanation"
    assert rooms <= {path.stem for path in folder.glob("*.md")}
    parts = ("## What comes in", "## What goes out", "## What was lost", "## Why so")
    for room in sorted(rooms):
        page = (folder / f"{room}.md").read_text("utf-8")
        assert [] == [part for part in parts if part not in page], room


def test_a_file_that_a_page_names_is_there(root: Path, source: Path) -> None:
    """A module that a page of docs/explanation names in code marks exists."""
    there = {path.relative_to(source).as_posix() for path in source.rglob("*.*")}
    missing = [
        f"{page.name}: {name}"
        for page in sorted((root / "docs" / "explanation").glob("*.md"))
        for name in re.findall(r"`([\w/]+\.py)`", page.read_text("utf-8"))
        if f"{page.stem}/{name}" not in there and name not in there
    ]
    assert [] == missing


def test_pages_have_one_sentence_per_line(root: Path) -> None:
    """In prose of docs/tutorial, docs/how-to and docs/explanation a line holds one sentence."""
    long = []
    for kind in ("tutorial", "how-to", "explanation"):
        for page in sorted((root / "docs" / kind).glob("*.md")):
            text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
            long += [
                f"{page.name}: {line}"
                for line in text.splitlines()
                if not line.startswith("|") and re.search(r"[a-z`)][.!?] [A-Z]", line)
            ]
    assert [] == long
