"""Two sides at one centre: their keys, the annex with both roots, a bundle of each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.cli.conftest import write_rows

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Ran

SIDES = ("side-a", "side-b")
SHOT = {
    "id": "s1",
    "record": "observation",
    "from": "2030-09-13T06:00",
    "known_at": "2030-09-13",
    "reporter": "Post 7",
    "what": "mortar-fire",
    "by": "b",
    "against": "a",
    "place": "the mill",
    "lat": "35.0",
    "lon": "39.9",
    "radius_m": "100",
    "means": "saw",
    "summary": "Two rounds",
}


def with_keys(call: Call, *sides: str) -> None:
    """Give each side a root key in the annex, and a device key that it names."""
    for side in sides or SIDES:
        assert 0 == call("keys", "new", f"{side}/root", "--to", f"{side}-root.key").code
        assert 0 == call("keys", "new", f"{side}/post", "--to", f"{side}.key").code
        line = call("keys", "show", f"{side}-root.key").out
        with Path("ledger.annex").open("a", encoding="ascii") as annex:
            annex.write(line)
        assert 0 == call("keys", "name", f"{side}.key", "--root", f"{side}-root.key").code


def signed(
    call: Call, *rows: dict[str, str], side: str = "side-a", more: tuple[str, ...] = ()
) -> Ran:
    """Sign rows as a side into SIDE.bundle, marked for A and B unless they say otherwise."""
    write_rows(Path(f"{side}.csv"), list(rows))
    Path(f"{side}.bundle").unlink(missing_ok=True)
    words = ("--key", f"{side}.key", "--to", f"{side}.bundle", *(more or ("--rel", "A,B")))
    return call("sign", f"{side}.csv", *words)


def new_key(call: Call, name: str, use: str, file: str) -> str:
    """Make a key and return its line of the policy."""
    return call("keys", "new", name, "--for", use, "--to", file).out.split("\n")[0]
