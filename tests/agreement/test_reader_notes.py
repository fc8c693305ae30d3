"""Every reader code: a text that has the mistake, and the note's words and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tregua.agreement.codes import PAGES
from tregua.terms.notes import Confidence, Severity, show_note

if TYPE_CHECKING:
    from collections.abc import Callable

    from tregua.agreement.read import Reading

    ReadBlocks = Callable[[str], Reading]
    Read = Callable[[str], Reading]

SIDE_A = 'party a "A"\n    is: state\n'  # lines 9 and 10 of the file
ZONE = 'zone z "Z"\n    is: area\n'

# code, blocks from line 9 on, words of the note, line, column, length, words of the help
BLOCKS = [
    ("D001", 'prty a "A"\n    is: state', "prty is not a kind of block", 9, 1, 4, "party?"),
    ("D002", SIDE_A + "    bount by: order", "party has no key bount by", 11, 5, 8, "bound by?"),
    ("D002", SIDE_A + "    colour: red", "party has no key colour", 11, 5, 6, "keys: is, bound by"),
    ("D003", SIDE_A + "    bound by order", "expected key: value", 11, 5, 14, "bound by: order"),
    (
        "D003",
        "duty d\n    on: undefined\n    must fly(of: x)",
        "expected key",
        11,
        5,
        15,
        "must: fly",
    ),
    ("D003", SIDE_A + "    command:", "the key command has no value", 11, 5, 7, "command: undef"),
    ("D003", 'party "A"\n    is: state', "this block has no id", 9, 7, 1, "some-name"),
    ("D003", 'party Side_A "A"\n    is: state', "Side_A cannot be an id", 9, 7, 6, "side-a"),
    ("D003", 'party a "A"', "this party has no key is", 9, 7, 1, "is: state"),
    ("D003", SIDE_A + ZONE.rstrip(), "without a blank line", 11, 1, 10, "blank line"),
    ("D003", "duty d\n    on: undefined", "this duty has no key must", 9, 6, 1, "must keep:"),
    ("D004", SIDE_A + "\n" + SIDE_A, "a is already declared in line 9", 12, 7, 1, "a-2"),
    (
        "D004",
        'zone everywhere "E"\n    is: area',
        "a name of the language",
        9,
        6,
        10,
        "everywhere-1",
    ),
    ("D005", SIDE_A + '    note: "open', "quotation mark is not closed", 11, 11, 5, '"open"'),
    ("D005", SIDE_A + "    accepted: @@@ what a day this is", "@@@ what a day ", 11, 15, 15, ""),
    ("D005", ZONE + "    width: (15 km", "cannot be read: (15 km", 11, 12, 6, ""),
    ("D005", ZONE + "    as of: 2030-01-01T25:00", "no such hour", 11, 12, 16, "2016-09-12"),
    ("D006", "zone z\n    is: aera", "aera is not a word of this list", 10, 9, 4, "area?"),
    ("D006", "zone z\n    is: undefined", "is cannot be undefined", 10, 9, 9, "one of: nat"),
    ("D006", ZONE + "    radius: 3,500 m", "no thousands separator", 11, 13, 5, "write 3500 m"),
    ("D006", ZONE + "    radius: 2 days", "a length is expected", 11, 13, 6, "3500 m"),
    ("D006", SIDE_A + "    note: plain words", "words in quotation", 11, 11, 11, '"plain words"'),
    ("D006", SIDE_A + "    named in text: maybe", "maybe is not a word", 11, 20, 5, "yes, no"),
    ("D006", SIDE_A + '    members: "us"', "a name is expected", 11, 14, 4, "party or group"),
    (
        "D006",
        SIDE_A + "    members: x, undefined",
        "undefined stands alone",
        11,
        17,
        9,
        "undefined",
    ),
    (
        "D006",
        "gate g\n    leads to: undefined\n    opens when: done",
        "a condition is",
        11,
        17,
        4,
        "",
    ),
    (
        "D006",
        "gate g\n    leads to: undefined\n    opens when: keptt(x)",
        "keptt(...) is not a condition",
        11,
        17,
        5,
        "kept?",
    ),
    (
        "D006",
        "group g\n    is: militia\n    certainty: 70",
        "certainty lies between 0 and 1",
        11,
        16,
        2,
        "certainty: 0.7",
    ),
    (
        "D007",
        "prohibition p\n    on: nobody\n    must not: fly",
        "nobody is not decl",
        10,
        9,
        6,
        "",
    ),
    (
        "D007",
        SIDE_A + "\nprohibition p\n    on: a\n    must not: fly\n    where: a",
        "a is a party block; expected here: zone",
        15,
        12,
        1,
        "of kind zone",
    ),
    ("D007", "phase p\n    starts: E + 2 days", "no power sets a moment E", 10, 13, 1, "sets: E"),
    ("D010", 'party a "A"\n\tis: state', "a tab stands here", 10, 1, 1, "    is: state"),
    ("D010", 'party a "A"\n is: state', "indented by four", 10, 2, 9, "    is: state"),
    ("D010", 'party a "A"\nis: state', "indented by four", 10, 1, 9, "    is: state"),
    ("D010", 'party a "A"\n\n    is: state', "ended the block a", 11, 5, 9, "blank line"),
    ("D010", "    is: state", "belongs to no block", 9, 5, 9, "column 1"),
    (
        "D010",
        SIDE_A + '\n    is: state\n    note: "b"',
        "belongs to no block",
        12,
        5,
        9,
        "column 1",
    ),
    ("D011", SIDE_A + "    clause: § 9", "there is no clause 9", 11, 13, 3, "## § 9"),
    ("D012", ZONE + "    radius: 3 leagues", "leagues is not a unit", 11, 15, 7, "mm, m, km"),
    ("D012", "phase p\n    starts: undefined\n    lasts: 2 dyas", "dyas is", 11, 14, 4, "days?"),
    ("D012", SIDE_A + "    accepted: 2030-01-01 Asia/Damscus", "Damscus", 11, 26, 12, "Damascus?"),
    (
        "D012",
        "prohibition p\n    on: everyone\n    must not: sheling",
        "kind of act",
        11,
        15,
        7,
        "",
    ),
    (
        "D013",
        SIDE_A + "    is: coalition",
        "is is written twice; it stands in line 10",
        11,
        5,
        2,
        "",
    ),
    ("D014", "phase p\n    starts: undefined\n    lasts: 0 hours", "is empty", 11, 12, 7, "length"),
    ("D014", ZONE + "    width: 20..15 km", "interval is negative", 11, 12, 9, "15..20 km"),
    ("D014", ZONE + "    as of: 2030-02-30", "not a day of the calendar", 11, 12, 10, ""),
    (
        "D014",
        "phase p\n    starts: 2016-05-31 - 1 months",
        "2016-04 has no day 31",
        10,
        26,
        8,
        "2016-04-28",
    ),
    (
        "D014",
        "phase p\n    starts: 2030-01-02\n    ends: 2030-01-01",
        "ends is not later than starts (line 10)",
        11,
        11,
        10,
        "ends: undefined",
    ),
    (
        "D015",
        ZONE + "    inside: y\n\nzone y\n    is: area\n    inside: z",
        "z depends on itself: z (line 11) > y (line 15) > z",
        11,
        13,
        1,
        "something else",
    ),
    (
        "D015",
        "power p\n    does: set\n    sets: D\n    at: D + 1 days",
        "D depends on itself",
        12,
        9,
        10,
        "",
    ),
    ("D016", SIDE_A + '    note: "a\u202eb"', "right-to-left override", 11, 13, 1, "take it out"),
    ("D016", SIDE_A + "    members: unde\u200bfined", "zero width space", 11, 18, 1, ""),
]


@pytest.mark.parametrize(
    ("code", "blocks", "said", "line", "column", "length", "help_"),
    BLOCKS,
    ids=[f"{code}-{at}" for at, (code, *_) in enumerate(BLOCKS)],
)
def test_a_mistake_in_a_block(
    read_blocks: ReadBlocks,
    code: str,
    blocks: str,
    said: str,
    line: int,
    column: int,
    length: int,
    help_: str,
) -> None:
    """A mistake in a block gives one note of its code, at its token, in plain words."""
    notes = [n for n in read_blocks(blocks).notes if n.code == code]
    assert len(notes) == 1, [show_note(n) for n in read_blocks(blocks).notes]
    note = notes[0]
    assert said in note.said
    assert (line, column, length) == (note.spot.line, note.spot.column, note.spot.length)
    assert help_ in note.help
    assert note.why
    assert (Severity.ERROR, Confidence.HIGH) == (note.severity, note.confidence)


# code, whole file, words of the note, line, column
FILES = [
    ("D008", "HEAD```deal\nparty a\n    is: state\n## § 1 · One\n", "fence is not closed", 8, 1),
    ("D008", "HEAD```text\n```deal\nparty a\n    is: state\n```\n", "fence is not closed", 8, 1),
    ("D008", "---\ndeal: x\n\n# jic · One\n", "the header is not closed", 1, 1),
    ("D009", "plain words\n", "the file has no header", 1, 1),
    ("D009", '---\ndeal: x\ntitle: "X"\nprose: restated\n---\n', "no key format", 1, 1),
    ("D009", '---\ndeal: x\ntitle: "X"\nformat: tregua-deal/2\nprose: restated\n---\n',
     "tregua-deal/2 is not known", 4, 9),
    ("D009", "HEAD2purpos: election\n---\n", "the header has no key purpos", 7, 1),
    ("D006", "HEAD2scope: worldwide\n---\n", "worldwide is not a word", 7, 8),
    ("D012", "HEAD3time zone: Damascus\n---\n", "Damascus is not a time zone", 6, 12),
    ("D013", "HEAD2deal: again\n---\n", "deal is written twice", 7, 1),
    ("D014", "HEAD2effective: 2030-02-01\nended: 2030-01-01\n---\n", "ended is not later", 8, 8),
    ("D011", "HEAD## § 1 · One\n\n> no mark here\n", "no text mark", 10, 3),
    ("D011", "HEAD## § 1 · One\n\n> [Z 1] unknown mark\n", "no text mark", 10, 3),
    ("D011", "HEAD## § 1 · One\n\n## § 1 · Two\n", "clause 1 is declared twice", 10, 6),
    ("D011", "HEAD## § · One\n", "no clause label", 8, 4),
    ("D007", "HEAD# jic · One\n", "the instrument jic has no block", 8, 3),
    ("D004", "HEAD# j · One\n# j · Two\n", "instrument j is opened twice", 9, 3),
    ("D010", "HEAD  ```deal\n```\n", "begins in column 1", 8, 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text", "said", "line", "column"),
    FILES,
    ids=[f"{code}-{at}" for at, (code, *_) in enumerate(FILES)],
)
def test_a_mistake_in_the_file(
    read: Read, header: str, code: str, text: str, said: str, line: int, column: int
) -> None:
    """A mistake in header, headings, paragraphs or fences gives its one note at its place."""
    no_zone = header.replace("time zone: Asia/Damascus\n", "")
    text = text.replace("HEAD3", no_zone.removesuffix("---\n"))
    text = text.replace("HEAD2", header.removesuffix("---\n")).replace("HEAD", header)
    notes = [n for n in read(text).notes if n.code == code and said in n.said]
    assert len(notes) == 1, [show_note(n) for n in read(text).notes]
    assert (line, column) == (notes[0].spot.line, notes[0].spot.column)
    assert f"valley.deal.md:{line}:{column}" == str(notes[0].spot)


def test_a_deal_without_a_mistake_has_no_notes(read: Read, world: str) -> None:
    """A deal that is in order gives no note at all."""
    assert () == read(world).notes


def test_every_code_is_shown_to_fail() -> None:
    """Each of the sixteen codes has its page, and a text here that has the mistake."""
    codes = [page.code for page in PAGES]
    assert [f"D{n:03d}" for n in range(1, 17)] == codes
    assert set(codes) == {code for code, *_ in (*BLOCKS, *FILES)}
    assert all(page.title and page.what and page.why and page.help for page in PAGES)


def test_one_bad_line_costs_one_note(read_blocks: ReadBlocks) -> None:
    """A block of an unknown kind costs one note, and names that point at it cost none."""
    blocks = 'prty a "A"\n    is state\n    bogus: 1\n\nprohibition p\n    on: a\n    must not: fly'
    assert ["D001"] == [n.code for n in read_blocks(blocks).notes]


def test_the_rest_of_a_block_is_read(read_blocks: ReadBlocks) -> None:
    """After an unknown key, a line without a colon and a bad value the other keys still count."""
    blocks = "phase p\n    bogus: 1\n    starts 2030\n    next: ((\n    lasts: 2 days"
    reading = read_blocks(blocks)
    assert ["D002", "D003", "D005"] == [n.code for n in reading.notes]
    phase = reading.agreement.phase("p")
    assert phase is not None
    assert "2 days" == str(phase.lasts)


def test_thirty_mistakes_give_thirty_notes(read_blocks: ReadBlocks) -> None:
    """One deal with thirty mistakes gives thirty notes, sorted by place."""
    good = "".join(f'party p{n} "P{n}"\n    is: state\n\n' for n in range(10))
    bad = "".join(
        f"prohibition n{n}\n    on: p{n}\n    must not: flyy\n    where: nowhere\n"
        "    chek: machine\n\n"
        for n in range(10)
    )
    notes = read_blocks(good + bad).notes
    assert 30 == len(notes)
    assert {"D012", "D007", "D002"} == {n.code for n in notes}
    assert sorted(n.spot.line for n in notes) == [n.spot.line for n in notes]
    assert {f"n{n}" for n in range(10)} == {n.on for n in notes}


def test_a_higher_version_may_repeat_an_id(read_blocks: ReadBlocks) -> None:
    """A block restated with a higher version is no mistake, and the model uses it."""
    first = 'party a "Old"\n    is: state\n\n'
    second = 'party a "New"\n    is: state\n    version: 2'
    reading = read_blocks(first + second)
    assert () == reading.notes
    assert ["New"] == [who.title() for who in reading.agreement.who]


def test_a_note_is_shown_with_its_caret(read_blocks: ReadBlocks) -> None:
    """A note for people quotes the line and underlines the exact token."""
    shown = show_note(read_blocks("zone z\n    is: aera").notes[0])
    assert "   --> valley.deal.md:10:9\n" in shown
    assert "10 |     is: aera\n   |         ^^^^\n" in shown
    assert "= see: tregua explain D006" in shown


def test_a_continued_value_is_pointed_at_on_its_own_line(read_blocks: ReadBlocks) -> None:
    """The caret of a mistake in a continuation line stands on that line, not on the key's."""
    notes = read_blocks(SIDE_A + "    members:\n        a,\n        nobody,\n        a").notes
    assert [(13, 9, 6)] == [(n.spot.line, n.spot.column, n.spot.length) for n in notes]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_make_no_difference(read: Read, world: str, end: str) -> None:
    """A file with CRLF gives the same model, texts and columns as one with LF."""
    bad = world.replace("where: valley", "where: vally").replace("\n", end)
    reading = read(bad)
    assert [("D007", 43, 12)] == [(n.code, n.spot.line, n.spot.column) for n in reading.notes]
    assert (
        read(world.replace("\n", end)).agreement.model_digest == read(world).agreement.model_digest
    )
    assert "Both sides stop." == reading.text.paragraphs[0].text
