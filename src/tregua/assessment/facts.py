"""What a node of an explanation was computed from, as pairs of plain name and plain text.

A sentence is for people. The facts beside it let somebody who does not have this program compute
the node again (``check_tree``), so each kind of node has a ``test``: the name of its rule.
A name may stand several times. Instants are UTC, ``2016-09-12T16:00:00Z``; an open end is empty;
an interval is ``start/end``; a number is written so that reading it gives the same number.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.assessment.model import Why
    from tregua.attribution.model import Hypothesis
    from tregua.terms.place import Place

Facts: TypeAlias = "tuple[tuple[str, str], ...]"
EVER = datetime(1, 1, 2, tzinfo=UTC)  # starts what has no known beginning, in any time zone
_VALUE = {True: "yes", False: "no", None: "open"}


def test(name: str, *facts: tuple[str, str]) -> Facts:
    """Return the facts of a node with the name of its rule first."""
    return (("test", name), *facts)


def every(name: str, texts: Iterable[object]) -> Facts:
    """Return one fact of that name per text, in their order."""
    return tuple((name, str(text)) for text in texts)


def reasons(why: Iterable[Why]) -> Facts:
    """Return the reasons that a node gives while it cannot be said."""
    return every("why", sorted(why))


def value(holds: bool | None) -> str:  # noqa: FBT001  (three values)
    """Write yes, no or open."""
    return _VALUE[holds]


def instant(at: datetime | None) -> str:
    """Write an instant in UTC; nothing for none, or for ``EVER``."""
    if at is None or at == EVER:
        return ""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def known(start: datetime) -> datetime | None:
    """Return a start, or ``None`` where there is no known one (``EVER``)."""
    return None if start == EVER else start


def interval(start: datetime | None, end: datetime | None) -> str:
    """Write ``start/end``."""
    return f"{instant(start)}/{instant(end)}"


def hypotheses(items: Iterable[Hypothesis]) -> Facts:
    """Write whom an incident's hypotheses name: who, whether it must or may be, and the share."""
    return every("hypothesis", (f"{h.who} {_certainty(h)} {h.share!r}" for h in items))


def members(parts: dict[str, bool]) -> Facts:
    """Write who is, or is part of, those asked about, and whether that is sure."""
    return every("member", (f"{w} {'sure' if s else 'possible'}" for w, s in sorted(parts.items())))


def place(where: Place) -> Facts:
    """Write a place as the report gave it."""
    numbers = (("lon", where.lon), ("lat", where.lat), ("radius", where.radius_m))
    given = tuple((name, repr(float(n))) for name, n in numbers if n is not None)
    return (("name", where.name), ("area", where.area), *given)


def _certainty(one: Hypothesis) -> str:
    return "must" if one.must else "may" if one.may else "not"
