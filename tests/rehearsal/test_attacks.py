"""The attacks of the demonstration: each is caught by a real check, and slips by without it."""

from __future__ import annotations

import json
import re
from hashlib import shake_256
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from tregua.cli.main import app
from tregua.ledger.audit import audit
from tregua.ledger.mirror.mirror import Mirror
from tregua.ledger.notes.conflict import read_conflict, what_conflicts
from tregua.ledger.signing.disclosures import Field, _read, disclosure_of
from tregua.ledger.signing.keys import Keys
from tregua.ledger.signing.sign import Signed
from tregua.rehearsal import looks
from tregua.rehearsal.attack import Attack, Done, Outcome, Played
from tregua.rehearsal.attacks import ATTACKS
from tregua.rehearsal.attacks import flood as flood_file
from tregua.rehearsal.attacks import log_forked as fork_file
from tregua.rehearsal.play_attacks import begin_record, play
from tregua.rehearsal.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tregua.ledger.signing.claims import Claims

BY_ID = {attack.id: attack for attack in ATTACKS}
LOOKS = tuple(dict.fromkeys(attack.look for attack in ATTACKS))


def randomness() -> Callable[[int], bytes]:
    count = 0

    def more(size: int) -> bytes:
        nonlocal count
        count += 1
        return shake_256(b"attacks %d" % count).digest(size)

    return more


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Return the record that nobody has touched."""
    return begin_record(tmp_path_factory.mktemp("attacks") / "record", random=randomness())


def copied(record: Stage, folder: Path) -> Stage:
    """Return a copy of the record, by an attack that does nothing."""
    nothing = Attack("nothing", "nothing", lambda _: Done("nothing", ()), lambda _: "")
    play(nothing, record, folder)
    return Stage(folder, record.cast, record.now)


# --- each is caught ------------------------------------------------------------------------------

SENTENCES = {
    "row-edited": r"entry 8 \(\w{12}\) was changed: its bytes hash to \w{12}",
    "byte-changed": r"entry 5: its bytes in .*public do not hash to its leaf",
    "all-recomputed": r"the root at size 10 is \w{12}, not \w{12}, which was cosigned by "
    r"a\.example/mirror at 2016-09-12T18:00:00Z, b\.example/mirror at 2016-09-12T18:00:00Z",
    "entry-dropped": r"entry 8: it is number 3 of the key b/phone; number 2 is expected",
    "entries-reordered": r"entry 6 \(\w{12}\) is entry 7 of the copy",
    "entry-forged": r"entry 14: the key a/phone did not sign it",
    "forged-published": r"a\.example/mirror refuses to acknowledge the record since "
    r"2016-09-12T20:00:00Z \(0 h\): 422 entry 14: the key a/phone did not sign it; it is not "
    r"cosigned, and refused/14-\w{12}\.tlog-proof proves it; b\.example/mirror refuses",
    "report-replayed": r"entry 14: it repeats entry 4, which stands already",
    "log-forked": r"\w{64}\.tlog-conflict: centre\.example/ledger/1 signed two histories of 15 "
    r"entries: root \w{12} and root \w{12}",
    "rolled-back": r"the record went back from 14 entries to 10; 14 were cosigned by "
    r"a\.example/mirror at 2016-09-12T19:00:00Z, b\.example/mirror",
    "disclosure-altered": r"the body of entry 9: the disclosure of 'what' matches no digest",
    "revoked-key": r"entry 15: the key a/phone was revoked by entry 14",
    "stalling": r"b\.example/mirror has not acknowledged the record since 2016-09-12T20:00:00Z "
    r"\(13 h\), overdue",
    "clock-changed": r"entry 14 of a/phone is dated 2016-09-09T19:00:00Z; by the cosignatures "
    r"around it, it came between 2016-09-12T19:00:00Z and 2016-09-12T20:00:00Z",
    "flood": r"the key b/phone sent 24 reports about the cell at 35\.5 north, 36\.5 east from "
    r"2016-09-12T19:02:00Z to 2016-09-12T19:48:00Z: entries 14 to 37, all recorded",
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.id)
def test_every_attack_is_caught_or_seen(record: Stage, tmp_path: Path, attack: Attack) -> None:
    """The look finds nothing before, and afterwards says what was touched, where and by whom."""
    played = play(attack, record, tmp_path / attack.id)
    assert ("", attack.at_best) == (played.before, played.outcome)
    assert played.done.names
    assert re.search(SENTENCES[attack.id], played.said), played.said


def test_nothing_is_found_in_a_record_that_nobody_touched(record: Stage, tmp_path: Path) -> None:
    """No look of the list complains about the record itself."""
    stage = copied(record, tmp_path / "copy")
    assert [""] * len(LOOKS) == [look(stage) for look in LOOKS]
    assert audit(stage.ledger).is_intact


def test_no_attack_touches_the_record_itself(record: Stage, tmp_path: Path) -> None:
    before = {p: p.read_bytes() for p in record.folder.rglob("*") if p.is_file()}
    for name in ("row-edited", "log-forked", "rolled-back"):
        play(BY_ID[name], record, tmp_path / name)
    assert before == {p: p.read_bytes() for p in record.folder.rglob("*") if p.is_file()}


def test_the_conflict_file_proves_the_fork_to_anybody(record: Stage, tmp_path: Path) -> None:
    """It holds both notes; the log's key is all that is needed to check it."""
    played = play(fork_file.ATTACK, record, tmp_path / "forked")
    (path,) = (tmp_path / "forked" / "a" / "conflicts").iterdir()
    assert path.name in played.said
    conflict = read_conflict(path.read_bytes())
    assert record.cast.log.public == conflict.log
    assert played.said.endswith(what_conflicts(conflict))


def test_a_flood_drops_nothing(record: Stage, tmp_path: Path) -> None:
    """All reports of the flood are recorded, and so is the one of the other side behind them."""
    stage = copied(record, tmp_path / "copy")
    before = len(stage.entries())
    flood_file.act(stage)
    issuers = [claims.iss for _, claims in looks._claims(stage)][before:]
    assert ["b"] * 24 + ["a"] == issuers


def test_an_invented_disclosure_is_refused_with_the_rest(record: Stage, tmp_path: Path) -> None:
    """A disclosure that the signer never made is not dropped in silence."""
    stage = copied(record, tmp_path / "copy")
    with stage.store() as store:
        held = max(store.bodies.each(), key=lambda body: body.id).signed
        invented = disclosure_of(Field("weapon", "barrel bomb", ("a",)), stage.cast.random)
        store.bodies.put([Signed(held.entry, (*held.disclosures, invented))])
    said = looks.at_the_bodies(stage)
    assert "the disclosure of 'weapon' matches no digest of the entry" in said
    assert "the body of entry " in said


# --- a demonstration that can fail ---------------------------------------------------------------


def _lenient_fields(claims: Claims, texts: tuple[str, ...]) -> tuple[Field, ...]:
    return tuple(_read(text, claims.rel) for text in texts)


def _never_revoked(keys: Keys, claims: Claims, index: int) -> Keys:
    return keys if claims.kind == "revocation" else _AFTER(keys, claims, index)


_AFTER = Keys.after
# A replay has two guards: what repeats an entry also breaks the chain of its key.
_BOOK, _MIRROR = "tregua.ledger.signing.book", "tregua.ledger.mirror"
GUARDS: dict[str, tuple[str, Any]] = {
    "row-edited": ("tregua.ledger.scan._hash_notes", lambda *_: []),
    "byte-changed": ("tregua.ledger.tiles.check_log._check_leaves", lambda *_: []),
    "all-recomputed": (f"{_MIRROR}.hold_against._same_roots", lambda *_: None),
    "entry-dropped": (f"{_BOOK}._check_place", lambda *_: None),
    "entries-reordered": ("tregua.ledger.compare._order_notes", lambda *_: []),
    "entry-forged": (f"{_BOOK}.is_signed_by", lambda *_: True),
    "forged-published": (f"{_MIRROR}.check_entries.EntryCheck.read", lambda *_: None),
    "log-forked": (f"{_MIRROR}.mirror.compare_with_peers", lambda *_, **__: ()),
    "rolled-back": (f"{_MIRROR}.hold_against._nothing_longer", lambda *_: None),
    "disclosure-altered": ("tregua.sharing.opened.fields_in", _lenient_fields),
    "revoked-key": ("tregua.ledger.signing.keys.Keys.after", _never_revoked),
    "stalling": ("tregua.rehearsal.looks.waiting_for", lambda *_, **__: ()),
    "clock-changed": ("tregua.ledger.windows.bracket.Bracket.is_plausible", lambda *_: True),
    "flood": ("tregua.sharing.bursts._bursts_in", lambda *_: iter(())),
}


@pytest.mark.parametrize("name", GUARDS)
def test_an_attack_slips_by_when_its_guard_is_gone(
    record: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Take one check out of the ledger: the sentence is gone with it."""
    monkeypatch.setattr(*GUARDS[name])
    played = play(BY_ID[name], record, tmp_path / name)
    assert ("", Outcome.NOT_CAUGHT) == (played.before, played.outcome)


def run(*words: str) -> tuple[int, str]:
    ran = CliRunner().invoke(app, ["demo", "attacks", *words], prog_name="tregua")
    return ran.exit_code, ran.output


@pytest.mark.slow
def test_the_command_ends_with_4_when_attacks_slip_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three guards are gone: three attacks are told as not caught, and all others are caught."""
    gone = ("forged-published", "disclosure-altered", "clock-changed")
    for name in gone:
        monkeypatch.setattr(*GUARDS[name])
    code, out = run("--json", "--in", str(tmp_path / "there"))
    told = {one["attack"]: one["outcome"] for one in json.loads(out)["attacks"]}
    assert set(gone) == {name for name, outcome in told.items() if outcome == "not caught"}
    assert 4 == code


@pytest.mark.slow
def test_the_command_plays_all_of_them(tmp_path: Path) -> None:
    """One line for each attack, one sentence for each catch, and the copies are kept."""
    code, out = run("--in", str(tmp_path / "there"))
    assert 0 == code
    assert "15 attacks: 13 caught, 2 made visible." in out
    assert [f"{n:2}. {a.title}" for n, a in enumerate(ATTACKS, 1)] == [
        line.partition(":")[0] for line in out.splitlines() if line[2:4] == ". "
    ]
    kept = {path.name for path in (tmp_path / "there").iterdir()}
    assert {"record", "01-row-edited", "15-flood"} <= kept
    again = CliRunner().invoke(app, ["demo", "attacks", "--in", str(tmp_path / "there")])
    assert "there is something in it; nothing was written" in str(again.exception)


# --- what counts as caught -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "said", "outcome"),
    [
        ("", "entry 7: it is changed", Outcome.CAUGHT),
        ("", "", Outcome.NOT_CAUGHT),
        ("", "entry 8: it is changed", Outcome.NOT_CAUGHT),
        ("entry 7: it is changed", "entry 7: it is changed", Outcome.NOT_CAUGHT),
    ],
)
def test_a_sentence_about_something_else_catches_nothing(
    before: str, said: str, outcome: Outcome
) -> None:
    """Neither silence, nor another entry, nor a look that always complains."""
    attack = Attack("x", "x", lambda _: Done("", ()), lambda _: "")
    assert outcome == Played(attack, Done("", ("entry 7:",)), before, said).outcome


def test_the_mirrors_hold_what_the_record_holds(record: Stage, tmp_path: Path) -> None:
    """The stage is no painted one: both mirrors check every entry of their copies."""
    stage = copied(record, tmp_path / "copy")
    for side in ("a", "b"):
        with stage.cosigner(side) as mirror:
            assert isinstance(mirror, Mirror)
            assert len(stage.entries()) == mirror.check().size
