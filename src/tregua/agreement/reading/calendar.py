"""Moments that the text itself fixes: instants, and calendar steps from them in their own zone.

Moments that depend on an event (``D``, ``signed(...)``, ``done(...)``) are not known at reading;
whoever knows them from the record hands them in.
Hours are elapsed time; days, weeks, months and years are steps in the calendar of the instant's
zone. A step onto a day that does not exist (31 May - 1 month) is never rounded.
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from tregua.agreement.model import Named, Shifted
from tregua.agreement.reading.expressions import DAYS, ELAPSED, MONTHS, amount_of, shown, time_of
from tregua.agreement.reading.fault import Fault, ValueFault
from tregua.agreement.value import Amount, Call, Instant, Item, Items

if TYPE_CHECKING:
    from tregua.agreement.block import Block
    from tregua.agreement.model import TimeExpr

Moments: TypeAlias = tuple[tuple[str, datetime], ...]  # written name and instant, aware
DEEPEST = 40  # phases that start one another; beyond it a moment counts as not fixed
A_YEAR = 12


class Calendar:
    """Finds the instants that a deal's text fixes, through its phases.

    ``known`` adds moments that the record fixes, by their written names: ``D``, ``accepted(c)``.
    Calendar steps from these are taken in ``zone``.
    """

    def __init__(
        self, blocks: tuple[Block, ...], *, known: Moments = (), zone: str = "UTC"
    ) -> None:
        self.phases = {b.id: b for b in blocks if b.kind == "phase"}
        self.known = {name: at.astimezone(ZoneInfo(zone)) for name, at in known}

    def instant(self, moment: TimeExpr, depth: int = 0) -> datetime | None:
        """Return the instant (UTC) that a moment means, ``None`` when the text does not fix it.

        Raises:
            ValueFault: D014, for a calendar step onto a day that does not exist.
        """
        local = self._local(moment, depth)
        return None if local is None else local.astimezone(UTC)

    def _local(self, moment: TimeExpr, depth: int) -> datetime | None:
        if depth > DEEPEST:
            return None
        match moment:
            case Instant(when=when) if when is not None:
                return when.start.astimezone(ZoneInfo(when.zone))
            case Shifted(base, sign, amount):
                local = self._local(base, depth + 1)
                return None if local is None else shifted(local, sign, amount)
            case Named(name):
                return self.known.get(name)
            case Call(name):
                return self.known.get(shown(Item((moment,)))) or self._of_phase(moment, depth)
        return None

    def _of_phase(self, moment: Call, depth: int) -> datetime | None:
        if moment.name not in ("start", "end") or not moment.plain():
            return None
        return self._phase(moment.name, moment.plain()[0].word, depth)

    def _phase(self, name: str, phase: str, depth: int) -> datetime | None:
        block = self.phases.get(phase)
        if block is None:
            return None
        starts, ends, lasts = (block.get(key) for key in ("starts", "ends", "lasts"))
        value = starts if name == "start" else ends
        moment = time_of(value.items[0]) if isinstance(value, Items) else None
        if moment is not None:
            return self._quietly(moment, depth)
        if name == "end" and isinstance(lasts, Items) and isinstance(starts, Items):
            begin, amount = time_of(starts.items[0]), amount_of(lasts.items[0])
            if begin is not None and amount is not None:
                return self._quietly(Shifted(begin, 1, amount), depth)
        return None

    def _quietly(self, moment: TimeExpr, depth: int) -> datetime | None:
        """Follow a phase's own moment; what is wrong with it is noted where it is written."""
        try:
            return self._local(moment, depth + 1)
        except ValueFault:
            return None


def shifted(local: datetime, sign: int, amount: Amount) -> datetime | None:
    """Return a local time moved by an amount; ``None`` when it leaves the calendar's years.

    Raises:
        ValueFault: D014, when the day that a step of months or years leads to does not exist.
    """
    try:
        if amount.unit in ELAPSED:
            step = timedelta(seconds=float(amount.value) * ELAPSED[amount.unit])
            return (local.astimezone(UTC) + sign * step).astimezone(local.tzinfo)
        if amount.unit in DAYS:
            return local + sign * timedelta(days=float(amount.value) * DAYS[amount.unit])
        return _months_later(local, sign * int(amount.value) * MONTHS[amount.unit], amount)
    except (OverflowError, KeyError):
        return None


def _months_later(local: datetime, months: int, amount: Amount) -> datetime:
    count = local.year * A_YEAR + local.month - 1 + months
    year, month = divmod(count, A_YEAR)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError
    try:
        return local.replace(year=year, month=month + 1)
    except ValueError:
        said = f"{year:04d}-{month + 1:02d} has no day {local.day}"
        help_ = f"write the day that is meant, such as {year:04d}-{month + 1:02d}-28"
        raise ValueFault(Fault("D014", said, amount.cut, help_)) from None
