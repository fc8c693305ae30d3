"""What an operator of the engine is: one sentence, written three times.

1. ``reference``: plain Python, as slow as it likes, that a reader can lay beside the sentence.
2. ``columnar``: NumPy, the one that the engine calls.
3. ``sql``: text for DuckDB, plain enough for Spark SQL; a check, and a fast path for none.

All three return the same values and the same witnesses. Each is a pure function of columns: no
file, clock, log or global state. Window ends are part of the meaning: a window that looks back is
open (age < d), a deadline and an answer are closed (age <= d).

To add one: write its file in ``operators/``, add its name twice there, and its test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator.

    Attributes:
        name: as in the deal language, section 4.4.
        sentence: its exact meaning.
        reference, columnar: the two forms in Python; they take the same arguments.
        sql: gives the text of the third; takes what is not a table.
        tables: the tables that the text reads.
    """

    name: str
    sentence: str
    reference: Callable[..., object]
    columnar: Callable[..., object]
    sql: Callable[..., str]
    tables: tuple[str, ...]
