"""One test for each row of docs/reference/exit-codes.md."""

from pathlib import Path

import pytest

from tests.cli.conftest import ROWS, Call, is_untouched, write_rows
from tregua.ledger.signed import SignedEntry, signed_entry


def test_0_nothing_to_report(call: Call) -> None:
    """Before anything happened there is nothing to report."""
    ran = call("status", "--at", "2030-09-12")
    assert (0, "") == (ran.code, ran.err)
    assert "Two days in the valley" in ran.out


def test_1_a_violation_is_assessed(call: Call) -> None:
    """The same question a day later has an assessed violation to report."""
    ran = call("status", "--at", "2030-09-13")
    assert (1, "") == (ran.code, ran.err)
    assert "violated" in ran.out


def test_1_a_row_was_refused(centre: Path, call: Call) -> None:
    """A refused row is something to report."""
    write_rows(centre / "new.csv", [ROWS[0] | {"id": "o8", "from": "never"}])
    assert 1 == call("intake", "new.csv").code


def test_1_a_note_stands_at_or_above_the_severity_asked_for(call: Call) -> None:
    """Lint of a thin deal has errors to report, unless nobody wants to fail on them."""
    assert 1 == call("lint").code
    assert 0 == call("lint", "--fail-on", "never").code


def test_2_wrong_use(call: Call) -> None:
    """A value that cannot be meant is refused with what may be written."""
    call("status", "--at", "nonsense").tells(2, "error[X005]", "--at", "'nonsense'", "help:")


def test_3_input_cannot_be_read(call: Call) -> None:
    """A file that is not there cannot be read."""
    call("intake", "nowhere.csv").tells(3, "error[X001]", "nowhere.csv")


def test_4_the_ledger_fails_its_audit(centre: Path, call: Call) -> None:
    """A ledger that was overwritten fails."""
    (centre / "ledger.sqlite").write_bytes(b"gone")
    assert 4 == call("audit").code


def test_5_out_of_reach(call: Call) -> None:
    """A ledger that is not there is out of reach."""
    call("audit", "nowhere.sqlite").tells(5, "error[X003]", "nowhere.sqlite")


def _broken(*_: object, **__: object) -> None:
    secret = "secret-4711"
    raise ValueError(secret)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("tregua.centre.picture", ("status",)),
        ("tregua.centre.picture", ("bulletin",)),
        ("tregua.agreement.read.read_deal", ("lint",)),
        ("tregua.reports.read_file.read_file", ("intake", "reports.csv")),
        ("tregua.centre.take_in", ("intake", "reports.csv")),
        ("tregua.ledger.audit.audit", ("audit",)),
        ("tregua.reports.own_template.template", ("template", "new.csv")),
    ],
)
def test_70_a_fault_of_ours_tells_no_value(
    centre: Path, call: Call, monkeypatch: pytest.MonkeyPatch, where: str, words: tuple[str, ...]
) -> None:
    """One sentence and a file; neither message nor local value is in the sentence or the file."""
    monkeypatch.setattr(where, _broken)
    ran = call(*words)
    ran.tells(70, "error[X070]", "a fault of ours (ValueError)", "it holds no data")
    files = list((centre.parent / "tmp").glob("tregua-fault-*.txt"))
    assert 1 == len(files)
    told = files[0].read_text(encoding="utf-8")
    assert "ValueError" in told
    assert "in _broken" in told
    assert "secret" not in told + ran.out + ran.err
    assert str(centre) not in told
    assert is_untouched(centre)


def test_70_without_a_place_for_the_file(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no file can be written the places stand on stderr."""
    monkeypatch.setattr("tempfile.tempdir", "/proc/nowhere")
    monkeypatch.setattr("tregua.centre.picture", _broken)
    ran = call("status")
    ran.tells(70, "error[X070]", "in _broken")
    assert "secret" not in ran.out + ran.err


def test_130_the_user_stopped_it_between_two_entries(
    centre: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stop in the middle of a batch leaves nothing of the batch."""
    calls = [0]

    def stopped(data: bytes) -> SignedEntry:
        calls[0] += 1
        if calls[0] == 3:
            raise KeyboardInterrupt
        return signed_entry(data)

    monkeypatch.setattr("tregua.ledger.intake.signed_entry", stopped)
    write_rows(centre / "new.csv", [ROWS[0] | {"id": f"o{n}"} for n in range(10, 20)])
    call("intake", "new.csv").tells(130, "stopped; nothing is half recorded")
    assert 3 == calls[0]
    assert is_untouched(centre)
