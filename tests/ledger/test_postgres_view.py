"""The second lock: each line of the table in the design, on a real server.

The first lock is the one door that shows anything. This one hides rows in the server itself.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tregua.errors import EntryRefused, WrongUse

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed (extra centre)")
from tregua.ledger.stores.postgres_session import session  # noqa: E402
from tregua.ledger.stores.postgres_view import (  # noqa: E402
    EntryView,
    acting,
    add_views,
    count_seen,
    seen,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ledger.postgres_server import Server
    from tregua.ledger.stores.postgres_session import Session


def hashed(n: int) -> bytes:
    return hashlib.sha256(str(n).encode()).digest()


def view(n: int, party: str, *rel: str) -> EntryView:
    return EntryView(hashed(n), party, rel, str(n).encode())


@pytest.fixture
def db(postgres: Server) -> Iterator[Session]:
    """Three rows of two parties: one for A alone, one for both, one for B alone."""
    opened = session(postgres.emptied(), write=True)
    with acting(opened, party="a"):
        assert 2 == add_views(opened, [view(1, "a", "A"), view(2, "a", "A", "B")])
    with acting(opened, party="b"):
        assert 1 == add_views(opened, [view(3, "b", "B")])
    yield opened
    opened.close()


def numbers(db: Session, *audiences: str) -> list[int]:
    with acting(db, audiences=audiences):
        return sorted(int(v.body) for v in seen(db))


def held(db: Session, postgres: Server) -> int:
    """Count what is there, as one whom no policy stops."""
    where = f"ledger_{db.info.dbname.removeprefix('ledger_')}"
    address = postgres.address(where)
    return int(postgres.execute(address, "SELECT count(*) FROM led.entry_view")[0][0])


def test_each_audience_sees_its_rows(db: Session) -> None:
    """A sees A's and the common one, B likewise, both together all, and a third one nothing."""
    assert [1, 2] == numbers(db, "A")
    assert [2, 3] == numbers(db, "B")
    assert [1, 2, 3] == numbers(db, "A", "B")
    assert [] == numbers(db, "UN")


# Line 1: context never set, or set to ''


def test_without_an_audience_nothing_is_seen(db: Session, postgres: Server) -> None:
    """Never set, set to nothing, and set back to '' after a transaction: no row each time."""
    everything = "SELECT count(*) FROM led.entry_view"
    with psycopg.connect(dsn(db), autocommit=True) as fresh:
        assert (0,) == fresh.execute(everything).fetchone()
    assert [1, 2] == numbers(db, "A")
    assert ("",) == db.execute("SELECT current_setting('tregua.audience', true)").fetchone()
    assert (0,) == db.execute(everything).fetchone()
    assert [] == numbers(db)
    assert 3 == held(db, postgres)


def dsn(db: Session) -> str:
    return str(db.info.dsn)


# Line 2: insert in another party's name


def test_a_row_in_another_partys_name_is_refused(db: Session, postgres: Server) -> None:
    """Neither by the door nor by plain SQL; and with no party set, nothing can be added at all."""
    with pytest.raises(EntryRefused, match="it is another party's"), acting(db, party="b"):
        add_views(db, [view(4, "b", "B"), view(5, "a", "A")])
    with pytest.raises(EntryRefused, match="it is another party's"), acting(db):
        add_views(db, [view(4, "b", "B")])
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security policy"),
        acting(db, party="b"),
    ):
        db.execute(PLAIN, (hashed(4), "a", ["A"]))
    assert 3 == held(db, postgres)


PLAIN = "INSERT INTO led.entry_view VALUES (%s, %s, 1, %s, '')"


# Line 3: update, delete, truncate


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE led.entry_view SET rel = '{A,B}'",
        "DELETE FROM led.entry_view",
        "TRUNCATE led.entry_view",
        "UPDATE led.entry_count SET entries = 9",
        "DELETE FROM led.entry_count",
        "UPDATE led.vault SET header = ''",
        "TRUNCATE led.vault",
        "DELETE FROM led.audience",
    ],
)
def test_nothing_can_be_changed_or_taken_away(db: Session, statement: str) -> None:
    """The application has no right to it, whoever it acts for."""
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied"),
        acting(db, audiences=["A", "B"], party="a"),
    ):
        db.execute(statement)


# Line 4: owner and superuser


def test_the_owner_sees_nothing_and_a_superuser_everything(db: Session, postgres: Server) -> None:
    """FORCE holds the owner too; nothing holds a superuser, so no session begins as one."""
    owner = "SET ROLE tregua_owner; SELECT count(*) FROM led.entry_view"
    assert [(0,)] == postgres.execute(address(db, postgres), owner)
    assert 3 == held(db, postgres)
    with pytest.raises(WrongUse, match="a superuser or passes row-level security"):
        session(postgres.above(address(db, postgres)), write=True)


def address(db: Session, postgres: Server) -> str:
    return postgres.address(db.info.dbname)


# Line 5: views


def test_a_plain_view_looks_with_the_eyes_of_its_owner(db: Session, postgres: Server) -> None:
    """Nothing under FORCE, everything without it; one with security_invoker what its reader sees.

    That is why the tables come with no view, and why FORCE is among the parts that the audit looks
    at.
    """
    where = address(db, postgres)
    postgres.execute(
        where,
        """CREATE VIEW led.plain AS SELECT * FROM led.entry_view;
        CREATE VIEW led.careful WITH (security_invoker = true) AS SELECT * FROM led.entry_view;
        ALTER VIEW led.plain OWNER TO tregua_owner; ALTER VIEW led.careful OWNER TO tregua_owner;
        GRANT SELECT ON led.plain, led.careful TO tregua_app""",
    )
    with acting(db, audiences=["A"]):
        assert (0,) == db.execute("SELECT count(*) FROM led.plain").fetchone()
        assert (2,) == db.execute("SELECT count(*) FROM led.careful").fetchone()
    postgres.execute(where, "ALTER TABLE led.entry_view NO FORCE ROW LEVEL SECURITY")
    with acting(db, audiences=["A"]):
        assert (3,) == db.execute("SELECT count(*) FROM led.plain").fetchone()
        assert (2,) == db.execute("SELECT count(*) FROM led.careful").fetchone()


def test_the_tables_come_without_views_and_without_borrowed_rights(postgres: Server) -> None:
    """No view that forgets its reader, and no function that runs as its owner."""
    where = postgres.emptied()
    views = "SELECT count(*) FROM pg_class c WHERE relnamespace = 'led'::regnamespace"
    assert [(0,)] == postgres.execute(where, f"{views} AND relkind IN ('v', 'm')")
    borrowed = "SELECT count(*) FROM pg_proc WHERE pronamespace = 'led'::regnamespace AND prosecdef"
    assert [(0,)] == postgres.execute(where, borrowed)


# Line 6: RETURNING of a hidden row


def test_a_row_that_its_writer_may_not_see_is_never_asked_back(
    db: Session, postgres: Server
) -> None:
    """With RETURNING the server refuses it; the door adds it without, and it is there."""
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security policy"),
        acting(db, party="b"),
    ):
        db.execute(PLAIN + " RETURNING party", (hashed(4), "b", ["UN"]))
    with acting(db, party="b"):
        assert 1 == add_views(db, [view(4, "b", "UN")])
    assert 4 == held(db, postgres)
    assert [4] == numbers(db, "UN")


# Line 7: ON CONFLICT DO NOTHING


def test_a_hidden_row_is_never_dropped_without_a_word(db: Session, postgres: Server) -> None:
    """ON CONFLICT DO NOTHING would pass over it in silence; the door says that it is there."""
    with acting(db, party="b"):
        quiet = db.execute(PLAIN + " ON CONFLICT DO NOTHING", (hashed(3), "b", ["UN"]))
        assert 0 == quiet.rowcount
    with pytest.raises(EntryRefused, match="is there already"), acting(db, party="b"):
        add_views(db, [view(3, "b", "UN")])
    assert 3 == held(db, postgres)


# Line 8: unique keys


def test_a_refusal_never_tells_of_another_partys_row(db: Session, postgres: Server) -> None:
    """The same entry under two parties is two rows: the key holds the party, in every index."""
    with acting(db, party="b"):
        assert 1 == add_views(db, [view(1, "b", "B")])
    keys = postgres.execute(
        address(db, postgres),
        """SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indisunique
        AND indrelid IN ('led.entry_view'::regclass, 'led.entry_count'::regclass)""",
    )
    assert keys
    assert [] == [key for (key,) in keys if "(party, " not in key]


# Line 9: EXPLAIN


def test_explain_would_tell_of_hidden_rows(db: Session) -> None:
    """It counts the rows that the policy took away, so no statement of ours uses it."""
    from tregua.ledger.stores import (
        postgres,
        postgres_bodies,
        postgres_session,
        postgres_view,
    )
    from tregua.ledger.stores.postgres_guards import text_of

    with acting(db, audiences=["A"]):
        db.execute("SET LOCAL enable_bitmapscan = off")
        plan = db.execute("EXPLAIN ANALYZE SELECT * FROM led.entry_view").fetchall()
    assert "Rows Removed by Filter: 1" in str(plan)
    texts = [
        str(value)
        for module in (postgres, postgres_bodies, postgres_session, postgres_view)
        for name, value in vars(module).items()
        if name.startswith("_") and isinstance(value, str) and not name.startswith("__")
    ]
    assert any("led.entry_view" in text for text in texts)
    texts += [text_of(f"postgres_{name}.sql") for name in ("tables", "catalog")]
    assert [] == [text for text in texts if "EXPLAIN" in text.upper() or "NOTIFY" in text.upper()]


# Line 10: SET without LOCAL


def test_the_context_ends_with_its_transaction(db: Session) -> None:
    """A plain SET would live on in the session; `acting` leaves nothing, not even on an error."""
    db.execute("SET tregua.audience = 'A'")
    assert (2,) == db.execute("SELECT count(*) FROM led.entry_view").fetchone()
    db.execute("RESET tregua.audience")
    assert [2, 3] == numbers(db, "B")
    assert (0,) == db.execute("SELECT count(*) FROM led.entry_view").fetchone()
    with pytest.raises(psycopg.errors.DivisionByZero), acting(db, audiences=["A"], party="a"):
        db.execute("SELECT 1 / 0")
    assert (0,) == db.execute("SELECT count(*) FROM led.entry_view").fetchone()
    with pytest.raises(EntryRefused), acting(db):
        add_views(db, [view(4, "a", "A")])


# Line 11 (an identity column after a rollback) is tested with the ledger's index in test_postgres.
# Line 12: counting


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    batches=st.lists(
        st.tuples(
            st.sampled_from(["a", "b"]),
            st.lists(st.sets(st.sampled_from(["A", "B", "UN"]), min_size=1), max_size=4),
        ),
        max_size=5,
    ),
    audiences=st.sets(st.sampled_from(["A", "B", "UN", "PUBLIC"])),
)
def test_counters_and_rows_tell_each_audience_the_same(
    batches: list[tuple[str, list[set[str]]]], audiences: set[str], postgres: Server
) -> None:
    """For any rows and any audience, the sum of its counters is the number of rows it sees."""
    expected, n = 0, 0
    with session(postgres.emptied(), write=True) as opened:
        for party, markings in batches:
            with acting(opened, party=party):
                rows = [view(n + i, party, *sorted(rel)) for i, rel in enumerate(markings)]
                add_views(opened, rows)
            n += len(markings)
            expected += sum(bool(rel & audiences) for rel in markings)
        with acting(opened, audiences=audiences):
            assert expected == count_seen(opened) == len(list(seen(opened)))


def test_a_batch_has_one_counter_for_each_marking(db: Session, postgres: Server) -> None:
    """Counting looks at batches and not at rows."""
    rows = [view(n, "a", "A" if n % 2 else "B") for n in range(100, 300)]
    with acting(db, party="a"):
        assert 200 == add_views(db, rows)
    counters = "SELECT count(*), max(entries) FROM led.entry_count WHERE entries > 1"
    assert [(2, 100)] == postgres.execute(address(db, postgres), counters)


# What the door refuses by itself


@pytest.mark.parametrize(
    ("given_view", "why"),
    [
        (EntryView(hashed(9), "a", (), b""), "names no audience"),
        (EntryView(b"short", "a", ("A",), b""), "does not have 32 bytes"),
    ],
)
def test_a_row_that_means_nothing_is_refused(db: Session, given_view: EntryView, why: str) -> None:
    """An empty marking reaches nobody; the server, whose log quotes rows, never sees it."""
    with pytest.raises(EntryRefused, match=why), acting(db, party="a"):
        add_views(db, [given_view])


@pytest.mark.parametrize("label", ["A,B", "", "A\0"])
def test_one_audience_is_never_read_as_two(db: Session, label: str) -> None:
    """A comma in a name would open what belongs to another audience."""
    with pytest.raises(WrongUse, match="empty or holds a comma"), acting(db, audiences=[label]):
        pass
    with pytest.raises(EntryRefused, match="empty or holds a comma"), acting(db, party="a"):
        add_views(db, [EntryView(hashed(9), "a", (label,), b"")])


def test_an_empty_marking_is_refused_by_the_server_too(db: Session) -> None:
    """The table itself takes no row that nobody could see."""
    add = "INSERT INTO led.entry_view VALUES (%s, 'a', 1, '{}', '')"
    with pytest.raises(psycopg.errors.CheckViolation), acting(db, party="a"):
        db.execute(add, (hashed(9),))
