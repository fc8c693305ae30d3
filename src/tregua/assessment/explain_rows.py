"""The explanation of one operator's answer, from its witness rows: a tree, made when asked for.

A tree is plain JSON of a stable form: ``norm``, ``asked``, ``kept``, ``because``. Each atom is a
node of its own: what stands in a row, each comparison of numbers, what was searched where nothing
was found. Rows are those of the incident table, by number; each happened at a known instant.

The answer and its witness are the operator's; only what lies between a witness and the end of a
window is counted here. ``check_rows.py`` looks for all of it again, and shares nothing with this.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tregua.assessment.columns import NOBODY
from tregua.assessment.keys import by_partition
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tregua.assessment.columns import Ints

Value: TypeAlias = "str | int | bool | list[int] | dict[str, Value] | list[Value]"
Node: TypeAlias = "dict[str, Value]"
ANSWERED, CALM, DEADLINE, COUNT = "answered", "calm", "deadline", "count"


@dataclass(frozen=True, slots=True)
class RowNorm:
    """What a norm asks of rows, as plain values.

    Attributes:
        norm: its id.
        test: ``ANSWERED``: an act of at least this amount has one by another actor before it;
            ``CALM``: there was none of at least this amount; ``DEADLINE``: a trigger has an answer;
            ``COUNT``: there were at most so many.
        kind: code of the act or the trigger that is asked about.
        by: code of the kind that is looked for; an act's own, or the answer's.
        key: names of the columns that must be the same.
        within: microseconds; open for what looks back from an instant, closed for the others.
        least: least amount that the norm concerns; zero when it asks none.
        most: how many are allowed.
    """

    norm: str
    test: str
    kind: int
    by: int
    key: tuple[str, ...]
    within: int
    least: int = 0
    most: int = 0

    def to_json(self) -> dict[str, Value]:
        """Return it as plain values, as the checker takes it."""
        return {**asdict(self), "key": list(self.key)}


class RowTrees:
    """Explains the answers to one norm over a table of rows."""

    def __init__(self, norm: RowNorm, columns: Mapping[str, Ints]) -> None:
        """Sort the rows that the norm looks for by key.

        Args:
            norm: what is asked.
            columns: ``kind``, ``t`` (microseconds UTC, rising), ``actor``, ``amount`` and those of
                the key; one line per row of the incident table.

        Raises:
            WrongUse: rows that do not stand in the order of time.
        """
        if (np.diff(columns["t"]) < 0).any():
            raise WrongUse("rows stand in the order of their instants")
        self._norm = norm
        names = ("kind", "t", "actor", *norm.key)
        self._named = [(name, columns[name].tolist()) for name in names]
        self._t, self._amount = columns["t"].tolist(), columns["amount"].tolist()
        self._keys = [columns[name].tolist() for name in norm.key]
        self._of = _by_key(columns, norm)

    def answered(self, row: int, other: int) -> Node:
        """Explain whether an act answers another actor's: its row, and the witness or nobody.

        The witness is that of `last_other`.
        """
        now, within, (rows, times) = self._t[row], self._norm.within, self._like(row)
        at = bisect_left(rows, row)
        if other == NOBODY:
            start = now - within
            searched = at - bisect_left(times, start, 0, at)
            end: Node = {"is": "none", "start": start, "until": now, "searched": searched}
            because = [*self._act(row), end]
        else:
            passed = at - bisect_left(rows, other) - 1
            end = {"is": "age", "age": now - self._t[other], "passed": passed}
            because = [*self._act(row), self._told(other), end]
        end["within"] = within
        return self._tree({"row": row}, because, kept=other != NOBODY)

    def calm(self, key: tuple[int, ...], time: int, last: int) -> Node:
        """Explain whether no act was before an instant: the key, the instant, the last act before.

        The witness is that of `none_within`, over the rows of at least the norm's amount.
        """
        within, (_, times) = self._norm.within, self._of.get(key, ([], []))
        because: list[Node] = [{"is": "asked", "key": list(key), "t": time}]
        age = within if last == NOBODY else time - self._t[last]
        if last != NOBODY:
            because += [*self._act(last), {"is": "age", "age": age, "within": within}]
        if age >= within:
            at, after = bisect_left(times, time), time - within
            old = bisect_right(times, after, 0, at)
            none: Node = {"is": "none", "after": after, "until": time, "searched": at - old}
            because.append({**none, "before": old, "within": within})
        return self._tree({"key": list(key), "t": time}, because, kept=age >= within)

    def deadline(self, row: int, answer: int) -> Node:
        """Explain whether a trigger was answered in time: its row, and the first answer or nobody.

        The witness is that of `match_deadline`.
        """
        now, within = self._t[row], self._norm.within
        if answer == NOBODY:
            before = len(self._like(row)[0])
            none: Node = {"is": "none", "start": now, "before": before, "within": within}
            return self._tree({"row": row}, [*self._act(row), none], kept=False)
        late = self._t[answer] - now
        delay: Node = {"is": "delay", "delay": late, "within": within}
        because = [*self._act(row), *self._act(answer), delay]
        return self._tree({"row": row}, because, kept=late <= within)

    def count(self, key: tuple[int, ...], time: int, first: int, last: int) -> Node:
        """Explain how many acts were before an instant: the key, the instant, the two ends or none.

        The witnesses are those of `count_within`; all between them are named.
        """
        rows, _ = self._of.get(key, ([], []))
        among = [] if first == NOBODY else rows[bisect_left(rows, first) : bisect_right(rows, last)]
        total: Node = {"is": "count", "until": time, "count": len(among)}
        total |= {"most": self._norm.most, "within": self._norm.within}
        acts = [node for row in among for node in self._act(row)]
        because: list[Node] = [{"is": "asked", "key": list(key), "t": time}, *acts, total]
        asked: Node = {"key": list(key), "t": time}
        return self._tree(asked, because, kept=len(among) <= self._norm.most)

    def _tree(self, asked: Node, because: list[Node], *, kept: bool) -> Node:
        nodes: list[Value] = [*because]
        return {"norm": self._norm.norm, "asked": asked, "kept": kept, "because": nodes}

    def _act(self, row: int) -> list[Node]:
        if not self._norm.least:
            return [self._told(row)]
        amount: Node = {"is": "amount", "amount": self._amount[row], "least": self._norm.least}
        return [self._told(row), amount]

    def _told(self, row: int) -> Node:
        told: Node = {"is": "act", "row": row}
        for name, column in self._named:
            told[name] = column[row]
        return told

    def _like(self, row: int) -> tuple[list[int], list[int]]:
        return self._of.get(tuple([column[row] for column in self._keys]), ([], []))


def _by_key(
    columns: Mapping[str, Ints], norm: RowNorm
) -> dict[tuple[int, ...], tuple[list[int], list[int]]]:
    """Return the rows that the norm looks for and their times, by key, in row order."""
    row = np.flatnonzero(columns["kind"] == norm.by)
    if not len(row):
        return {}
    keys, code = np.unique(
        np.stack([columns[name][row] for name in norm.key], axis=1), axis=0, return_inverse=True
    )
    row = row[by_partition(code.reshape(-1))]
    ends = np.cumsum(np.bincount(code.reshape(-1))).tolist()
    parts = zip([0, *ends], ends, strict=False)
    time = columns["t"]
    return {
        tuple(key): (row[start:end].tolist(), time[row[start:end]].tolist())
        for key, (start, end) in zip(keys.tolist(), parts, strict=True)
    }
