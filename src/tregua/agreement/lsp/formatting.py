"""The layout of a deal, put in form by the editor as ``agreement/write.py`` does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.exchange.write import format_deal
from tregua.agreement.lsp.edit import Edit
from tregua.agreement.lsp.position import Place, Stretch

if TYPE_CHECKING:
    from tregua.agreement.lsp.document import Document


def formatting(document: Document) -> tuple[Edit, ...]:
    """Return one edit from the first line that changes to the last one; none when in form."""
    old, new = document.text.split("\n"), format_deal(document.text).split("\n")
    if old == new:
        return ()
    least = min(len(old), len(new))
    head = next((i for i in range(least) if old[i] != new[i]), least)
    tail = next((i for i in range(least - head) if old[-1 - i] != new[-1 - i]), least - head)
    last = len(old) - tail  # the first of the lines below that stay
    lines = new[head : len(new) - tail]
    if last < len(old):
        text, end = "".join(f"{line}\n" for line in lines), Place(last, 0)
    else:
        text, end = "\n".join(lines), Place(last - 1, len(old[-1]))
    return (Edit(Stretch(Place(head, 0), end), text),)
