"""P11 on drawn deals and ledgers: what is read and written again is the same, byte for byte."""

from __future__ import annotations

import json
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.generated.deals import DEALS, NAME, Deal
from tests.generated.ledgers import World, worlds
from tests.generated.road import examples
from tests.generated.where import MAPS
from tregua.agreement.exchange.from_json import from_json
from tregua.agreement.exchange.to_json import to_json
from tregua.agreement.exchange.write import format_deal
from tregua.agreement.read import read_deal_text
from tregua.reports.from_entry import read_body
from tregua.reports.to_entry import body_of, write_body


@examples()
@given(DEALS)
def test_a_deal_goes_to_json_and_back(deal: Deal) -> None:
    """P11: deal, JSON, deal, JSON: the same bytes each time, and the same model and text."""
    form = to_json(read_deal_text(deal.text, file=NAME, beside=MAPS), source=deal.text)
    made = from_json(form, file="drawn.json", beside=MAPS)
    assert () == made.notes
    assert deal.text == made.text
    again = read_deal_text(made.text, file=NAME, beside=MAPS)
    assert deal.agreement == again.agreement
    assert form == to_json(again, source=made.text)


@examples()
@given(DEALS)
def test_a_deal_in_json_needs_no_layout(deal: Deal) -> None:
    """Written anew from its values alone, a deal has the same model, and is in form."""
    form = json.loads(to_json(read_deal_text(deal.text, file=NAME, beside=MAPS), source=deal.text))
    del form["layout"], form["digest"]
    made = from_json(json.dumps(form), file="drawn.json", beside=MAPS)
    assert () == made.notes
    again = read_deal_text(made.text, file=NAME, beside=MAPS)
    assert deal.agreement.model_digest == again.agreement.model_digest
    assert made.text == format_deal(made.text)


@examples()
@given(DEALS, st.integers(0, 2**16))
def test_a_deal_out_of_form_is_the_same_deal(deal: Deal, seed: int) -> None:
    """The formatter brings other indents and spaces back to the byte; a deal in form it leaves."""
    assert deal.text == format_deal(deal.text)
    random = Random(seed)
    indent = " " * random.randint(2, 6)
    untidy = "\n".join(_untidy(line, indent, random) for line in deal.text.split("\n"))
    assert deal.text == format_deal(untidy)
    loose = read_deal_text(untidy, file=NAME, beside=MAPS)
    assert deal.agreement.model_digest == loose.agreement.model_digest


def _untidy(line: str, indent: str, random: Random) -> str:
    if not line.startswith("    "):
        return line
    key, _, value = line.strip().partition(": ")
    return f"{indent}{key}:{' ' * random.randint(1, 3)}{value}"


@examples()
@given(worlds())
def test_an_entry_is_read_and_written_again(world: World) -> None:
    """P11: the body of every record is read into that record and written to the same bytes."""
    for record in world.records:
        body = body_of(record)
        filed = read_body(body)
        assert record == filed.record
        assert body == write_body(filed)
