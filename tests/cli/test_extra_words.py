"""A word too many: every command says what was given, where it belongs and what to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.main import get_command

from tregua.cli.main import app

if TYPE_CHECKING:
    from tests.cli.conftest import Call

DEAL, LEDGER = "nowhere.deal.md", "elsewhere.sqlite"
# What stands before the word too many, and what to type instead.
DEALS = {
    "status": "status --deal nowhere.deal.md",
    "status --at 2016-09-16 --json": "status --at 2016-09-16 --json --deal nowhere.deal.md",
    "why attacks": "why attacks --deal nowhere.deal.md",
    "what-changed": "what-changed --deal nowhere.deal.md",
    "tallies": "tallies --deal nowhere.deal.md",
    "bulletin": "bulletin --deal nowhere.deal.md",
    "recompute archive.tar": "recompute archive.tar --deal nowhere.deal.md",
}
LEDGERS = {
    "status": "status --ledger elsewhere.sqlite",
    "keys list": "keys list --ledger elsewhere.sqlite",
}


@pytest.mark.parametrize(("words", "better"), DEALS.items())
def test_a_deal_belongs_behind_its_option(call: Call, words: str, better: str) -> None:
    ran = call(*words.split(), DEAL)
    ran.tells(2, f"'{DEAL}' stands where no file is read", "the only *.deal.md in this folder")
    ran.tells(2, f"`tregua {better}`")


@pytest.mark.parametrize(("words", "better"), LEDGERS.items())
def test_a_ledger_belongs_behind_its_option(call: Call, words: str, better: str) -> None:
    call(*words.split(), LEDGER).tells(2, "ledger.sqlite in this folder", f"`tregua {better}`")


@pytest.mark.parametrize("words", ["lint a.deal.md", "doctor", "explain D001", "help status"])
def test_any_other_word_is_told_as_one_too_many(call: Call, words: str) -> None:
    name = words.split(maxsplit=1)[0]
    call(*words.split(), "more").tells(2, f"tregua {name}: 'more' is one word more", "--help")


def test_no_command_is_left_out() -> None:
    """Also those of a group refuse in these words, not in the library's."""
    group = get_command(app)
    every = [*group.commands.values()]  # type: ignore[attr-defined]
    every += [own for one in every if hasattr(one, "commands") for own in one.commands.values()]
    leaves = [one for one in every if not hasattr(one, "commands")]
    assert {"tregua.cli.extra_words"} == {type(one).__module__ for one in leaves}
    assert len(leaves) > len(DEALS)
