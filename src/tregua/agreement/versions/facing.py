"""Two norms that face each other: of what class they are, and what differs from side to side.

Everything is compared from where each side stands: "against b" for side a is the same as
"against a" for side b. The text's own wording of a gap counts: "similar distances" is not metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.clause import PLACES
from tregua.agreement.questions import acts, expanded, verifiers
from tregua.agreement.reading.expressions import shown
from tregua.agreement.value import Amount, AmountRange, Arg, Call, Item, Items, Undefined, Word
from tregua.agreement.versions.diff_keys import COMMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.value import Atom, Value

_PLACE_ARGS = ("beyond", "from", "to", "through")
_WIDE = ("distance", "width", "radius")


@dataclass(frozen=True, slots=True)
class Unequal:
    """One thing in which two mirrors differ: what each side's norm says of it."""

    about: str
    one: str
    two: str


def class_of(deal: DealText, norm: Block) -> tuple[str, ...]:
    """Return kind, phase and class of place of a norm: what two mirrors have in common (L404)."""
    return (norm.kind, *sorted(set(norm.words("during"))), "in", *_place_class(deal, norm))


def _place_class(deal: DealText, norm: Block) -> tuple[str, ...]:
    blocks = [(w, deal.block(w)) for w in norm.words("where")]
    return tuple(sorted({w if b is None else f"{b.kind} {b.word('is')}" for w, b in blocks}))


def differences(
    deal: DealText,
    one: Block,
    two: Block,
    *,
    sides: tuple[str, str],
    mirrors: tuple[tuple[str, str], ...],
) -> tuple[Unequal, ...]:
    """Return in what two mirrored norms differ, in a fixed order.

    Args:
        deal: in which both stand.
        one: the norm of the first side.
        two: the norm of the second side.
        sides: the two parties; names are exchanged before anything is compared.
        mirrors: pairs of norms that mirror each other, exchanged likewise.
    """
    there = dict((sides, sides[::-1], *mirrors, *(m[::-1] for m in mirrors)))
    there |= _answers_alike(deal, one, two, there)
    ours, theirs, written = (
        aspects(deal, n, names) for n, names in ((one, {}), (two, there), (two, {}))
    )
    return tuple(
        Unequal(about, said, as_there)
        for (about, said), (_, seen), (_, as_there) in zip(ours, theirs, written, strict=True)
        if said != seen
    )


def aspects(deal: DealText, norm: Block, names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what a norm says of each thing that is compared, with its names exchanged."""
    return tuple(_aspects(deal, norm, names))


def distances_of(deal: DealText, norm: Block, side: str) -> str:
    """Return how far one side is led by a norm that binds several, by what applies to it."""
    return _distances(deal, norm, side)


def _answers_alike(deal: DealText, one: Block, two: Block, there: dict[str, str]) -> dict[str, str]:
    """Return the exceptions and consequences that say the same of either side, as name pairs.

    One that both norms know, and that names a side, is not the same for both: it gets a name that
    nothing else has.
    """
    pairs: dict[str, str] = {}
    for key in ("except", "on violation"):
        for theirs in two.words(key):
            seen = _content(deal, theirs, there)
            alike = [w for w in one.words(key) if _content(deal, w, {}) == seen]
            free = [w for w in alike if w not in pairs.values()]
            pairs[theirs] = theirs if theirs in free else next(iter(free), f"{theirs}, exchanged")
    return pairs


def _content(deal: DealText, name: str, names: dict[str, str]) -> tuple[str, ...]:
    block = deal.block(name)
    entries = block.entries if block is not None else ()
    keys = {e.key for e in entries} - set(COMMENT)
    return tuple(f"{key}: {_text(block.get(key), names)}" for key in sorted(keys) if block)


def _aspects(deal: DealText, norm: Block, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is compared, by what it is about, with the names as the other side has them."""
    yield "act", _acts(norm, names)
    yield "distance", _distances(deal, norm)
    yield "deadline", _stated(norm, ("within", "deadline", "every"), names)
    yield "condition", _stated(norm, ("when", "if", "after", "together with"), names)
    checking = sorted({names.get(w, w) for w in verifiers(deal, norm)})
    yield "verifier", ", ".join(checking) or _stated(norm, ("verified by",), names)
    yield (
        "protected side",
        ", ".join(sorted({names.get(w, w) for w in expanded(deal, norm.words("against"))})),
    )
    for about, key in (
        ("exception", "except"),
        ("consequence", "on violation"),
        ("tolerance", "tolerance"),
        ("check", "check"),
    ):
        yield about, _stated(norm, (key,), names)


# --- acts and distances -------------------------------------------------------------------------


def _acts(norm: Block, names: dict[str, str]) -> str:
    return ", ".join(sorted({shown(Item((_without_places(a, names),))) for a in acts(norm)}))


def _without_places(act: Call, names: dict[str, str]) -> Atom:
    """Return an act without the places that it names: these are compared as distances."""
    args = tuple(a for a in act.args if a.name not in _PLACE_ARGS)
    return _renamed(Call(act.name, args), names) if args else Word(act.name)


def _distances(deal: DealText, norm: Block, side: str = "") -> str:
    """Return how far the acts of a norm lead: lengths, or those of the places that they name."""
    items = [arg.item for act in acts(norm) for arg in act.args if arg.name in _PLACE_ARGS]
    return "; ".join(sorted({text for item in items for text in _lengths(deal, item, side)}))


def _lengths(deal: DealText, item: Item, side: str) -> Iterator[str]:
    if any(isinstance(a, Amount | AmountRange) for a in item.atoms):
        yield shown(item)
    block = deal.block(item.word)
    if block is None or block.kind not in PLACES or not _applies(deal, block, side):
        return
    line, free = block.word("from"), ", ".join(sorted(block.words("kept free of")))
    of = f" from {line}" if line else ""  # equal lengths from unequal lines are not equal
    for key in _WIDE:
        if text := _text(block.get(key), {}):
            yield f"{text}{of} ({free})" if free else f"{text}{of}"


def _applies(deal: DealText, place: Block, side: str) -> bool:
    """Say whether a place is kept by a side; one that names nobody is kept by all."""
    to = expanded(deal, place.words("applies to"))
    return not side or not to or side in to


# --- values -------------------------------------------------------------------------------------


def _stated(norm: Block, keys: tuple[str, ...], names: dict[str, str]) -> str:
    texts = ((key, _text(norm.get(key), names)) for key in keys)
    return "; ".join(f"{key}: {text}" if len(keys) > 1 else text for key, text in texts if text)


def _text(value: Value | None, names: dict[str, str]) -> str:
    """Write a value with the names exchanged; silence and a bare ``undefined`` are one gap here."""
    match value:
        case None:
            return ""
        case Undefined(phrase):
            return f'undefined "{phrase}"' if phrase else ""
        case Items(items):
            return ", ".join(sorted({shown(_swapped(i, names)) for i in items}))
    return "none"


def _swapped(item: Item, names: dict[str, str]) -> Item:
    return Item(tuple(_renamed(atom, names) for atom in item.atoms))


def _renamed(atom: Atom, names: dict[str, str]) -> Atom:
    match atom:
        case Word(name):
            return Word(names.get(name, name))
        case Call(name, args):
            return Call(name, tuple(Arg(a.name, _swapped(a.item, names)) for a in args))
    return atom
