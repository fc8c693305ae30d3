"""Definition, references and rename: every use of a name, and nothing that only looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tregua.agreement.lsp.definition import definition
from tregua.agreement.lsp.document import Document, open_document
from tregua.agreement.lsp.position import Place, stretch_of
from tregua.agreement.lsp.references import references
from tregua.agreement.lsp.rename import Refusal, renamable, rename
from tregua.agreement.lsp.uses import uses_in
from tregua.agreement.lsp.walk import Role

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.agreement.lsp.edit import Edit
    from tregua.agreement.lsp.position import Stretch


def place_of(document: Document, line: str, word: str) -> Place:
    """Return the place of a word in the first line that begins as said."""
    number = next(n for n, row in enumerate(document.lines) if row.strip().startswith(line))
    return Place(number, document.lines[number].index(word, len(line) - len(line.lstrip())))


def rows(document: Document, stretches: tuple[Stretch, ...]) -> list[str]:
    return [document.lines[s.start.line].strip() for s in stretches]


def applied(document: Document, edits: tuple[Edit, ...]) -> str:
    """Return the text with the edits made, last one first."""
    lines = list(document.lines)
    for edit in sorted(edits, key=lambda e: e.stretch.start, reverse=True):
        start, end = edit.stretch.start, edit.stretch.end
        row = lines[start.line]
        lines[start.line] = row[: start.column] + edit.text + row[end.column :]
    return "\n".join(lines)


def codes(document: Document) -> list[str]:
    return [note.code for note in document.reading.notes]


def test_every_use_stands_where_its_name_stands(document: Document) -> None:
    """The place of each use holds the name and nothing else."""
    assert () == document.reading.notes
    for use in uses_in(document.deal):
        stretch = stretch_of(use.spot)
        row = document.lines[stretch.start.line]
        assert use.thing.name == row[stretch.start.column : stretch.end.column]


@pytest.mark.parametrize(
    ("line", "word", "expected"),
    [
        ("signed by:", "south", 'party south "South"'),
        ("starts: D", "D", "sets: D"),
        ("must not:", "field-gun", "row: field-gun, gun, 100 mm, 9 km"),
        ("tunnel(", "tunnel", 'row: tunnel, fortify, "tunnelling"'),
        ("tunnel(", "valley", 'zone valley "Valley"'),
        ("clause:", "2", "## § 2 · No attacks"),
        ("# terms", "terms", 'instrument terms "Terms"'),
        ("expect: talks", "talks", 'gate talks "Talks begin"'),
        ("opens when:", "calm", 'clock calm "Days of calm"'),
        ("given:", "valley", 'zone valley "Valley"'),
    ],
)
def test_definition_goes_from_a_name_to_where_it_is_declared(
    document: Document, line: str, word: str, expected: str
) -> None:
    """Blocks, moments, acts, weapon classes, clauses and instruments are all found."""
    found = definition(document, place_of(document, line, word))
    assert [expected] == rows(document, found)


@pytest.mark.parametrize(
    ("line", "word"),
    [("on: all-parties", "all-parties"), ("is: terms", "terms"), ("is: armed-force", "armed")],
)
def test_words_of_the_language_are_declared_nowhere(
    document: Document, line: str, word: str
) -> None:
    """A built-in name and a word of a closed list have no definition, though a block be alike."""
    assert () == definition(document, place_of(document, line, word))


def test_references_are_all_uses_in_order_with_or_without_the_declaration(
    document: Document,
) -> None:
    """A norm is used by clocks, gates and scenarios; its own head counts when asked for."""
    place = place_of(document, "prohibition attacks", "attacks")
    uses = references(document, place, with_declaration=False)
    assert [
        "resets on: violation(attacks)",
        "opens when: calm >= 1 days, kept(attacks, for: 1 days)",
        "expect: attacks violated by north",
        "expect: attacks undetermined by south because no-coverage",
        "expect: NOTE L601 on attacks",
    ] == rows(document, uses)
    assert 6 == len(references(document, place))


def test_rename_leaves_titles_quoted_words_and_comments_alone(document: Document) -> None:
    """Only whole ids change: in heads, values and scenarios, and nowhere else."""
    edits = rename(document, place_of(document, "party north", "north"), "highland")
    assert not isinstance(edits, Refusal)
    text = applied(document, edits)
    assert "# 🏔 not a name of ours: north" in text
    assert "> [V 1] North and South" in text
    assert "by highland, against south" in text
    assert () == open_document(text, file="valley.deal.md").reading.notes


def every_name(document: Document) -> list[tuple[str, Place]]:
    """Return each thing of a deal that can be renamed, with where it is declared."""
    found = {
        u.thing: stretch_of(u.spot).start
        for u in uses_in(document.deal)
        if u.declares and u.thing.role is not Role.CLAUSE
    }
    return [(thing.name, place) for thing, place in found.items()]


def test_every_name_of_the_deal_can_be_renamed_and_the_deal_still_reads(
    document: Document,
) -> None:
    """After each rename the file reads without a note, and renaming back gives the same bytes."""
    for name, place in every_name(document):
        edits = rename(document, place, "quite-new")
        assert not isinstance(edits, Refusal), name
        renamed = open_document(applied(document, edits), file="valley.deal.md")
        assert () == renamed.reading.notes, name
        assert name not in [u.thing.name for u in uses_in(renamed.deal) if u.declares]
        back = rename(renamed, place, name)
        assert not isinstance(back, Refusal)
        assert document.text == applied(renamed, back)


@pytest.mark.slow
def test_names_of_the_bundled_deals_can_be_renamed(request: pytest.FixtureRequest) -> None:
    """With every fifth name of a library deal replaced at once, the deal reads as it did before."""
    folder: Path = request.config.rootpath / "src" / "tregua" / "agreement" / "library"
    for path in sorted(folder.glob("*.deal.md")):
        document = open_document(path.read_text("utf-8"), file=path.name)
        edits: list[Edit] = []
        for number, (name, place) in enumerate(every_name(document)[::5]):
            found = rename(document, place, f"new-{number}")
            assert not isinstance(found, Refusal), (path.name, name, found)
            edits += found
        after = open_document(applied(document, tuple(edits)), file=path.name)
        assert codes(document) == codes(after), path.name


@pytest.mark.parametrize(
    ("line", "word", "new", "why"),
    [
        ("party north", "north", "south", "south is taken already: it names another block"),
        ("party north", "north", "North Side", "North Side cannot be a name"),
        ("party north", "north", "", "nothing cannot be a name"),
        ("party north", "north", "all-parties", "all-parties is a word of the language itself"),
        ("party north", "north", "undefined", "undefined is a word of the language itself"),
        ("sets: D", "D", "2D", "2D cannot be a name"),
        ("row: tunnel", "tunnel", "attack", "attack is a word of the language itself"),
        ("## § 2", "2", "9", "a clause keeps the label that it has in the agreement"),
        ("must not: attack", "attack", "raid", "attack is not declared in this deal"),
        ("held: whole", "whole", "part", "no name that this deal declares stands here"),
    ],
)
def test_rename_refuses_what_would_change_the_meaning(
    document: Document, line: str, word: str, new: str, why: str
) -> None:
    """A name that is taken, malformed or of the language is refused, in one sentence."""
    answer = rename(document, place_of(document, line, word), new)
    assert isinstance(answer, Refusal)
    assert answer.why.startswith(why)


def test_rename_refuses_while_a_line_cannot_be_read(deal: str) -> None:
    """The old name may stand unseen in a line that was passed over; that line is named."""
    broken = deal.replace("    during: truce\n", "    during truce, north\n")
    document = open_document(broken, file="valley.deal.md")
    answer = renamable(document, place_of(document, "party north", "north"))
    assert isinstance(answer, Refusal)
    assert "line 72 cannot be read, and north may stand there" in answer.why


def test_two_versions_of_a_block_are_both_its_definition(deal: str) -> None:
    """A block that amends another of its id is declared twice, and renamed together."""
    more = '```deal\nparty south "South"\n    is: armed-group\n    version: 2\n```\n'
    document = open_document(f"{deal}\n{more}", file="valley.deal.md")
    place = place_of(document, "party south", "south")
    assert ['party south "South"'] * 2 == rows(document, definition(document, place))
    edits = rename(document, place, "lowland")
    assert not isinstance(edits, Refusal)
    assert () == open_document(applied(document, edits), file="x").reading.notes
