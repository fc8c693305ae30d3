"""The daily strip of a clock: one column a day, why it counted, both hands of the clock, incidents.

A good day is a filled column, a bad day a crossed one, an open day (cannot be said) a dotted one:
pattern first, colour only helps.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

LEFT = 118  # px, for the row labels
TOP = 26
CELL = 44
BARS = 60


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day of the strip.

    Attributes:
        label: the day, short ("12 Sep").
        counts: good, bad, open.
        low, high: hands of the clock at the end of the day.
        incidents: that may concern a norm of the clock.
        reports: behind them.
        why: one sentence for the title.
    """

    label: str
    counts: str
    low: int
    high: int
    incidents: int
    reports: int
    why: str


def strip_svg(days: tuple[StripDay, ...], *, title: str, unit: str) -> str:
    """Draw the strip; an empty string when there is no day."""
    if not days:
        return ""
    wide = max(38, min(92, (720 - LEFT) // len(days)))
    width, height = LEFT + wide * len(days) + 8, TOP + CELL + BARS + 66
    most = max(1, *(d.reports for d in days))
    told = escape(_in_words(days, title, unit))
    parts = [
        f'<svg class="strip" viewBox="0 0 {width} {height}" role="img" aria-label="{told}">',
        _row_label("counts as", TOP + CELL / 2),
        _row_label(f"{unit}, certain", TOP + CELL + 20),
        _row_label(f"{unit}, possible", TOP + CELL + 38),
        _row_label("reports / incidents", TOP + CELL + 48 + BARS / 2),
    ]
    parts += [_column(d, LEFT + n * wide, wide, most) for n, d in enumerate(days)]
    return "".join([*parts, "</svg>"])


def _row_label(text: str, y: float) -> str:
    return f'<text class="row" x="0" y="{y + 4:.0f}">{escape(text)}</text>'


def _column(day: StripDay, x: int, wide: int, most: int) -> str:
    middle, inner = x + wide / 2, wide - 4
    low_y, high_y, base = TOP + CELL + 24, TOP + CELL + 42, TOP + CELL + 52 + BARS
    tall = BARS * day.reports / most
    thin = BARS * day.incidents / most
    cross = (
        f'<path class="cross" d="M{x + 2} {TOP} l{inner} {CELL} m0 -{CELL} l-{inner} {CELL}"/>'
        if day.counts == "bad"
        else ""
    )
    return (
        f"<g><title>{escape(day.label)}: {escape(day.why)}</title>"
        f'<text class="day" x="{middle:.1f}" y="16">{escape(day.label)}</text>'
        f'<rect class="cell {day.counts}" x="{x + 2}" y="{TOP}" width="{inner}" height="{CELL}"/>'
        f"{cross}"
        f'<text class="word {day.counts}" x="{middle:.1f}" y="{TOP + CELL / 2 + 4}">'
        f"{day.counts}</text>"
        f'<text class="hand" x="{middle:.1f}" y="{low_y}">{day.low}</text>'
        f'<text class="hand" x="{middle:.1f}" y="{high_y}">{day.high}</text>'
        f"{_bar('reports', x + 6, base, inner - 8, tall)}"
        f"{_bar('incidents', x + 6, base, inner - 8, thin)}"
        f'<text class="bar" x="{middle:.1f}" y="{base + 13}">'
        f"{day.reports} / {day.incidents}</text></g>"
    )


def _bar(name: str, x: int, base: int, width: int, tall: float) -> str:
    size = f'width="{width}" height="{tall:.1f}"'
    return f'<rect class="bar {name}" x="{x}" y="{base - tall:.1f}" {size}/>'


def _in_words(days: tuple[StripDay, ...], title: str, unit: str) -> str:
    told = ", ".join(f"{d.label} {d.counts}" for d in days)
    last = days[-1]
    return f"{title}: {told}. At the end {last.low} {unit} certain, up to {last.high} possible."
