"""The published JSON Schema, held against an independent validator."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.agreement_forms.changes import BAN, PARTY, POWER, ZONE, block, form, keys, top
from tests.agreement_forms.conftest import SMALL
from tregua.agreement.clause import COMMON
from tregua.agreement.clauses import KINDS
from tregua.agreement.exchange.json_schema import FILE, schema_text
from tregua.agreement.exchange.to_json import to_json
from tregua.agreement.exchange.value_to_json import key_in_json
from tregua.agreement.read import read_deal, read_deal_text, text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def validator() -> Any:
    """The validator of an independent library, after it has judged the schema itself."""
    library = pytest.importorskip("jsonschema", reason="the outside witness is not installed")
    schema = json.loads(schema_text())
    library.Draft202012Validator.check_schema(schema)
    return library.Draft202012Validator(schema)


def test_the_schema_file_is_current(update: bool) -> None:  # noqa: FBT001
    """deal.schema.json is what kinds, keys and value types make; `make update` renews it."""
    if update:
        FILE.write_text(schema_text(), "utf-8")
    assert schema_text() == FILE.read_text("utf-8")


def test_a_library_deal_is_valid(library_deal: Path, validator: Any) -> None:
    """Every bundled deal in JSON is valid against the schema."""
    written = to_json(read_deal(library_deal), source=text_of(library_deal))
    assert [] == [e.json_path for e in validator.iter_errors(json.loads(written))]


def test_the_small_deal_is_valid(validator: Any) -> None:
    """A deal with comments, versions and odd prose is valid in JSON."""
    written = to_json(read_deal_text(SMALL, file="x"), source=SMALL)
    assert [] == [e.json_path for e in validator.iter_errors(json.loads(written))]


@pytest.mark.parametrize("kind", KINDS, ids=[kind.kind for kind in KINDS])
def test_every_key_of_every_kind_is_in_the_schema(kind: Any) -> None:
    """Each kind lists exactly its own keys and the common ones, under their JSON names."""
    members = json.loads(schema_text())["$defs"][f"keys-of-{kind.kind}"]["properties"]
    aside = ("version", "assumed by drafter")
    wanted = [key_in_json(k.name) for k in (*kind.keys, *COMMON) if k.name not in aside]
    assert wanted == list(members)


@pytest.mark.parametrize(
    "change",
    [
        top(format="tregua-deal/9"),
        top(header={"deal": "x"}),
        top(blocks={}),
        top(line_ends="cr"),
        top(digest={"model": "abc"}),
        top(layout=["a\nb", {"blok": "a"}]),
        block(PARTY, kind="parti"),
        block(PARTY, id="Side A"),
        block(PARTY, assumed=[{"key": "is"}]),
        keys(PARTY, colour="blue"),
        keys(PARTY, on=["a"]),
        keys(PARTY, version=1),
        keys(PARTY, **{"is": "stat"}),
        keys(PARTY, **{"is": {"undefined": "x"}}),
        keys(PARTY, says="a"),
        keys(PARTY, members=[]),
        keys(PARTY, members={"none": False}),
        keys(ZONE, width={"amount": 3, "unit": "feet"}),
        keys(POWER, at={"instant": "soon"}),
        keys(POWER, at=["D"]),
        keys(BAN, must_not=[{"call": "attack"}]),
        keys(BAN, clause=["1"]),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(
    change: Callable[[dict[str, Any]], None], validator: Any
) -> None:
    """Mistakes that a schema can see are seen by the schema too."""
    whole = form()
    assert validator.is_valid(whole)
    change(whole)
    assert not validator.is_valid(whole)
