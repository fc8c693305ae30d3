"""What is wrong with a piece of a value, before it is known where in the file that piece stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.value import NOWHERE

if TYPE_CHECKING:
    from tregua.agreement.value import Cut


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. ``cut`` is its piece of the value; `NOWHERE` means all of it."""

    code: str
    said: str
    cut: Cut = NOWHERE
    help: str = ""
    marker: str = ""


class ValueFault(Exception):
    """Carries a `Fault` out of the conversion of one value."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.said)
        self.fault = fault
