"""The reader's own codes, D001 to D016: how such a note is made, and the page behind each code.

Reader notes are always errors with high confidence: the file does not say what it seems to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.terms.notes import Note, Page, Severity

if TYPE_CHECKING:
    from tregua.terms.notes import Spot

PAGES: tuple[Page, ...] = (
    Page(
        code="D001",
        title="not a kind of block",
        what="The first word of a block's head line is not one of the kinds of the language.",
        why="its lines cannot be understood without knowing what kind of clause they are",
        help="Use the kind that is suggested. The block is kept unread and costs this one note.",
        bad='prohibtion attacks "No attacks"',
        good='prohibition attacks "No attacks"',
    ),
    Page(
        code="D002",
        title="this kind has no such key",
        what="A key is written that blocks of this kind do not have.",
        why="a key that nobody reads binds nobody, yet it looks as if it did",
        help="Use the key that is suggested, or put the words into  note: ...",
        bad="    must nott: attack(weapon: any)",
        good="    must not: attack(weapon: any)",
    ),
    Page(
        code="D003",
        title="expected key: value",
        what="A line is neither a head, nor a key with its value; or a key that a kind needs is "
        "missing.",
        why="a line that is not read says nothing, and its clause would seem to be silent",
        help="Write  key: value  indented by four spaces, and leave a blank line between blocks.",
        bad="    must not attack(weapon: any)",
        good="    must not: attack(weapon: any)",
    ),
    Page(
        code="D004",
        title="id already declared",
        what="Two blocks have the same id, and the later one is not a higher version of the first.",
        why="a name must mean one thing, or two readers will each take the one that suits them",
        help="Choose another id. To amend a block, restate it whole with  version: 2",
        bad='party north "Northern side"\n\nparty north "Northern command"',
        good='party north "Northern side"\n\nparty north-command "Northern command"',
    ),
    Page(
        code="D005",
        title="value cannot be read",
        what="What stands right of the colon does not follow the grammar of values.",
        why="what cannot be read is no part of the deal's meaning, whatever its author had in mind",
        help='Put words of the text in "...", and separate values with commas.',
        bad='    says: "all attacks',
        good='    says: "all attacks"',
    ),
    Page(
        code="D006",
        title="value of the wrong type, or a word outside its closed list",
        what="The value can be read, but this key takes another type of value, or one of a closed "
        "list of words.",
        why="a value of another type would be passed over, and the clause would seem to be open",
        help="Use one of the words listed. Numbers have no thousands separator.",
        bad="    distance: 3,500 m",
        good="    distance: 3500 m",
    ),
    Page(
        code="D007",
        title="name is not declared, or names a block of the wrong kind",
        what="A name stands where a declared block is expected, and there is none of that name, or "
        "it is of another kind.",
        why="an obligation that points at nothing can neither be kept nor violated",
        help="Declare the block, or use the name that is suggested. Names are compared whole.",
        bad="    on: goverment",
        good="    on: government",
    ),
    Page(
        code="D008",
        title="fence or header not closed",
        what="The header or a fence has no closing line before the prose goes on.",
        why="what stands behind it could be taken for a part of it, and be lost",
        help="End the header with ---, and a fence with as many backticks as it began with.",
    ),
    Page(
        code="D009",
        title="header key missing or unknown; format version unknown",
        what="The header lacks deal, title, format or prose, has a key that does not exist, or "
        "names a format that this program does not know.",
        why="without them nobody can tell which deal this is and how it must be read",
        help="format: tregua-deal/1",
        bad="format: tregua-deal/9",
        good="format: tregua-deal/1",
    ),
    Page(
        code="D010",
        title="tab or wrong indentation in a block",
        what="A tab stands in a block, a key stands in column 1, or a line belongs to no block.",
        why="blocks are read by their columns, and a tab has no width of its own",
        help="Indent keys by four spaces, and what continues a value by eight.",
        bad="on: north",
        good="    on: north",
    ),
    Page(
        code="D011",
        title="paragraph without a text mark; clause label unknown or declared twice",
        what="A quoted paragraph does not say how much of the original is held (V, P, M or X), or "
        "a clause label is missing, stands twice, or is referred to and does not exist.",
        why="every sentence must say how much of it is held, and where in the agreement it stands",
        help="> [V 3(d)] text of the paragraph",
        bad="> Forces move back from the road.",
        good="> [P 3(d)] Forces move back from the road.",
    ),
    Page(
        code="D012",
        title="unknown unit, time zone or act kind",
        what="A unit, an IANA time zone or a kind of act is written that does not exist.",
        why="a length, an hour or an act that nobody can measure binds nobody",
        help="Use the unit, zone or act that is suggested; an `acts` block can add kinds of act.",
        bad="    lasts: 2 fortnights",
        good="    lasts: 4 weeks",
    ),
    Page(
        code="D013",
        title="key written twice",
        what="A key stands twice in one block although it may stand once only.",
        why="of two answers to one question nobody can say which one was agreed",
        help="Keep one line. A list of values is separated by commas.",
        bad="    on: north\n    on: south",
        good="    on: north, south",
    ),
    Page(
        code="D014",
        title="empty or negative interval; calendar step that does not exist",
        what="An interval has no length or ends before it begins, or a day is not in the calendar.",
        why="programs disagree on what an empty interval means, so the language has none; dates "
        "are never rounded",
        help="Give the interval a length; write the day that is meant.",
        bad="    ends: 2016-05-31 - 1 months",
        good="    ends: 2016-04-30",
    ),
    Page(
        code="D015",
        title="a definition depends on itself",
        what="Following what a definition refers to leads back to it.",
        why="whoever follows the definitions never arrives at a meaning",
        help="Define one of them by something else.",
        bad="zone a\n    inside: b\n\nzone b\n    inside: a",
        good="zone a\n    inside: b\n\nzone b",
    ),
    Page(
        code="D016",
        title="bidirectional control or invisible character in a block",
        what="A character that cannot be seen, or that turns the direction of writing, stands in a "
        "block.",
        why="people and machine would read different texts",
        help="Take the character out.",
    ),
)

_WHY = {page.code: page.why for page in PAGES}


def error(
    code: str,
    said: str,
    spot: Spot,
    *,
    help: str = "",  # noqa: A002
    marker: str = "",
    clause: str = "",
    on: str = "",
) -> Note:
    """Return a reader note; ``help`` is one line that can be pasted."""
    return Note(
        code,
        Severity.ERROR,
        said,
        spot,
        why=_WHY[code],
        help=help,
        marker=marker,
        clause=clause,
        on=on,
    )
