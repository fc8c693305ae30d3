"""Trees of operator results: every one holds for the checker, and no changed one does (P6)."""

from __future__ import annotations

import ast
import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.assessment import check_rows
from tregua.assessment.check_rows import RawRows
from tregua.assessment.columns import NOBODY, Rows, Ticks, certain_rows, ints
from tregua.assessment.explain_rows import ANSWERED, CALM, COUNT, DEADLINE, RowNorm, RowTrees
from tregua.assessment.operators import count_within, last_other, match_deadline, none_within
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tregua.assessment.columns import Flags, Ints

    Tree = dict[str, Any]
    Columns = dict[str, Ints]

NAMES = ("t", "kind", "actor", "amount", "zone", "request")
NOISE, ATTACK, REQUEST, APPROVAL = range(4)
WITHIN, SEVERE, MANY = 6, 3, 1
ATTACKS = RowNorm("attacks", ANSWERED, ATTACK, ATTACK, ("zone",), WITHIN, least=SEVERE)
QUIET = RowNorm("calm", CALM, ATTACK, ATTACK, ("zone",), WITHIN, least=SEVERE)
ACCESS = RowNorm("access", DEADLINE, REQUEST, APPROVAL, ("request",), WITHIN)
FEW = RowNorm("count", COUNT, ATTACK, ATTACK, ("zone", "actor"), WITHIN, most=MANY)
NORMS = (ATTACKS, QUIET, ACCESS, FEW)
TICKS = (4, 9, 17)
ROW = st.tuples(
    st.integers(0, 20), st.sampled_from((1, 1, 1, 1, 2, 3, 0)), st.integers(0, 1),
    st.sampled_from((1, 3, 5)), st.integers(0, 1), st.integers(0, 2),
)  # fmt: skip


def columns_of(rows: Sequence[tuple[int, ...]]) -> Columns:
    rows = sorted(rows, key=lambda row: row[0])
    return {name: ints([row[k] for row in rows]) for k, name in enumerate(NAMES)}


TABLES = st.lists(ROW, max_size=14).map(columns_of)


def raw(norm: RowNorm, columns: Columns) -> RawRows:
    """Give the checker what a party has: the norm and the rows as plain values."""
    plain = {name: column.tolist() for name, column in columns.items()}
    return RawRows(json.loads(json.dumps(norm.to_json())), json.loads(json.dumps(plain)))


def rows_of(columns: Columns, which: Flags, partition: Ints) -> Rows:
    row = np.flatnonzero(which)
    return certain_rows(row, partition[row], columns["t"][row])


def trees(norm: RowNorm, columns: Columns) -> Iterator[Tree]:
    """Let the operator answer and explain each answer."""
    explained, kind, zone = RowTrees(norm, columns), columns["kind"], columns["zone"]
    severe = (kind == ATTACK) & (columns["amount"] >= SEVERE)
    if norm is ATTACKS:
        acts = rows_of(columns, kind == ATTACK, zone)
        found = last_other.columnar(acts, actor=columns["actor"][acts.row], within=WITHIN)
        for row, other in zip(acts.row.tolist(), found.may_row.tolist(), strict=True):
            if severe[row]:
                yield explained.answered(row, other)
    elif norm is ACCESS:
        asked = rows_of(columns, kind == REQUEST, columns["request"])
        given_ = rows_of(columns, kind == APPROVAL, columns["request"])
        found = match_deadline.columnar(asked, given_, within=WITHIN)
        for row, answer in zip(asked.row.tolist(), found.may_row.tolist(), strict=True):
            yield explained.deadline(row, answer)
    elif norm is QUIET:
        ticks = Ticks(np.repeat(ints([0, 1]), 3), np.tile(ints(TICKS), 2))
        quiet = none_within.columnar(rows_of(columns, severe, zone), ticks, within=WITHIN)
        for k, last in enumerate(quiet.must_row.tolist()):
            yield explained.calm((k // 3,), TICKS[k % 3], last)
    else:
        ticks = Ticks(np.repeat(ints(range(4)), 3), np.tile(ints(TICKS), 4))
        by_whom = rows_of(columns, kind == ATTACK, 2 * zone + columns["actor"])
        many = count_within.columnar(by_whom, ticks, within=WITHIN)
        for k, (first, last) in enumerate(zip(many.may_first.tolist(), many.may_last.tolist(),
                                              strict=True)):  # fmt: skip
            yield explained.count((k // 6, k // 3 % 2), TICKS[k % 3], first, last)


STORY = columns_of([
    (1, ATTACK, 0, 5, 0, 0), (4, ATTACK, 1, 1, 0, 0), (5, ATTACK, 1, 4, 0, 0),
    (6, REQUEST, 0, 0, 1, 7), (13, APPROVAL, 1, 0, 1, 7), (14, REQUEST, 0, 0, 1, 8),
])  # fmt: skip


def test_the_tree_of_an_answered_attack() -> None:
    """The act and its severity, the other side's act before it, and how long before it was."""
    first, second = trees(ATTACKS, STORY)
    assert second == {
        "norm": "attacks",
        "asked": {"row": 2},
        "kept": True,
        "because": [
            {"is": "act", "row": 2, "kind": 1, "t": 5, "actor": 1, "zone": 0},
            {"is": "amount", "amount": 4, "least": 3},
            {"is": "act", "row": 0, "kind": 1, "t": 1, "actor": 0, "zone": 0},
            {"is": "age", "age": 4, "passed": 1, "within": 6},
        ],
    }
    none = {"is": "none", "start": -5, "until": 1, "searched": 0, "within": 6}
    assert (False, none) == (first["kept"], first["because"][-1])


def test_the_tree_of_a_calm_day_says_what_was_searched() -> None:
    """The last attack is old enough; what lies in the window was looked at and is too small."""
    tree = next(t for t in trees(QUIET, STORY) if t["asked"] == {"key": [0], "t": 17})
    assert tree["kept"]
    assert [
        {"is": "asked", "key": [0], "t": 17},
        {"is": "act", "row": 2, "kind": 1, "t": 5, "actor": 1, "zone": 0},
        {"is": "amount", "amount": 4, "least": 3},
        {"is": "age", "age": 12, "within": 6},
        {"is": "none", "after": 11, "until": 17, "searched": 0, "before": 3, "within": 6},
    ] == tree["because"]


def test_the_trees_of_a_late_and_of_a_missing_approval() -> None:
    """Seven are more than six; to the second request no approval came, and none had come before."""
    late, missing = trees(ACCESS, STORY)
    assert {"is": "delay", "delay": 7, "within": 6} == late["because"][-1]
    assert {"is": "none", "start": 14, "before": 0, "within": 6} == missing["because"][-1]
    assert (False, False) == (late["kept"], missing["kept"])


def test_the_tree_of_a_count_names_every_act() -> None:
    """Two acts by one actor in the window, both named, are more than the one allowed."""
    tree = next(t for t in trees(FEW, STORY) if t["asked"] == {"key": [0, 1], "t": 9})
    assert [1, 2] == [node["row"] for node in tree["because"] if node["is"] == "act"]
    assert {"is": "count", "until": 9, "count": 2, "most": 1, "within": 6} == tree["because"][-1]
    assert not tree["kept"]


@pytest.mark.parametrize("norm", NORMS, ids=lambda norm: norm.norm)
@given(columns=TABLES)
def test_every_tree_holds(norm: RowNorm, columns: Columns) -> None:
    """The checker finds in the raw rows what the operator's witness says, also through JSON."""
    checker = raw(norm, columns)
    for tree in trees(norm, columns):
        assert "" == checker.refused(json.loads(json.dumps(tree)))


@pytest.mark.parametrize("norm", NORMS, ids=lambda norm: norm.norm)
@given(columns=TABLES)
def test_no_tree_without_one_of_its_nodes_holds(norm: RowNorm, columns: Columns) -> None:
    """P6: whichever `because` node is taken out, doubled or moved, the checker refuses the tree."""
    checker = raw(norm, columns)
    for tree in trees(norm, columns):
        nodes = tree["because"]
        for k in range(len(nodes)):
            assert checker.refused(tree | {"because": nodes[:k] + nodes[k + 1 :]})
            assert checker.refused(tree | {"because": [*nodes[: k + 1], *nodes[k:]]})
        assert checker.refused(tree | {"because": []})
        assert checker.refused(tree | {"because": nodes[::-1]})


def changed(value: Any) -> Iterator[Any]:
    """Yield a copy of the value per number, truth, text and name in it, each with one changed."""
    if isinstance(value, dict):
        for name in value:
            yield {k: v for k, v in value.items() if k != name}
            for other in changed(value[name]):
                yield value | {name: other}
    elif isinstance(value, list):
        for k, item in enumerate(value):
            yield from ([*value[:k], other, *value[k + 1 :]] for other in changed(item))
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1, -value - 1, None)
    else:
        yield value + "x"


@pytest.mark.parametrize("norm", NORMS, ids=lambda norm: norm.norm)
@given(columns=TABLES)
def test_no_tree_with_another_number_holds(norm: RowNorm, columns: Columns) -> None:
    """Any number, truth, text or name that is changed, anywhere in the tree, makes it refused."""
    checker = raw(norm, columns)
    for tree in trees(norm, columns):
        for other in changed(copy.deepcopy(tree)):
            assert checker.refused(other), other


@given(TABLES, st.integers(0, 13))
def test_a_wrong_witness_of_the_engine_is_refused(columns: Columns, other: int) -> None:
    """Where an operator named another row, or nobody, its tree would not hold."""
    checker, explained = raw(ATTACKS, columns), RowTrees(ATTACKS, columns)
    for tree in trees(ATTACKS, columns):
        row = tree["asked"]["row"]
        for wrong in {other, NOBODY} & {NOBODY, *range(row)}:
            told = explained.answered(row, wrong)
            assert told == tree or checker.refused(told)


@pytest.mark.parametrize(
    "nonsense", [None, 3, "tree", [], {}, {"asked": 1}, {"asked": {"row": 99}}, {"asked": {"a": 1}},
                 {"asked": {"row": -1}}, {"asked": {"row": 0.5}}, {"asked": {"row": 3}}],
)  # fmt: skip
def test_what_is_no_tree_is_refused_with_a_sentence(nonsense: Any) -> None:
    """Whatever JSON holds instead of a tree, the checker says that it is not asked."""
    assert raw(ATTACKS, STORY).refused(nonsense).startswith("this is not asked")


def test_a_tree_about_what_the_norm_does_not_ask_is_refused() -> None:
    """A small act, a row of another kind, a row counted from the end: true, and not asked."""
    acts = columns_of([(1, REQUEST, 0, 5, 0, 0), (2, ATTACK, 0, 1, 0, 0), (3, ATTACK, 0, 5, 0, 0)])
    checker, explained = raw(ATTACKS, acts), RowTrees(ATTACKS, acts)
    assert "" == checker.refused(explained.answered(2, NOBODY))
    for row in (0, 1, -1):
        assert checker.refused(explained.answered(row, NOBODY)).startswith("this is not asked")


@pytest.mark.parametrize(("late", "kept"), [(-1, True), (0, True), (1, False)])
def test_a_deadline_is_closed_in_its_tree(late: int, *, kept: bool) -> None:
    """At the last microsecond it is kept, one later it is not; the checker says the same."""
    story = columns_of([(3, REQUEST, 0, 0, 0, 7), (3 + WITHIN + late, APPROVAL, 0, 0, 0, 7)])
    (tree,) = trees(ACCESS, story)
    assert (kept, "") == (tree["kept"], raw(ACCESS, story).refused(tree))
    assert raw(ACCESS, story).refused(tree | {"kept": not kept})


def test_rows_out_of_order_are_refused() -> None:
    """Row order is part of the meaning: neither side reads rows whose times fall."""
    fallen = STORY | {"t": STORY["t"][::-1]}
    with pytest.raises(ValueError, match="order of time"):
        raw(ATTACKS, fallen)
    with pytest.raises(WrongUse, match="order of their instants"):
        RowTrees(ATTACKS, fallen)


def test_the_checker_is_one_page_and_imports_nothing_of_ours() -> None:
    """It needs the standard library alone."""
    text = Path(str(check_rows.__file__)).read_text("utf-8")
    found = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Import | ast.ImportFrom)]
    names = {n.module if isinstance(n, ast.ImportFrom) else n.names[0].name for n in found}
    assert {"__future__", "bisect", "json", "sys", "typing"} == names
    assert sum(1 for line in text.splitlines() if line.strip()) < 95


def test_a_party_runs_the_checker_alone(tmp_path: Path) -> None:
    """With the norm, the rows and the trees as files: silence when all hold, else the reason."""
    told = list(trees(ATTACKS, STORY))
    rows = {name: column.tolist() for name, column in STORY.items()}
    for name, value in (("norm", ATTACKS.to_json()), ("rows", rows)):
        (tmp_path / name).write_text(json.dumps(value), "utf-8")
    words = [sys.executable, "-I", str(check_rows.__file__), "norm", "rows", "trees"]
    for lines, code in ((told, 0), ([*told, told[0] | {"kept": True}], 1)):
        (tmp_path / "trees").write_text("\n".join(map(json.dumps, lines)), "utf-8")
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (code, "") == (done.returncode, done.stdout)
        assert bool(code) == ("the rows give" in done.stderr)
    done = subprocess.run(words[:3], capture_output=True, text=True, check=False)
    assert (1, True) == (done.returncode, done.stderr.startswith("give three files"))
