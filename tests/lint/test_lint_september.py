"""The deal of September 2016: the linter says what the critics of the time said (02, 6.2)."""

import os
import time
from pathlib import Path

import pytest

from tregua.agreement.lint_deal import lint
from tregua.agreement.read import Reading, read_deal

pytestmark = pytest.mark.outside

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("TREGUA_TEST_DATA", ROOT.parent / "shared" / "data"))
EXAMPLES = DATA.parent / "design" / "examples"

NORMS = (
    "recommit attacks ground relief help-now prepare-centre castello-convoys checkpoints "
    "withdraw-government withdraw-opposition keep-nusra-out leave-aleppo ramouseh-freeze flights"
)
# code -> blocks; "-" is the deal as a whole
EXPECTED = {
    "L101": "government opposition",
    "L103": "government opposition",
    "L104": "ru us",
    "L105": "isil nusra",
    "L106": "-",
    "L202": "calm",
    "L203": "joint-phase",
    "L204": "calm",
    "L205": "coh extend-coh joint-phase",
    "L206": "help-now",
    "L207": "coh",
    "L208": "flights",
    "L209": "open-centre",
    "L210": "designate-day-d extend-coh open-centre",
    "L301": "eastern-aleppo castello-road ramouseh agreed-areas",
    "L302": "agreed-areas",
    "L303": "opposition-ring",
    "L402": "relief proportionate extend-coh castello-convoys withdraw-government remote-watch "
    "open-centre",
    "L404": "keep-nusra-out flights",
    "L405": "ramouseh-freeze",
    "L406": "attacks ground ramouseh-freeze flights",
    "L411": "checkpoints",
    "L412": "help-now prepare-centre checkpoints withdraw-government withdraw-opposition",
    "L413": NORMS,
    "L421": "against-excluded self-defence",
    "L422": "against-excluded",
    "L423": "self-defence",
    "L502": "joint-centre",
    "L503": "-",
    "L505": "remote-watch",
    "L506": "remote-watch",
    "L507": "-",
    "L509": "remote-watch",
    "L601": NORMS,
    "L606": "-",
    "L607": "-",
    "L608": "leave",
    "L701": "-",
    "L703": "annexes-unseen",
    "L704": "regime-of-calm",
    "L801": "-",
    "L802": "relief castello-road castello-convoys",
    "L901": "withdraw-government withdraw-opposition",
}


def read_example(name: str) -> Reading:
    path = EXAMPLES / name
    if not path.is_file():
        pytest.skip(
            f"the example deals are not here ({EXAMPLES.name} beside the test data is absent)"
        )
    return read_deal(path)


@pytest.fixture(scope="module")
def september() -> Reading:
    return read_example("syria-2016-09.deal.md")


def test_the_table_has_98_notes_of_43_codes() -> None:
    """The table of this test is as long as the one of the design."""
    assert (len(EXPECTED), sum(len(on.split()) for on in EXPECTED.values())) == (43, 98)


@pytest.mark.parametrize("code", sorted(EXPECTED))
def test_the_expected_notes_appear(code: str, september: Reading) -> None:
    """Every block of the table gets the note of that code."""
    found = {n.on or "-" for n in lint(september) if n.code == code}
    assert set() == set(EXPECTED[code].split()) - found


def test_there_is_one_note_for_each_code_and_block(september: Reading) -> None:
    """No rule says the same twice about one block."""
    pairs = [(n.code, n.on) for n in lint(september)]
    assert sorted(set(pairs)) == sorted(pairs)


@pytest.mark.parametrize(
    ("code", "on", "marker"),
    [
        ("L601", "attacks", "nothing follows if this is violated"),
        ("L503", "", "no body may determine"),
        ("L204", "calm", "nobody certifies it; the text has no rule for reset or pause"),
        ("L104", "us", "no norm makes it restrain, refer or sanction"),
        ("L209", "open-centre", "it can be awaited for ever"),
        ("L210", "open-centre", "each of ru and us can block it for ever"),
    ],
)
def test_the_critics_are_heard(code: str, on: str, marker: str, september: Reading) -> None:
    """No consequence, no certifier, nobody to determine or restrain, a gate blocked for ever."""
    (note,) = [n for n in lint(september) if (n.code, n.on) == (code, on)]
    assert note.marker.startswith(marker)
    assert "held in part" in note.why


def test_the_days_of_calm_leave_aid_open(september: Reading) -> None:
    """Whether aid belongs to the seven days is part of the note on the counter."""
    (note,) = [n for n in lint(september) if n.code == "L204"]
    assert "whether aid is part of it" in note.marker


def test_linting_takes_less_than_a_tenth_of_a_second(september: Reading) -> None:
    """The best of three runs on the deal of September 2016 is under 100 ms."""
    taken = []
    for _ in range(3):
        begun = time.perf_counter()
        lint(september)
        taken.append(time.perf_counter() - begun)
    assert min(taken) < 0.1


def test_the_memorandum_of_2014_gets_its_notes() -> None:
    """A row outside its scope, sectors to be agreed, a ban without a place, an accepted gap."""
    found = lint(read_example("minsk-memorandum-2014.deal.md"))
    expected = {("L304", "memo-4"), ("L302", "sectors"), ("L306", "fire"), ("L601", "pull-back")}
    assert set() == expected - {(n.code, n.on) for n in found}
    assert [n.code for n in found if n.accepted] == ["L801"]
