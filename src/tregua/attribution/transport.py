"""How much of two sets of amounts can be paired at most, when only some pairs are allowed.

The transport bound of 07, 4.3: an exact maximum flow in whole numbers by augmenting paths
(Ford and Fulkerson 1956), shortest ones first (Edmonds and Karp 1972), so that it ends. The tables
have a handful of rows; no library for graphs is worth its weight here.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Node: TypeAlias = tuple[str, int]  # ("source", 0), ("left", i), ("right", j), ("sink", 0)
_SOURCE, _SINK = ("source", 0), ("sink", 0)


def greatest_pairing(
    left: Sequence[int], right: Sequence[int], allowed: Callable[[int, int], bool]
) -> int:
    """Return the greatest total that can be paired, each unit of an amount at most once."""
    room = _rooms(left, right, allowed)
    total = 0
    while path := _shortest_path(room):
        amount = min(room[a][b] for a, b in path)
        for a, b in path:
            room[a][b] -= amount
            room[b][a] = room[b].get(a, 0) + amount
        total += amount
    return total


def _rooms(
    left: Sequence[int], right: Sequence[int], allowed: Callable[[int, int], bool]
) -> dict[_Node, dict[_Node, int]]:
    room: dict[_Node, dict[_Node, int]] = {_SOURCE: {}, _SINK: {}}
    for j, amount in enumerate(right):
        room["right", j] = {_SINK: amount}
    for i, amount in enumerate(left):
        room[_SOURCE]["left", i] = amount
        room["left", i] = {
            ("right", j): min(amount, other) for j, other in enumerate(right) if allowed(i, j)
        }
    return room


def _shortest_path(room: dict[_Node, dict[_Node, int]]) -> list[tuple[_Node, _Node]]:
    came_from: dict[_Node, _Node] = {}
    waiting = deque([_SOURCE])
    while waiting and _SINK not in came_from:
        here = waiting.popleft()
        for there, free in room[here].items():
            if free and there != _SOURCE and there not in came_from:
                came_from[there] = here
                waiting.append(there)
    path = []
    there = _SINK
    while there in came_from:
        path.append((came_from[there], there))
        there = came_from[there]
    return path
