"""Deals that cannot be read, or are full of mistakes: every mistake is told at once."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import DEAL, Call, is_untouched

THIRTY = "".join(
    f'\n```deal\nprohibition n{n} "Norm {n}"\n    on: nobody{n}\n```\n' for n in range(30)
)


def test_all_of_thirty_errors_are_told(centre: Path, call: Call) -> None:
    """A deal with thirty undeclared names shows thirty notes with thirty lines; none hides one."""
    (centre / "valley.deal.md").write_text(DEAL + THIRTY, encoding="utf-8")
    ran = call("lint")
    ran.hides_its_insides()
    assert 3 == ran.code
    assert [] == [n for n in range(30) if f"nobody{n}" not in ran.out]
    notes = json.loads(call("lint", "--json").out)["notes"]
    told = {n["line"] for n in notes if n["severity"] == "error" and n["code"].startswith("D")}
    assert 30 <= len(told)


@pytest.mark.parametrize("words", [("status",), ("why", "attacks"), ("tallies",), ("bulletin",)])
def test_other_commands_point_to_lint(centre: Path, call: Call, words: tuple[str, ...]) -> None:
    """No answer is given on a deal with mistakes; the first is named and how to see them all."""
    (centre / "valley.deal.md").write_text(DEAL + THIRTY, encoding="utf-8")
    call(*words).tells(3, "valley.deal.md", "reading error", "at line", "tregua lint")


UNREADABLE: list[tuple[str, Callable[[], bytes], str]] = [
    ("binary", lambda: bytes(range(256)) * 8, "not UTF-8 text"),
    ("utf-16", lambda: DEAL.encode("utf-16"), "not UTF-8 text"),
    ("cp1256", lambda: "الاتفاق".encode("cp1256"), "not UTF-8 text"),
    ("too large", lambda: b"x" * 6_000_000, "larger than"),
]


@pytest.mark.parametrize(
    ("content", "why"), [u[1:] for u in UNREADABLE], ids=[u[0] for u in UNREADABLE]
)
@pytest.mark.parametrize("words", [("lint",), ("status",), ("intake", "reports.csv")])
def test_deal_that_is_no_text_is_told(
    centre: Path, call: Call, words: tuple[str, ...], content: Callable[[], bytes], why: str
) -> None:
    """File, reason and what to do; code 3."""
    (centre / "valley.deal.md").write_bytes(content())
    call(*words).tells(3, "error[X001]", "valley.deal.md", why)
    assert is_untouched(centre)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"\0" * 50, b"---\n", b"```deal\n", DEAL.encode()[:300], b"\xef\xbb\xbf"],
)
@pytest.mark.parametrize("words", [("lint",), ("status",)])
def test_deal_that_is_empty_or_cut_is_told_in_notes(
    centre: Path, call: Call, words: tuple[str, ...], content: bytes
) -> None:
    """A text that holds no deal, or breaks off in it, is told as such and never as our fault."""
    (centre / "valley.deal.md").write_bytes(content)
    ran = call(*words)
    ran.hides_its_insides()
    assert 3 == ran.code
    assert "valley.deal.md" in ran.out + ran.err


@pytest.mark.parametrize("words", [("lint", "void"), ("status", "--deal", "void")])
def test_folder_in_place_of_a_deal_is_told(
    centre: Path, call: Call, words: tuple[str, ...]
) -> None:
    """A folder is no deal."""
    (centre / "void").mkdir()
    call(*words).tells(3, "void", "this is a folder, not a file")


def test_missing_deal_is_told(call: Call) -> None:
    """A deal that is named and not there cannot be read; code 3."""
    call("lint", "nowhere.deal.md").tells(3, "nowhere.deal.md", "there is no such file", "help:")
    call("status", "--deal", "nowhere.deal.md").tells(3, "there is no such file")


def test_no_deal_and_several_deals_are_asked_about(centre: Path, call: Call) -> None:
    """Which deal is meant is never guessed."""
    (centre / "other.deal.md").write_text(DEAL, encoding="utf-8")
    call("status").tells(2, "which deal?", "other.deal.md, valley.deal.md", "--deal")
    for name in ("other", "valley"):
        (centre / f"{name}.deal.md").unlink()
    call("status").tells(2, "which deal?", "no *.deal.md", "tregua demo")


def test_one_mistake_is_told_as_one(centre: Path, call: Call) -> None:
    """A deal with one mistake has "a reading error", and the command to see it names the file."""
    text = DEAL.replace("    lasts: 48 hours", "    lasts: 0 hours")
    (centre / "valley.deal.md").write_text(text, encoding="utf-8")
    call("status").tells(3, "the deal has a reading error at line", "`tregua lint valley.deal.md`")


def test_an_act_where_a_name_stands_is_told(centre: Path, call: Call) -> None:
    """An act where a block is named is called an act; no block of another meaning is proposed."""
    text = DEAL.replace("    where: valley", "    where: shelling")
    (centre / "valley.deal.md").write_text(text, encoding="utf-8")
    ran = call("lint")
    assert 3 == ran.code
    assert "shelling is a kind of act; a name is expected here" in ran.out


def test_the_next_step_is_a_note_that_is_shown(centre: Path, call: Call) -> None:
    """The page that is offered belongs to a note on the screen, the gravest first."""
    del centre
    out = call("lint").out
    offered = out.rsplit("Next: tregua explain ", 1)[1].strip()
    assert f"error[{offered}]" in out
