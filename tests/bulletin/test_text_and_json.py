"""The forms for terminal and machine: within their width, with nothing left out."""

import json
import re
from pathlib import Path

import pytest

from tests.bulletin.conftest import Node, look
from tregua.bulletin.blocks import Bulletin, Num, Section, Table, Text, numbers_in, words
from tregua.bulletin.compose import compose
from tregua.bulletin.sections import SECTIONS
from tregua.bulletin.to_html import to_html
from tregua.bulletin.to_json import picture_json, status_json
from tregua.bulletin.to_text import to_text
from tregua.centre import Picture


@pytest.mark.parametrize("width", [100, 140])
def test_every_line_fits_an_ordinary_terminal(bulletin: Bulletin, width: int) -> None:
    """Below the head no line is wider than asked for."""
    lines = to_text(bulletin, width=width).splitlines()[len(bulletin.head) + 2 :]
    assert [] == [line for line in lines if len(line) > width]


@pytest.mark.parametrize("width", [60, 80])
def test_only_tables_of_many_columns_outgrow_a_narrow_terminal(
    bulletin: Bulletin, width: int
) -> None:
    """Sentences, points, captions and prose are wrapped; a column keeps at least 12 letters."""
    lines = to_text(bulletin, width=width).splitlines()[len(bulletin.head) + 2 :]
    wide = [line for line in lines if len(line) > width]
    assert [] == [line for line in wide if "  " not in line.strip() and line[:7].strip()]


def table_of(*rows: tuple[str, ...], head: tuple[str, ...] = ("one", "two", "three")) -> list[str]:
    cells = tuple(tuple(words(c) for c in row) for row in rows)
    bulletin = Bulletin("T", (), (Section("s", (Table(head, cells),)),))
    return to_text(bulletin, width=60).splitlines()[3:]


def test_short_cells_take_no_more_room_than_they_need() -> None:
    """A table of short words is as wide as its words."""
    head, rule, row = table_of(("a", "bb", "ccc"))[:3]
    assert ["one  two  three", "---  ---  -----", "a    bb   ccc"] == [head, rule, row]


def test_long_cells_are_wrapped_within_the_width() -> None:
    """The longest column takes what is left; every line of the table fits."""
    lines = table_of(("a", "word " * 10, "x"), ("b", "short", "y"))
    assert all(len(line) <= 60 for line in lines)
    assert 10 == " ".join(lines).count("word")


def test_sentences_of_the_last_column_stand_under_their_row() -> None:
    """Prose is written under the row, led by the head of its column."""
    lines = table_of(("a", "b", "many words of prose " * 6))
    assert any(line.startswith("    three: many words") for line in lines)
    assert all(len(line) <= 60 for line in lines)


def test_table_without_rows_has_its_head() -> None:
    """An empty table is no error."""
    assert table_of()[0].startswith("one")


def test_word_longer_than_its_column_is_not_lost() -> None:
    """A word that does not fit is broken, never cut off."""
    lines = table_of(("x" * 90, "b", "c"))
    assert 90 == "".join(lines).count("x")


def test_every_number_of_the_page_stands_in_the_text(bulletin: Bulletin) -> None:
    """No number is on one form only."""
    text = " ".join(to_text(bulletin, width=400).split())
    assert [] == [n.value for n in numbers_in(bulletin) if n.value not in text]


def test_sections_can_be_chosen(september: Picture) -> None:
    """Only the sections asked for, in the order of the list."""
    names = [s.name for s in compose(september, only=("watched", "state")).sections]
    assert ["state", "watched"] == names
    assert [name for name, _ in SECTIONS] == [s.name for s in compose(september).sections]


def test_json_holds_everything_and_reads_back(september: Picture) -> None:
    """Written and read it is the same; every record, incident and assessment is in it."""
    told = picture_json(september)
    assert told == json.loads(json.dumps(told, ensure_ascii=False, sort_keys=True))
    for key, values in (
        ("records", [r.origin.id for r in september.known.records]),
        ("incidents", [a.incident.id for a in september.attributed]),
        ("assessments", [a.id for a in september.assessments]),
    ):
        listed = told[key]
        assert isinstance(listed, list)
        assert values == [(v["incident"] if key == "incidents" else v)["id"] for v in listed]
    assert dict(september.known.positions) == told["positions"]


def test_json_of_the_status_carries_what_is_needed_to_compute_it_again(september: Picture) -> None:
    """Both times, both digests, size and root."""
    told = status_json(september)
    assert "2016-09-20T21:00:00Z" == told["at"]
    assert {"size": september.known.size, "root": september.known.root} == told["checkpoint"]
    assert september.agreement.text.digest in json.dumps(told["deal"])


def test_json_times_are_utc_and_aware(september: Picture) -> None:
    """Every instant of every record ends in Z."""
    written = json.dumps(picture_json(september)["records"])
    instants = re.findall(r'"(\d{4}-\d{2}-\d{2}T[^"]*)"', written)
    assert 500 < len(instants)
    assert [] == [text for text in instants if not text.endswith("Z")]


def test_empty_ledger_makes_a_page_without_a_number_of_records() -> None:
    """With no report at all every section says so in words; nothing is called kept."""
    picture = look()
    bulletin = compose(picture)
    text, page = to_text(bulletin), to_html(bulletin, picture)
    assert "Nobody is recorded as having watched any place. Nothing can be called kept." in text
    assert "No incident is recorded in the time of the deal." in text
    assert "Nobody is recorded as having published a count." in text
    assert page.count('id="e') == 0
    assert [s.name for s in bulletin.sections if not s.blocks] == []
    kept = [n for n in numbers_in(bulletin) if n.rule.endswith("kept")]
    assert {"0"} == {n.value for n in kept}


def test_nothing_of_the_machine_is_on_the_page(page: str, tree: Node) -> None:
    """No path, no user, no time of making."""
    checkout = Path(__file__).resolve().parents[2]
    for folder in (Path.home(), checkout, checkout.parent):
        assert f"{folder}/" not in page
    assert tree.all("footer")[0].text.count("without a clock") == 1


def test_num_is_shown_as_its_value() -> None:
    """A number stands in a line of text like a word."""
    table = Table(("a",), (((Num("7", "rule"), Text(" of 9")),),))
    assert "7 of 9" in to_text(Bulletin("T", (), (Section("s", (table,)),)))
