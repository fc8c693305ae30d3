"""Markdown into headings, paragraphs and fences; the file's own troubles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tregua.agreement.read import read_deal
from tregua.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tregua.agreement.read import Reading

    Read = Callable[[str], Reading]

TWO = """\
# main · Main text

## § 3 · Road

> [V 3] First sentence
> goes on here. A [bracket] stays.
> [P 3(a)] Second paragraph.

### § 3a · Checkpoints

> [M] From memory.

## Notes

> Only a remark of ours.

## clause 4

```deal
instrument main "Main"
    is: terms
    held: whole
```

# Commentary

> Not a paragraph.

```python
# zone · Not a heading
```

# side · Side letter

```deal
instrument side "Side"
    is: side-letter
    held: none
```

## § 3 · Road again
"""


def test_headings_nest_and_belong_to_their_instrument(read: Read, header: str) -> None:
    """Clauses know their instrument and the clause they nest in; one label may stand in each."""
    text = read(header + TWO).text
    assert ["main", "side"] == [i.id for i in text.instruments]
    assert [
        ("3", "Road", "main", ""),
        ("3a", "Checkpoints", "main", "3"),
        ("4", "", "main", ""),
        ("3", "Road again", "side", ""),
    ] == [(c.label, c.title, c.instrument, c.parent) for c in text.clauses]
    assert () == read(header + TWO).notes


def test_paragraphs_have_mark_pointer_and_place(read: Read, header: str) -> None:
    """A quoted paragraph goes on until the next mark; quotations outside clauses are commentary."""
    paragraphs = read(header + TWO).text.paragraphs
    assert [
        ("V", "3", "First sentence goes on here. A [bracket] stays.", "3", 12),
        ("P", "3(a)", "Second paragraph.", "3", 14),
        ("M", "", "From memory.", "3a", 18),
    ] == [(p.mark, p.pointer, p.text, p.clause, p.spot.line) for p in paragraphs]


def test_blocks_know_their_clause_and_instrument(read: Read, header: str) -> None:
    """A block belongs to the clause and the instrument in which its fence stands."""
    blocks = read(header + TWO).text.blocks
    assert [("main", "4", "main"), ("side", "", "side")] == [
        (b.id, b.clause, b.instrument) for b in blocks
    ]


def test_an_instrument_may_be_left_out(read: Read, world: str) -> None:
    """In a file without an instrument heading the one instrument is called text."""
    assert {"text"} == {b.instrument for b in read(world).text.blocks}


def test_a_comment_is_not_read_and_a_number_sign_in_quotes_is(read: Read, header: str) -> None:
    """Comments end a line outside quotation marks; they do not end a block."""
    fence = '```deal\n# of both\nparty a "No. #1" # here\n# between\n    is: state # there\n'
    block = read(f'{header}{fence}    aliases: "a # b", "c\\"d" # "e"\n```\n').text.blocks[0]
    assert ("No. #1", "state", ("a # b", 'c"d')) == (
        block.title,
        block.word("is"),
        block.texts("aliases"),
    )


def test_an_unclosed_fence_hides_nothing_behind_it(read: Read, header: str) -> None:
    """Prose and blocks behind an unclosed fence are read as if it had been closed."""
    text = f"{header}```deal\nparty a\n    is: state\n\n## § 2 · Two\n\n> [V 2] words\n"
    reading = read(text)
    assert ["D008"] == [n.code for n in reading.notes]
    assert ["2"] == [p.clause for p in reading.text.paragraphs]
    assert ["a"] == [b.id for b in reading.text.blocks]


def test_only_line_feeds_end_a_line(read: Read, header: str) -> None:
    """Characters that some programs take for a line end stay inside a paragraph."""
    text = f"{header}## § 1\n\n> [V 1] one\u2028two\x0bthree\u0085four\n"
    assert "one\u2028two\x0bthree\u0085four" == read(text).text.paragraphs[0].text


def test_a_byte_order_mark_is_passed_over(read: Read, world: str) -> None:
    """A file that begins with a byte order mark reads like one that does not."""
    assert () == read("\ufeff" + world).notes


def test_what_cannot_be_read_at_all_is_refused(tmp_path: Path) -> None:
    """A missing file, a folder, bytes that are not UTF-8 and a huge file are refused in words."""
    latin = tmp_path / "latin.deal.md"
    latin.write_bytes(b"---\ntitle: caf\xe9\n")
    huge = tmp_path / "huge.deal.md"
    huge.write_bytes(b"x" * 5_000_001)
    for path, why in (
        (tmp_path / "absent.deal.md", "there is no such file"),
        (tmp_path, "this is a folder"),
        (latin, "not UTF-8 text (byte 14)"),
        (huge, "larger than 5 MB"),
    ):
        with pytest.raises(InputUnreadable) as refusal:
            read_deal(path)
        assert why in str(refusal.value)
        assert path.name in str(refusal.value)


def test_a_file_and_its_text_read_the_same(tmp_path: Path, read: Read, world: str) -> None:
    """Reading the file gives what reading its text gives; the digest is over the file's bytes."""
    path = tmp_path / "valley.deal.md"
    path.write_bytes(world.encode())
    assert read(world).agreement.model_digest == read_deal(path).agreement.model_digest
    assert read(world).text.digest == read_deal(path).text.digest
