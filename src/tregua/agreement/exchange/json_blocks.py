"""Blocks of a deal in JSON: kind, id, keys; and whether the clause they stand in is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.block import Block, Entry
from tregua.agreement.clause import COMMON, Key
from tregua.agreement.clauses import KINDS
from tregua.agreement.exchange.extra_fields import place_below
from tregua.agreement.exchange.json_desk import ID
from tregua.agreement.exchange.value_from_json import JsonFault, value_from_json
from tregua.agreement.exchange.value_to_json import key_from_json, key_in_json
from tregua.agreement.reading.header import HEADER
from tregua.agreement.reading.suggest import did_you_mean
from tregua.agreement.reading.text import IMPLICIT

if TYPE_CHECKING:
    from tregua.agreement.clause import ClauseKind
    from tregua.agreement.exchange.json_desk import Desk

MEMBERS = ("kind", "id", "title", "instrument", "clause", "keys", "assumed", "version", "at")
_LIFTED = {"version": "version", "assumed": "assumed_by_drafter"}  # beside `keys`, not in them
_KINDS = {kind.kind: kind for kind in KINDS}


def read_block(desk: Desk, plain: object, place: str, named: str) -> None:
    """Read a block at a JSON pointer; unknown members are kept under the place ``named``."""
    if not isinstance(plain, dict):
        desk.note("D006", place, "a block is an object", '{"kind": "party", "id": "..."}')
        return
    desk.unknown(plain, place, named, MEMBERS)
    block_id = desk.line(plain, place, "id", ID)
    kind = _kind(desk, plain, place)
    title = desk.line(plain, place, "title")
    instrument = desk.line(plain, place, "instrument") if "instrument" in plain else None
    if instrument is None:
        instrument = _only_instrument(desk, place)
    clause = desk.line(plain, place, "clause")
    entries: list[Entry] = []
    keys = desk.members(plain, place, "keys")
    if kind is not None:
        for name, value in keys.items():
            read_entry(desk, kind, name, value, f"{place}/keys", entries)
        _lifted(desk, kind, plain, place, entries)
    if kind is not None and block_id:
        spot = desk.out.spot(place)
        desk.out.blocks.append(
            Block(kind.kind, block_id, title, clause, instrument, tuple(entries), spot)
        )


def _only_instrument(desk: Desk, place: str) -> str:
    """Return the instrument of a block that names none."""
    ids = desk.sections or [IMPLICIT]
    if len(ids) > 1:
        said = "instrument is missing, and the deal has several"
        desk.note("D003", place, said, f'"instrument": "{ids[0]}"')
    return ids[0]


def note_whereabouts(desk: Desk) -> None:
    """Note blocks and clauses that stand where there is nothing."""
    labels: set[tuple[str, str]] = set()
    for head in desk.out.clauses:
        if head.parent and (head.instrument, head.parent) not in labels:
            said = f"there is no clause {head.parent} before this one in its instrument"
            desk.note("D011", f"{head.spot.file.partition('#')[2]}/parent", said, '"parent": ""')
        labels.add((head.instrument, head.label))
    for block in desk.out.blocks:
        place = block.spot.file.partition("#")[2]
        if block.instrument not in (*desk.sections, IMPLICIT, ""):
            help_ = did_you_mean(block.instrument, desk.sections, otherwise='"instrument": ""')
            said = f"there is no instrument {block.instrument}"
            desk.note("D007", f"{place}/instrument", said, help_)
        elif block.clause and (block.instrument, block.clause) not in labels:
            near = [label for name, label in sorted(labels) if name == block.instrument]
            help_ = did_you_mean(block.clause, near, otherwise='"clause": ""')
            said = f"there is no clause {block.clause} in {block.instrument or 'commentary'}"
            desk.note("D011", f"{place}/clause", said, help_)


def _kind(desk: Desk, plain: dict[str, object], place: str) -> ClauseKind | None:
    word = desk.text(plain, place, "kind")
    kind = _KINDS.get(word)
    if kind is None and word:
        help_ = did_you_mean(word, tuple(_KINDS), otherwise=f"kinds: {', '.join(_KINDS)}")
        desk.note("D001", f"{place}/kind", f"{word} is not a kind of block", help_)
    return kind


def _lifted(
    desk: Desk, kind: ClauseKind, plain: dict[str, object], place: str, entries: list[Entry]
) -> None:
    """Take the two keys that stand beside ``keys``: version and what the drafter assumed."""
    for name, key in _LIFTED.items():
        if name in plain:
            read_entry(desk, kind, key, plain[name], place, entries, member=name)


def read_entry(
    desk: Desk,
    kind: ClauseKind,
    name: str,
    value: object,
    place: str,
    entries: list[Entry],
    *,
    member: str = "",
) -> None:
    """Take one key; where it may repeat, ``value`` is an array of its values."""
    below = place_below(place, member or name)
    key = _key(kind, name)
    if key is None or (not member and name in (*_LIFTED.values(), "format")):
        known = [key_in_json(k.name) for k in kind.keys]
        help_ = did_you_mean(name, known, otherwise=f"keys: {', '.join(known)}")
        code, whose = ("D009", "the header") if kind is HEADER else ("D002", kind.kind)
        desk.note(code, below, f"{whose} has no key {name}", help_)
        return
    if key.repeats and (not isinstance(value, list) or not value):
        desk.note("D006", below, f"{name} may repeat, so it is an array", f'"{name}": [...]')
        return
    held = value if key.repeats and isinstance(value, list) else [value]
    for at, one in enumerate(held):
        _value(desk, key, one, f"{below}/{at}" if key.repeats else below, entries)


def _value(desk: Desk, key: Key, plain: object, place: str, entries: list[Entry]) -> None:
    try:
        value = value_from_json(plain, key.type)
    except JsonFault as stop:
        fault = stop.fault
        desk.note(fault.code, f"{place}{stop.at}", fault.said, fault.help)
        return
    spot = desk.out.spot(place)
    entries.append(Entry(key.name, value, "", spot, spot))


def _key(kind: ClauseKind, name: str) -> Key | None:
    common = () if kind is HEADER else COMMON
    meant = key_from_json(name)
    key = next((k for k in (*kind.keys, *common) if k.name == meant), None)
    return key if key is not None and key_in_json(key.name) == name else None
