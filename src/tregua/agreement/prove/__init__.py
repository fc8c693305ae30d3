"""The exhaustive rules: questions about every state that a deal can reach, answered by a solver.

The order is that of the codes. Questions know nothing of each other. They are asked only when the
extra ``prove`` (clingo) is installed and somebody asks for them; nothing here loads the solver
before a question is put.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.prove import (
    l422_swallowed,
    l508_paths,
    l604_votes,
    l901_circle,
    l902_double_bind,
    l903_unreached,
    l904_limits,
)

if TYPE_CHECKING:
    from tregua.agreement.prove.question import Question

QUESTIONS: tuple[Question, ...] = (
    l422_swallowed.QUESTION,
    l508_paths.QUESTION,
    l604_votes.QUESTION,
    l901_circle.QUESTION,
    l902_double_bind.QUESTION,
    l903_unreached.QUESTION,
    l904_limits.QUESTION,
)
