"""Go from a name to where it is declared: head of a block, power that sets a moment, heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.lsp.position import stretch_of
from tregua.agreement.lsp.references import same_thing, use_at

if TYPE_CHECKING:
    from tregua.agreement.lsp.document import Document
    from tregua.agreement.lsp.position import Place, Stretch


def definition(document: Document, place: Place) -> tuple[Stretch, ...]:
    """Return where the name under the cursor is declared; several for several versions.

    Names of the language itself, such as ``all-parties`` and the built-in acts, are declared in no
    file; nothing is returned for them.
    """
    use = use_at(document, place)
    found = same_thing(document, use) if use else ()
    return tuple(stretch_of(u.spot) for u in found if u.declares)
