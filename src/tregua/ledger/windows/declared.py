"""Windows as entries declare and close them: notices that carry the id of the window.

A notice with a window declares it, by its fields; a later one of the same signer that refers to the
declaration closes it. What a window's reports tell is handed on only after that entry: so everybody
who holds the same entries hands on the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.errors import EntryRefused
from tregua.ledger.windows.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tregua.ledger.signing.claims import Claims
    from tregua.ledger.signing.disclosures import Field

COMMITTED = ("report", "nil", "link")  # what a window keeps sealed


def declares(claims: Claims) -> bool:
    """Say whether an entry declares a window."""
    return claims.kind == "notice" and bool(claims.window) and not claims.ref


def closed_in(entries: Iterable[tuple[str, Claims]]) -> frozenset[str]:
    """Return the windows that are closed by whoever declared them."""
    declared: dict[str, tuple[str, str]] = {}  # window -> its declaration, and by whom
    closed: set[str] = set()
    for entry_id, claims in entries:
        if declares(claims):
            declared.setdefault(claims.window, (entry_id, claims.iss))
        elif _closes(claims, declared):
            closed.add(claims.window)
    return frozenset(closed)


def _closes(claims: Claims, declared: Mapping[str, tuple[str, str]]) -> bool:
    if claims.kind != "notice" or not claims.window or not claims.ref:
        return False
    return declared.get(claims.window) == (claims.ref[0], claims.iss)


def window_from(window_id: str, fields: Iterable[Field]) -> Window:
    """Read a window from the fields of its declaration.

    Raises:
        EntryRefused: they do not say when it opens, closes and is opened, and whose it is.
        WrongUse: these times are in another order.
    """
    held = {f.name: f.value for f in fields}
    times = [held.get(name) for name in ("opens", "closes", "open_by")]
    sides = held.get("sides")
    if not all(isinstance(t, int) and not isinstance(t, bool) for t in times):
        raise EntryRefused("it does not say when the window opens, closes and must be opened")
    if not isinstance(sides, list) or not sides or not all(isinstance(s, str) for s in sides):
        raise EntryRefused("it does not say whose reports the window waits for")
    opens, closes, open_by = (int(t or 0) for t in times)
    return Window(window_id, opens, closes, open_by, tuple(sorted(set(sides))))
