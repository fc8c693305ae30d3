"""What a party's own engineer sees when the single-file verifier is run on good and bad records."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ledger.notes_made import LEAVES, LOG, A, B, checkpoint, policy_text
from tests.ledger.signing.conftest import AGR, D, Parties
from tests.ledger.verifier.asked import FAILS, GOOD, UNREADABLE, WRONG_USE, ask, put
from tregua.ledger import tregua_verify
from tregua.ledger.notes.conflict import conflict_of
from tregua.ledger.notes.proof_file import ProofFile
from tregua.ledger.signing.b64 import encode
from tregua.ledger.signing.claims import KeyTerms
from tregua.ledger.signing.sign import Draft, Signed
from tregua.ledger.tiles.bundle import bundle_of
from tregua.ledger.tiles.durable import DurableFolder
from tregua.ledger.tiles.write_tiles import extend
from tregua.ledger.tree import inclusion_proof, root_of

ALL = ("A", "B", "MON")


def test_it_is_short_and_alone() -> None:
    """The file has under 400 lines, and imports the standard library and cryptography only."""
    text = Path(tregua_verify.__file__).read_text("utf-8")
    lines = text.splitlines()
    imported = {
        line.split()[1].partition(".")[0]
        for line in map(str.strip, lines)
        if line.startswith(("import ", "from ")) and len(line.split()) > 1
    }
    assert len(lines) < 400
    assert imported <= {*sys.stdlib_module_names, "cryptography"}
    assert not imported & {"socket", "urllib", "http", "subprocess", "os", "importlib"}


def proof_of(index: int, size: int, *by: object) -> bytes:
    note = checkpoint(size, *by)  # type: ignore[arg-type]
    return ProofFile(index, inclusion_proof(LEAVES[:size], index), note).to_bytes()


def test_a_receipt_that_both_sides_acknowledged(tmp_path: Path) -> None:
    """An entry with its proof, under the policy of the annex, is good; every step is said."""
    files = put(tmp_path, policy=policy_text(), proof=proof_of(7, 40, A, B), entry=b"entry 7")
    said = [
        "checkpoint 40 is signed by the log, and by side-a.example/mirror, side-b.example/mirror",
        "the entry stands at index 7 of 40",
        "good",
    ]
    assert (GOOD, said) == ask("proof", *files)


def test_a_receipt_that_one_side_has_not_acknowledged(tmp_path: Path) -> None:
    """Without the second side's cosignature the receipt fails, whichever side it is."""
    for side in (A, B):
        files = put(tmp_path, policy=policy_text(), proof=proof_of(7, 40, side), entry=b"entry 7")
        code, said = ask("proof", *files)
        assert FAILS == code
        assert "fails: the quorum of the policy has not acknowledged this checkpoint" == said[-1]


def test_another_entry_under_the_same_receipt(tmp_path: Path) -> None:
    """A receipt does not hold for an entry that was changed by one letter."""
    files = put(tmp_path, policy=policy_text(), proof=proof_of(7, 40, A, B), entry=b"entry 8")
    assert (FAILS, ["fails: the entry does not stand at index 7"]) == ask("proof", *files)


def test_what_is_wrongly_called_and_what_is_not_there(tmp_path: Path) -> None:
    """Wrong use is 2, a file that is away or out of form is 3; neither is ever 4."""
    assert WRONG_USE == ask()[0] == ask("proff")[0] == ask("proof", "one")[0]
    code, said = ask("conflict", tmp_path / "away")
    assert (UNREADABLE, [f"unreadable: {tmp_path / 'away'} is not there, or not in its form"]) == (
        code,
        said,
    )
    (file,) = put(tmp_path, text=b"hello\n")
    assert UNREADABLE == ask("conflict", file)[0]


def test_the_answer_as_json(tmp_path: Path) -> None:
    """With --json there is one line, with the same sentences and the exit code in it."""
    files = put(tmp_path, policy=policy_text(), proof=proof_of(7, 40), entry=b"entry 7")
    code, (line,) = ask("proof", *files, "--json")
    told = json.loads(line)
    assert (FAILS, "proof", FAILS) == (code, told["command"], told["exit"])
    assert told["result"].startswith("fails: the quorum")


# -- ledgers of signed entries ---------------------------------------------------------------------


def annex_of(parties: Parties) -> bytes:
    lines = [
        f"root {side} {key.alg} {encode(key.public)}\n"
        for side in ("a", "b", "mon")
        for key in [parties.keys[f"{side}/root"]]
    ]
    return "".join([*lines, f"agreement {AGR}\n"]).encode()


def laid_out(folder: Path, entries: list[bytes], annex: bytes, *cosigners: object) -> list[object]:
    """Write a log with one checkpoint; return the words for the command `ledger`."""
    log = folder / "log"
    extend(DurableFolder(log), entries, size=0)
    size = len(entries)
    from tregua.ledger.notes.checkpoint import LogHead
    from tregua.ledger.notes.note import SignedNote
    from tregua.ledger.tree import leaf_hash

    text = LogHead(LOG.name, size, root_of(map(leaf_hash, entries))).text()
    lines = [key.cosign(text, time=D) for key in cosigners]  # type: ignore[attr-defined]
    note = SignedNote(text, (LOG.sign(text), *lines))
    put(log, checkpoint=note.to_bytes(), annex=annex)
    (policy,) = put(folder, policy=policy_text())
    return ["ledger", policy, log]


@pytest.fixture
def parties() -> Parties:
    made = Parties()
    for kid in ("a/phone", "b/phone"):
        made.name(made.keys[kid])
    for n in range(3):
        made.put("a/phone", made.report(D + n))
        made.put("b/phone", made.report(D + n))
    return made


def test_a_whole_ledger(parties: Parties, tmp_path: Path) -> None:
    """Entries, tiles, checkpoint, both sides' signatures and every signer hold."""
    words = laid_out(tmp_path, parties.log, annex_of(parties), A, B)
    code, said = ask(*words)
    assert (GOOD, "8 entries hash to leaves; 2 bundles and tiles hold") == (code, said[0])
    assert ["every entry is signed by a key valid there", "good"] == said[-2:]


def test_what_is_left_out_is_said(parties: Parties, tmp_path: Path) -> None:
    """Without policy or annex the rest is checked, and what stays open is said in words."""
    log = laid_out(tmp_path, parties.log, annex_of(parties))[2]
    code, said = ask("ledger", "-", log, "-")
    assert (GOOD, ["who signed checkpoint stays open", "who signed stays open", "good"]) == (
        code,
        said[1:],
    )


def test_one_byte_of_an_entry(parties: Parties, tmp_path: Path) -> None:
    """A changed byte in a bundle names the entry that no longer hashes to its leaf."""
    words = laid_out(tmp_path, parties.log, annex_of(parties), A, B)
    bundle = Path(str(words[2])) / "tile/entries/000.p/8"
    data = bytearray(bundle.read_bytes())
    data[2 + len(parties.log[0]) + 2 + 5] ^= 1
    bundle.write_bytes(data)
    code, said = ask(*words)
    assert FAILS == code
    assert said[-1].endswith("tile/0/000.p/8: entry 1 does not hash to its leaf")


def test_all_files_made_anew(parties: Parties, tmp_path: Path) -> None:
    """An entry changed and all tiles computed again: the root is not the one that was signed."""
    words = laid_out(tmp_path, parties.log, annex_of(parties), A, B)
    log = Path(str(words[2]))
    for tile in [*log.glob("tile/*/*/*"), *log.glob("tile/*/*.p")]:
        if tile.is_file():
            tile.unlink()
    extend(DurableFolder(log), [*parties.log[:-1], parties.log[0]], size=0)
    said = "fails: another root than checkpoint 8"
    assert (FAILS, said) == (ask(*words)[0], ask(*words)[1][-1])


def test_a_dropped_entry(parties: Parties, tmp_path: Path) -> None:
    """A chain with a gap names the key and the number that is missing."""
    entries = [e for n, e in enumerate(parties.log) if n != 4]
    code, said = ask(*laid_out(tmp_path, entries, annex_of(parties), A, B))
    assert (FAILS, "fails: entry 5: it is number 3 of a/phone, not 2") == (code, said[-1])


def test_an_entry_in_another_name(parties: Parties, tmp_path: Path) -> None:
    """An entry that another key signed under A's name is refused, with whose key did not sign."""
    from tregua.ledger.signing.device_key import DeviceKey
    from tregua.ledger.signing.sign import sign

    thief = DeviceKey("a/phone", "EdDSA", b"\x07" * 32)
    forged = sign(parties.report(D + 9), thief, parties.book.place("a/phone")).entry
    code, said = ask(*laid_out(tmp_path, [*parties.log, forged], annex_of(parties), A, B))
    why = "fails: entry 8: a/phone did not sign this: the signature does not hold"
    assert (FAILS, why) == (code, said[-1])


def test_a_key_that_was_revoked(parties: Parties, tmp_path: Path) -> None:
    """After its revocation a key signs nothing more."""
    late = parties.signed("a/phone", parties.report(D + 9))
    ended = KeyTerms("a/phone", since=D + 5)
    parties.put("a/root", Draft("revocation", AGR, ALL, D + 6, key=ended))
    log = [*parties.log, late.entry]
    code, said = ask(*laid_out(tmp_path, log, annex_of(parties), A, B))
    assert (FAILS, "fails: entry 9: the key a/phone was revoked by entry 8") == (code, said[-1])


def test_a_record_rolled_back(parties: Parties, tmp_path: Path) -> None:
    """A log that went back to fewer entries is told with both sizes."""
    one = laid_out(tmp_path, parties.log, b"")[2]
    (tmp_path / "short").mkdir()
    two = laid_out(tmp_path / "short", parties.log[:5], b"")[2]
    before, after = f"{one}/checkpoint", f"{two}/checkpoint"
    said = "fails: the log went back from 8 to 5"
    assert (FAILS, [said]) == ask("since", before, after, two)
    came = "3 entries came behind the 5, which are the same"
    assert (GOOD, [came, "good"]) == ask("since", after, before, one)


def test_two_histories(tmp_path: Path) -> None:
    """A conflict file gives 4 when it proves that the log signed two histories, else 0 or 3."""
    from tregua.ledger.notes.checkpoint import LogHead
    from tregua.ledger.notes.note import SignedNote

    other = (*LEAVES[:5], LEAVES[9], *LEAVES[6:10])
    text = LogHead(LOG.name, 10, root_of(other)).text()
    forked = SignedNote(text, (LOG.sign(text),))
    same_size = conflict_of(checkpoint(10), forked, LOG.public)
    longer = conflict_of(checkpoint(20), forked, LOG.public, LEAVES[:20])
    truth = conflict_of(checkpoint(20), checkpoint(10), LOG.public, LEAVES[:20])
    no_leaves = conflict_of(checkpoint(20), forked, LOG.public)
    expected = [FAILS, FAILS, GOOD, UNREADABLE]
    for code, made in zip(expected, (same_size, longer, truth, no_leaves), strict=True):
        (file,) = put(tmp_path, conflict=made.to_bytes())
        assert code == ask("conflict", file)[0]


# -- disclosures -----------------------------------------------------------------------------------


def body_of(made: Signed, *disclosures: str) -> bytes:
    return b"~".join([made.entry, *(d.encode() for d in disclosures), b""])


def test_disclosures_of_an_entry(parties: Parties, tmp_path: Path) -> None:
    """Each field that is shown belongs to the entry; one that was invented refuses the whole."""
    made = parties.signed("a/phone", parties.report(D + 9))
    whole = put(tmp_path, entry=made.entry, body=body_of(made, *made.disclosures[:3]))
    told = "3 fields belong to this entry: at, what, where.cell50"
    assert (GOOD, [told, "good"]) == ask("body", *whole)
    invented = encode(b'["' + b"A" * 22 + b'","what",{"v":"nothing","rel":["A"]}]')
    forged = put(tmp_path, entry=made.entry, body=body_of(made, made.disclosures[0], invented))
    code, said = ask("body", *forged)
    assert (FAILS, f"fails: no digest fits a disclosure: {invented[:20]}") == (code, said[-1])


def test_a_stale_tile_is_checked_too(parties: Parties, tmp_path: Path) -> None:
    """A partial tile of an earlier size that lies there must be right as well."""
    words = laid_out(tmp_path, parties.log, annex_of(parties), A, B)
    old = Path(str(words[2])) / "tile/entries/000.p/3"
    old.write_bytes(bundle_of(parties.log[:3]))
    assert GOOD == ask(*words)[0]
    old.write_bytes(bundle_of(parties.log[1:4]))
    assert FAILS == ask(*words)[0]


def test_every_byte_of_a_bundle_is_accounted_for(parties: Parties, tmp_path: Path) -> None:
    """A byte too many or too few, and a bundle that is not there, fail whatever else holds."""
    words = laid_out(tmp_path, [*parties.log] * 40, b"")
    tiles = Path(str(words[2])) / "tile/entries"
    whole, rest = tiles / "000", tiles / "001.p/64"
    for file in (whole, rest):
        data = file.read_bytes()
        for changed in (data + b"\0", data + b"\0\1", data + b"\0\1x", data[:-1]):
            file.write_bytes(changed)
            code, said = ask("ledger", "-", words[2], "-")
            assert (FAILS, True) == (code, f"{file}" in said[-1]), said
        file.write_bytes(data)
    assert GOOD == ask("ledger", "-", words[2], "-")[0]
    whole.unlink()
    alone = f"fails: {rest} does not fit behind the 0 entries before it"
    assert (FAILS, alone) == (ask("ledger", "-", words[2], "-")[0], ask(*words, "-")[1][-1])


def test_another_spelling_of_a_tile_is_no_tile(parties: Parties, tmp_path: Path) -> None:
    """Only the one name that a tile has counts: a second one could hide what is wrong."""
    words = laid_out(tmp_path, parties.log, b"")
    tile = Path(str(words[2])) / "tile/0/000.p/8"
    for name in ("000.p/08", "x000/000.p/8", "000.p/0"):
        other = tile.parents[1] / name
        other.parent.mkdir(parents=True, exist_ok=True)
        tile.rename(other)
        said = "fails: the tile 0 of level 0 is missing"
        assert (FAILS, said) == (ask(*words, "-")[0], ask(*words, "-")[1][-1])
        other.rename(tile)


def test_many_checkpoints_of_one_log(tmp_path: Path) -> None:
    """Each checkpoint in the folder is held against the entries, on and off the edges of tiles."""
    from tregua.ledger.notes.checkpoint import LogHead
    from tregua.ledger.notes.note import SignedNote
    from tregua.ledger.tree import leaf_hash

    entries = [b"entry %d" % n for n in range(65_537)]
    words, sizes = laid_out(tmp_path, entries, b""), (1, 255, 256, 257, 700, 65_535, 65_536)
    leaves, folder = [leaf_hash(e) for e in entries], Path(str(words[2])) / "checkpoints"
    folder.mkdir()
    for size in sizes:
        text = LogHead(LOG.name, size, root_of(leaves[:size])).text()
        (folder / str(size)).write_bytes(SignedNote(text, (LOG.sign(text),)).to_bytes())
    assert GOOD == ask("ledger", "-", words[2], "-")[0]
    text = LogHead(LOG.name, 700, root_of(leaves[:701])).text()
    (folder / "700").write_bytes(SignedNote(text, (LOG.sign(text),)).to_bytes())
    code, said = ask("ledger", "-", words[2], "-")
    assert (FAILS, "fails: another root than checkpoint 700") == (code, said[-1])


def test_it_runs_where_tregua_is_not(parties: Parties, tmp_path: Path) -> None:
    """In a process of its own, with cryptography and nothing of tregua, it gives the same."""
    words = laid_out(tmp_path, parties.log, annex_of(parties), A, B)
    copy = tmp_path / "tregua_verify.py"
    copy.write_bytes(Path(tregua_verify.__file__).read_bytes())
    alone = "import runpy,sys; sys.modules['tregua']=None; sys.argv=sys.argv[1:]; "
    alone += "runpy.run_path(sys.argv[0], run_name='__main__')"
    ran = subprocess.run(
        [sys.executable, "-I", "-c", alone, copy, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (GOOD, "good", "") == (ran.returncode, ran.stdout.splitlines()[-1], ran.stderr)
