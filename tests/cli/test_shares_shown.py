"""The share of possible worlds of clocks and gates, as the commands show it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Call, write_rows
from tests.status.test_shares import DEAL

AT = "2030-09-17T01:00"


def shot(reporter: str, by: str) -> dict[str, str]:
    return {
        "id": f"{reporter}-1",
        "record": "observation",
        "from": "2030-09-16T13:00",
        "known_at": "2030-09-16T20:00",
        "reporter": reporter,
        "what": "mortar-fire",
        "by": by,
        "place": "hill",
        "means": "saw",
        "certain": "yes",
        "matter": "the hill",
    }


@pytest.fixture(name="watched")
def watched_(centre: Path, call: Call) -> Path:
    """Return a centre in which K names a and L names b; monitors heard the shot and name nobody."""
    for old in ("valley.deal.md", "valley.geojson", "ledger.sqlite", "reports.csv"):
        (centre / old).unlink()
    (centre / "small.deal.md").write_text(DEAL, "utf-8")
    watch = {
        "id": "w",
        "record": "watch",
        "from": "2030-09-12T19:00Z",
        "until": f"{AT}Z",
        "known_at": f"{AT}Z",
        "reporter": "monitors",
        "place": "everywhere",
        "means": "patrol",
    }
    rows = [shot("k", "a"), shot("l", "b"), shot("monitors", ""), watch]
    write_rows(centre / "reports.csv", rows)
    assert 0 == call("intake", "reports.csv", "--zone", "UTC").code
    return centre


def test_the_status_shows_the_share_beside_the_hands(watched: Path, call: Call) -> None:
    """A third of the worlds has the hours of quiet; who did it decides nothing else."""
    ran = call("status", "--at", AT)
    told = " ".join(ran.out.split())
    assert watched.is_dir()
    assert "target cannot be said whether reached; in 0.33 of all worlds it is; " in told
    assert "the condition holds in 0.67 of all worlds" in told


def test_the_share_is_computed_again_value_by_value(watched: Path, call: Call) -> None:
    """P10: recompute finds the same, and tells another share by its place."""
    told = json.loads(call("status", "--at", AT, "--json").out)
    share = next(c["share"] for c in told["status"]["clocks"] if c["id"] == "quiet")
    assert {"p", "incidents"} == share.keys()
    assert {"least": 1 / 3, "most": 1 / 3, "drawn": 0} == pytest.approx(share["p"])
    (watched / "told.json").write_text(json.dumps(told), "utf-8")
    assert 0 == call("recompute", "told.json").code
    share["p"]["most"] = 0.5
    (watched / "told.json").write_text(json.dumps(told), "utf-8")
    ran = call("recompute", "told.json")
    assert 1 == ran.code
    assert "share.p.most" in ran.out


def test_why_tells_days_and_offices_of_a_clock(watched: Path, call: Call) -> None:
    """Each day with its records, the share, and for each incident which office names whom."""
    ran = call("why", "quiet", "--at", AT)
    assert (0, True) == (ran.code, watched.is_dir())
    assert ran.out.startswith("quiet: 11 of 24 hours certain, up to 30 possible\n")
    assert "[worlds] quiet has reached its target of 24 hours in 0.33 of all worlds" in ran.out
    assert "k (a) is believed in 0.33; l (b) is believed in 0.33" in ran.out
    assert "records: own:k-1, own:l-1, own:monitors-1" in ran.out
    told = json.loads(call("why", "quiet", "--at", AT, "--json").out)
    (clock,) = told["clocks"]
    assert ("tregua-clock/1", "quiet", pytest.approx([1 / 3] * 2)) == (
        *(clock["format"], clock["id"], clock["p"]),
    )
    assert [] == told["assessments"]


def test_the_tree_of_a_clock_is_checked_by_python_alone(watched: Path, call: Call) -> None:
    """The folder holds the clock, the answers behind it, the entries and the checker."""
    assert 0 == call("why", "quiet", "--at", AT, "--export", "out").code
    command = [sys.executable, "-I", "-S", "check_tree.py", "tree.json", "entries.jsonl"]
    out = watched / "out"
    ran = subprocess.run(command, cwd=out, capture_output=True, text=True, check=False)
    said = ran.stdout.splitlines()
    assert (0, "quiet: holds") == (ran.returncode, said[-1])
    assert len(said) > 1
    assert all(line.endswith(": holds") for line in said)


def test_why_tells_of_a_gate(watched: Path, call: Call) -> None:
    """What is missing, and the share of worlds in which its condition holds."""
    ran = call("why", "third", "--at", AT)
    assert (0, True) == (ran.code, watched.is_dir())
    assert ran.out.startswith("third: unknown; missing: ")
    assert "[worlds] the condition of third holds in 0.67 of all worlds" in ran.out


def test_a_share_that_moved_is_told_by_what_changed(watched: Path, call: Call) -> None:
    """Before L spoke, whoever was unknown might be b: the two ends were apart."""
    ran = call("what-changed", "--at", AT, "--from", "@4", "--to", "@6")
    assert watched.is_dir()
    assert "clock quiet, reached in: " in ran.out
    assert "-> 0.33 of all worlds" in ran.out
