"""Whatever is typed and wherever the cursor stands, every question has an answer."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tregua.agreement.lsp.completion import complete
from tregua.agreement.lsp.definition import definition
from tregua.agreement.lsp.diagnostics import diagnostics
from tregua.agreement.lsp.document import open_document
from tregua.agreement.lsp.formatting import formatting
from tregua.agreement.lsp.hover import hover
from tregua.agreement.lsp.nesting import levels_of
from tregua.agreement.lsp.position import Place
from tregua.agreement.lsp.references import references
from tregua.agreement.lsp.rename import Refusal, renamable, rename
from tregua.agreement.lsp.symbols import outline

HEAD = '---\ndeal: x\ntitle: "x"\nformat: tregua-deal/1\nprose: restated\n---\n'
LINES = (
    "# a · Instrument",
    "## § 1 · Clause",
    "### clause 1a",
    "> [V 1] A paragraph 🕊 هدنة",
    "```deal",
    "```",
    "",
    'party a "🏔 A"',
    "party",
    "power p",
    "    sets: D",
    "    on: a,",
    "    must: withdraw(weapons: heavy, beyond: (",
    "        b), a",
    "    when: not(prior(attack, on: actor, within: 60 minutes",
    '    note: "an open quotation',
    "\ton: a",
    "    clause: a §1, §",
    "scenario s",
    "    given: at D + 1 hours, , by a",
    "    expect: NOTE",
    "    step: report by",
    "weapons w",
    "    columns: class, family",
    "    row: m, mortar",
    "    deadline: D+2d",
    "    length: 3,500 m",
)
DEALS = st.lists(st.sampled_from(LINES) | st.text(max_size=12), max_size=14).map("\n".join)
PLACES = st.builds(Place, st.integers(0, 24), st.integers(0, 60))


@given(DEALS, PLACES, st.booleans())
@settings(max_examples=150)
def test_no_text_and_no_place_makes_any_answer_fail(
    text: str,
    place: Place,
    whole: bool,  # noqa: FBT001
) -> None:
    """Every question is answered at every place, and every place of an answer is in the text."""
    document = open_document(f"{HEAD}{text}" if whole else text, file="x")
    hover(document, place, document.reading.notes)
    replaced, _ = complete(document, place)
    assert replaced.start <= replaced.end
    for stretch in (*definition(document, place), *references(document, place)):
        assert stretch.end.line < len(document.lines)
    assert isinstance(rename(document, place, "quite-new"), tuple | Refusal)
    renamable(document, place)
    for symbol in outline(document):
        assert symbol.last < len(document.lines)
    formatting(document)
    for note in diagnostics(document.reading.notes, expert=True):
        assert 0 <= note.start <= note.end


@given(st.text(alphabet='ab1(),: "\\', max_size=40))
def test_levels_are_found_in_any_half_of_a_value(before: str) -> None:
    """At least the value itself is open, unless the cursor stands in a quotation."""
    levels = levels_of(before)
    assert levels is None or (levels[0].name == "" and len(levels) >= 1)


def test_half_of_a_surrogate_pair_is_read_as_a_letter_that_cannot_be_shown(deal: str) -> None:
    """An editor may send what no file can hold; columns stay where they were."""
    document = open_document(deal.replace("🕊", "\ud83d"), file="x")
    assert "\ufffd" in document.text
    assert () == document.reading.notes
