"""The list of block kinds: complete, each with an example that reads without a mistake."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tregua.agreement import clauses
from tregua.agreement.clause import COMMON, ClauseKind, ValueType
from tregua.agreement.clauses import KINDS
from tregua.terms.notes import show_note

if TYPE_CHECKING:
    from collections.abc import Callable

    from tregua.agreement.read import Reading

    Read = Callable[[str], Reading]

REPEATED = {"row", "step", "given", "expect", "source", "says", "accept", "assumed by drafter"}


def test_every_file_of_the_folder_is_in_the_list() -> None:
    """The list names each file once; there are 31 kinds."""
    folder = Path(str(clauses.__file__)).parent
    files = {p.stem for p in folder.glob("*.py")} - {"__init__"}
    assert files == {k.kind.replace("-", "_") for k in KINDS}
    assert 31 == len(KINDS) == len(files)


@pytest.mark.parametrize("kind", KINDS, ids=[k.kind for k in KINDS])
def test_a_kind_is_complete(kind: ClauseKind) -> None:
    """A kind says what it states, how it is violated, what shows it; its keys are told apart."""
    assert kind.what
    assert kind.violated
    assert kind.evidence
    names = [k.name for k in (*kind.keys, *COMMON)]
    assert len(names) == len(set(names))
    for key in kind.keys:
        assert key.repeats == (key.name in REPEATED)
        assert not key.words or key.type in (ValueType.WORD, ValueType.WORDS)


@pytest.mark.parametrize("kind", KINDS, ids=[k.kind for k in KINDS])
def test_the_example_of_a_kind_reads(read_blocks: Read, kind: ClauseKind) -> None:
    """A kind's example has no mistake but names that are declared elsewhere, and its own block."""
    reading = read_blocks(kind.example)
    others = [show_note(n) for n in reading.notes if n.code != "D007"]
    assert [] == others
    assert [kind.kind] == [b.kind for b in reading.text.blocks]


ROWS = [
    ("weapons w\n    columns: class, family, distance\n    row: gun-1, gun", "D006", "2 cells"),
    ("weapons w\n    columns: class, family\n    row: gun-1, cannon", "D006", "family of weapons"),
    ("weapons w\n    columns: class, distance\n    row: gun-1, 9 miles", "D012", "length"),
    ('acts x\n    row: tunnel, digging, "d"', "D012", "digging is not a kind"),
    ('acts x\n    row: attack, fortify, "d"', "D004", "the act attack exists"),
    ('acts x\n    row: "tunnel", fortify', "D006", "a row names an act"),
    ('acts x\n    row: a1, b1, "a"\n    row: b1, a1, "b"', "D015", "depends on itself"),
    ("schedule s\n    row: 2030-01-01, undefined, hand-over", "D006", "3 cells"),
    ("schedule s\n    row: undefined, undefined, jump, undefined, everywhere", "D012", "jump"),
    ("procedure p\n    for: violation\n    step: shout by everyone", "D006", "shout is not a verb"),
    ("procedure p\n    for: violation\n    step: report to everyone", "D006", "who takes it"),
    ("procedure p\n    for: violation\n    step: report by nobody", "D007", "nobody"),
    ("scenario s\n    expect: nothing violated by everyone", "D007", "nothing"),
    ("scenario s\n    expect: whatever", "D006", "form of expectation"),
    ("scenario s\n    given: jump\n    expect: NOTE L601 on x", "D006", "begins with its time"),
    ("scenario s\n    given: at 2030-01-01, jump\n    expect: NOTE L601 on x", "D012", "jump"),
    ("duty d\n    on: everyone\n    must: fly\n    must keep: fly", "D013", "either"),
    ("party p\n    is: state\n    version: 0.5", "D006", "1, 2, 3"),
    ("term t\n    measured as: judged(t)", "D015", "t depends on itself"),
    ("phase p\n    starts: start(p) + 1 days", "D015", "p depends on itself"),
]


@pytest.mark.parametrize(("block", "code", "said"), ROWS)
def test_what_only_a_kind_can_see(read_blocks: Read, block: str, code: str, said: str) -> None:
    """Rows, steps and the lines of a scenario are held against their own forms."""
    assert [(code, True)] == [(n.code, said in n.said) for n in read_blocks(block).notes]
