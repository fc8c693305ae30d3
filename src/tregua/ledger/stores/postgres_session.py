"""A session with a PostgreSQL server that may hold a ledger, or the reason why it must not.

1. The address holds no password, and neither does the environment: both are seen by others on the
   machine. A password file, a service file or the login of the machine (peer) carry it.
2. The session may read and append, and destroy the header of a body: a superuser, a role past
   row-level security or an owner of the tables would make every guard a matter of good will.
3. Whoever writes is told that a commit is on the disk only when it is.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from tregua.errors import (
    InputUnreadable,
    LedgerDamaged,
    SourceUnreachable,
    StoreUnwritable,
    WrongUse,
)
from tregua.ledger.stores.postgres_errors import explained

if TYPE_CHECKING:
    Session = psycopg.Connection[tuple[Any, ...]]

FORM = 2  # of the tables; a later form gets the next number
_SECRETS = ("password", "sslpassword", "oauth_client_secret")
_PATIENCE = "10"  # seconds for a server to answer, unless the address says otherwise
_SERVER = 15_00_00  # the oldest on which the tables were tried
# Nothing of ours is looked up by a bare name, so no table or function of others can take its place.
_SETTINGS = "-c search_path=pg_catalog -c client_encoding=UTF8"
_READ_ONLY = " -c default_transaction_read_only=on"
_STANDING = """SELECT current_setting('server_version_num')::int,
  obj_description(n.oid, 'pg_namespace'),
  EXISTS (SELECT FROM pg_roles r WHERE (r.rolsuper OR r.rolbypassrls)
    AND pg_has_role(session_user, r.oid, 'MEMBER')),
  EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid
    AND pg_has_role(session_user, c.relowner, 'MEMBER'))
    OR pg_has_role(session_user, n.nspowner, 'MEMBER'),
  EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v')
    AND (has_table_privilege(session_user, c.oid, 'UPDATE, TRUNCATE, TRIGGER')
    OR (c.relname <> 'vault' AND has_table_privilege(session_user, c.oid, 'DELETE'))
    OR has_any_column_privilege(session_user, c.oid, 'UPDATE'))),
  current_setting('synchronous_commit') IN ('on', 'remote_apply'),
  current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'
  FROM pg_namespace n WHERE n.nspname = 'led'"""


def session(address: str, *, write: bool) -> Session:
    """Log in, and look whether this role may hold a ledger.

    Raises:
        WrongUse: a password in address or environment, an address that cannot be read, or a role
            that may do more than read and append.
        SourceUnreachable, StoreUnwritable: no server, no ledger, or a server that forgets.
        LedgerDamaged, InputUnreadable: tables that are not ours, or of a later form.
    """
    given = _without_secrets(address)
    given |= {"options": _SETTINGS + ("" if write else _READ_ONLY)}
    given |= {"connect_timeout": given.get("connect_timeout", _PATIENCE)}
    given |= {"application_name": "tregua"}
    with explained(address, writing=write):
        db = psycopg.connect(**given, autocommit=True)
        try:
            _look(db, address, write=write)
        except BaseException:
            db.close()
            raise
    return db


def _without_secrets(address: str) -> dict[str, Any]:
    """Read the address as the driver does; no sentence repeats any of it."""
    try:
        given = conninfo_to_dict(address)
    except psycopg.Error:
        given = {}
    if not re.match(r"postgres(ql)?://", address) or not given:
        raise WrongUse(
            "this PostgreSQL address cannot be read",
            help="write postgresql://ROLE@HOST/DATABASE, or postgresql:///?service=NAME",
        )
    found = [f"the address holds a {name}" for name in _SECRETS if name in given]
    found += ["PGPASSWORD is set"] if "PGPASSWORD" in os.environ else []
    if found:
        raise WrongUse(
            f"{found[0]}, and others on this machine can read that",
            help="keep it in a password file (~/.pgpass, mode 0600) or a service file, "
            "or let the server know you by your login (peer)",
        )
    return dict(given)


def _look(db: Session, address: str, *, write: bool) -> None:
    found = db.execute(_STANDING).fetchone()
    if found is None:
        raise SourceUnreachable(
            address,
            "this database holds no ledger",
            help="`tregua tables` prints the tables for its administrator to make",
        )
    version, form, is_above, is_owner, may_change, waits_for_disk, keeps = found
    if version < _SERVER:
        raise SourceUnreachable(address, "PostgreSQL 15 or newer is needed")
    _check_form(form, address)
    _check_role(address, is_above=is_above, is_owner=is_owner, may_change=may_change)
    if write and not (waits_for_disk and keeps):
        setting = "fsync, full_page_writes" if not keeps else "synchronous_commit"
        raise StoreUnwritable(address, f"this server may lose what it acknowledged ({setting})")


def _check_form(form: str | None, address: str) -> None:
    match = re.fullmatch(r"tregua ledger, form ([0-9]{1,4})", form or "")
    if match is None:
        raise LedgerDamaged(address, "it has a schema led, but not that of a ledger")
    if int(match[1]) != FORM:
        older = int(match[1]) < FORM
        raise InputUnreadable(
            address,
            f"{'an earlier' if older else 'a newer'} tregua made it "
            f"(form {match[1]}, known here: {FORM})",
            help="make the tables in a new database and move the ledger there" if older else "",
        )


def _check_role(address: str, *, is_above: bool, is_owner: bool, may_change: bool) -> None:
    reasons = {
        "it is a superuser or passes row-level security by": is_above,
        "it owns the tables": is_owner,
        "it may change or delete what is there": may_change,
    }
    for reason, holds in reasons.items():
        if holds:
            raise WrongUse(
                f"{address}: this role may do more than read and append: {reason}",
                help="log in under a role of its own that is a member of tregua_app alone",
            )
