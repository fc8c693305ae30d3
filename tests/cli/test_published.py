"""A centre that publishes its record: mirrors with the annex, and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.parties import SHOT, signed, with_keys

if TYPE_CHECKING:
    from tests.cli.conftest import Call

SIDES = ("side-a", "side-b")


@pytest.fixture(autouse=True)
def published(call: Call) -> None:
    """Keys of the log and of a mirror of each side, the policy, and one beat without mirrors."""
    with_keys(call)
    log = call("new-key", "centre.example/ledger/1", "log.key", "--for", "log").out.split("\n")[0]
    lines = [f"log {log}"]
    for side in SIDES:
        key = call("new-key", f"{side}.example/mirror", f"{side}-mirror.key").out.split("\n")[0]
        lines.append(f"witness {side} {key}")
    lines += [f"group sides all {' '.join(SIDES)}", "quorum sides", ""]
    Path("policy").write_text("\n".join(lines), "ascii")
    assert 0 == signed(call, SHOT).code
    assert 0 == call("intake", "side-a.bundle").code
    assert 1 == call("publish", "public").code


def pull(call: Call, side: str, *more: str) -> tuple[int, str]:
    words = ("--from", "public", "--key", f"{side}-mirror.key", *more)
    ran = call("mirror", "pull", f"{side}-copy", *words)
    ran.hides_its_insides()
    return ran.code, ran.out + ran.err


def test_with_the_annex_the_mirror_says_who_signed(call: Call) -> None:
    """Named on the command, or as the file `annex` in this folder."""
    code, said = pull(call, "side-a", "--annex", "ledger.annex")
    assert (0, True) == (code, "Every entry is signed, by a key that 3 root keys" in said)
    Path("ledger.annex").replace("annex")
    assert "Every entry is signed" in pull(call, "side-b")[1]
    told = json.loads(call("mirror", "check", "side-b-copy", "--json").out)
    assert told["signatures_checked"]


def test_without_an_annex_it_says_that_nobody_s_signature_was_checked(call: Call) -> None:
    code, said = pull(call, "side-a")
    assert (0, True) == (code, "Signatures were not checked" in said)
    told = json.loads(call("mirror", "pull", "side-a-copy", "--from", "public", "--json").out)
    assert not told["signatures_checked"]
    assert 3 == pull(call, "side-a", "--annex", "no-such-file")[0]


@pytest.mark.parametrize("side", SIDES)
def test_an_entry_of_somebody_whom_the_annex_does_not_name(call: Call, side: str) -> None:
    """To whichever side it belongs: code 4, the entry, the key, nothing cosigned, and a proof."""
    lines = Path("ledger.annex").read_text("ascii").splitlines(keepends=True)
    Path("paper").write_text("".join(x for x in lines if f" {side} " not in x), "ascii")
    code, said = pull(call, "side-a", "--annex", "paper")
    assert (4, True) == (code, f"the key {side}/root is not known here; it is not cosigned" in said)
    assert [".entry", ".tlog-proof"] == sorted(
        path.suffix for path in Path("side-a-copy", "refused").iterdir()
    )
    assert not Path("side-a-copy", "checkpoint.pending").exists()
