"""The operators of the engine, one file each. To add one: write its file, add its name twice here.

The order is that of the deal language, section 4.4. Operators know nothing of each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tregua.assessment.operators.count_within import COUNT_WITHIN
from tregua.assessment.operators.covered import COVERED
from tregua.assessment.operators.last_other import LAST_OTHER
from tregua.assessment.operators.match_deadline import MATCH_DEADLINE
from tregua.assessment.operators.none_within import NONE_WITHIN
from tregua.assessment.operators.once_within import ONCE_WITHIN
from tregua.assessment.operators.run_length import RUN_LENGTH
from tregua.assessment.operators.select import SELECT
from tregua.assessment.operators.since import SINCE

if TYPE_CHECKING:
    from tregua.assessment.operator import Operator

OPERATORS: tuple[Operator[..., Any], ...] = (
    SELECT,
    ONCE_WITHIN,
    NONE_WITHIN,
    SINCE,
    LAST_OTHER,
    MATCH_DEADLINE,
    COUNT_WITHIN,
    RUN_LENGTH,
    COVERED,
)
