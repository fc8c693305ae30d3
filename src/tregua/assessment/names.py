"""Names as they stand in statements, resolved to ids of the deal: by id, title or alias, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.agreement.model import Agreement, Ground, Who


def ids_meant(names: Iterable[str], agreement: Agreement) -> frozenset[str]:
    """Return the ids of everyone whom the names mean; a name that means nobody is left out."""
    wanted = set(names)
    return frozenset(w.id for w in agreement.who if wanted & names_of(w))


def names_of(named: Who | Ground) -> set[str]:
    """Return the id, the titles in every language and the aliases, as written."""
    return {named.id, *(title for _, title in named.names), *named.aliases}


def zones_over(ground: Ground, agreement: Agreement) -> frozenset[str]:
    """Return the ids of a ground and of every zone that it lies inside, at any depth."""
    inside = {g.id: g.inside for g in agreement.grounds if g.kind == "zone"}
    found: set[str] = set()
    todo = [ground.id]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += inside.get(one, ())
    return frozenset(found)


def expanded(names: Iterable[str], agreement: Agreement) -> tuple[str, ...]:
    """Replace the built-in names of groups of people by the ids they mean; sorted."""
    groups = {
        "all-parties": [w.id for w in agreement.parties],
        "excluded": [w.id for w in agreement.of_kind("excluded")],
    }
    return tuple(sorted({i for name in names for i in groups.get(name, [name])}))


def parts_of(who_id: str, agreement: Agreement) -> dict[str, bool]:
    """Return everyone who is ``who_id`` or part of it, with whether that is certain.

    Membership goes through ``part of`` of groups, at any depth; a membership with a certainty
    below 1 makes everything that passes through it uncertain.
    """
    found = {who_id: True}
    todo = [who_id]
    while todo:
        whole = todo.pop()
        for who in agreement.who:
            inside = isinstance(who.of, tuple) and whole in who.of
            if who.kind != "group" or not inside or who.id in found:
                continue
            found[who.id] = found[whole] and (who.certainty is None or who.certainty >= 1)
            todo.append(who.id)
    return found
