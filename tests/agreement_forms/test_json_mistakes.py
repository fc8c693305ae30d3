"""Mistakes in a deal in JSON: each is a note with its JSON pointer, all at once, never a crash."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agreement_forms.changes import (
    BAN,
    FORM,
    PARTY,
    POWER,
    ZONE,
    block,
    form,
    keys,
    top,
    without,
)
from tregua.agreement.exchange.from_json import from_json
from tregua.agreement.exchange.to_json import to_json
from tregua.agreement.read import read_deal_text
from tregua.terms.notes import show_note

if TYPE_CHECKING:
    from collections.abc import Callable


def mistakes(content: str) -> list[tuple[str, str]]:
    """(code, JSON pointer) of every note."""
    made = from_json(content, file="x.json")
    assert bool(made.notes) == (not made.text)
    for note in made.notes:
        assert note.said
        assert note.why
        assert note.help
        assert show_note(note)
    return [(note.code, note.spot.file.removeprefix("x.json")) for note in made.notes]


DEEP: Any = "a"
for _ in range(30):
    DEEP = {"call": "not", "args": [{"value": DEEP}]}

CASES = [
    (top(format="tregua-deal/9"), "D009", "#/format"),
    (without("header"), "D003", ""),
    (without("header", "title"), "D009", "#/header"),
    (top(header=[]), "D006", "#/header"),
    (top(blocks={}), "D006", "#/blocks"),
    (top(line_ends="cr"), "D006", "#/line_ends"),
    (top(digest={"model": "abc"}), "D003", "#/digest/model"),
    (top(digest={"model": "0" * 64}), "D006", "#/digest/model"),
    (top(digest={"text": "0" * 64}), "D006", "#/digest/text"),
    (block(PARTY, kind="parti"), "D001", f"#/blocks/{PARTY}/kind"),
    (block(PARTY, id="Side A"), "D003", f"#/blocks/{PARTY}/id"),
    (without("blocks", PARTY, "id"), "D003", f"#/blocks/{PARTY}"),
    (block(PARTY, title=3), "D006", f"#/blocks/{PARTY}/title"),
    (block(PARTY, title="a\nb"), "D006", f"#/blocks/{PARTY}/title"),
    (block(PARTY, title="a\u202eb"), "D016", f"#/blocks/{PARTY}/title"),
    (block(PARTY, title="\ud800"), "D016", f"#/blocks/{PARTY}/title"),
    (block(PARTY, instrument="man"), "D007", f"#/blocks/{PARTY}/instrument"),
    (block(PARTY, clause="9"), "D011", f"#/blocks/{PARTY}/clause"),
    (block(PARTY, keys=[]), "D006", f"#/blocks/{PARTY}/keys"),
    (block(PARTY, assumed={}), "D006", f"#/blocks/{PARTY}/assumed"),
    (block(PARTY, assumed=[{"key": "is"}]), "D006", f"#/blocks/{PARTY}/assumed/0"),
    (keys(PARTY, colour="blue"), "D002", f"#/blocks/{PARTY}/keys/colour"),
    (keys(PARTY, on=["a"]), "D002", f"#/blocks/{PARTY}/keys/on"),
    (keys(PARTY, version=1), "D002", f"#/blocks/{PARTY}/keys/version"),
    (keys(PARTY, **{"is": "stat"}), "D006", f"#/blocks/{PARTY}/keys/is"),
    (keys(PARTY, **{"is": ["state"]}), "D006", f"#/blocks/{PARTY}/keys/is"),
    (keys(PARTY, **{"is": None}), "D006", f"#/blocks/{PARTY}/keys/is"),
    (keys(PARTY, **{"is": True}), "D006", f"#/blocks/{PARTY}/keys/is"),
    (keys(PARTY, **{"is": "state, army"}), "D006", f"#/blocks/{PARTY}/keys/is"),
    (keys(PARTY, note='a"\n    is: b'), "D006", f"#/blocks/{PARTY}/keys/note"),
    (keys(PARTY, note=["a"]), "D006", f"#/blocks/{PARTY}/keys/note"),
    (keys(PARTY, says="a"), "D006", f"#/blocks/{PARTY}/keys/says"),
    (keys(PARTY, says=["a", 3]), "D006", f"#/blocks/{PARTY}/keys/says/1"),
    (keys(PARTY, members="b"), "D006", f"#/blocks/{PARTY}/keys/members"),
    (keys(PARTY, members=[]), "D006", f"#/blocks/{PARTY}/keys/members"),
    (keys(PARTY, members=["b", "undefined"]), "D006", f"#/blocks/{PARTY}/keys/members"),
    (keys(PARTY, members=["nobody"]), "D007", f"#/blocks/{PARTY}/keys/members"),
    (keys(PARTY, members={"undefined": 1}), "D006", f"#/blocks/{PARTY}/keys/members"),
    (keys(PARTY, members={"none": False}), "D006", f"#/blocks/{PARTY}/keys/members"),
    (keys(ZONE, width={"amount": 3, "unit": "feet"}), "D012", f"#/blocks/{ZONE}/keys/width/unit"),
    (keys(ZONE, width={"amount": -3, "unit": "m"}), "D006", f"#/blocks/{ZONE}/keys/width/amount"),
    (keys(ZONE, width={"amount": 1e30, "unit": "m"}), "D006", f"#/blocks/{ZONE}/keys/width/amount"),
    (keys(ZONE, width={"amount": 3, "unit": "m", "x": 1}), "D002", f"#/blocks/{ZONE}/keys/width"),
    (keys(ZONE, width={"low": 9, "high": 3, "unit": "m"}), "D014", f"#/blocks/{ZONE}/keys/width"),
    (keys(POWER, at={"instant": "2016-02-30"}), "D014", f"#/blocks/{POWER}/keys/at"),
    (keys(POWER, at={"instant": "soon"}), "D006", f"#/blocks/{POWER}/keys/at/instant"),
    (keys(POWER, at={"instant": "2016-02-03", "zone": "Asia/Damas"}), "D012",
     f"#/blocks/{POWER}/keys/at"),
    (keys(POWER, at=["D"]), "D006", f"#/blocks/{POWER}/keys/at"),
    (keys(POWER, at=["D", {"op": "!"}]), "D006", f"#/blocks/{POWER}/keys/at/1/op"),
    (keys(BAN, must_not=[{"call": "attack"}]), "D006", f"#/blocks/{BAN}/keys/must_not/0"),
    (keys(BAN, must_not=[{"call": "atack", "args": []}]), "D012", f"#/blocks/{BAN}/keys/must_not"),
    (keys(BAN, must_not=[DEEP]), "D005",
     f"#/blocks/{BAN}/keys/must_not/0" + "/args/0/value" * 20),
    (keys(BAN, clause=["1"]), "D006", f"#/blocks/{BAN}/keys/clause/0"),
    (top(instruments=[3]), "D006", "#/instruments/0"),
    (without("instruments", 0, "title"), "D003", "#/instruments/0"),
    (without("instruments", 0, "clauses", 0, "label"), "D003", "#/instruments/0/clauses/0"),
    (without("instruments", 0, "clauses", 0, "paragraphs", 0, "mark"), "D003",
     "#/instruments/0/clauses/0/paragraphs/0"),
]  # fmt: skip
LAYOUT = [
    (without("layout", 6), "D003", "#/instruments/0"),
    (lambda whole: whole["layout"].append({"block": "a"}), "D007", "#/layout/50"),
    (lambda whole: whole["layout"].append({"blok": "a"}), "D006", "#/layout/50"),
    (lambda whole: whole["layout"].append("a\nb"), "D006", "#/layout/50"),
    (lambda whole: whole["layout"].append("> [V 9] more"), "D006", "#/layout"),
]


KEPT = next(
    step for step in form()["layout"] if isinstance(step, dict) and step.get("block") == "attacks"
)


def test_the_form_itself_has_no_mistake() -> None:
    """The form that these tests break is read without a note."""
    assert [] == mistakes(FORM)


@pytest.mark.parametrize(("change", "code", "place"), CASES)
def test_a_mistake_is_named_with_its_pointer(
    change: Callable[[dict[str, Any]], None], code: str, place: str
) -> None:
    """Each mistake is a note of its code at its member, with and without a layout."""
    whole = form()
    change(whole)
    assert (code, place) in mistakes(json.dumps(whole))
    if "digest" in whole and "#/digest" not in place:
        del whole["digest"]
    del whole["layout"]
    assert (code, place) in mistakes(json.dumps(whole))


@pytest.mark.parametrize(("change", "code", "place"), LAYOUT)
def test_a_layout_that_says_something_else_is_named(
    change: Callable[[dict[str, Any]], None], code: str, place: str
) -> None:
    """A layout that leaves something out, adds something or cannot be read is a note."""
    whole = form()
    change(whole)
    place = place.replace("/50", f"/{len(whole['layout']) - 1}")
    assert (code, place) in mistakes(json.dumps(whole))


def test_kept_lines_that_say_something_else_are_named() -> None:
    """A value that was changed under kept lines is never silently passed over."""
    whole = form()
    del whole["digest"]
    whole["blocks"][BAN]["keys"]["where"] = ["everywhere"]
    step = next(n for n, one in enumerate(whole["layout"]) if one == KEPT)
    assert [("D006", f"#/layout/{step}")] == mistakes(json.dumps(whole))
    del whole["layout"][step]["lines"]
    assert [] == mistakes(json.dumps(whole))


def test_all_mistakes_come_at_once() -> None:
    """Mistakes of shape and of meaning in several blocks are told together."""
    whole = form()
    for change in (keys(PARTY, colour=1), keys(ZONE, width=3.5), keys(POWER, does="fix")):
        change(whole)
    assert {
        ("D002", f"#/blocks/{PARTY}/keys/colour"),
        ("D006", f"#/blocks/{ZONE}/keys/width"),
        ("D006", f"#/blocks/{POWER}/keys/does"),
    } <= set(mistakes(json.dumps(whole)))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "D005"),
        ("{", "D005"),
        ('{"a": 1,}', "D005"),
        ("deal: x", "D005"),
        ('{"a": NaN}', "D005"),
        ("[" * 100_000, "D005"),
        ('{"format": "x", "format": "y"}', "D013"),
        ("[]", "D006"),
        ("null", "D006"),
        ("1" * 10_000, "D006"),
    ],
)
def test_what_is_no_json_object_is_named(content: str, code: str) -> None:
    """What is not JSON, or no object, is one note."""
    assert [code] == [found for found, _ in mistakes(content)]


def test_the_place_of_broken_json_is_line_and_column() -> None:
    """Where the file is not JSON, the note has line and column and quotes the line."""
    (note,) = from_json('{\n  "format": "x"\n  "header": {}}', file="x.json").notes
    assert ("x.json", 3, 3, '  "header": {}}') == (
        note.spot.file,
        note.spot.line,
        note.spot.column,
        note.spot.text,
    )


def test_a_member_too_odd_to_keep_is_named() -> None:
    """Unknown members that could not be written again are refused by name."""
    deep: Any = []
    for _ in range(50):
        deep = [deep]
    for odd in (deep, "\ud800", {"\udfff": 1}):
        assert [("D002", "#/odd")] == mistakes(json.dumps({**form(), "odd": odd}))


ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 10**20) | st.floats() | st.text(max_size=8)
    | st.sampled_from(["a", "undefined", "none", "§1", "48 hours", "```", "---", "party", "1"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["undefined", "none", "amount", "unit", "call", "args", "value", "name",
                         "clause", "text", "id", "kind", "keys", "label", "mark", "lines", "x"]),
        inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def places(value: object) -> list[tuple[Any, Any]]:
    """Every (object or array, member) below a value."""
    pairs = list(enumerate(value)) if isinstance(value, list) else []
    pairs = list(value.items()) if isinstance(value, dict) else pairs
    return [(value, name) for name, _ in pairs] + [p for _, one in pairs for p in places(one)]


@given(st.lists(st.tuples(st.integers(0, 10**6), ANY), min_size=1, max_size=4), st.booleans())
def test_any_change_is_read_or_named(changes: list[tuple[int, object]], laid_out: bool) -> None:  # noqa: FBT001
    """Whatever stands in the JSON: a deal file that reads without a mistake, or notes."""
    whole = form()
    del whole["digest"]
    if not laid_out:
        del whole["layout"]
    for at, value in changes:
        found = places(whole)
        if found:
            held, name = found[at % len(found)]
            held[name] = value
    content = json.dumps(whole)
    if not mistakes(content):
        made = from_json(content, file="x.json")
        again = read_deal_text(made.text, file="x")
        assert () == again.notes
        assert made.text == from_json(to_json(again, source=made.text), file="x").text


@given(st.text(max_size=40) | ANY.map(json.dumps))
def test_any_text_is_read_or_named(content: str) -> None:
    """Whatever text stands in the file, it ends in notes, never in an exception."""
    assert mistakes(content)
