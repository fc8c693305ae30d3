"""What an operator of the engine is: one sentence, written three times.

1. ``reference``: plain Python, as slow as it likes, that a reader can lay beside the sentence.
2. ``columnar``: NumPy, the one that the road calls unless it is told another.
3. ``sql``: text for DuckDB, plain enough for Spark SQL; a check, and a fast path for none.

All three return the same values and the same witnesses. Each is a pure function of columns: no
file, clock, log or global state. Window ends are part of the meaning: a window that looks back is
open (age < d), a deadline and an answer are closed (age <= d).

``in_form`` is the one door through which the road asks. To add an operator: write its file in
``operators/``, add its name twice there, and its test.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
A = TypeVar("A")


class Form(StrEnum):
    """Which of its three forms an operator is asked in. The answer is the same."""

    REFERENCE = "reference"
    COLUMNAR = "columnar"
    SQL = "sql"


@dataclass(frozen=True, slots=True)
class Operator(Generic[P, A]):
    """An operator.

    Attributes:
        name: as in the deal language, section 4.4.
        sentence: its exact meaning.
        reference, columnar: the two forms in Python; they take the same arguments.
        sql: gives the text of the third; takes what is not a table.
        by_sql: runs that text in this process on the arguments of the other two.
        tables: the tables that the text reads.
    """

    name: str
    sentence: str
    reference: Callable[P, A]
    columnar: Callable[P, A]
    sql: Callable[..., str]
    by_sql: Callable[P, A]
    tables: tuple[str, ...]

    def in_form(self, form: Form) -> Callable[P, A]:
        """Return the form to ask in."""
        forms = {Form.REFERENCE: self.reference, Form.SQL: self.by_sql}
        return forms.get(form, self.columnar)
