"""Checks the explanation of an operator's answer from raw rows: ``check_rows.py NORM ROWS TREES``.

It needs Python alone. Each node is looked for again in the raw rows and must come out the same: the
row, its key, actor and time, every comparison of numbers, the last (or first) witness there is, and
where nothing was found, what was searched. A node missing, one too many, another number: refused.
The norm is what the deal asks; it is given, never read from the tree. Looking back ends before an
age of ``within``; an answer and a deadline may be exactly that far. Times are microseconds UTC.
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_left, bisect_right
from typing import Any, TypeAlias

Found: TypeAlias = "tuple[bool, list[dict[str, Any]]]"


class RawRows:
    """Rows as columns, in the order of time; those that a norm looks for, by key."""

    def __init__(self, norm: dict[str, Any], columns: dict[str, list[int]]) -> None:
        self.norm, self.within, self.c, self.t = norm, norm["within"], columns, columns["t"]
        self.least, self.most = norm.get("least", 0), norm.get("most", 0)
        self.of: dict[tuple[int, ...], tuple[list[int], list[int]]] = {}
        if self.t != sorted(self.t):
            raise ValueError("the rows do not stand in the order of time")
        for row, kind in enumerate(columns["kind"]):
            if kind == norm["by"]:
                rows, times = self.of.setdefault(self._key(row), ([], []))
                rows.append(row)
                times.append(self.t[row])

    def refused(self, tree: Any) -> str:  # noqa: ANN401  (whatever JSON holds)
        """Return why a tree is refused; empty when all of it holds."""
        try:
            kept, because = getattr(self, f"_{self.norm['test']}")(**tree["asked"])
        except (AttributeError, LookupError, TypeError, ValueError) as wrong:
            return f"this is not asked: {wrong}"
        head = {"norm": self.norm["norm"], "asked": tree["asked"], "kept": kept}
        whole = {**head, "because": because}
        return "" if tree == whole else f"the rows give {json.dumps(whole)}"

    def _answered(self, row: int) -> Found:  # look back from an act for one by another actor
        (rows, times), now, actor = self._like(row), self.t[row], self.c["actor"]
        at = i = bisect_left(rows, row)
        while i > 0 and now - times[i - 1] <= self.within:
            i -= 1
            if actor[rows[i]] != actor[row]:
                age = self._node("age", age=now - times[i], passed=at - 1 - i)
                return True, [*self._act(row), *self._act(rows[i])[:1], age]
        none = self._node("none", start=now - self.within, until=now, searched=at - i)
        return False, [*self._act(row), none]

    def _calm(self, key: list[int], t: int) -> Found:  # look back for an act that is large enough
        (rows, times), amount = self.of.get(tuple(key), ([], [])), self.c["amount"]
        at, because = bisect_left(times, t), [{"is": "asked", "key": key, "t": t}]
        last = next((i for i in range(at - 1, -1, -1) if amount[rows[i]] >= self.least), -1)
        if last >= 0:
            because += [*self._act(rows[last]), self._node("age", age=t - times[last])]
            if t - times[last] < self.within:
                return False, because
        old = bisect_right(times, t - self.within, 0, at)
        none = self._node("none", after=t - self.within, until=t, searched=at - old, before=old)
        return True, [*because, none]

    def _deadline(self, row: int) -> Found:  # look on from a trigger for the first answer
        (rows, times), now = self._like(row), self.t[row]
        at = bisect_left(rows, row)
        if at == len(rows):
            return False, [*self._act(row), self._node("none", start=now, before=at)]
        delay = self._node("delay", delay=times[at] - now)
        return delay["delay"] <= self.within, [*self._act(row), *self._act(rows[at]), delay]

    def _count(self, key: list[int], t: int) -> Found:  # count the acts that are young enough
        rows, times = self.of.get(tuple(key), ([], []))
        found = rows[bisect_right(times, t - self.within) : bisect_left(times, t)]
        asked, acts = {"is": "asked", "key": key, "t": t}, [n for r in found for n in self._act(r)]
        total = self._node("count", until=t, count=len(found), most=self.most)
        return len(found) <= self.most, [asked, *acts, total]

    def _act(self, row: int) -> list[dict[str, Any]]:
        names = ("kind", "t", "actor", *self.norm["key"])
        told = {"is": "act", "row": row, **{name: self.c[name][row] for name in names}}
        amount = {"is": "amount", "amount": self.c["amount"][row], "least": self.least}
        return [told, amount] if self.least else [told]

    def _like(self, row: int) -> tuple[list[int], list[int]]:
        low = self.c["amount"][row] < self.least
        if row < 0 or self.c["kind"][row] != self.norm["kind"] or low:
            raise ValueError("the norm does not ask about this row")
        return self.of.get(self._key(row), ([], []))

    def _key(self, row: int) -> tuple[int, ...]:
        return tuple([self.c[name][row] for name in self.norm["key"]])

    def _node(self, what: str, **said: int) -> dict[str, Any]:
        return {"is": what, **said, "within": self.within}


if __name__ == "__main__":
    if len(sys.argv) != 4:  # noqa: PLR2004
        sys.exit("give three files: the norm, the rows, and the trees, one a line")
    given = []
    for name in sys.argv[1:]:
        with open(name, encoding="utf-8") as file:  # noqa: PTH123 - no import for three files
            given.append(file.read())
    raw = RawRows(json.loads(given[0]), json.loads(given[1]))
    found = [why for tree in given[2].splitlines() if (why := raw.refused(json.loads(tree)))]
    sys.exit("\n".join(found) or None)
