"""Move an instant by an amount of the deal: hours are elapsed, days and longer are calendar steps.

Source: the deal language, section 2.4. A month step that does not exist (31 January + 1 month) has
no result; nothing is rounded.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from tregua.agreement.value import Amount

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600}
_DAYS = {"days": 1, "weeks": 7}
_MONTHS = {"months": 1, "years": 12}


def moved(at: datetime, amount: Amount, *, zone: str, sign: int = 1) -> datetime | None:
    """Return ``at`` (UTC) moved by the amount; calendar steps keep the wall clock of ``zone``.

    ``None`` when the step does not exist or the unit is no unit of time.
    """
    value = amount.value * sign
    if amount.unit in _SECONDS:
        return at + timedelta(seconds=float(value * _SECONDS[amount.unit]))
    if value != value.to_integral_value():
        return None
    local = at.astimezone(ZoneInfo(zone))
    if amount.unit in _DAYS:
        return (local + timedelta(days=int(value) * _DAYS[amount.unit])).astimezone(UTC)
    if amount.unit in _MONTHS:
        return _months(local, int(value) * _MONTHS[amount.unit])
    return None


def span_length(amount: Amount) -> timedelta | None:
    """Return an elapsed length for windows ("60 minutes", "7 days" of 24 hours); else ``None``."""
    if amount.unit in _SECONDS:
        return timedelta(seconds=float(amount.value * _SECONDS[amount.unit]))
    if amount.unit in _DAYS:
        return timedelta(days=float(amount.value * _DAYS[amount.unit]))
    return None


def stated_amount(quantity: float | None, unit: str) -> Amount | None:
    """Return the amount that a statement gives ("48", "hours"), ``None`` when it gives none."""
    if quantity is None:
        return None
    for known in (*_SECONDS, *_DAYS, *_MONTHS):
        if unit in (known, known[:-1]):
            return Amount(Decimal(str(quantity)), known)
    return None


def _months(local: datetime, months: int) -> datetime | None:
    index = local.year * 12 + local.month - 1 + months
    try:
        return local.replace(year=index // 12, month=index % 12 + 1).astimezone(UTC)
    except ValueError:
        return None
