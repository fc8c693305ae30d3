"""Find what stands under the cursor, and every other place that names the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.lsp.position import stretch_of
from tregua.agreement.lsp.uses import uses_in

if TYPE_CHECKING:
    from tregua.agreement.lsp.document import Document
    from tregua.agreement.lsp.position import Place, Stretch
    from tregua.agreement.lsp.uses import Use


def use_at(document: Document, place: Place) -> Use | None:
    """Return the name that the cursor touches, ``None`` when it touches none."""
    return next((u for u in uses_in(document.deal) if stretch_of(u.spot).holds(place)), None)


def same_thing(document: Document, use: Use) -> tuple[Use, ...]:
    """Return every use of the thing that is used there, this one included, in order."""
    return tuple(u for u in uses_in(document.deal) if u.thing == use.thing)


def references(
    document: Document, place: Place, *, with_declaration: bool = True
) -> tuple[Stretch, ...]:
    """Return every place that names the thing under the cursor, in the order of the file."""
    use = use_at(document, place)
    found = same_thing(document, use) if use else ()
    return tuple(stretch_of(u.spot) for u in found if with_declaration or not u.declares)
