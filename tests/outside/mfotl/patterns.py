"""Reads the past-time patterns of the Timescales benchmark and the log form of DejaVu."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.outside.mfotl.log import Log

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = {"historically": "PAST_ALWAYS", "once": "ONCE", "since": "SINCE", "not": "NOT"}
WORDS |= {"and": "AND", "or": "OR"}
SIGNS = {"!": " NOT ", "&&": " AND ", "->": " IMPLIES "}


def pattern_in_mfotl(pattern: str) -> str:
    """Rewrite what a pattern asks at every time point in MonPoly's syntax.

    The outer `historically` goes: the question is at which time points the rest fails. (AbsentBQR
    closes its bracket early and is read like the others.)
    """
    text = re.sub(r"^\s*historically", "", pattern)
    text = re.sub(r"\{(\w+)\}", r"\1()", text)
    text = re.sub(r"\[(\d*):(\d*)\]", lambda m: f"[{m[1] or 0},{m[2] or '*'}]", text)
    for sign, word in SIGNS.items():
        text = text.replace(sign, word)
    return re.sub(r"\b[a-z]+\b", lambda m: WORDS.get(m[0], m[0]), text)


def log_of_propositions(lines: Iterable[str]) -> Log:
    """Read lines of JSON: a time, and which propositions hold."""
    times, events = [], []
    for line in lines:
        fields = json.loads(line)
        times.append(int(fields.pop("time")))
        events.append(frozenset((name, ()) for name, holds in fields.items() if holds))
    return Log(tuple(times), tuple(events))


def log_of_rows(lines: Iterable[str]) -> Log:
    """Read rows of a name and its values; a row is a time point."""
    rows = [line.strip().split(",") for line in lines if line.strip()]
    events = tuple(frozenset([(name, tuple(values))]) for name, *values in rows)
    return Log(tuple(range(len(rows))), events)
