"""Questions about the text of a deal that several lint rules ask. Nothing here judges anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.acts import covers
from tregua.agreement.value import Amount, Call, ClauseRef, Instant, Item, Items, Op, Word
from tregua.terms.time import BadTime, read_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tregua.agreement.block import Block, DealText, Paragraph
    from tregua.agreement.value import Atom, Value
    from tregua.terms.time import When

_ACT_KEYS = ("must", "must keep", "must not", "may")
_DERIVED = ("opened", "end", "done", "start")


# --- values -------------------------------------------------------------------------------------


def walk(value: Value | None) -> Iterator[Atom]:
    """Yield every atom of a value, arguments of calls included."""
    if isinstance(value, Items):
        for item in value.items:
            yield from _walk_item(item)


def _walk_item(item: Item) -> Iterator[Atom]:
    for atom in item.atoms:
        yield atom
        if isinstance(atom, Call):
            for arg in atom.args:
                yield from _walk_item(arg.item)


def calls(value: Value | None, *names: str) -> tuple[Call, ...]:
    """Return the calls in a value at any depth, only those of these names if some are given."""
    return tuple(a for a in walk(value) if isinstance(a, Call) and (not names or a.name in names))


def names_in(value: Value | None) -> frozenset[str]:
    """Return the bare names in a value at any depth."""
    return frozenset(a.name for a in walk(value) if isinstance(a, Word))


def assumed_keys(block: Block) -> frozenset[str]:
    """Return the keys whose value the drafter assumed: the words before each quoted reason."""
    return frozenset(e.raw.split('"')[0].strip() for e in block.every("assumed by drafter"))


def left_open(block: Block, key: str) -> bool:
    """Say whether the text leaves a key open, a value that only the drafter assumed included."""
    return block.is_open(key) or key in assumed_keys(block)


def open_keys(block: Block, *keys: str) -> tuple[str, ...]:
    """Return those of the keys that are absent or undefined, in the order asked."""
    return tuple(k for k in keys if block.is_open(k))


def listed(words: tuple[str, ...] | list[str]) -> str:
    """Write words as one list for a sentence: ``a``, ``a and b``, ``a, b and c``."""
    *front, last = words
    return f"{', '.join(front)} and {last}" if front else last


# --- norms and acts -----------------------------------------------------------------------------


def norms(deal: DealText) -> tuple[Block, ...]:
    """Return the blocks that bind somebody: prohibitions, duties, unhindered permissions."""
    found = deal.of_kind("prohibition", "duty", "permission")
    return tuple(b for b in found if b.kind != "permission" or b.word("unhindered") == "yes")


def parties(deal: DealText) -> tuple[str, ...]:
    """Return the ids of the parties, sorted: their order is nobody's choice."""
    return tuple(sorted(b.id for b in deal.of_kind("party")))


def expanded(deal: DealText, ids: tuple[str, ...]) -> frozenset[str]:
    """Return ids with ``all-parties`` replaced by the parties."""
    everyone = parties(deal) if "all-parties" in ids else ()
    return frozenset(i for i in ids if i != "all-parties") | frozenset(everyone)


def bearers(deal: DealText, norm: Block) -> frozenset[str]:
    """Return who owes the norm; for an unhindered permission those of ``owed by``."""
    return expanded(deal, norm.words("owed by" if norm.kind == "permission" else "on"))


def acts(block: Block, *keys: str) -> tuple[Call, ...]:
    """Return the acts under these keys (all act keys of a norm when none is given) as calls."""
    found: list[Call] = []
    for key in keys or _ACT_KEYS:
        value = block.get(key)
        firsts = [i.atoms[0] for i in value.items] if isinstance(value, Items) else []
        found += [
            a if isinstance(a, Call) else Call(a.name) for a in firsts if isinstance(a, Call | Word)
        ]
    return tuple(found)


def act_tree(deal: DealText) -> tuple[tuple[str, str], ...]:
    """Return the act kinds that the deal adds, as pairs (kind, parent)."""
    rows = [
        e.value.words()
        for b in deal.of_kind("acts")
        for e in b.every("row")
        if isinstance(e.value, Items)
    ]
    return tuple((r[0], r[1]) for r in rows if len(r) > 1)


def speaks_of(deal: DealText, block: Block, *kinds: str, keys: tuple[str, ...] = ()) -> bool:
    """Say whether an act of the block is one of these kinds or a child of one."""
    tree = act_tree(deal)
    return any(covers(kind, act.name, tree) for act in acts(block, *keys) for kind in kinds)


def is_aid(block: Block) -> bool:
    """Say whether an act of the norm is about humanitarian passage."""
    return any(
        "humanitarian" in names_in(Items((arg.item,))) for act in acts(block) for arg in act.args
    )


# --- checking -----------------------------------------------------------------------------------


def checks_of(deal: DealText, norm: Block) -> tuple[Block, ...]:
    """Return the verifications that cover a norm: named by it, or naming it, or covering any."""
    named = norm.words("verified by")
    return tuple(
        v
        for v in deal.of_kind("verification")
        if v.id in named or norm.id in v.words("of") or "any" in v.words("of")
    )


def verifiers(deal: DealText, norm: Block) -> frozenset[str]:
    """Return who checks a norm: bodies, actors, parties; empty when the text names nobody."""
    checks = checks_of(deal, norm)
    ids = {v.id for v in deal.of_kind("verification")}
    direct = frozenset(w for w in norm.words("verified by") if w not in ids)
    return direct.union(*(v.words("by") for v in checks))


# --- times --------------------------------------------------------------------------------------


def instant(deal: DealText, value: Value | None) -> When | None:
    """Return the time of a value that is one instant, ``None`` if it is not or has no zone."""
    if not isinstance(value, Items) or len(value.items) != 1:
        return None
    only = value.items[0].only
    if not isinstance(only, Instant):
        return None
    if only.when is not None:
        return only.when
    try:
        return read_time(only.text, only.zone or header_zone(deal) or None)
    except BadTime:
        return None


def header_zone(deal: DealText) -> str:
    """Return the IANA zone of the header, or an empty string."""
    entry = next((e for e in deal.header if e.key == "time zone"), None)
    return entry.raw.strip() if entry is not None and isinstance(entry.value, Items) else ""


def signed_at(deal: DealText, block: Block) -> When | None:
    """Return when the block's instrument was signed; the header's declaration if it is undated."""
    instrument = deal.block(block.instrument)
    date = None if instrument is None else instant(deal, instrument.get("date"))
    return date or instant(deal, deal.head("declared"))


def is_shifted(value: Value | None) -> bool:
    """Say whether a time is moved by an amount: ``D + 2 days``."""
    return any(isinstance(a, Op) for a in walk(value)) and any(
        isinstance(a, Amount) for a in walk(value)
    )


def follows_another(phase: Block) -> bool:
    """Say whether a phase starts only when a gate opens, a duty is done or another phase ends."""
    return bool(calls(phase.get("starts"), *_DERIVED))


def first_phases(deal: DealText) -> tuple[Block, ...]:
    """Return the phases that do not wait for anything else in the deal."""
    return tuple(p for p in deal.of_kind("phase") if not follows_another(p))


def starts_at(deal: DealText, phase: Block) -> datetime | None:
    """Return the first instant of a phase when the text fixes it, else ``None``."""
    when = instant(deal, phase.get("starts"))
    return None if when is None else when.start


# --- prose --------------------------------------------------------------------------------------


def clauses_of(block: Block) -> tuple[tuple[str, str], ...]:
    """Return (instrument, label) of every clause that the block encodes, its own heading first."""
    refs = [a for a in walk(block.get("clause")) if isinstance(a, ClauseRef)]
    own = [(block.instrument, block.clause)] if block.clause else []
    return (*own, *((r.instrument or block.instrument, r.label) for r in refs))


def paragraphs_of(deal: DealText, block: Block) -> tuple[Paragraph, ...]:
    """Return the paragraphs of every clause that the block encodes."""
    places = clauses_of(block)
    return tuple(p for p in deal.paragraphs if (p.instrument, p.clause) in places)


def nearest_paragraphs(deal: DealText, block: Block) -> tuple[Paragraph, ...]:
    """Return the paragraphs quoted just above the block in its own clause: those it encodes first.

    Several paragraphs count when no other block stands between them. Positions are those of the
    file, so the order in which blocks are listed makes no difference.
    """
    above = sorted(
        (p for p in deal.paragraphs if _same_clause(p, block) and p.spot.line < block.spot.line),
        key=lambda p: p.spot.line,
    )
    lines = [b.spot.line for b in deal.blocks]
    found: list[Paragraph] = []
    for paragraph in reversed(above):
        if found and any(paragraph.spot.line < n < found[-1].spot.line for n in lines):
            break
        found.append(paragraph)
    return tuple(found)


def _same_clause(paragraph: Paragraph, block: Block) -> bool:
    return (paragraph.instrument, paragraph.clause) == (block.instrument, block.clause)
