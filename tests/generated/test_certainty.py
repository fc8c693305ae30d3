"""P4 on drawn deals and ledgers: more certainty resolves what is open and turns nothing around."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.generated.ledgers import World, worlds
from tests.generated.narrowed import narrowed, open_fields
from tests.generated.road import examples, seen
from tregua.assessment.assess import assess
from tregua.assessment.model import Answer
from tregua.assessment.spells import spells_in, undivided
from tregua.reports.model import Statement, Watch

if TYPE_CHECKING:
    from tregua.assessment.model import Assessment
    from tregua.attribution.model import Attributed
    from tregua.centre import Picture

DECIDED = (Answer.KEPT, Answer.VIOLATED)


def answers(
    shown: Picture, attributed: tuple[Attributed, ...]
) -> dict[tuple[str, ...], Assessment]:
    """Assess these incidents with all else that the picture was made from."""
    records, at = shown.known.records, shown.at
    said = tuple(r for r in records if isinstance(r, Statement) and r.when.start < at)
    watches = tuple(r for r in records if isinstance(r, Watch) and r.when.start < at)
    judged = undivided(shown.agreement, attributed, shown.moments)
    seed = bytes.fromhex(shown.known.root)
    found = assess(spells_in(judged, watches, said, at=at, seed=seed))
    return {(a.norm, a.bearer, a.instance): a for a in found}


def by_a_share(one: Assessment) -> bool:
    """Say whether the deal's own standard answers by a share: what is learnt may move a share."""
    return one.may if one.answer is Answer.KEPT else not one.must


def test_certainty_never_turns_an_answer_around() -> None:
    """P4: kept stays kept and violated stays violated when a field of one incident is made certain.

    Where a deal states that a share of one half is enough, an answer by a share is left aside.

    An answer about one incident may go when it is certain that the norm never spoke of it, but one
    that says "violated" may not. How often an open answer was resolved is counted: it must happen.
    """
    resolved: Counter[Answer] = Counter()

    @examples(200)
    @given(worlds(), st.data())
    def hold(world: World, data: st.DataObject) -> None:
        shown = seen(world)
        open_ = [n for n, item in enumerate(shown.attributed) if open_fields(item)]
        assume(open_)
        n = data.draw(st.sampled_from(open_))
        other = data.draw(narrowed(shown.attributed[n], shown.agreement))
        # What happened after the moment asked about is not looked at.
        kept = (other,) if other is not None and other.incident.when.start < world.at else ()
        after = answers(shown, (*shown.attributed[:n], *kept, *shown.attributed[n + 1 :]))
        for key, one in answers(shown, shown.attributed).items():
            if one.answer in DECIDED and key in after and not by_a_share(one):
                assert one.answer is after[key].answer, key
            if one.answer is Answer.UNDETERMINED and key in after:
                resolved[after[key].answer] += 1
            assert key in after or one.answer is not Answer.VIOLATED or by_a_share(one), key

    hold()
    assert set(Answer) == set(resolved)
