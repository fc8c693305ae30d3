"""P9 on drawn deals: another language changes the text and its digest, never what is meant."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from tests.generated.deals import DEALS, Deal, read
from tests.generated.ledgers import World, worlds
from tests.generated.road import examples, seen
from tests.generated.translated import translated
from tregua.bulletin.to_json import plain


@examples()
@given(DEALS)
def test_a_translated_deal_has_the_same_model(deal: Deal) -> None:
    """P9: titles, phrases, headings and prose take no part in the model digest."""
    other = read(translated(deal.text))
    assert deal.agreement.model_digest == other.model_digest
    assert deal.agreement.text.digest != other.text.digest


@examples()
@given(worlds())
def test_a_translated_deal_gives_the_same_answers(world: World) -> None:
    """P9: by the same records, answers and bounds are the same to the last bit."""
    text = translated(world.deal.text)
    other = replace(world, deal=Deal(text, read(text)))
    assert numbers(world) == numbers(other)


def numbers(world: World) -> list[object]:
    """Return all of the answers but their sentences."""
    return [
        (
            a.id,
            plain(
                (a.answer, a.reasons, a.state, a.start, a.end, a.due, a.must, a.may, a.low, a.high)
            ),
        )
        for a in seen(world).assessments
    ]
