"""Bodies at rest: age files in two parts, opened by the keeper's key and by the stock tools."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.bodies_made import made
from tregua.errors import EntryRefused
from tregua.ledger.keeper import Keeper, keeper_beside, split
from tregua.ledger.open import open_for_writing
from tregua.ledger.signing.presentation import presentation

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    found = keeper_beside(tmp_path / "ledger.sqlite")
    found.begin()
    return found


@given(body=st.binary(max_size=70_000))
def test_two_parts_are_one_age_file(body: bytes) -> None:
    """Parted behind the line of three dashes and put together, any file is what it was."""
    own = pyrage.x25519.Identity.generate()
    sealed = pyrage.encrypt(body, [own.to_public()])
    header, payload = split(sealed)
    assert header + payload == sealed
    assert header.startswith(b"age-encryption.org/v1\n")
    assert header.splitlines()[-1].startswith(b"---")
    assert header.endswith(b"\n")
    assert body == pyrage.decrypt(header + payload, [own])


def test_neither_part_opens_alone_or_with_another(keeper: Keeper) -> None:
    """A payload without its header is noise, to the keeper as well."""
    (one, sealed), (other, _) = keeper.seal(b"first"), keeper.seal(b"second")
    assert b"first" == keeper.open(one, sealed)
    for header, payload in ((other, sealed), (b"", sealed), (one, b""), (one[:-1], sealed)):
        with pytest.raises(EntryRefused, match="does not open with the keeper's key"):
            keeper.open(header, payload)
    with pytest.raises(EntryRefused, match="header is too long"):
        keeper.open(one + b"-" * 9_999, sealed)


def test_the_key_is_made_once_and_is_its_owners_alone(keeper: Keeper) -> None:
    """As `age-keygen` writes it, mode 0600; beginning again leaves it as it is."""
    text = keeper.path.read_text("ascii")
    assert 0o600 == keeper.path.stat().st_mode & 0o777
    assert 0o700 == keeper.path.parent.stat().st_mode & 0o777
    assert f"# public key: {keeper.recipient}" == text.split("\n")[0]
    keeper.begin()
    assert text == keeper.path.read_text("ascii")
    keeper.path.write_bytes(b"")  # stopped before a word was written: nothing was sealed to it
    keeper.begin()
    assert 0o600 == keeper.path.stat().st_mode & 0o777
    assert f"# public key: {Keeper(keeper.path).recipient}" in keeper.path.read_text("ascii")


def at_rest(folder: Path) -> tuple[bytes, Path]:
    """Keep one body in a ledger; return it as an age file, and the file of the key."""
    one = made(1)
    with open_for_writing(folder / "ledger.sqlite") as store:
        store.bodies.put([one])
    with closing(sqlite3.connect(folder / "ledger.vault")) as db:
        ((header,),) = db.execute("SELECT header FROM headers").fetchall()
    with closing(sqlite3.connect(folder / "ledger.bodies")) as db:
        ((payload,),) = db.execute("SELECT payload FROM payloads").fetchall()
    return header + payload, folder / "ledger.keys" / "keeper.key"


def test_a_body_at_rest_is_an_sd_jwt_in_an_age_file(tmp_path: Path) -> None:
    """Opened by the library alone, it is the entry with its disclosures."""
    sealed, key = at_rest(tmp_path)
    own = pyrage.x25519.Identity.from_str(key.read_text("ascii").split("\n")[1])
    one = made(1)
    assert presentation(one.entry, one.disclosures) == pyrage.decrypt(sealed, [own])


@pytest.mark.outside
@pytest.mark.parametrize("tool", ["age", "rage"])
def test_the_stock_tools_open_a_body_at_rest(tmp_path: Path, tool: str) -> None:
    """Header and payload in one file, and the key file as it lies there."""
    program = shutil.which(tool)
    if program is None:
        pytest.skip(f"the program {tool} is not installed")
    sealed, key = at_rest(tmp_path)
    (tmp_path / "body.age").write_bytes(sealed)
    words = [program, "-d", "-i", str(key), str(tmp_path / "body.age")]
    one = made(1)
    opened = subprocess.run(words, check=True, capture_output=True).stdout
    assert presentation(one.entry, one.disclosures) == opened
