"""Help, mistyped words, times, colour, JSON."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import ENTRIES, ROWS, Call, write_rows
from tregua.cli.main import COMMANDS

NAMES = [module.__name__.rpartition(".")[2].replace("_", "-") for module in COMMANDS]
PICTURE = [
    ("status", "--at", "2030-09-13", "--json"),
    ("why", "attacks", "--at", "2030-09-13", "--json"),
    ("tallies", "--at", "2030-09-13", "--json"),
    ("bulletin", "--at", "2030-09-13", "--json"),
    ("bulletin", "--at", "2030-09-13", "--format", "json"),
]
OTHERS = [
    ("lint", "--json"),
    ("lint", "--format", "json"),
    ("lint", "--format", "sarif"),
    ("explain", "--json"),
    ("explain", "X001", "--json"),
    ("intake", "reports.csv", "--json"),
    ("intake", "reports.csv", "--json", "--dry-run"),
    ("audit", "--json"),
    ("get", "--json"),
]


@pytest.mark.parametrize("name", NAMES)
def test_help_begins_with_examples(call: Call, name: str) -> None:
    """Every command shows examples before its options, the same by three ways of asking."""
    long, short, asked = (call(name, "--help"), call(name, "-h"), call("help", name))
    assert (0, "") == (long.code, long.err)
    assert long == short == asked
    assert -1 < long.out.index("Examples:") < long.out.index("Options:")


def test_help_alone_is_the_help_of_all(call: Call) -> None:
    """`tregua help` and `tregua --help` are one; without a word the same is shown, with code 2."""
    assert call("--help").out.strip() == call("help").out.strip()
    assert 2 == call().code


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("statos",), "Did you mean 'status'?"),
        (("help", "statos"), "Did you mean 'status'?"),
        (("status", "--knwon-at", "@3"), "--known-at"),
        (("status", "--nothing"), "No such option"),
        (("explain", "L60"), "did you mean L60"),
        (("explain", "Q1"), "there is no code Q1"),
        (("demo", "syria-2016"), "syria-2016-02, syria-2016-09"),
        (("get", "ged-26-1"), "did you mean ged-26.1?"),
        (("intake", "x.csv", "--reader", "gde"), "the readers are: own, ged"),
        (("intake", "x.csv", "--zone", "Damascus"), "Asia/Damascus"),
        (("lint", "--format", "yaml"), "write text, json, sarif or github"),
        (("lint", "--fail-on", "often"), "write error, warning, info or never"),
        (("bulletin", "--format", "pdf"), "write html, text or json"),
        (("template", "x.doc"), "ends in .csv, .xlsx or .jsonl"),
        (("--color", "green", "status"), "write auto, always or never"),
        (("audit", "--head", "abc"), "64 hex digits"),
        (("intake",), "Missing argument"),
        (("why",), "Missing argument"),
    ],
)
def test_wrong_use_says_what_may_be_written(call: Call, words: tuple[str, ...], hint: str) -> None:
    """Code 2 and a hint; nothing is guessed."""
    ran = call(*words)
    ran.tells(2, hint)
    assert "" == ran.out


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--at", "nonsense", "'nonsense' is not a time"),
        ("--at", "2030-13-01", "not a day of the calendar"),
        ("--at", "0025-09-13", "the year 0025 cannot be meant"),
        ("--at", "9999-09-13", "the year 9999 cannot be meant"),
        ("--at", "2030-09-13T25:00", "no such hour"),
        ("--at", "2030-09-13T12:00+99:00", "no such offset"),
        ("--at", "@3", "'@3' is not a time"),
        ("--known-at", "@x", "write @ and a number"),
        ("--known-at", "@", "write @ and a number"),
        ("--known-at", "@-1", "write @ and a number"),
        ("--known-at", "@\u00b2", "write @ and a number"),
        ("--known-at", "@" + "9" * 5000, "write @ and a number"),
        ("--known-at", "@99999", f"the ledger has {ENTRIES} entries"),
        ("--known-at", "yesterday", "'yesterday' is not a time"),
    ],
)
def test_time_that_cannot_be_meant_is_refused(
    call: Call, option: str, value: str, why: str
) -> None:
    """The option is named and the reason told; code 2."""
    ran = call("status", option, value)
    ran.tells(2, f"error[X005]: {option}", why)
    assert 600 > len(ran.err)


@pytest.mark.parametrize("words", [("status",), ("tallies",), ("bulletin", "--format", "text")])
def test_moment_before_everything_has_an_answer(call: Call, words: tuple[str, ...]) -> None:
    """Years before the deal nothing has begun, and that is no mistake."""
    ran = call(*words, "--at", "2001-01-01")
    assert (0, "") == (ran.code, ran.err)


@pytest.mark.parametrize("size", range(ENTRIES + 1))
def test_every_prefix_of_the_ledger_can_be_asked_for(call: Call, size: int) -> None:
    """From nothing at all to everything there is."""
    told = json.loads(call("status", "--known-at", f"@{size}", "--json").out)
    assert size == told["checkpoint"]["size"]


@pytest.mark.parametrize("what", ["nothing", "A-00000000", "I-00000000", "own:o99", "attack"])
def test_id_that_nobody_has_is_told(call: Call, what: str) -> None:
    """An unknown id is wrong use, with the nearest one where there is one."""
    ran = call("why", what, "--at", "2030-09-13")
    ran.tells(2, "nothing here has the id", what, "help:")
    assert ("did you mean attacks?" in ran.err) == (what == "attack")


def test_camps_are_asked_for_together(call: Call) -> None:
    """One camp alone cannot be laid beside nothing; a camp that nobody knows has no claims."""
    call("tallies", "--a", "a").tells(2, "name both camps")
    ran = call("tallies", "--a", "a", "--b", "nobody-at-all", "--at", "2030-09-15")
    ran.hides_its_insides()
    assert 0 == ran.code


@pytest.mark.parametrize("words", [*PICTURE, *OTHERS], ids=" ".join)
def test_json_is_one_value_and_nothing_else(call: Call, words: tuple[str, ...]) -> None:
    """Nothing but JSON is on stdout, nothing on stderr, and no colour even when colour is asked."""
    plain, coloured = call(*words), call("--color", "always", *words)
    assert "" == plain.err
    assert json.loads(plain.out) is not None
    assert "\033" not in coloured.out


@pytest.mark.parametrize("words", PICTURE, ids=" ".join)
def test_json_carries_what_is_needed_to_compute_it_again(
    call: Call, words: tuple[str, ...]
) -> None:
    """Both times, both digests of the deal, size and root of the ledger."""
    told = json.loads(call(*words).out)
    assert "2030-09-13T21:00:00Z" == told["at"]
    assert f"the first {ENTRIES} entries of the ledger" == told["known_at"]["words"]
    assert {"id", "text_sha256", "model_sha256"} == set(told["deal"])
    assert ["valley", 64, 64] == [
        told["deal"]["id"],
        *(len(told["deal"][k]) for k in ("text_sha256", "model_sha256")),
    ]
    whole = json.loads(call("audit", "--json").out)["checkpoint"]
    assert whole == told["checkpoint"]


def test_json_of_lint_and_intake_names_the_deal(call: Call) -> None:
    """The notes say of which text they are; the intake says with which deal it was recorded."""
    lint = json.loads(call("lint", "--json").out)["deal"]
    assert lint == json.loads(call("intake", "reports.csv", "--json").out)["deal"]
    assert lint == json.loads(call("status", "--json").out)["deal"]


def test_colour_only_where_it_is_wanted(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not into a file, not with NO_COLOR, with --color always; the words are the same."""
    words = ("status", "--at", "2030-09-13")
    plain = call(*words).out
    assert "\033" not in plain
    painted = call("--color", "always", *words).out
    assert "\033[35mviolated\033[0m" in painted
    assert plain == re.sub(r"\033\[\d+m", "", painted)
    assert "\033[31merror\033[0m[L" in call("--color", "always", "lint").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\033" in call(*words).out
    assert "\033" not in call("--color", "never", *words).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\033" not in call(*words).out
    assert "\033" in call("--color", "always", *words).out


def test_report_cannot_move_the_cursor_or_add_a_line(centre: Path, call: Call) -> None:
    """Hidden signs and line ends of a report are shown, not obeyed."""
    evil = "fine\033[2J\nChecked against 9 entries\u202egnisrever"
    write_rows(centre / "new.csv", [ROWS[0] | {"id": "o8", "summary": evil}])
    assert 0 == call("intake", "new.csv").code
    out = call("why", "own:o8", "--at", "2030-09-15").out
    assert "fine[U+001B][2J Checked against 9 entries[U+202E]gnisrever" in out
    assert "\n" + "Checked against 9" not in out


@pytest.mark.usefixtures("deal_only")
def test_template_can_be_taken_in_and_is_not_overwritten(call: Call) -> None:
    """Each form of the empty table reads back without a refused row; a second one is refused."""
    for form in ("csv", "xlsx", "jsonl"):
        name = f"new.{form}"
        assert 0 == call("template", name).code
        assert 0 == call("intake", name, "--source", form).code
        call("template", name).tells(2, name, "is there already")
    call("template", "no/such/new.csv").tells(5, "new.csv", "nothing of it was written")
    assert 0 == call("audit").code


def test_set_that_is_fetched_by_hand_and_file_that_is_not_there(call: Call) -> None:
    """No network is used for either."""
    call("get", "acled").tells(2, "acled")
    call("get", "ged-26.1", "--file", "nowhere.zip").tells(3, "nowhere.zip", "no such file")
    call("get", "ged-26.1", "--file", "reports.csv", "--into", "reports.csv").tells(
        5, "error[X004]"
    )
    assert "ged-26.1" in call("get").out


def test_success_ends_with_what_to_do_next(call: Call) -> None:
    """The last line of each result says what to do next."""
    for words in (
        ("lint",),
        ("intake", "reports.csv"),
        ("status", "--at", "2030-09-13"),
        ("why", "attacks", "--at", "2030-09-13"),
        ("tallies", "--at", "2030-09-13"),
        ("bulletin", "--at", "2030-09-13"),
        ("audit",),
    ):
        assert "Next:" in call(*words).out.strip().splitlines()[-1], words
