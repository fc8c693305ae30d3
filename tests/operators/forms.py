"""Ask an operator in its three forms, insist that they agree, and return what they say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from tests.operators.generated import lists
from tregua.assessment.operator import Form
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

Said: TypeAlias = "dict[str, list[int]]"


def agreed(operator: Operator[..., Any], *given: object, **how: object) -> Said:
    """Return the columns of the answer by name, the same in all three forms."""
    plain = lists(operator.in_form(Form.REFERENCE)(*given, **how))
    assert plain == lists(operator.in_form(Form.COLUMNAR)(*given, **how))
    assert plain == lists(operator.in_form(Form.SQL)(*given, **how))
    return plain


once_within = partial(agreed, ONCE_WITHIN)
none_within = partial(agreed, NONE_WITHIN)
count_within = partial(agreed, COUNT_WITHIN)
since = partial(agreed, SINCE)
last_other = partial(agreed, LAST_OTHER)
match_deadline = partial(agreed, MATCH_DEADLINE)
run_length = partial(agreed, RUN_LENGTH)
covered = partial(agreed, COVERED)
select = partial(agreed, SELECT)
