"""The centre's beat with two mirrors: what counts, who is missing, and no two histories."""

import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.notes_made import COSIGNERS, LOG, NOW, THREE, A, checkpoint
from tests.ledger.scene import Scene, scene
from tregua.errors import (
    LedgerDamaged,
    SignatureRefused,
    SourceUnreachable,
    StoreUnwritable,
    WrongUse,
)
from tregua.ledger.annex import Annex
from tregua.ledger.beat.asked import Asked, Outcome, append_account, read_account
from tregua.ledger.beat.notice import notice_overdue
from tregua.ledger.beat.publish import publish
from tregua.ledger.intake import append
from tregua.ledger.mirror.log_folder import CHECKPOINT, PENDING, is_public, newest_note
from tregua.ledger.mirror.mirror import Mirror, public_file
from tregua.ledger.mirror.receipt import receipt_of
from tregua.ledger.notes.checkpoint import LogHead
from tregua.ledger.notes.conflict import read_conflict, what_conflicts
from tregua.ledger.notes.note import SignedNote, read_note
from tregua.ledger.notes.proof_file import Outcome as ProofOutcome
from tregua.ledger.notes.proof_file import check_proof, read_proof
from tregua.ledger.open import open_for_writing
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.desk import new_desk
from tregua.ledger.signing.disclosures import fields_in
from tregua.ledger.tiles.check_log import check_log
from tregua.ledger.tiles.durable import DurableFolder, alone
from tregua.ledger.tiles.read_tiles import FolderSource, entries_in
from tregua.ledger.tiles.tiled_tree import TiledTree
from tregua.ledger.tiles.write_tiles import extend
from tregua.ledger.witness.request import AddCheckpoint
from tregua.ledger.witness.witness import Witness

DESK = new_desk(("PUBLIC",))
ANNEX = Annex((DESK.as_root,))


@pytest.fixture
def here(tmp_path: Path) -> Scene:
    return scene(tmp_path)


def size_of(folder: Path, name: str = CHECKPOINT) -> int | None:
    note = newest_note(FolderSource(folder), names=(name,))
    return None if note is None else int(note.text.split("\n")[1])


def test_when_both_sides_hold_it_the_checkpoint_counts(here: Scene) -> None:
    """300 entries: signed, fetched and cosigned by both, published; the copies are whole."""
    here.report(300)
    done = here.beat()
    assert done.held.is_met
    assert () == done.waiting
    assert 300 == size_of(here.public) == size_of(here.public, PENDING)
    assert [300, 300] == [mirror.check().size for mirror in here.mirrors.values()]
    check_log(here.source, done.held.head)


def test_one_side_away_then_overdue_then_back(here: Scene) -> None:
    """B is away: pending, its age shown, one notice after 12 hours; back: all counts again."""
    here.report(10)
    here.beat()
    here.away = {"B"}
    here.report(10)
    first = here.beat()
    (missing,) = first.waiting
    assert (b"B", here.now, False, False) == (
        missing.cosigner.name,
        missing.since,
        missing.refuses,
        missing.is_overdue,
    )
    assert (10, 20) == (size_of(here.public), size_of(here.public, PENDING))
    for _ in range(11):
        assert () == notice_overdue(here.store, here.public, here.beat(), DESK, ANNEX, now=here.now)
    (late,) = notice_overdue(here.store, here.public, here.beat(), DESK, ANNEX, now=here.now)
    assert (missing.since, True) == (late.since, late.is_overdue)
    assert [] == list(
        notice_overdue(here.store, here.public, here.beat(), DESK, ANNEX, now=here.now)
    )
    notices = [entry for _, entry in here.store.entries() if entry.kind == "notice"]
    assert 1 == len(notices)
    (notice,) = notices
    assert isinstance(notice, SignedEntry)
    said = fields_in(notice.claims, here.store.bodies.get(notice.id))
    assert ("cosigner", "side-b.example/mirror") in {(f.name, f.value) for f in said}
    here.away = set()
    assert () == here.beat().waiting
    assert here.store.size() == size_of(here.public) == here.mirrors["B"].check().size


@pytest.mark.parametrize("name", ["A", "B"])
def test_whichever_side_stalls_is_told_alike(tmp_path: Path, name: str) -> None:
    """A and B exchanged: the same beats end the same, the names apart."""
    here = scene(tmp_path)
    here.away = {name}
    here.report(5)
    done = here.beat()
    assert [name.encode()] == [w.cosigner.name for w in done.waiting]
    assert (False, None) == (done.held.is_met, size_of(here.public))


def test_a_refusal_is_told_as_one(here: Scene) -> None:
    """A witness that has seen more than this log has refuses, and the account says so."""
    here.report(20)
    here.beat()
    shutil.rmtree(here.public)
    (here.folder / "ledger.sqlite").rename(here.folder / "old.sqlite")
    here.store = open_for_writing(here.folder / "ledger.sqlite")
    here.report(5)
    done = here.beat()
    assert [True, True, True] == [w.refuses for w in done.waiting]
    assert "it has cosigned 20 entries, and this log has only 5" == done.waiting[0].said
    outcomes = [line.outcome for line in read_account(here.public)]
    assert [Outcome.REFUSED] * 3 == outcomes


def test_a_mirror_signs_nothing_that_it_cannot_fetch(here: Scene) -> None:
    """Entries withheld: the neutral witness signs, the mirrors do not."""
    here.report(300)
    here.beat()
    here.report(300)
    here.shown = Withheld(here.public)
    done = here.beat()
    assert [b"A", b"B"] == [w.cosigner.name for w in done.waiting]
    assert "tile/entries/001: it is not there" in done.waiting[0].said
    assert [b"UN"] == [c.name for c, _ in done.held.by]
    assert 300 == here.mirrors["A"].check().size == size_of(here.public)


class Withheld(FolderSource):
    """A host that hands out hashes and no entries."""

    def read(self, name: str, *, most: int) -> bytes | None:
        return None if "entries" in name else super().read(name, most=most)


def test_nothing_new_keeps_the_first_and_the_newest_time(here: Scene) -> None:
    """Beats without entries: two lines of each cosigner at most, the first and the newest."""
    here.report(3)
    times = [dict(here.beat().held.by) for _ in range(4)]
    note = newest_note(here.source)
    assert note is not None
    assert 1 + 2 * 3 == len(note.lines)
    newest = {c.name: time for c, time in times[-1].items()}
    assert {b"A": here.now, b"B": here.now, b"UN": here.now} == newest


def test_an_empty_record_is_published_too(here: Scene) -> None:
    """The beat does not wait for reports: size 0 is signed and cosigned."""
    assert here.beat().held.is_met
    assert 0 == size_of(here.public)
    here.report(1)
    assert here.beat().held.is_met


def test_a_neutral_may_be_asked_for(tmp_path: Path) -> None:
    """Under a rule with a neutral the sides alone do not suffice."""
    here = scene(tmp_path, THREE)
    here.away = {"UN"}
    here.report(2)
    assert not here.beat().held.is_met
    here.away = set()
    assert here.beat().held.is_met


def test_receipts(here: Scene) -> None:
    """At once a receipt that waits for B, later one that counts; both of the same entry."""
    here.away = {"B"}
    here.report(300)
    here.beat()
    entry = next(here.store.rows(123)).data
    early = receipt_of(here.source, 123)
    assert ProofOutcome.QUORUM is check_proof(early, entry, here.policy).outcome
    here.away = set()
    here.beat()
    later = read_proof(receipt_of(here.source, 123).to_bytes())
    assert ProofOutcome.OK is check_proof(later, entry, here.policy).outcome
    with pytest.raises(WrongUse, match="covers an entry 300 yet"):
        receipt_of(here.source, 300)


# -- no two histories, nothing lost ---------------------------------------------------------------


def test_two_histories_are_never_signed(here: Scene) -> None:
    """Another journal over the same files is refused with 4, and nothing is signed."""
    here.report(5)
    here.beat()
    other = open_for_writing(here.folder / "other.sqlite")
    here.store, before = other, (here.public / PENDING).read_bytes()
    with pytest.raises(LedgerDamaged, match="it has 0 entries, 5 were signed"):
        here.beat()
    here.now += 60  # another history of the same length and more
    here.report(8)
    with pytest.raises(LedgerDamaged, match="not those that were signed and published"):
        here.beat()
    assert before == (here.public / PENDING).read_bytes()


def test_a_changed_tile_inside_what_was_signed_stops_the_beat(here: Scene) -> None:
    """A byte of a tile changed: the beat ends with 4, and the sentence names the size."""
    here.report(5)
    here.beat()
    path = here.public / "tile/0/000.p/5"
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])
    with pytest.raises(LedgerDamaged, match="do not give the 5 entries that were signed"):
        here.beat()


def test_missing_files_are_written_again_from_the_journal(here: Scene) -> None:
    """Bundles and tiles that are gone come back, byte for byte."""
    here.report(600)
    here.beat()
    before = (here.public / "tile/entries/001").read_bytes()
    shutil.rmtree(here.public / "tile")
    here.beat()
    assert before == (here.public / "tile/entries/001").read_bytes()
    check_log(here.source, here.beat().held.head)


def test_a_stop_between_tiles_and_signature_is_made_good(here: Scene) -> None:
    """Tiles were written and nothing was signed: the next beat goes on as if nothing had been."""
    here.report(5)
    here.beat()
    here.report(300)
    extend(DurableFolder(here.public), [r.data for r in here.store.rows(5, 290)], size=5)
    (here.public / "tile/0/.part-001").write_bytes(b"half")
    assert 305 == here.beat().held.head.size
    assert not (here.public / "tile/0/.part-001").exists()
    assert 305 == size_of(here.public)


def test_missing_files_are_not_made_from_another_journal(here: Scene) -> None:
    """Files gone and the journal changed: nothing is written over what is left."""
    here.report(300)
    here.beat()
    here.store = open_for_writing(here.folder / "other.sqlite")
    here.now += 60
    append(here.store, [("report", "Side B", '"another"')] * 300)
    (here.public / "tile/0/000").unlink()
    before = (here.public / "tile/entries/000").read_bytes()
    with pytest.raises(LedgerDamaged, match="its entries are not those that were signed"):
        here.beat()
    assert before == (here.public / "tile/entries/000").read_bytes()


def test_a_copy_that_goes_on_as_the_centre_signs_no_second_history(here: Scene) -> None:
    """Without the file of what was signed, the checkpoints that lie there bind as much."""
    here.report(5)
    here.beat()
    (here.public / "signed").unlink()
    here.store = open_for_writing(here.folder / "other.sqlite")
    with pytest.raises(LedgerDamaged, match="it has 0 entries, 5 were signed"):
        here.beat()


def test_the_key_must_be_the_one_of_the_policy(here: Scene) -> None:
    """A log key that the annex does not name signs nothing."""
    with pytest.raises(WrongUse, match="the policy names another key"):
        publish(here.store, here.public, A, here.policy, now=NOW)
    assert not here.public.exists()


def test_two_beats_at_once_are_one(here: Scene) -> None:
    """While one beat holds the folder another says so and does nothing."""
    with alone(here.public), pytest.raises(StoreUnwritable, match="another program is writing"):
        here.beat()


# -- mirrors --------------------------------------------------------------------------------------


def test_a_copy_by_usb_stick_counts_when_it_comes_back(here: Scene) -> None:
    """B is never on the network: it pulls from a stick, cosigns, and its line comes by hand."""
    here.away = {"B"}
    here.report(30)
    here.beat()
    stick = here.folder / "stick"
    shutil.copytree(here.public, stick)
    here.report(5)
    here.beat()
    pulled = here.mirrors["B"].pull(FolderSource(stick), now=here.now)
    assert (30, True) == (pulled.new, pulled.held.is_met)
    done = here.beat(pulled.note)
    assert (30, 35) == (size_of(here.public), size_of(here.public, PENDING))
    assert [b"B"] == [w.cosigner.name for w in done.waiting]
    account = [line for line in read_account(here.public) if line.cosigner == b"B"]
    assert "acknowledged by hand" in [line.said for line in account]
    with pytest.raises(WrongUse, match="was not published here"):
        here.beat(checkpoint(7, A))


def test_a_copy_has_the_checkpoint_that_counts_and_its_own_policy(here: Scene) -> None:
    """A copy of a pending record serves what counts as well, and does not grow while nothing comes.

    The policy that it serves is the one that it trusts.
    """
    here.report(10)
    here.beat()
    here.away = {"B"}
    here.report(10)
    here.beat()
    mirror = Mirror(here.folder / "reader", here.policy)
    for _ in range(4):
        here.beat()
        assert 20 == mirror.pull(here.source, now=here.now).held.head.size
    copy = here.folder / "reader"
    assert (10, 20) == (size_of(copy), size_of(copy, PENDING))
    assert here.policy.text == (copy / "policy").read_bytes()
    pending = newest_note(FolderSource(copy), names=(PENDING,))
    assert pending is not None
    assert 1 + 2 * 2 == len(pending.lines)


def test_a_pull_twice_brings_nothing_new(here: Scene) -> None:
    """Idempotent: the second pull changes no file of the copy."""
    here.report(300)
    here.beat()
    mirror = here.mirrors["A"]
    assert 0 == mirror.pull(here.source, now=here.now).new
    tiles = mirror.folder.folder / "tile"
    before = {p: p.stat().st_mtime_ns for p in tiles.rglob("*")}
    assert 0 == mirror.pull(here.source, now=here.now).new
    assert before == {p: p.stat().st_mtime_ns for p in tiles.rglob("*")}


def test_a_pull_that_was_stopped_goes_on(here: Scene) -> None:
    """Cut off after two bundles, the copy is as it was; the next pull asks for the rest only."""

    class Cut(FolderSource):
        def __init__(self, folder: Path) -> None:
            super().__init__(folder)
            self.asked: list[str] = []

        def read(self, name: str, *, most: int) -> bytes | None:
            if name.startswith("tile/entries"):
                self.asked.append(name)
                if name == "tile/entries/002":
                    raise KeyboardInterrupt
            return super().read(name, most=most)

    here.away = {"A", "B"}
    here.report(1000)
    here.beat()
    mirror = here.mirrors["A"]
    with pytest.raises(KeyboardInterrupt):
        mirror.pull(Cut(here.public), now=here.now)
    with pytest.raises(SourceUnreachable, match="there is no copy here"):
        mirror.check()
    second = Cut(here.public)
    with pytest.raises(KeyboardInterrupt):
        mirror.pull(second, now=here.now)
    assert ["tile/entries/002"] == second.asked
    assert 1000 == mirror.pull(here.source, now=here.now).new
    assert 1000 == mirror.check().size


def changed(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


def test_a_changed_entry_is_named_by_the_mirror(here: Scene) -> None:
    """The host changes one entry on its way out: no copy, no cosignature, the entry is named."""
    here.away = {"A", "B"}
    here.report(300)
    here.beat()
    changed(here.public / "tile/entries/001.p/44", b'{"n":290}', b'{"n":990}')
    with pytest.raises(LedgerDamaged, match=r"entry 290: in .* it is not what its tile says"):
        here.mirrors["A"].pull(here.source, now=here.now)
    with pytest.raises(SourceUnreachable, match="there is no copy here"):
        here.mirrors["A"].check()


def forked_centre(here: Scene, entries: int) -> FolderSource:
    """Another history of the same log, signed with its key."""
    folder = DurableFolder(here.folder / "forked")
    rows = [row.data for row in here.store.rows(0, entries)]
    rows[3] = rows[4]
    extend(folder, rows, size=0)
    source = FolderSource(folder.folder)
    text = LogHead(LOG.name, entries, TiledTree(source, entries).root()).text()
    folder.write(PENDING, SignedNote(text, (LOG.sign(text),)).to_bytes())
    return source


@pytest.mark.parametrize("entries", [30, 300, 310])
def test_a_second_history_becomes_a_conflict_file(here: Scene, entries: int) -> None:
    """Shorter, as long, or longer: the mirror proves what it was shown and keeps its copy."""
    here.report(300)
    here.beat()
    here.report(10)
    mirror = here.mirrors["B"]
    with pytest.raises(LedgerDamaged, match=r"conflicts/.*: centre\.example/ledger/1 signed"):
        mirror.pull(forked_centre(here, entries), now=here.now)
    (file,) = (mirror.folder.folder / "conflicts").iterdir()
    assert "signed" in what_conflicts(read_conflict(file.read_bytes()))
    assert 300 == mirror.check().size


def test_peers_are_compared_with(here: Scene) -> None:
    """Who saw the same agrees; who was shown another history is proved right by one file."""

    def fetching(url: str, name: str) -> bytes | None:
        if "UN" in url:
            return here.witness.newest_note(name.partition("/")[0])
        raise SourceUnreachable(url, "nobody answers")

    here.report(30)
    here.beat()
    here.report(5)
    here.beat()
    mirror = here.mirrors["A"]
    assert [None, None, True] == [peer.agrees for peer in mirror.compare(fetching=fetching)]
    shown = Witness((COSIGNERS["UN"],), (LOG.public,), here.folder / "UN-elsewhere")
    other = newest_note(forked_centre(here, 30))
    assert other is not None
    assert 200 == shown.add_checkpoint(AddCheckpoint(0, (), other).to_bytes(), now=NOW).status
    here.witness = shown
    with pytest.raises(LedgerDamaged, match=r"conflicts/.*signed 30 entries with root"):
        mirror.compare(fetching=fetching)


def test_an_older_stick_changes_nothing(here: Scene) -> None:
    """A source that is behind is no conflict; the copy stays where it was."""
    here.report(30)
    here.beat()
    stick = here.folder / "stick"
    shutil.copytree(here.public, stick)
    here.report(30)
    here.beat()
    pulled = here.mirrors["A"].pull(FolderSource(stick), now=here.now)
    assert (0, 60) == (pulled.new, pulled.held.head.size)


def test_a_checkpoint_that_the_log_did_not_sign_is_not_fetched(here: Scene) -> None:
    """A stranger's checkpoint before the same files is refused."""
    here.report(3)
    here.beat()
    note = read_note((here.public / PENDING).read_bytes())
    forged = SignedNote(note.text.replace("\n3\n", "\n4\n"), note.lines)
    (here.public / PENDING).write_bytes(forged.to_bytes())
    with pytest.raises(SignatureRefused):
        here.mirrors["A"].pull(here.source, now=here.now)


def test_a_mirror_can_begin_the_next_record(here: Scene) -> None:
    """A copy holds every entry, byte for byte: either side can go on alone."""
    here.report(300)
    here.beat()
    copy = FolderSource(here.mirrors["A"].folder.folder)
    entries = entries_in(copy, 0, 256) + entries_in(copy, 1, 44)
    assert [row.data for row in here.store.rows(0, 300)] == entries


def test_only_the_log_is_served(here: Scene) -> None:
    """Checkpoints, policy and tiles are; account, lock and paths that lead out are not."""
    here.report(3)
    here.beat()
    names = ("checkpoint", "checkpoint.pending", "policy", "checkpoints/3", "tile/0/000.p/3")
    assert all(public_file(here.public, name) for name in names)
    for name in ("signed", "acknowledgements", ".lock", "../ledger.sqlite", "tile/0/../../signed"):
        assert public_file(here.public, name) is None
        assert not is_public(name)


# -- the account ----------------------------------------------------------------------------------


def test_the_account_is_whole_lines_in_one_line_each(tmp_path: Path) -> None:
    """A stranger's answer adds one short line; half a line that a kill left is dropped."""
    told = Asked(NOW, 3, b"A\xff", Outcome.REFUSED, "one\ntwo\t" + "x" * 500)
    append_account(tmp_path, [told])
    with (tmp_path / "acknowledgements").open("ab") as file:
        file.write(b"147393")
    append_account(tmp_path, [told])
    lines = read_account(tmp_path)
    assert 2 == len(lines)
    assert (b"A\xff", 200) == (lines[0].cosigner, len(lines[0].said))
    (tmp_path / "acknowledgements").write_bytes(b"nonsense\n")
    with pytest.raises(LedgerDamaged, match="line 1"):
        read_account(tmp_path)


@given(
    data=st.one_of(
        st.binary(max_size=120),
        st.tuples(st.integers(0, 10**20), st.sampled_from(["3", "x", "9" * 30])).map(
            lambda two: f"{two[0]}\t{two[1]}\tA\tcosigned\t\n".encode()
        ),
    )
)
def test_any_bytes_are_an_account_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    """Whatever lies in the file, it is read or refused; what is read is written alike."""
    folder = tmp_path_factory.mktemp("account")
    (folder / "acknowledgements").write_bytes(data)
    with suppress(LedgerDamaged):
        lines = read_account(folder)
        append_account(folder, lines)
        assert (*lines, *lines) == read_account(folder)


def test_every_cosigner_of_the_scene_is_told_apart() -> None:
    """Three keys, three names: nobody signs for two."""
    assert 3 == len({key.public.public for key in COSIGNERS.values()})
