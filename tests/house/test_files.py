"""What may stand in the repository: no host, no machine path, nothing large, no data of others."""

from __future__ import annotations

import csv
import gzip
import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LARGEST = 1_000_000  # bytes
# Written in pieces, so that this file does not hold what it looks for.
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com")
FOLDERS = "home|Users|work|root|tmp|mnt|srv"
MACHINE_PATH = re.compile(rf"(?<![\w.)\]}}*<-])/(?:{FOLDERS})/\w|[A-Z]:\\\w")
LOCKS_THAT_NAME_HOSTS = ("uv.lock", "poetry.lock", "Pipfile.lock", "pylock.toml", "yarn.lock")


def test_requirement_files_name_no_host_and_no_option(root: Path) -> None:
    """The locked versions hold packages and hashes: no address, no line of options."""
    files = sorted((root / "requirements").glob("*.txt"))
    assert ["dev.txt", "mutants.txt", "peers.txt", "run.txt"] == [file.name for file in files]
    for file in files:
        lines = file.read_text("utf-8").splitlines()
        options = [line for line in lines if line.lstrip().startswith("-")]
        assert [] == [line for line in options if not line.lstrip().startswith("--hash=sha256:")]
        assert [] == [line for line in lines if line.startswith("--") or "://" in line]


def test_every_requirement_is_pinned_with_a_hash(root: Path) -> None:
    """Each package of the lock files has one version and at least one digest."""
    for file in sorted((root / "requirements").glob("*.txt")):
        text = file.read_text("utf-8").replace("\\\n", " ")
        lines = [
            line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
        ]
        assert lines
        assert [] == [line for line in lines if "==" not in line or "--hash=sha256:" not in line]


def test_the_npm_lock_has_no_resolved_field(root: Path) -> None:
    """The lock of the front end names versions and digests, and no place to fetch them from."""
    lock = json.loads((root / "frontend" / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert [] == [name for name, package in packages.items() if "resolved" in package]
    assert [] == [name for name, package in packages.items() if "integrity" not in package]


def test_no_file_is_large(tracked: tuple[Path, ...]) -> None:
    """No tracked file is over one megabyte."""
    assert [] == [path.name for path in tracked if path.stat().st_size > LARGEST]


def test_no_lock_file_that_names_hosts(tracked: tuple[Path, ...]) -> None:
    """No lock file of the kinds that write the registry's host into every entry is tracked."""
    assert [] == [path.name for path in tracked if path.name in LOCKS_THAT_NAME_HOSTS]


def test_every_file_is_text(tracked: tuple[Path, ...], tracked_texts: dict[str, str]) -> None:
    """Everything in the repository can be read by a person: no archive, image or font."""
    assert len(tracked) == len(tracked_texts)
    assert [] == [name for name, text in tracked_texts.items() if "\0" in text]


def test_no_file_names_a_registry(tracked_texts: dict[str, str]) -> None:
    """No tracked text holds the host of a package registry."""
    found = [(name, host) for name, text in tracked_texts.items() for host in HOSTS if host in text]
    assert [] == found


def test_no_file_names_a_place_on_somebodys_machine(tracked_texts: dict[str, str]) -> None:
    """No tracked text holds an absolute path of a machine."""
    found = [
        f"{name}: {match.group()}"
        for name, text in tracked_texts.items()
        for match in MACHINE_PATH.finditer(text)
    ]
    assert [] == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see /" + "home/ada/deal.md", True),
        ("C:" + "\\Users", True),
        ("https://example.org/" + "work/page", False),
        ("#!/usr/bin/env bash", False),
    ],
)
def test_a_machine_path_is_recognised(text: str, expected: bool) -> None:  # noqa: FBT001
    """Paths of a machine are seen, addresses and system programs are not taken for one."""
    assert expected == bool(MACHINE_PATH.search(text))


# The project's own writing, kept beside the data of others; what we wrote may stand here.
OUR_SETS = ("syria-2016-case", "party_claims_syria", "base_rates")
LEAST = 40  # characters; shorter lines are alike by chance
# Lines that many files share because a licence or a format prescribes them.
PRESCRIBED = re.compile(
    r"Licensed under|Apache License|WARRANTIES|limitations under|AS IS|PERMISSION"
    r"|^[-=|#:\s*_+]+$|^[\w,;\t \"-]*_[\w,;\t \"-]*$"  # rules and headers of tables
    r"|^https?://\S+$",  # an address alone is a citation
    re.IGNORECASE,
)
# A register of names must write each name as a source writes it; its rows are ours all the same.
REGISTER = "names.csv"


def test_a_copied_row_and_a_copied_cell_are_recognised() -> None:
    """A long line and a long cell are pieces; a short one, a rule and an address are not."""
    cell = "Twenty-one were hurt when the shop was hit"
    row = f'17,"{cell}",3'
    assert {row, cell} == pieces([row, "-" * 60, "short", "https://example.org/" + "a" * 40])


@pytest.mark.outside
@pytest.mark.slow
def test_nothing_of_the_shared_data_is_in_the_repository(
    shared_data: Path, tracked_texts: dict[str, str]
) -> None:
    """No tracked file holds a line or a cell of over 40 characters from the data of others."""
    ours: dict[str, str] = {}
    for name, text in tracked_texts.items():
        if name != "LICENSE":
            lines = text.splitlines()
            long = whole_lines(lines) if name.endswith(REGISTER) else pieces(lines)
            ours |= dict.fromkeys(long, name)
    found = {
        f"{ours[piece]}: {piece[:80]} <- {path.relative_to(shared_data)}"
        for path in texts_of_others(shared_data)
        for piece in pieces(lines_of(path))
        if piece in ours
    }
    assert [] == sorted(found)


def texts_of_others(folder: Path) -> list[Path]:
    """Return the files of the sets that are not the project's own, sorted; sealed ones left out."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.relative_to(folder).parts[0] not in OUR_SETS
        and path.suffix != ".enc"
    ]


def lines_of(path: Path) -> Iterator[str]:
    """Yield the lines of a text, unpacked."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", errors="replace") as text:
            yield from text
    else:
        with path.open(encoding="utf-8", errors="replace") as text:
            yield from text


def whole_lines(lines: Iterable[str]) -> set[str]:
    """Return the lines that are long enough not to be alike by chance."""
    stripped = {line.strip() for line in lines if len(line) > LEAST}
    return {line for line in stripped if len(line) > LEAST and not PRESCRIBED.search(line)}


def pieces(lines: Iterable[str]) -> set[str]:
    """Return long lines, and the long cells of lines that are rows of a table."""
    found: set[str] = set()
    for line in lines:
        cells = next(csv.reader([line]), []) if "," in line else []
        found |= whole_lines((line, *cells))
    return found
