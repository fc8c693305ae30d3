"""What notes become: a summary line, SARIF, workflow commands, the reference page."""

import json
import subprocess
import sys
from pathlib import Path

from tregua.agreement.lint import RULES
from tregua.agreement.lint_deal import lint, pages, shown, summary
from tregua.agreement.lint_reference import lint_reference
from tregua.agreement.prove import QUESTIONS
from tregua.agreement.read import read_deal_text
from tregua.agreement.to_annotations import to_annotations
from tregua.agreement.to_sarif import to_sarif
from tregua.terms.notes import Confidence, Note, Severity, Spot, show_note

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "lint.md"
SPOT = Spot("deals/first draft.deal.md", 12, 5, 9, "    on: undefined")


def note(**changes: str) -> Note:
    given = {"said": "A norm has no bearer", "marker": "nobody is named", "on": "bridge", **changes}
    return Note(
        "L411", Severity.ERROR, spot=SPOT, confidence=Confidence.MEDIUM, clause="1", **given
    )


def test_the_summary_counts_everything() -> None:
    """Accepted notes and those for experts are counted, and the rules not run are named."""
    info = Note("L106", Severity.INFO, "No way to join", Spot("x"))
    found = [note(), note(accepted="agreed"), info]
    line = str(summary(found))
    assert "1 error, 0 warnings, 1 for experts (shown with --expert), 1 accepted" in line
    assert "3 rules need exploration and were not run (L902, L903, L904)" in line
    assert "shown with" not in str(summary(found, expert=True))


def test_what_is_listed() -> None:
    """Infos are listed for experts, accepted notes only when all are asked for."""
    info = Note("L106", Severity.INFO, "No way to join", Spot("x"))
    accepted = note(accepted="agreed")
    found = [note(), accepted, info]
    assert (note(),) == shown(found)
    assert (note(), info) == shown(found, expert=True)
    assert (note(), accepted, info) == shown(found, everything=True)


def test_sarif_is_a_log_of_one_run() -> None:
    """The log has a version, a driver with the rules that occur, and a result per note."""
    log = json.loads(to_sarif([note(), note(accepted="agreed")], pages(), version="1.2.3"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["tool"]["driver"]["name"] == "tregua"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["L411"]
    first, second = run["results"]
    assert first["level"] == "error"
    assert first["ruleIndex"] == 0
    assert first["message"]["text"] == "A norm has no bearer: nobody is named"
    assert "suppressions" not in first
    assert second["suppressions"] == [{"kind": "inSource", "justification": "agreed"}]


def test_sarif_points_at_the_place() -> None:
    """Lines and columns are one-based, the end is behind the token, the name is a URI."""
    log = json.loads(to_sarif([note()], (), version="1"))
    (location,) = log["runs"][0]["results"][0]["locations"]
    place = location["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "deals/first%20draft.deal.md"
    assert place["region"] == {"startLine": 12, "startColumn": 5, "endColumn": 14}


def test_sarif_of_a_note_on_a_whole_file_has_no_region() -> None:
    """A note without a line names the file only."""
    log = json.loads(to_sarif([Note("L503", Severity.INFO, "x", Spot("a.md"))], (), version="1"))
    result = log["runs"][0]["results"][0]
    assert result["level"] == "note"
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_annotations_escape_what_would_end_them() -> None:
    """Per cent signs, line ends, colons and commas cannot break a workflow command."""
    text = to_annotations([note(said="100 %\nof it"), note(accepted="agreed")])
    assert text == (
        "::error file=deals/first draft.deal.md,line=12,col=5,title=L411 (medium)"
        "::100 %25%0Aof it: nobody is named\n"
    )


def test_the_reference_page_is_current(update: bool) -> None:  # noqa: FBT001
    """docs/reference/lint.md is what the rules say."""
    if update:
        PAGE.write_text(lint_reference(), encoding="utf-8")
    assert lint_reference() == PAGE.read_text(encoding="utf-8")


def test_the_reference_page_has_a_heading_for_every_rule() -> None:
    """Every code has one heading with its title."""
    headings = [
        x.removeprefix("### ") for x in lint_reference().splitlines() if x.startswith("### ")
    ]
    exact = [f"{q.page.code} {q.page.title}" for q in QUESTIONS]
    assert [*(f"{rule.code} {rule.title}" for rule in RULES), *exact] == headings


def test_the_linter_needs_no_heavy_library() -> None:
    """Linting loads neither numpy nor shapely nor DuckDB, so that the command starts fast."""
    code = (
        "import sys; from tregua.agreement.lint_deal import lint; "
        "from tregua.agreement.lint import RULES; "
        "from tregua.agreement.read import read_deal_text; "
        "lint(read_deal_text(RULES[0].bad, file='x')); "
        "print(sorted({'numpy', 'shapely', 'duckdb'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_linting_twice_gives_the_same_notes() -> None:
    """Same text, same notes."""
    text = RULES[0].bad
    readings = [read_deal_text(text, file="example.deal.md") for _ in range(2)]
    assert lint(readings[0]) == lint(readings[1])


def test_days_in_no_zone_are_helped_with_a_zone() -> None:
    """Where days are counted and no time zone is named, the help is a time zone."""
    deal = """---
deal: valley
title: "Valley"
format: tregua-deal/1
authoritative: text
prose: restated
---

```deal
body mission "The mission"
    is: mission
    reports every: 1 week
```
"""
    found = lint(read_deal_text(deal, file="valley.deal.md"))
    assert ["time zone: <Area/City>"] == [n.help.split("  ")[0] for n in found if n.code == "L202"]


def test_a_very_long_line_is_quoted_around_the_place() -> None:
    """Of a line of ten thousand characters a few hundred are shown, and the caret stays right."""
    line = "x" * 5_000 + "here" + "y" * 5_000
    spot = Spot("x.deal.md", 3, 5_001, 4, line)
    quoted, caret = show_note(Note("D005", Severity.ERROR, "It cannot be read", spot)).split("\n")[
        3:5
    ]
    assert 400 > len(quoted)
    assert "here" == quoted[caret.index("^") : caret.rindex("^") + 1]
