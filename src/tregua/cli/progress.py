"""A progress bar on stderr for long work: only on a terminal, only after a second.

Elsewhere one line a minute, so that a log shows that it still goes on.
"""

from __future__ import annotations

import sys
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")
AFTER = 1.0  # seconds before anything is shown on a terminal
EVERY = 60.0  # seconds between lines elsewhere


def watched(items: Iterable[T], what: str, unit: str = "rows") -> Iterator[T]:
    """Hand the items on and show how far it is."""
    if sys.stderr is not None and sys.stderr.isatty():
        yield from _on_terminal(items, what, unit)
    else:
        yield from _in_log(items, what, unit)


def _on_terminal(items: Iterable[T], what: str, unit: str) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    words = TextColumn(f"{{task.description}}: {{task.completed:,.0f}} {unit}")
    bar = Progress(
        SpinnerColumn(), words, TimeElapsedColumn(), console=Console(stderr=True), transient=True
    )
    task = bar.add_task(what, total=None)
    begun, shown = monotonic(), False
    try:
        for number, item in enumerate(items, 1):
            if not shown and monotonic() - begun > AFTER:
                bar.start()
                shown = True
            if shown and number % 64 == 0:
                bar.update(task, completed=number)
            yield item
    finally:
        if shown:
            bar.stop()


def _in_log(items: Iterable[T], what: str, unit: str) -> Iterator[T]:
    from tregua.cli.print import tell

    last = monotonic()
    for number, item in enumerate(items, 1):
        if monotonic() - last > EVERY:
            last = monotonic()
            tell(f"{what}: {number:,} {unit}")
        yield item
