"""What the editor shows beside the cursor: the page of a note, a kind, a key, what a name means.

For a block that is its head and the paragraphs of the clause that it encodes, each with its text
mark, so that the reading is always seen beside the text that governs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.clauses import KINDS
from tregua.agreement.codes import PAGES
from tregua.agreement.lint_deal import pages
from tregua.agreement.lsp.explain_key import explained
from tregua.agreement.lsp.known import known_in
from tregua.agreement.lsp.markdown import fenced, plain
from tregua.agreement.lsp.position import Place, Stretch, stretch_of
from tregua.agreement.lsp.references import use_at
from tregua.agreement.lsp.walk import Role
from tregua.agreement.questions import clauses_of, nearest_paragraphs
from tregua.agreement.reading.header import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tregua.agreement.block import Block, DealText, Paragraph
    from tregua.agreement.clause import ClauseKind
    from tregua.agreement.lsp.document import Document
    from tregua.agreement.lsp.known import Known
    from tregua.agreement.lsp.walk import Thing
    from tregua.terms.notes import Note

_KINDS = {kind.kind: kind for kind in KINDS}
_MARKS = {
    "V": "read whole",
    "P": "known from a paraphrase",
    "M": "known from memory, unverified",
    "X": "known to exist, not held",
}


def hover(document: Document, place: Place, notes: Iterable[Note] = ()) -> str:
    """Return Markdown about what stands under the cursor; empty when there is nothing to say.

    Args:
        document: the deal.
        place: of the cursor.
        notes: those shown in the editor; the pages of those under the cursor stand at the end.
    """
    here = [n for n in notes if n.spot.line and stretch_of(n.spot).holds(place)]
    about = _about(document, place)
    told = dict.fromkeys(_page(code) for code in (n.code for n in here))
    return "\n\n---\n\n".join(part for part in (about, *told) if part)


def _about(document: Document, place: Place) -> str:
    if use := use_at(document, place):
        return _thing(document, use.thing)
    for kind, stretch in _keys_and_kinds(document):
        if stretch[1].holds(place):
            return _key(kind, stretch[0]) if stretch[0] else _kind(kind)
    return ""


# --- names


def _thing(document: Document, thing: Thing) -> str:
    known = known_in(document.deal)
    match thing.role:
        case Role.BLOCK:
            block = known.blocks.get(thing.name)
            return _block(document, block) if block else ""
        case Role.MOMENT:
            power = known.moments.get(thing.name)
            said = f"{plain(thing.name)}: a moment that a power fixes"
            return f"{said}\n\n{_block(document, power)}" if power else ""
        case Role.WEAPON_CLASS:
            table = known.classes.get(thing.name)
            said = f"{plain(thing.name)}: a class of weapons"
            return f"{said}\n\n{_block(document, table)}" if table else ""
        case Role.ACT:
            return _act(known, thing.name)
        case Role.CLAUSE:
            return _clause(document, thing)


def _block(document: Document, block: Block) -> str:
    """Return a block's head, its keys, and the paragraphs that it encodes."""
    title = f' "{block.title}"' if block.title else ""
    lines = [f"{block.kind} {block.id}{title}"]
    lines += [f"    {e.key}: {e.raw}" for e in block.entries]
    paragraphs = _encoded(document.deal, block)
    where = f"§ {plain(block.clause)}" if block.clause else ""
    return "\n\n".join(
        [fenced("\n".join(lines)), *([where] if where else []), *_quoted(paragraphs)]
    )


def _encoded(deal: DealText, block: Block) -> tuple[Paragraph, ...]:
    """Return the paragraphs just above a block, and those of further clauses that it names."""
    further = clauses_of(block)[1:] if block.clause else clauses_of(block)
    named = (p for p in deal.paragraphs if (p.instrument, p.clause) in further)
    return (*nearest_paragraphs(deal, block), *named)


def _quoted(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    for p in sorted(paragraphs, key=lambda p: p.spot.line):
        mark = f"{p.mark} {plain(p.pointer)}".rstrip()
        yield f"> **{mark}** ({_MARKS[p.mark]}): {plain(p.text)}"


def _act(known: Known, name: str) -> str:
    if name not in known.acts:
        return ""
    parent = known.parents.get(name)
    children = sorted(child for child, above in known.parents.items() if above == name)
    lines = [f"{plain(name)}: a kind of act{f' under {plain(parent)}' if parent else ''}"]
    if children:
        lines.append(f"A norm on it covers: {', '.join(plain(c) for c in children)}.")
    return "\n\n".join(lines)


def _clause(document: Document, thing: Thing) -> str:
    deal = document.deal
    head = next(
        (c for c in deal.clauses if (c.label, c.instrument) == (thing.name, thing.home)), None
    )
    if head is None:
        return ""
    place = (thing.home, thing.name)
    blocks = [f"{b.kind} {b.id}" for b in deal.blocks if (b.instrument, b.clause) == place]
    said = f"Encoded by: {plain(', '.join(blocks))}." if blocks else "No block encodes it."
    paragraphs = [p for p in deal.paragraphs if (p.instrument, p.clause) == place]
    return "\n\n".join([f"§ {plain(head.label)} · {plain(head.title)}", *_quoted(paragraphs), said])


# --- kinds and keys


def _keys_and_kinds(document: Document) -> Iterator[tuple[ClauseKind, tuple[str, Stretch]]]:
    """Yield each key and each kind word with where it stands; the key of a kind word is empty."""
    for entry in document.deal.header:
        yield HEADER, (entry.key, stretch_of(entry.key_spot))
    for block in document.deal.blocks:
        kind = _KINDS.get(block.kind)
        if kind is None:
            continue
        line = block.spot.line - 1
        yield kind, ("", Stretch(Place(line, 0), Place(line, len(block.kind))))
        for entry in block.entries:
            yield kind, (entry.key, stretch_of(entry.key_spot))


def _kind(kind: ClauseKind) -> str:
    keys = ", ".join(f"`{k.name}`" for k in kind.keys)
    lines = (
        f"**{kind.kind}**: {kind.what}",
        f"How it can be violated: {kind.violated}",
        f"What would show it: {kind.evidence}",
        f"Keys: {keys}",
        fenced(kind.example.rstrip("\n")),
    )
    return "\n\n".join(lines)


def _key(kind: ClauseKind, name: str) -> str:
    key = kind.key(name)
    if key is None:
        return ""
    return "\n\n".join((f"**{key.name}** of {kind.kind}", *explained(key)))


# --- notes


def _page(code: str) -> str:
    page = next((p for p in (*PAGES, *pages()) if p.code == code), None)
    if page is None:
        return ""
    lines = [f"**{page.code}: {page.title}**", page.what, f"Why: {page.why}", f"Help: {page.help}"]
    return "\n\n".join(lines)
