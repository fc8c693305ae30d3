"""``tregua new`` writes a deal file to begin from, and never over another one."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, TypeAlias

import pytest

from tregua.agreement.profiles import profile_names
from tregua.agreement.read import read_deal
from tregua.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Tregua: TypeAlias = Callable[..., tuple[int, str, str]]


@pytest.fixture
def tregua(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Tregua:
    """Return a call of the command line in an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tregua", *words])
        with pytest.raises(SystemExit) as stopped:
            run()
        gc.enable()  # a command is a short process and stops collecting
        told = capsys.readouterr()
        return int(stopped.value.code or 0), told.out, told.err

    return call


def test_a_skeleton(tregua: Tregua, tmp_path: Path) -> None:
    """The deal takes its id from the file's name, and the next step is named."""
    assert (0, "valley.deal.md: written. Next: tregua lint valley.deal.md\n", "") == tregua(
        "new", "valley.deal.md"
    )
    reading = read_deal(tmp_path / "valley.deal.md")
    assert ("valley", ()) == (reading.agreement.id, reading.notes)


def test_a_profile_with_two_sides(tregua: Tregua, tmp_path: Path) -> None:
    """Both sides stand in the file under their own ids and titles."""
    code, out, _ = tregua(
        *("new", "valley.deal.md", "--profile", "nuba-jmc", "--zone", "Africa/Khartoum"),
        *("--side-a", "north", "الجانب الشمالي", "--side-b", "south", "Южная сторона"),
    )
    assert (0, True) == (code, "with the mechanism of nuba-jmc" in out)
    parties = read_deal(tmp_path / "valley.deal.md").agreement.parties
    assert [("north", "الجانب الشمالي"), ("south", "Южная сторона")] == [
        (p.id, p.title()) for p in parties
    ]


def test_nothing_is_overwritten(tregua: Tregua, tmp_path: Path) -> None:
    """A file that is there stays as it is."""
    (tmp_path / "valley.deal.md").write_text("mine", encoding="utf-8")
    code, out, err = tregua("new", "valley.deal.md")
    assert (2, "") == (code, out)
    assert "valley.deal.md is there already; it is not overwritten" in err
    assert "mine" == (tmp_path / "valley.deal.md").read_text(encoding="utf-8")


def test_the_list(tregua: Tregua) -> None:
    """Each profile stands in the list with what it is, in the order of names."""
    code, out, _ = tregua("new", "--list")
    names = [line.split()[0] for line in out.splitlines()[: len(profile_names())]]
    assert (0, list(profile_names())) == (code, names)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "no file is named"),
        (("valley.md",), "name a file that ends in .deal.md"),
        (("Valley.deal.md",), "Valley cannot be an id"),
        (("valley.deal.md", "--profile", "amn"), "there is no profile amn"),
    ],
)
def test_wrong_use_writes_nothing(
    tregua: Tregua, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    """What cannot be meant is said with exit code 2, and no file appears."""
    code, _, err = tregua("new", *words)
    assert (2, True) == (code, said in err)
    assert [] == list(tmp_path.iterdir())
