"""P5 and P8 on drawn deals and ledgers, and the proof that every answer and reason occurs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given

from tests.generated.ledgers import World, worlds
from tests.generated.road import examples, seen
from tregua.agreement.model import Call
from tregua.assessment.model import Answer, Why

if TYPE_CHECKING:
    from tregua.agreement.model import Clock
    from tregua.assessment.model import Assessment


def shape(one: Assessment, world: World) -> str:
    """Return the shape of the norm of an answer."""
    return next(n.shape for n in world.deal.agreement.norms if n.id == one.norm)


def test_bounds_hold_and_every_answer_occurs() -> None:
    """P5: must <= low <= high <= may for every answer; and none of the kinds of answer is missing.

    A property over answers that are all "undetermined" would prove nothing, so they are counted.
    """
    met: Counter[str] = Counter()

    @examples(600)
    @given(worlds())
    def hold(world: World) -> None:
        shown = seen(world)
        for one in shown.assessments:
            assert int(one.must) <= one.low <= one.high <= int(one.may)
            assert (one.answer is Answer.UNDETERMINED) == bool(one.reasons)
            assert tuple(sorted(set(one.reasons))) == one.reasons
            met.update((f"{shape(one, world)} {one.answer}", one.state, *one.reasons))
        met.update(f"gate {g.state}" for g in shown.status.gates)
        met.update(f"phase {p.state}" for p in shown.status.phases)

    hold()
    assert set() == expected() - set(met)


def expected() -> set[str]:
    """Return every kind of answer, reason and state that the drawn worlds must lead to."""
    shapes = {f"{s} {a}" for s in ("forbid", "achieve") for a in Answer}
    kept = {f"maintain {a}" for a in (Answer.KEPT, Answer.UNDETERMINED)}
    states = {"pending", "kept", "overdue", "cured-late", "in-force", "ended"}
    gates = {f"gate {s}" for s in ("shut", "ready", "open", "lapsed", "unknown")}
    begun = ("not-begun", "in-force", "extended", "suspended", "expired", "ended", "unknown")
    return shapes | kept | states | set(Why) | gates | {f"phase {s}" for s in begun}


@examples()
@given(worlds(watched=False))
def test_without_a_watch_nothing_is_kept_by_silence(world: World) -> None:
    """P8: without coverage no prohibition is kept as a whole, and no day of calm is certain.

    Elapsed time runs whatever happens, and a clock that only findings reset needs no watch.
    """
    shown = seen(world)
    whole = [a for a in shown.assessments if a.instance == "whole"]
    assert [] == [a for a in whole if a.answer is Answer.KEPT]
    running = {c.id for c in world.deal.agreement.clocks if c.counts == "elapsed" or by_finding(c)}
    assert [] == [c.low for c in shown.status.clocks if c.low and c.id not in running]


def by_finding(clock: Clock) -> bool:
    """Say whether findings alone reset the clock or make a day bad."""
    conditions = [c for s in (clock.resets_on, clock.bad_day) if isinstance(s, tuple) for c in s]
    return {c.name for c in conditions if isinstance(c, Call)} == {"finding"}
