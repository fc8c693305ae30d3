"""``tregua format``, ``tregua convert`` and ``tregua schema``."""

from __future__ import annotations

import gc
import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.agreement_forms.conftest import SMALL
from tregua.agreement.exchange.json_schema import schema_text
from tregua.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Answer = tuple[int, str, str]
LOOSE = SMALL.replace("    held: whole", "  held:whole")


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Answer]:
    """Run the command line in a folder with a deal that is in form and one that is not."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    (tmp_path / "deal.deal.md").write_bytes(SMALL.encode())
    (tmp_path / "loose.deal.md").write_bytes(SMALL.replace("    held:", "  held:").encode())
    (tmp_path / "bad.deal.md").write_bytes(LOOSE.encode())

    def called(*words: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["tregua", *words])
        code = 0
        try:
            run()
        except SystemExit as stop:
            code = int(stop.code or 0)
        finally:
            gc.enable()  # a command turns it off for its own short life
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        return code, shown.out, shown.err

    return called


def test_format_prints_and_changes_nothing(call: Callable[..., Answer], tmp_path: Path) -> None:
    """Without an option the deal in form is printed, byte for byte, and the file stays."""
    before = (tmp_path / "deal.deal.md").read_bytes()
    assert (0, SMALL, "") == call("format", "deal.deal.md")
    assert before == (tmp_path / "deal.deal.md").read_bytes()


def test_check_says_whether_it_would_change(call: Callable[..., Answer], tmp_path: Path) -> None:
    """--check ends with 0 for a deal in form, with 1 for another, and writes neither."""
    before = (tmp_path / "loose.deal.md").read_bytes()
    assert (0, "deal.deal.md: in form\n", "") == call("format", "deal.deal.md", "--check")
    code, out, _ = call("format", "loose.deal.md", "--check")
    assert (1, True) == (code, "not in form" in out)
    assert before == (tmp_path / "loose.deal.md").read_bytes()


def test_write_puts_the_file_into_form(call: Callable[..., Answer], tmp_path: Path) -> None:
    """--write changes the file once; the second time it is in form."""
    file = tmp_path / "loose.deal.md"
    file.write_bytes(SMALL.replace("## § 1 ", "## clause 1 ").replace("\n", "\r\n").encode())
    assert (0, "loose.deal.md: put into form\n", "") == call("format", "loose.deal.md", "--write")
    assert SMALL.replace("\n", "\r\n").encode() == file.read_bytes()
    assert (0, "loose.deal.md: in form\n", "") == call("format", "loose.deal.md", "--write")


def test_format_tells_of_lines_that_cannot_be_read(call: Callable[..., Answer]) -> None:
    """A deal with mistakes is laid out all the same; how many there are is told beside it."""
    code, out, err = call("format", "bad.deal.md")
    assert 0 == code
    assert "    held:whole" in out
    assert "1 place cannot be read" in err
    assert "tregua lint bad.deal.md" in err


def test_format_takes_one_option(call: Callable[..., Answer]) -> None:
    """--check and --write together are wrong use; a file that is not there cannot be read."""
    assert 2 == call("format", "deal.deal.md", "--check", "--write")[0]
    code, _, err = call("format", "no.deal.md")
    assert (3, True) == (code, "there is no such file" in err)


def test_convert_goes_both_ways(call: Callable[..., Answer], tmp_path: Path) -> None:
    """Deal to JSON to deal gives the same file, and an existing file is never written over."""
    assert (0, "deal.json: written\n", "") == call("convert", "deal.deal.md", "deal.json")
    assert (
        "valley-2030" == json.loads((tmp_path / "deal.json").read_text("utf-8"))["header"]["deal"]
    )
    code, out, _ = call("convert", "deal.json", "back.deal.md")
    assert (0, "back.deal.md: written; next: tregua lint back.deal.md\n") == (code, out)
    assert SMALL == (tmp_path / "back.deal.md").read_text("utf-8")
    code, _, err = call("convert", "deal.json", "back.deal.md")
    assert (2, True) == (code, "not overwritten" in err)


def test_convert_shows_every_mistake_and_writes_nothing(
    call: Callable[..., Answer], tmp_path: Path
) -> None:
    """A deal, or JSON, with mistakes ends with 3, its notes, and no file."""
    code, out, _ = call("convert", "bad.deal.md", "bad.json")
    assert (3, True) == (code, "error[D003]" in out)
    (tmp_path / "bad.json").write_text('{"format": "tregua-deal/9", "header": {}}', "utf-8")
    code, out, _ = call("convert", "bad.json", "new.deal.md")
    assert 3 == code
    assert "error[D009]" in out
    assert "--> bad.json#/format" in out
    assert "blocks is missing" in out
    assert not (tmp_path / "new.deal.md").exists()


@pytest.mark.parametrize("names", [("deal.yaml", "x.deal.md"), ("deal.deal.md", "deal.yml")])
def test_convert_refuses_yaml_and_says_why(
    call: Callable[..., Answer], names: tuple[str, str]
) -> None:
    """YAML is refused in both directions, with the reason."""
    code, _, err = call("convert", *names)
    assert (2, True) == (code, "turn the key `on` into true, 19:00 into 1140" in err)


@pytest.mark.parametrize("names", [("deal.deal.md", "deal.txt"), ("deal.json", "x.json")])
def test_convert_goes_by_the_endings(call: Callable[..., Answer], names: tuple[str, str]) -> None:
    """Names that do not say which way are wrong use."""
    code, _, err = call("convert", *names)
    assert (2, True) == (code, "one must end in .deal.md, the other in .json" in err)


def test_schema_prints_the_schema(call: Callable[..., Answer]) -> None:
    """`tregua schema` prints the schema that is shipped, and nothing else."""
    assert (0, schema_text(), "") == call("schema")
