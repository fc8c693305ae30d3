"""A sealed window judged by cosignatures: in time, late, undetermined, and the current beat."""

from __future__ import annotations

import pytest

from tests.ledger.signing.conftest import D
from tests.ledger.windows.test_at_work import HOUR, Table
from tregua.ledger.windows.look import counts_of, is_provisional, window_state
from tregua.ledger.windows.seen import Cosigned, Seen

OTHER = {"a": "b", "b": "a"}
BOTH = pytest.mark.parametrize("side", ["a", "b"])


class Watched(Table):
    """The same table, its record cosigned by the mirrors of both sides and a neutral's witness."""

    def __init__(self) -> None:
        super().__init__()
        self.cosigned: list[Cosigned] = []
        self.published = 0

    def beat(self, hour: float, *cosigners: str) -> None:
        """Publish all that stands there; those who are named cosign within the hour."""
        self.published = self.store.size()
        at = D + int(hour * HOUR)
        self.cosigned += [Cosigned(name, self.published, at) for name in cosigners]

    def shown(self, side: str, hour: int = 30) -> tuple[str, ...]:
        """Say what became of each report of a side, as it looks from outside."""
        seen = Seen(self.cosigned, self.published, cosigners=("a", "b", "un"))
        state = window_state(self.store, "am", at=D + hour * HOUR, seen=seen)
        mine = [c for c in state.commitments if c.side == side]
        assert len(mine) == counts_of(state, side).committed
        centre = [is_provisional(c.came) or is_provisional(c.opening_came) for c in mine]
        return tuple(
            f"{c.committed}; {c.opened}{'; provisional' * by_centre}"
            for c, by_centre in zip(mine, centre, strict=True)
        )


@pytest.fixture
def table() -> Watched:
    return Watched()


@BOTH
def test_the_other_side_had_cosigned_it_before_the_close(table: Watched, side: str) -> None:
    one = table.commit(side, 5)
    table.beat(6, "a", "b", "un")
    table.reveal(side, one, 13)
    table.beat(14, "a", "b", "un")
    assert ("in time; opened",) == table.shown(side)


@BOTH
def test_everybody_else_cosigned_at_the_close_without_it(table: Watched, side: str) -> None:
    """Its own mirror says that it came before, which counts for nothing."""
    table.beat(12, OTHER[side], "un")
    table.commit(side, 13)
    table.beat(11, side)
    table.beat(14, OTHER[side], "un")
    assert ("late; withheld",) == table.shown(side)


@BOTH
def test_a_side_that_stalls_makes_the_other_s_report_undetermined(
    table: Watched, side: str
) -> None:
    """The report came at five; whoever could say so waits until after the close."""
    table.beat(1, "a", "b")
    table.commit(side, 5)
    table.beat(6, side)
    assert ("undetermined; sealed",) == table.shown(side, 13)
    table.beat(20, OTHER[side])
    assert ("undetermined; withheld",) == table.shown(side)


@BOTH
def test_one_neutral_resolves_it(table: Watched, side: str) -> None:
    table.beat(1, "a", "b", "un")
    table.commit(side, 5)
    table.beat(6, "un")
    table.beat(20, OTHER[side])
    assert ("in time; withheld",) == table.shown(side)


@BOTH
def test_openings_are_judged_alike(table: Watched, side: str) -> None:
    """Open by the 24th hour: seen at 23, seen first at 25 though stalled from 20, seen without."""
    first, second, third = (table.commit(side, 5) for _ in range(3))
    table.beat(6, "a", "b", "un")
    table.reveal(side, first, 22)
    table.beat(23, "a", "b", "un")
    table.reveal(side, second, 23)
    table.beat(25, OTHER[side], "un")
    table.beat(26, "a", "b", "un")
    table.reveal(side, third, 27)
    table.beat(28, "a", "b", "un")
    assert (
        "in time; opened",
        "in time; opened, whether in time is undetermined",
        "in time; opened late",
    ) == table.shown(side)


@BOTH
def test_only_the_current_beat_is_told_by_the_centre(table: Watched, side: str) -> None:
    """What no checkpoint covers yet: in time by the centre's clock, and called provisional."""
    table.beat(1, "a", "b", "un")
    table.commit(side, 5)
    assert ("in time; sealed; provisional",) == table.shown(side, 6)
    table.beat(6)
    assert ("undetermined; sealed",) == table.shown(side, 7)
    table.beat(7, OTHER[side])
    assert ("in time; sealed",) == table.shown(side, 8)
