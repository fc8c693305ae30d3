"""A mirror that knows the annex signs no checkpoint over an entry that may not stand there."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.notes_made import COSIGNERS, LOG, NOW, policy
from tests.ledger.signing.conftest import AGR, ALL, REPORT, D, Parties
from tregua.errors import EntryUnsound, LedgerDamaged
from tregua.ledger.annex import Annex
from tregua.ledger.mirror.checked import CHECKED
from tregua.ledger.mirror.mirror import Mirror
from tregua.ledger.notes.checkpoint import LogHead
from tregua.ledger.notes.note import SignedNote
from tregua.ledger.notes.proof_file import Outcome, check_proof, read_proof
from tregua.ledger.signing.book import Book
from tregua.ledger.signing.claims import KeyTerms
from tregua.ledger.signing.keys import Root
from tregua.ledger.signing.sign import Draft, Place, Signed, sign
from tregua.ledger.tiles.durable import DurableFolder
from tregua.ledger.tiles.read_tiles import FolderSource
from tregua.ledger.tiles.write_tiles import extend
from tregua.ledger.tree import consistency_proof, leaf_hash, root_of
from tregua.ledger.witness.request import AddCheckpoint

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tregua.ledger.signed import SignedEntry

DRAFT = Draft("report", AGR, ALL, D + 60, fields=REPORT)
OTHER = {"a": "b", "b": "a"}


class Host:
    """Whoever runs the log: publishes and signs whatever it was given, right or wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.people = folder, Parties()
        self.entries: list[bytes] = []
        self.places: dict[str, Place] = {}
        keys = [self.people.keys[f"{side}/root"] for side in ("a", "b")]
        self.annex = Annex(tuple(Root(k.party, k.alg, k.public) for k in keys), (AGR,))
        for side in ("a", "b"):
            phone = self.people.keys[f"{side}/phone"]
            terms = KeyTerms(phone.kid, phone.alg, phone.public, ("report",), D, D + 9_999)
            self.put(f"{side}/root", Draft("key", AGR, ("PUBLIC",), D, key=terms))

    def made(self, kid: str, draft: Draft = DRAFT, *, by: str = "") -> Signed:
        """Sign as the next entry of a key, perhaps with the key of somebody else."""
        place = self.places.get(kid, Place())
        key = replace(self.people.keys[by or kid], kid=kid)
        one = sign(draft, key, place, random=self.people.random)
        self.places[kid] = Place(place.seq + 1, one.next)
        return one

    def put(self, kid: str, draft: Draft = DRAFT, *, by: str = "") -> None:
        self.entries.append(self.made(kid, draft, by=by).entry)

    def published(self) -> tuple[FolderSource, SignedNote]:
        """Write all entries as tiles; sign their number and root."""
        log = self.folder / f"log-{len(self.entries)}"
        extend(DurableFolder(log), self.entries, size=0)
        root = root_of(map(leaf_hash, self.entries))
        text = LogHead(LOG.name, len(self.entries), root).text()
        return FolderSource(log), SignedNote(text, (LOG.sign(text),))


class Side:
    """The mirror of one side."""

    def __init__(self, folder: Path, annex: Annex | None) -> None:
        self.folder = folder
        self.mirror = Mirror(folder, policy(), COSIGNERS["A"], annex=annex)

    def asked(self, host: Host) -> tuple[int, str]:
        """Answer the witness call of a host."""
        source, note = host.published()
        assert self.mirror.witness is not None
        old, leaves = self.cosigned, [leaf_hash(entry) for entry in host.entries]
        proof = consistency_proof(leaves, old) if old else ()
        body = AddCheckpoint(old, proof, note).to_bytes()
        answer = self.mirror.add_checkpoint(body, now=NOW, source=source)
        return answer.status, answer.body.decode()

    @property
    def cosigned(self) -> int:
        assert self.mirror.witness is not None
        return self.mirror.witness.newest_size(LOG.name)


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path / "host")


@pytest.fixture
def side(tmp_path: Path, host: Host) -> Side:
    return Side(tmp_path / "side", host.annex)


def test_a_sound_record_is_cosigned_and_only_what_is_new_is_read(
    host: Host, side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second pull begins where the first one ended, though the mirror was started anew."""
    for _ in range(3):
        host.put("a/phone")
    assert 200 == side.asked(host)[0]
    read: list[bytes] = []
    take = Book.take_read

    def counted(book: Book, entry: SignedEntry) -> None:
        read.append(entry.data)
        take(book, entry)

    monkeypatch.setattr(Book, "take_read", counted)
    host.put("b/phone")
    host.put("a/phone")
    again = Side(side.folder, host.annex)
    assert 200 == again.asked(host)[0]
    assert host.entries[5:] == read
    assert 7 == again.cosigned == again.mirror.check().size


def forged(host: Host, who: str) -> None:
    host.put(f"{who}/phone", by=f"{OTHER[who]}/phone")


def dropped(host: Host, who: str) -> None:
    host.made(f"{who}/phone")
    host.put(f"{who}/phone")


def another_chain(host: Host, who: str) -> None:
    host.put(f"{who}/phone")
    host.places[f"{who}/phone"] = Place(2, "11" * 32)
    host.put(f"{who}/phone")


def unknown(host: Host, who: str) -> None:
    del who
    host.put("mon/phone")


def revoked(host: Host, who: str) -> None:
    lost = KeyTerms(f"{who}/phone", since=D)
    host.put(f"{who}/root", Draft("revocation", AGR, ("PUBLIC",), D + 1, key=lost))
    host.put(f"{who}/phone")


def replayed(host: Host, who: str) -> None:
    host.put(f"{who}/phone")
    host.entries.append(host.entries[-1])


def unsigned(host: Host, who: str) -> None:
    host.entries.append(
        b'{"body":{},"issuer":"' + who.encode() + b'","kind":"notice","received":0}'
    )


WRONG: dict[Callable[[Host, str], None], tuple[int, str]] = {
    forged: (2, "the key {}/phone did not sign it"),
    dropped: (2, "it is number 2 of the key {}/phone; number 1 is expected"),
    another_chain: (3, "it does not follow the entry of {}/phone that stands here"),
    unknown: (2, "the key mon/phone is not known here"),
    revoked: (3, "the key {}/phone was revoked by entry 2"),
    replayed: (3, "it repeats entry 2, which stands already"),
    unsigned: (2, "nobody signed it"),
}


@pytest.mark.parametrize("who", ["a", "b"])
@pytest.mark.parametrize("wrong", WRONG, ids=lambda f: f.__name__)
def test_what_may_not_stand_is_refused_named_and_proved(
    host: Host, side: Side, wrong: Callable[[Host, str], None], who: str
) -> None:
    """Whoever it is done to: the entry and the reason, no signature, and a proof for everybody."""
    wrong(host, who)
    index, why = WRONG[wrong]
    status, said = side.asked(host)
    assert 422 == status
    assert said.startswith(f"entry {index}: {why.format(who)}")
    assert 0 == side.cosigned
    assert side.mirror.witness is not None
    assert [422] == [one.status for one in side.mirror.witness.state.refused()]
    (entry,) = (side.folder / "refused").glob("*.entry")
    proof = read_proof(entry.with_suffix(".tlog-proof").read_bytes())
    assert host.entries[index] == entry.read_bytes()
    nobody = policy("quorum none\n")
    assert Outcome.OK is check_proof(proof, entry.read_bytes(), nobody).outcome


def test_a_pull_by_hand_refuses_alike_and_leaves_the_copy_as_it_was(host: Host, side: Side) -> None:
    host.put("a/phone")
    source, _ = host.published()
    assert 200 == side.asked(host)[0]
    forged(host, "a")
    source, note = host.published()
    with pytest.raises(EntryUnsound, match="entry 3: the key a/phone did not sign it"):
        side.mirror.pull(source, now=NOW, wanted=note)
    assert 3 == side.cosigned == side.mirror.check().size


@pytest.mark.parametrize("lost", [None, b"", b"{", b'{"size":"x"}', b'{"size": 99, "annex": ""}'])
def test_without_what_was_kept_the_copy_is_read_anew(
    host: Host, side: Side, lost: bytes | None
) -> None:
    host.put("a/phone")
    assert 200 == side.asked(host)[0]
    kept = side.folder / CHECKED
    before = json.loads(kept.read_bytes())
    if lost is None:
        kept.unlink()
    else:
        kept.write_bytes(lost)
    assert 200 == side.asked(host)[0]
    assert before == json.loads(kept.read_bytes())
    dropped(host, "a")
    assert 422 == side.asked(host)[0]


def test_an_annex_that_comes_later_is_applied_to_all_that_is_held(
    host: Host, tmp_path: Path
) -> None:
    """What was signed without it stays signed; nothing more is."""
    forged(host, "b")
    early = Side(tmp_path / "side", None)
    assert 200 == early.asked(host)[0]
    later = Side(tmp_path / "side", host.annex)
    status, said = later.asked(host)
    assert (422, True) == (status, said.startswith("entry 2: the key b/phone did not sign it"))
    with pytest.raises(LedgerDamaged, match="entry 2: "):
        later.mirror.check()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_character_of_any_entry_is_refused_at_that_entry(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    home = tmp_path_factory.mktemp("changed")
    host = Host(home / "host")
    for who in data.draw(st.lists(st.sampled_from("ab"), min_size=1, max_size=4)):
        host.put(f"{who}/phone")
    index = data.draw(st.integers(0, len(host.entries) - 1))
    entry = bytearray(host.entries[index])
    at = data.draw(st.integers(0, len(entry) - 1))
    entry[at] = data.draw(st.sampled_from([c for c in b"AZaz09-_." if c != entry[at]]))
    host.entries[index] = bytes(entry)
    status, said = Side(home / "side", host.annex).asked(host)
    assert (422, True) == (status, said.startswith(f"entry {index}: ")), said
