"""Signatures, logs and printed answers, as MonPoly reads and writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.outside.mfotl.formula import NotSupportedError, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TOKEN = re.compile(r'\s+|#[^\n]*|("(?:[^"\\]|\\.)*"|[()@;,{}<>]|[^\s()@;,"{}<>#]+)')
DECLARED = re.compile(r"(\w+)\s*\(([^()]*)\)")
LINE = re.compile(r"@(\S+) \(time point (\d+)\): (.*)")
GROUP = re.compile(r'\(((?:[^()"]|"[^"]*")+)\)')
ONE = re.compile(r'\s*("[^"]*"|[^,]*)\s*(?:,|$)')
Tuple = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """Time stamps, which never fall, and what happened at each: name and values."""

    times: tuple[int, ...]
    events: tuple[frozenset[tuple[str, Tuple]], ...]

    def then(self, time: int) -> Log:
        """Return the log with one more time point, at which nothing happens."""
        return Log((*self.times, time), (*self.events, frozenset()))


def read_signature(text: str) -> dict[str, tuple[str, ...]]:
    """Return the types of each predicate's values."""
    if "{" in text:
        raise NotSupportedError("records in the log")
    plain = re.sub(r"#[^\n]*", "", text)
    return {
        name: tuple(t.split(":")[-1].strip() for t in types.split(",") if t.strip())
        for name, types in DECLARED.findall(plain)
    }


def read_log(text: str, types: dict[str, tuple[str, ...]]) -> Log:
    """Read a log; predicates without a signature are refused."""
    times: list[int] = []
    events: list[set[tuple[str, Tuple]]] = []
    tokens, name, bare = _tokens(text), "", False
    for token in tokens:
        if bare and token != "(":  # a name alone is an event without values
            events[-1].add((name, _typed([], types, name)))
        bare = False
        if token == "@":
            times.append(_stamp(next(tokens, "")))
            events.append(set())
        elif token == "(":
            events[-1].add((name, _typed(_group(tokens), types, name)))
        elif token != ";":
            name, bare = token, True
            if token in "{}<>" or not times:
                raise NotSupportedError("records or orders in the log")
    if bare:
        events[-1].add((name, _typed([], types, name)))
    if any(later < time for time, later in pairwise(times)):
        raise NotSupportedError("time runs backwards in the log")
    return Log(tuple(times), tuple(map(frozenset, events)))


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise NotSupportedError("syntax of the log not known")
        if match[1]:
            yield match[1]
        at = match.end()


def _stamp(text: str) -> int:
    if not re.fullmatch(r"\d+", text):
        raise NotSupportedError("a time stamp that is no whole number")
    return int(text)


def _group(tokens: Iterator[str]) -> list[str]:
    given = []
    for token in tokens:
        if token == ")":
            break
        if token != ",":
            given.append(token)
    return given


def _typed(given: list[str], types: dict[str, tuple[str, ...]], name: str) -> Tuple:
    kinds = types.get(name)
    if kinds is None or len(kinds) != len(given):
        raise NotSupportedError("the log does not fit the signature")
    return tuple(map(_value, given, kinds))


def _value(text: str, kind: str) -> Value:
    bare = text[1:-1] if text.startswith('"') else text
    if kind == "string":
        return bare
    if kind not in ("int", "float"):
        raise NotSupportedError("types beyond numbers and text")
    try:
        return int(bare) if kind == "int" else float(bare)
    except ValueError as wrong:
        raise NotSupportedError("the log does not fit the signature") from wrong


@dataclass(frozen=True, slots=True)
class Printed:
    """What the peer printed at one time point: the satisfying values, in its column order."""

    time: int
    point: int
    values: frozenset[Tuple]


def read_printed(lines: Iterable[str]) -> dict[int, Printed]:
    """Read the answers; everything else that it printed is passed over."""
    found: dict[int, Printed] = {}
    for line in lines:
        if match := LINE.fullmatch(line.strip()):
            point = int(match[2])
            found[point] = Printed(int(match[1]), point, _printed_values(match[3]))
    return found


def _printed_values(text: str) -> frozenset[Tuple]:
    if text in ("true", "false"):
        return frozenset([()] if text == "true" else [])
    return frozenset(
        tuple(_printed_value(v) for v in ONE.findall(group)[: _width(group)])
        for group in GROUP.findall(text)
    )


def _width(group: str) -> int:
    return re.sub(r'"[^"]*"', "", group).count(",") + 1


def _printed_value(text: str) -> Value:
    if text.startswith('"'):
        return text[1:-1]
    return int(text) if re.fullmatch(r"-?\d+", text) else shown(float(text))


def shown(value: Value) -> Value:
    """Return a value as far as the peer prints it: six digits of a fraction."""
    return float(f"{value:.6g}") if isinstance(value, float) else value
