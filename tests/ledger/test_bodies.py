"""What every store promises of bodies: one suite, run on each kind that ``open.py`` knows."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.bodies_made import WORD, made
from tests.ledger.test_stores import empty
from tregua.errors import EntryRefused, InputUnreadable
from tregua.ledger.intake import append
from tregua.ledger.open import SCHEMES, open_for_reading, open_for_writing
from tregua.ledger.replay import replay
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.sign import Signed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.ledger.store import Store

LABELS = ("A", "B", "MON", "PUBLIC")
SEES = {label: {label, "PUBLIC"} for label in LABELS}
LASTING = tuple(kind for kind in SCHEMES if kind != "memory")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of our own: the keys of a ledger on a server lie in the folder worked in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(params=SCHEMES)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with open_for_writing(empty(request.param, request)) as opened:
        yield opened


def test_nothing_is_held_before_anything_was_kept(store: Store) -> None:
    assert {} == store.bodies.all() == store.bodies.all("A")
    assert () == store.bodies.get("00" * 32)
    assert not store.bodies.erase("00" * 32)
    store.bodies.put([])
    store.bodies.put([Signed(made(1).entry, ())])
    assert {} == store.bodies.all()


def test_what_was_kept_comes_back(store: Store) -> None:
    """Of several parties, one by one and together, with the entry that each belongs to."""
    given_ = [made(1), made(2, "A", "B"), made(3, "PUBLIC", party="b")]
    store.bodies.put(given_)
    assert {one.next: one.disclosures for one in given_} == store.bodies.all()
    assert [one.disclosures for one in given_] == [store.bodies.get(one.next) for one in given_]
    assert {one.entry for one in given_} == {b.sound().entry for b in store.bodies.each()}


def test_what_tells_more_takes_the_place_of_what_told_less(store: Store) -> None:
    """One field first, then both, then the whole once more: the newest is what is held."""
    one = made(1)
    for told in (one.disclosures[:1], one.disclosures, one.disclosures):
        store.bodies.put([Signed(one.entry, told), made(2)])
        assert told == store.bodies.get(one.next) == store.bodies.all()[one.next]
    assert 2 == len(store.bodies.all())


def test_what_was_destroyed_is_gone_and_the_rest_is_there(store: Store) -> None:
    """Destroyed once, not there a second time; kept again it would be there again."""
    store.bodies.put([made(1), made(2)])
    assert store.bodies.erase(made(1).next)
    assert not store.bodies.erase(made(1).next)
    assert () == store.bodies.get(made(1).next)
    assert {made(2).next} == store.bodies.all().keys()
    store.bodies.put([made(1)])
    assert made(1).disclosures == store.bodies.get(made(1).next)


def test_a_seal_stands_for_one_body_and_no_other(store: Store) -> None:
    """What was not touched keeps its seal; what tells more, or was destroyed, does not."""
    one, two = made(1), made(2)
    assert {} == store.bodies.seals()
    store.bodies.put([Signed(one.entry, one.disclosures[:1]), two])
    before = store.bodies.seals()
    assert before == store.bodies.seals()
    assert {one.next, two.next} == before.keys()
    store.bodies.put([one])
    after = store.bodies.seals()
    assert before[two.next] == after[two.next]
    assert before[one.next] != after[one.next]
    store.bodies.erase(one.next)
    assert {two.next: after[two.next]} == store.bodies.seals()


def test_some_are_opened_and_what_is_not_held_is_left_out(store: Store) -> None:
    store.bodies.put([made(1), made(2), made(3)])
    asked = [made(3).next, "00" * 32, made(1).next]
    held = {one.next: one.disclosures for one in (made(1), made(3))}
    assert held == store.bodies.some(asked)
    assert {} == store.bodies.some([])


def test_a_batch_with_one_bad_body_leaves_nothing(store: Store) -> None:
    """A body of what is no entry is refused, and the one before it is not kept."""
    with pytest.raises(EntryRefused):
        store.bodies.put([made(1), Signed(b"no entry", made(2).disclosures)])
    assert {} == store.bodies.all()


def test_bodies_and_entries_stand_or_fall_together(store: Store) -> None:
    """Kept inside a batch, a body can be read there; where the batch fails, the ledger is whole."""

    def batch() -> Iterator[bytes]:
        store.bodies.put([made(1)])
        assert made(1).disclosures == store.bodies.get(made(1).next)
        yield made(1).entry
        if store.size():
            raise EntryRefused("the second time")

    append(store, batch())
    with pytest.raises(EntryRefused, match="the second time"):
        append(store, batch())
    assert 1 == store.size()
    assert made(1).disclosures == store.bodies.get(made(1).next)


@pytest.mark.parametrize("kind", SCHEMES)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    marked=st.lists(st.tuples(st.sets(st.sampled_from(LABELS), min_size=1), st.sampled_from("ab"))),
    audience=st.sampled_from(LABELS),
)
def test_an_audience_is_handed_what_is_marked_for_it(
    marked: list[tuple[set[str], str]], audience: str, kind: str, request: pytest.FixtureRequest
) -> None:
    """For any markings every store hands out the same entries, and all to whoever keeps them."""
    given_ = [made(n, *sorted(rel), party=p) for n, (rel, p) in enumerate(marked)]
    with open_for_writing(empty(kind, request)) as store:
        store.bodies.put(given_)
        seen = {o.next for o, (rel, _) in zip(given_, marked, strict=True) if SEES[audience] & rel}
        assert seen == store.bodies.all(audience).keys()
        assert {one.next for one in given_} == store.bodies.all().keys()


@pytest.mark.parametrize("kind", LASTING)
def test_bodies_stay_when_the_store_is_closed(kind: str, request: pytest.FixtureRequest) -> None:
    """Read again by another session with the same key file; by nobody with another one."""
    where = empty(kind, request)
    with open_for_writing(where) as store:
        store.bodies.put([made(1)])
    with open_for_reading(where) as store:
        assert {made(1).next: made(1).disclosures} == store.bodies.all()
    (folder_of(where) / "ledger.keys" / "keeper.key").unlink()
    with (
        open_for_writing(where) as store,
        pytest.raises(InputUnreadable, match="the keeper's key is not there"),
    ):
        store.bodies.put([made(2)])


def folder_of(where: str) -> Path:
    """Return where keys lie: beside the file, or here for a ledger on a server."""
    return Path(where.removeprefix("sqlite:")).parent if where.startswith("sqlite:") else Path()


@pytest.mark.parametrize("source", LASTING)
@pytest.mark.parametrize("target", LASTING)
def test_moving_carries_bodies_and_roots(
    source: str, target: str, request: pytest.FixtureRequest
) -> None:
    """Entries, bodies and root are the same in the other store, each sealed to its own keeper."""
    from_, to = empty(source, request), empty(target, request)
    if source == target == "postgresql":
        to = request.getfixturevalue("postgres").ledger()
    given_ = [made(n, "A", party=f"side-{n}") for n in range(3)]
    with open_for_writing(from_) as record, open_for_writing(to) as into:
        more = given_[2]
        record.bodies.put([*given_[:2], Signed(more.entry, more.disclosures[:1])])
        append(record, [one.entry for one in given_])
        replay(record, into)
        assert record.head() == into.head()
        assert record.bodies.all() == into.bodies.all()
        record.bodies.put([Signed(more.entry, more.disclosures)])
        replay(record, into)  # what was told later comes after
        assert record.bodies.all() == into.bodies.all()


@pytest.mark.parametrize("kind", LASTING)
def test_no_word_lies_open(kind: str, request: pytest.FixtureRequest, here: Path) -> None:
    """Neither in a file of the folder, nor in one of the server's, nor in its log."""
    where = empty(kind, request)
    with open_for_writing(where) as store:
        store.bodies.put([made(n, says=f"{WORD} ") for n in range(3)])
        append(store, [made(n, says=f"{WORD} ").entry for n in range(3)])
        (first, *_) = store.bodies.all().values()
    folders = [here, folder_of(where) if kind == "sqlite" else server_folder(request)]
    needles = [WORD.encode(), *(text.encode() for text in first)]
    assert [] == [n for folder in folders for n in needles if lies_in(folder, n)]
    assert any(lies_in(folder, made(0, says=f"{WORD} ").entry) for folder in folders)


def server_folder(request: pytest.FixtureRequest) -> Path:
    server = request.getfixturevalue("postgres")
    server.execute("postgres", "CHECKPOINT")
    folder: Path = server.log.parent
    return folder


def lies_in(folder: Path, needle: bytes) -> bool:
    return any(needle in path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.slow
@pytest.mark.parametrize("kind", LASTING)
def test_every_entry_has_its_body_when_the_writer_is_killed(
    kind: str, request: pytest.FixtureRequest
) -> None:
    """Killed at any point, four times over: what the ledger holds can be read, and goes on."""
    where, dice = empty(kind, request), random.Random(1922)
    size, env = 0, os.environ | {"PYTHONPATH": str(APPENDER.parents[2])}
    for turn in range(4):
        words = [sys.executable, str(APPENDER), where, f"party-{turn}"]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env) as process:
            assert process.stdout is not None
            for _ in range(1 + dice.randrange(12)):
                size = int(process.stdout.readline())
            process.kill()
        with open_for_reading(where) as store:
            told = {e.id for _, e in store.entries() if isinstance(e, SignedEntry)}
            assert store.size() >= size
            assert told
            assert told <= store.bodies.all().keys()
    assert 0o600 == (folder_of(where) / "ledger.keys" / "keeper.key").stat().st_mode & 0o777


APPENDER = Path(__file__).with_name("body_appender.py")
