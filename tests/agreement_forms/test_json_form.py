"""A deal to JSON and back: nothing is lost, and nothing changes its meaning."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agreement_forms.conftest import SMALL
from tregua.agreement.clause import ValueType
from tregua.agreement.exchange.from_json import from_json
from tregua.agreement.exchange.to_json import to_json
from tregua.agreement.exchange.value_from_json import value_from_json
from tregua.agreement.exchange.value_to_json import number_to_json, value_to_json
from tregua.agreement.exchange.write import format_deal
from tregua.agreement.exchange.write_new import written
from tregua.agreement.read import Reading, read_deal, read_deal_text, text_of
from tregua.agreement.reading.fault import ValueFault
from tregua.agreement.reading.parse_value import parse_value
from tregua.agreement.value import Instant, Number

if TYPE_CHECKING:
    from pathlib import Path


def plain(text: str) -> dict[str, Any]:
    """A deal's JSON form, loaded."""
    loaded: dict[str, Any] = json.loads(to_json(read_deal_text(text, file="x"), source=text))
    return loaded


def back(form: dict[str, Any]) -> str:
    """The deal file of a JSON form that has no mistake."""
    made = from_json(json.dumps(form), file="x.json")
    assert () == made.notes
    return made.text


def digests(reading: Reading) -> tuple[str, str]:
    return reading.agreement.model_digest, reading.text.text_digest


def both_ways(path: Path) -> None:
    text = text_of(path)
    reading = read_deal(path)
    form = to_json(reading, source=text)
    made = from_json(form, file="x.json", beside=path.parent)
    assert () == made.notes
    assert text == made.text
    again = read_deal_text(made.text, file="x", beside=path.parent)
    assert digests(reading) == digests(again)
    assert form == to_json(again, source=made.text)


def test_a_library_deal_goes_both_ways(library_deal: Path) -> None:
    """Deal, JSON, deal, JSON: the same bytes and the same digests for every bundled deal."""
    both_ways(library_deal)


@pytest.mark.outside
def test_an_example_goes_both_ways(example_deal: Path) -> None:
    """Deal, JSON, deal, JSON: the same bytes and digests for the examples of the requirements."""
    both_ways(example_deal)


def test_a_library_deal_needs_no_layout(library_deal: Path) -> None:
    """Without its layout, and with all members sorted, a deal in JSON has the same model."""
    reading = read_deal(library_deal)
    form = json.loads(to_json(reading, source=text_of(library_deal)))
    del form["layout"], form["digest"]
    made = from_json(json.dumps(form, sort_keys=True), file="x.json", beside=library_deal.parent)
    assert () == made.notes
    again = read_deal_text(made.text, file="x", beside=library_deal.parent)
    assert reading.agreement.model_digest == again.agreement.model_digest
    assert made.text == format_deal(made.text)


def test_comments_commentary_and_layout_come_back(small: str) -> None:
    """Comments, commentary, continued values and odd prose are in the JSON and come back."""
    form = plain(small)
    assert small == back(form)
    assert form == plain(back(form))


def test_another_layout_comes_back_in_form(small: str) -> None:
    """A file that is not in form comes back as the formatter writes it, with CRLF if it had it."""
    loose = re.sub("^    (?=[a-z])", "   ", small, flags=re.MULTILINE).replace("\n", "\r\n")
    assert loose != small.replace("\n", "\r\n")
    assert small.replace("\n", "\r\n") == back(plain(loose))
    assert "crlf" == plain(loose)["line_ends"]


def test_what_the_form_looks_like() -> None:
    """Keys, open values, none, the drafter's assumptions and versions stand where they should."""
    blocks = {(b["id"], b.get("version", 1)): b for b in plain(SMALL)["blocks"]}
    first = blocks["attacks", 1]
    assert ["a", "b"] == first["keys"]["bearers"]
    assert {"none": True} == first["keys"]["on_violation"]
    assert [{"clause": "1"}, {"clause": "1a", "instrument": "main"}] == first["keys"]["clause"]
    assert [{"key": "bearers", "reason": "the text says: all sides"}] == first["assumed"]
    assert ("main", "1a", {"line": 63, "column": 13}) == (
        first["instrument"],
        first["clause"],
        first["at"],
    )
    call = {"call": "attack", "args": [{"name": "weapon", "value": "any"}]}
    assert [call, "shelling"] == first["keys"]["must_not"]
    assert {"undefined": "their people"} == blocks["b", 1]["keys"]["members"]
    assert ["they stop", "both"] == blocks["a", 1]["keys"]["says"]
    assert {"low": 15, "high": 20, "unit": "km"} == blocks["valley", 1]["keys"]["width"]
    at = {"instant": "2030-09-12T19:00", "zone": "Asia/Damascus"}
    assert at == blocks["fix-d", 1]["keys"]["at"]
    assert 2 == blocks["attacks", 2]["version"]
    assert "where" not in blocks["attacks", 2]["keys"]
    header = plain(SMALL)["header"]
    assert "Asia/Damascus" == header["time_zone"]
    assert [{"code": "L801", "reason": "aid is in another paper"}] == header["accept"]


def test_a_form_written_by_hand_needs_little() -> None:
    """Format, header, instruments and blocks are enough; blocks go under their clause."""
    form = {
        "format": "tregua-deal/1",
        "header": {"deal": "x", "title": "X", "prose": "restated"},
        "instruments": [{"id": "text", "clauses": [{"label": "1", "title": "Sides"}]}],
        "blocks": [{"kind": "party", "id": "a", "clause": "1", "keys": {"is": "state"}}],
    }
    lines = ["---", "deal: x", 'title: "X"', "format: tregua-deal/1", "prose: restated", "---", "",
             "## § 1 · Sides", "", "```deal", "party a", "    is: state", "```", ""]  # fmt: skip
    assert "\n".join(lines) == back(form)


def test_unknown_members_are_kept_and_written_back(small: str) -> None:
    """Members that the form does not know survive the way through a deal file, and editing it."""
    form = plain(small)
    form["seal"] = {"by": ["x", 1, 0.5, None, True]}
    form["blocks"][1]["colour"] = "blue/~ "
    form["blocks"][7]["colour"] = "later version"
    clause = form["instruments"][0]["clauses"][1]
    clause["weight"] = 3
    clause["paragraphs"][0]["page"] = 12
    text = back(form)
    assert form == plain(text)
    moved = text.replace("## § 1 · Quiet", "## § 0 · New\n\n## § 1 · Quiet", 1)
    assert 3 == plain(moved)["instruments"][0]["clauses"][2]["weight"]
    gone = text.replace("party a ", "party c ", 1).replace("a, b", "b").replace(" a\n", " b\n")
    assert (
        "blue/~ "
        == plain(gone.replace("by a", "by b").replace("against a", "against b"))["/blocks/a/colour"]
    )


def test_a_fence_of_that_name_that_holds_none_is_commentary() -> None:
    """A fence that only looks like kept members stays where it is."""
    text = f"{SMALL}\n```deal-fields\n{{no json}}\n```\n"
    assert text == back(plain(text))


def test_a_changed_value_comes_into_the_file(small: str) -> None:
    """What another program changes in a block without own lines is in the deal file."""
    form = plain(small)
    del form["digest"]
    zone = next(b for b in form["blocks"] if b["id"] == "valley")
    zone["keys"]["width"] = {"low": 5, "high": 7.5, "unit": "km"}
    assert small.replace("15..20 km", "5..7.5 km") == back(form)


ATOMS = st.sampled_from(
    ["a", "D", "none", "48 hours", "0.7", "60 %", "2016-09-12T19:00 Asia/Damascus", "2016-09-12",
     "08:00", "§ 9", "x §3(a)", "attack(weapon: any)", "p()", "kept(a, for: 7 days)",
     "not(any(a, b + 1))", '"te\\"x\\\\t"',
     "+", "..", ">=", "10..12 hours", "UTC", "123456789012.123456789012"]
)  # fmt: skip


@given(st.lists(st.lists(ATOMS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=3))
def test_every_value_goes_both_ways(items: list[str]) -> None:
    """Any value of the grammar, in JSON and back and written again, is the same value."""
    try:
        value = parse_value(", ".join(items), zone=None)
    except ValueFault:
        return
    form = value_to_json(value, ValueType.ROW)
    loaded = json.loads(json.dumps(form), parse_float=Decimal, parse_int=Decimal)
    again = value_from_json(loaded, ValueType.ROW)
    assert form == value_to_json(again, ValueType.ROW)
    assert value == parse_value(written(again), zone=None)


@given(st.decimals(0, 10**11, places=6) | st.decimals(0, 10**11, places=12))
def test_no_digit_of_a_number_is_lost(number: Decimal) -> None:
    """A number in JSON is exact, as a number or as its digits."""
    form = json.loads(json.dumps(number_to_json(number)), parse_float=Decimal)
    assert number == Decimal(form)


def test_an_instant_without_a_zone_has_none() -> None:
    """A zone is in the JSON only if the text has one."""
    value = value_from_json({"instant": "2016-09-12"}, ValueType.TIME)
    assert [Instant("2016-09-12")] == [i.only for i in getattr(value, "items", ())]
    assert Number(Decimal(1)) == value_from_json(Decimal(1), ValueType.NUMBER).items[0].only  # type: ignore[union-attr]
