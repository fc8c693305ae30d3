"""Names of time zones: what was likely meant by one that does not exist (D012)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from tregua.agreement.reading.fault import Fault
from tregua.agreement.reading.suggest import closest

if TYPE_CHECKING:
    from tregua.agreement.value import Cut


def no_zone(text: str, cut: Cut) -> Fault:
    """Return the fault of a text that is not a time zone, with the zone that was likely meant."""
    otherwise = "write an IANA zone such as Asia/Damascus or Europe/Kyiv"
    near = _zones().get(closest(text.lower(), _zones()))
    help_ = f"did you mean {near}?" if near else otherwise
    return Fault("D012", f"{text} is not a time zone", cut, help=help_)


@cache
def _zones() -> dict[str, str]:
    """Return every IANA zone by its name in small letters."""
    return {name.lower(): name for name in sorted(available_timezones()) if "/" in name}
