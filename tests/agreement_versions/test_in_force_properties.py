"""What holds for any deal at any moment."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import tregua
from tests.agreement_versions.deals import SIDES, clause, deal
from tregua.agreement.clause import BUILT_IN, ValueType
from tregua.agreement.clauses import KINDS
from tregua.agreement.lint_deal import lint
from tregua.agreement.read import Reading, read_deal
from tregua.agreement.value import Items
from tregua.agreement.versions.diff import diff
from tregua.agreement.versions.difference import in_telling_order
from tregua.agreement.versions.in_force import State, deal_at, versions_at

LIBRARY = sorted((Path(tregua.__file__).parent / "agreement" / "library").glob("*.deal.md"))
LISTS = {
    kind.kind: [k for k in kind.keys if k.type in (ValueType.NAME, ValueType.NAMES)]
    for kind in KINDS
}
moments = st.datetimes(datetime(2029, 12, 1), datetime(2031, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001
days = st.integers(0, 360).map(lambda n: (datetime(2030, 1, 1, tzinfo=UTC) + timedelta(n)).date())
read = cache(read_deal)
DUTY = "    on: all-parties\n    must: withdraw\n    during: truce\n    except: storm\n"
PARTS = (
    ("duty leave", DUTY),
    ("phase truce", "    starts: 2030-01-01\n"),
    ("exception storm", "    when: declared(by: a)\n"),
)


@st.composite
def versioned(draw: st.DrawFn) -> Reading:
    """Draw a deal whose duty, phase and exception have up to three dated versions each."""
    blocks = [SIDES]
    for head, keys in PARTS:
        for version in range(1, draw(st.integers(1, 3)) + 1):
            begins = f"    valid from: {draw(days)}\n" if draw(st.booleans()) else ""
            blocks.append(f"{head}\n    version: {version}\n{begins}{keys}")
    return deal(clause(*blocks))


def undeclared(reading: Reading) -> list[tuple[str, str]]:
    """Return names in lists that nothing declares."""
    known = {b.id for b in reading.text.blocks} | BUILT_IN
    return [
        (b.id, word)
        for b in reading.text.blocks
        for key in LISTS.get(b.kind, ())
        if isinstance(value := b.get(key.name), Items)
        for word in value.words()
        if word not in known
    ]


@given(versioned(), moments)
def test_at_most_one_version_is_in_force_and_it_is_the_latest_begun(
    reading: Reading, moment: datetime
) -> None:
    """Of each block one version holds at most; no version of a higher number has begun."""
    found = versions_at(reading.text, moment)
    assert len(reading.text.blocks) == len(found)
    for version in (v for v in found if v.state is State.IN_FORCE):
        later = [v for v in found if v.block.id == version.block.id and v is not version]
        assert all(v.state is not State.IN_FORCE for v in later)
        assert version.since is None or version.since <= moment


@given(versioned(), moments)
def test_every_name_in_force_is_declared_in_force(reading: Reading, moment: datetime) -> None:
    """What holds at a moment names nothing that does not."""
    assert [] == undeclared(deal_at(reading, moment))


@given(versioned(), moments)
def test_asking_again_changes_nothing(reading: Reading, moment: datetime) -> None:
    """The deal in force at a moment is, at that moment, in force whole."""
    once = deal_at(reading, moment)
    assert () == diff(once, deal_at(once, moment))


@given(versioned(), moments, moments)
def test_from_one_moment_to_another_and_back_is_the_mirror(
    reading: Reading, one: datetime, two: datetime
) -> None:
    """The difference between two moments says the same both ways."""
    here, there = (deal_at(reading, m) for m in (one, two))
    back = in_telling_order([d.mirrored() for d in diff(here, there)])
    assert back == diff(there, here)


@given(st.sampled_from(LIBRARY), st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001
def test_every_deal_of_the_library_can_be_asked_at_any_moment(path: Path, moment: datetime) -> None:
    """A bundled deal as in force at any moment resolves, and can be linted."""
    now = deal_at(read(path), moment.replace(tzinfo=UTC))
    assert [] == undeclared(now)
    lint(now)
