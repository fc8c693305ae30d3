"""Our answers as the values of the Language Server Protocol (3.17)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types

from tregua.agreement.lsp.choice import Sort
from tregua.agreement.lsp.position import Place, from_units, to_units
from tregua.agreement.lsp.symbols import Level
from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.agreement.lsp.choice import Choice
    from tregua.agreement.lsp.diagnostics import Diagnostic
    from tregua.agreement.lsp.document import Document
    from tregua.agreement.lsp.edit import Edit
    from tregua.agreement.lsp.position import Stretch
    from tregua.agreement.lsp.symbols import Symbol

_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_SORT = {
    Sort.KIND: types.CompletionItemKind.Class,
    Sort.KEY: types.CompletionItemKind.Property,
    Sort.WORD: types.CompletionItemKind.EnumMember,
    Sort.NAME: types.CompletionItemKind.Reference,
    Sort.CALL: types.CompletionItemKind.Function,
    Sort.UNIT: types.CompletionItemKind.Unit,
    Sort.ZONE: types.CompletionItemKind.Constant,
}
_LEVEL = {
    Level.INSTRUMENT: types.SymbolKind.File,
    Level.CLAUSE: types.SymbolKind.Namespace,
    Level.BLOCK: types.SymbolKind.Object,
}


@dataclass(frozen=True, slots=True)
class Page:
    """A document under its address, with the units in which its editor counts columns."""

    uri: str
    document: Document
    encoding: str

    def place(self, position: types.Position) -> Place:
        """Return a place that the editor named."""
        row = self.document.row(position.line)
        return Place(position.line, from_units(row, position.character, self.encoding))

    def range(self, stretch: Stretch) -> types.Range:
        """Return a stretch of the document."""
        ends = (
            types.Position(at.line, to_units(self.document.row(at.line), at.column, self.encoding))
            for at in (stretch.start, stretch.end)
        )
        return types.Range(*ends)

    def locations(self, found: Iterable[Stretch]) -> list[types.Location]:
        """Return stretches of the document with its address."""
        return [types.Location(self.uri, self.range(stretch)) for stretch in found]

    def edits(self, edits: Iterable[Edit]) -> list[types.TextEdit]:
        """Return changes to the document."""
        return [types.TextEdit(self.range(e.stretch), e.text) for e in edits]

    def items(
        self, replaced: Stretch, choices: Iterable[Choice], *, fills_in: bool
    ) -> types.CompletionList:
        """Return what completion offers, in its order; ``fills_in``: snippets are understood."""
        where = self.range(replaced)
        items = [_item(c, at, where, fills_in=fills_in) for at, c in enumerate(choices)]
        return types.CompletionList(is_incomplete=False, items=items)

    def symbol(self, symbol: Symbol) -> types.DocumentSymbol:
        """Return an element of the outline with what it holds."""
        return types.DocumentSymbol(
            name=symbol.name,
            detail=symbol.title or None,
            kind=_LEVEL[symbol.level],
            range=self.range(symbol.whole(self.document)),
            selection_range=self.range(symbol.at),
            children=[self.symbol(part) for part in symbol.parts],
        )


def to_diagnostic(found: Diagnostic, uri: str, *, relates: bool) -> types.Diagnostic:
    """Return a note; its help stands apart where the editor can show that (``relates``)."""
    start, end = types.Position(found.line, found.start), types.Position(found.line, found.end)
    place = types.Range(start, end)
    said, related = found.said, None
    if found.help and relates:
        location = types.Location(uri, place)
        related = [types.DiagnosticRelatedInformation(location, f"help: {found.help}")]
    elif found.help:
        said = f"{said}\nhelp: {found.help}"
    return types.Diagnostic(
        range=place,
        message=said,
        severity=_SEVERITY[found.severity],
        code=found.code,
        source="tregua",
        related_information=related,
        data={"help": found.help, "why": found.why, "confidence": found.confidence},
    )


def relates(asked: types.ClientCapabilities) -> bool:
    """Say whether an editor shows what is related to a note."""
    text = asked.text_document
    published = text.publish_diagnostics if text else None
    return bool(published and published.related_information)


def fills_in(asked: types.ClientCapabilities) -> bool:
    """Say whether an editor understands snippets."""
    text = asked.text_document
    completion = text.completion if text else None
    item = completion.completion_item if completion else None
    return bool(item and item.snippet_support)


def _item(choice: Choice, at: int, where: types.Range, *, fills_in: bool) -> types.CompletionItem:
    snippet = choice.snippet if fills_in else ""
    form = types.InsertTextFormat.Snippet if snippet else types.InsertTextFormat.PlainText
    return types.CompletionItem(
        label=choice.label,
        kind=_SORT[choice.sort],
        detail=choice.detail or None,
        sort_text=f"{at:04}",
        filter_text=choice.label,
        insert_text_format=form,
        text_edit=types.TextEdit(where, snippet or choice.text or choice.label),
    )
