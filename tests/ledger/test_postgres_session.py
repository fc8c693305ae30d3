"""Who may hold a ledger in PostgreSQL: no password in sight, no right but to read and append."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.ledger.conftest import CANARY, reports
from tregua.errors import (
    InputUnreadable,
    LedgerDamaged,
    SourceUnreachable,
    StoreUnwritable,
    WrongUse,
)
from tregua.ledger.intake import append
from tregua.ledger.open import open_for_reading, open_for_writing

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed (extra centre)")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ledger.postgres_server import Server


@contextmanager
def role(server: Server, name: str, rights: str) -> Iterator[None]:
    """Let a role exist for a while."""
    server.execute("postgres", f"CREATE ROLE {name} LOGIN {rights}")
    try:
        yield
    finally:
        server.execute("postgres", f"DROP ROLE {name}")


@pytest.mark.parametrize(
    "where",
    [
        f"postgresql://centre:{CANARY}@127.0.0.1/truce",
        f"postgres://centre:{CANARY}@127.0.0.1/truce",
        f"postgresql:///truce?user=centre&password={CANARY}",
        f"postgresql:///truce?sslpassword={CANARY}",
    ],
)
def test_a_password_in_the_address_is_refused_and_not_repeated(where: str) -> None:
    """Nobody is logged in, and the sentence says where a password belongs."""
    with pytest.raises(WrongUse, match=r"the address holds a (ssl)?password") as refused:
        open_for_reading(where)
    assert "~/.pgpass" in refused.value.help
    assert CANARY not in f"{refused.value}{refused.value.help}{refused.value.__cause__}"


def test_a_password_in_the_environment_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PGPASSWORD is read by everybody who sees the process; it is not used."""
    monkeypatch.setenv("PGPASSWORD", CANARY)
    with pytest.raises(WrongUse, match="PGPASSWORD is set") as refused:
        open_for_reading(address)
    assert CANARY not in str(refused.value)


def test_a_service_file_stands_for_the_address(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Host, database and role may stand in a service file, where a password may stand as well."""
    given = psycopg.conninfo.conninfo_to_dict(address)
    lines = [f"{key}={value}" for key, value in given.items()]
    (tmp_path / "services").write_text("\n".join(["[truce]", *lines, f"password={CANARY}"]))
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    with open_for_reading("postgresql:///?service=truce") as store:
        assert 5 == store.size()
        assert CANARY not in store.name


@pytest.mark.parametrize(
    "where", [f"postgresql:{CANARY}", f"postgresql://a@b/c?{CANARY}=1", f"postgresql://[{CANARY}"]
)
def test_an_address_that_cannot_be_read_is_not_repeated(where: str) -> None:
    """It may hold a password at the wrong place."""
    with pytest.raises(WrongUse, match="this PostgreSQL address cannot be read") as refused:
        open_for_reading(where)
    assert CANARY not in str(refused.value)


def test_no_server_no_database_and_no_ledger_are_told_apart(
    postgres: Server, tmp_path: Path
) -> None:
    """An address where nothing answers, and a database without the tables."""
    nowhere = f"postgresql://centre@/truce?host={quote(str(tmp_path), safe='')}"
    with pytest.raises(SourceUnreachable, match="the server does not answer"):
        open_for_reading(nowhere)
    with pytest.raises(StoreUnwritable, match=r"the server does not answer.*; nothing of this"):
        open_for_writing(postgres.address("no_such_database"))
    with pytest.raises(SourceUnreachable, match="this database holds no ledger") as bare:
        open_for_writing(postgres.address("postgres"))
    assert "tregua tables" in bare.value.help


@pytest.mark.parametrize(
    ("name", "rights", "why"),
    [
        ("above", "SUPERUSER", "a superuser or passes"),
        ("beside", "BYPASSRLS IN ROLE tregua_app", "a superuser or passes"),
        ("heir", "IN ROLE tregua_owner", "it owns the tables"),
        ("clerk", "IN ROLE tregua_app, pg_write_all_data", "change or delete what is there"),
    ],
)
def test_a_role_that_may_do_more_is_refused(
    address: str, postgres: Server, name: str, rights: str, why: str
) -> None:
    """Superuser, past row-level security, owner, or with a right to change: no session begins."""
    mine = address.replace("//centre@", f"//{name}@")
    with role(postgres, name, rights):
        for opening in (open_for_reading, open_for_writing):
            with pytest.raises(WrongUse, match=why) as refused:
                opening(mine)
            assert "a member of tregua_app alone" in refused.value.help


def test_the_right_to_destroy_reaches_one_table(address: str, postgres: Server) -> None:
    """Headers of bodies may be destroyed; a right to delete anything else is one too many."""
    open_for_reading(address).close()
    postgres.execute(address, "GRANT DELETE ON led.entry_view TO centre")
    with pytest.raises(WrongUse, match="it may change or delete what is there"):
        open_for_reading(address)


def test_a_right_to_change_one_column_is_one_too_many(address: str, postgres: Server) -> None:
    """Rights on columns count as rights on the table."""
    postgres.execute(address, "GRANT UPDATE (leaf) ON led.entries TO centre")
    with pytest.raises(WrongUse, match="it may change or delete what is there"):
        open_for_reading(address)


def test_a_role_that_could_become_a_superuser_is_refused(address: str, postgres: Server) -> None:
    """What a member may switch to counts as what it is."""
    with (
        role(postgres, "above", "SUPERUSER"),
        role(postgres, "deputy", "IN ROLE tregua_app, above"),
        pytest.raises(WrongUse, match="a superuser or passes"),
    ):
        open_for_reading(address.replace("//centre@", "//deputy@"))


def test_a_role_without_rights_reads_nothing(address: str, postgres: Server) -> None:
    """A role that is no member of tregua_app is told so."""
    with (
        role(postgres, "stranger", ""),
        open_for_reading(address.replace("//centre@", "//stranger@")) as store,
        pytest.raises(SourceUnreachable, match="is it a member of tregua_app"),
    ):
        store.head()


def test_a_server_that_forgets_is_only_read(address: str, postgres: Server) -> None:
    """With synchronous_commit off an answer would promise more than the disk holds."""
    postgres.execute("postgres", "ALTER ROLE centre SET synchronous_commit = off")
    try:
        with pytest.raises(StoreUnwritable, match=r"may lose what it acknowledged \(synch"):
            open_for_writing(address)
        with open_for_reading(address) as store:
            assert 5 == store.size()
    finally:
        postgres.execute("postgres", "ALTER ROLE centre RESET synchronous_commit")


def test_whoever_opens_for_reading_cannot_write(address: str) -> None:
    """The session itself is read only."""
    with open_for_reading(address) as store, pytest.raises(StoreUnwritable, match="no writing"):
        append(store, reports(1))


def test_another_form_is_not_guessed_at(address: str, postgres: Server) -> None:
    """Tables of another form are refused with both numbers, and others with the same name too."""
    for form, which in ((1, "an earlier"), (3, "a newer")):
        postgres.execute(address, f"COMMENT ON SCHEMA led IS 'tregua ledger, form {form}'")
        with pytest.raises(InputUnreadable, match=f"{which} .*form {form}, known here: 2"):
            open_for_reading(address)
    postgres.execute(address, "COMMENT ON SCHEMA led IS NULL")
    with pytest.raises(LedgerDamaged, match="not that of a ledger"):
        open_for_writing(address)
