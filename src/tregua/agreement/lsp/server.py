"""The wiring between an editor and this folder: the only file that knows ``pygls``.

1. The editor sends the whole text at every change. Partial changes would be counted in lines as the
   library splits them, at more signs than a deal's reader does, and the two texts would drift.
2. A change waits a moment for the next one; only the newest version is read.
3. The reader's notes are shown at once, with the linter's notes of before. Then the linter runs
   rule by rule, gives way to whatever the editor asks between two rules, and stops when the text
   has changed.
4. Every other question is answered from the newest text.
5. A document that is no deal gets no notes and no answers.
6. A fault of ours is told in one sentence, without a value or a traceback, and the server goes on.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.uris import to_fs_path

from tregua import __version__
from tregua.agreement.lint import RULES
from tregua.agreement.lint_deal import lint_text
from tregua.agreement.lsp.completion import complete
from tregua.agreement.lsp.definition import definition
from tregua.agreement.lsp.diagnostics import diagnostics
from tregua.agreement.lsp.document import open_document
from tregua.agreement.lsp.formatting import formatting
from tregua.agreement.lsp.hover import hover
from tregua.agreement.lsp.references import references
from tregua.agreement.lsp.rename import Refusal, renamable, rename
from tregua.agreement.lsp.symbols import outline
from tregua.agreement.lsp.to_protocol import Page, fills_in, relates, to_diagnostic
from tregua.terms.notes import by_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tregua.agreement.lsp.document import Document
    from tregua.terms.notes import Note

LANGUAGE, ENDING = "tregua", ".deal.md"
PAUSE = 0.03  # seconds; keys pressed together are read together
REFUSED = -32803  # RequestFailed, Language Server Protocol 3.17


@dataclass(slots=True)
class _Held:
    """The newest version that was read, and the linter's notes so far."""

    text: str
    document: Document
    linted: tuple[Note, ...] = ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return the reader's notes and those of the linter."""
        return by_place((*self.document.reading.notes, *self.linted))


class _Speech(LanguageServerProtocol):
    """The protocol as the library speaks it, without what it tells of faults.

    It would answer with the message of the exception and its traceback, which may hold text of the
    deal. Only its own private method sees every answer; the tests hold it to that.
    """

    def _send_response(
        self,
        msg_id: str | int,
        result: object = None,
        error: types.ResponseError | None = None,
    ) -> None:
        if error is not None and error.code == JsonRpcInternalError.CODE:
            name = error.message.partition(":")[0]
            error = types.ResponseError(error.code, _fault(name if name.isidentifier() else ""))
        super()._send_response(msg_id, result, error)


def _fault(name: str) -> str:
    told = f" ({name})" if name else ""
    return f"a fault of ours{told}; the text is unharmed, please report it"


class DealServer(LanguageServer):
    """A language server for ``*.deal.md``; ``expert`` shows notes of severity info too."""

    def __init__(self, *, expert: bool = False) -> None:
        super().__init__(
            "tregua",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
            protocol_cls=_Speech,
        )
        self.expert = expert
        self.held: dict[str, _Held] = {}

    @property
    def encoding(self) -> str:
        """Return in which units columns are counted, as agreed with the editor."""
        agreed = self.workspace.position_encoding
        return str(getattr(agreed, "value", agreed) or "utf-16")

    def newest(self, uri: str) -> _Held:
        """Return the newest text of a document, read."""
        text = self.workspace.get_text_document(uri).source
        held = self.held.get(uri)
        if held is None or held.text != text:
            path = to_fs_path(uri)
            name, folder = (Path(path).name, Path(path).parent) if path else (uri, None)
            document = open_document(text, file=name, beside=folder)
            held = _Held(text, document, held.linted if held else ())
            self.held[uri] = held
        return held

    def page(self, params: Any) -> Page:  # noqa: ANN401 - every question names its document
        """Return the document that a question is about."""
        uri = params.text_document.uri
        return Page(uri, self.newest(uri).document, self.encoding)

    def is_deal(self, uri: str) -> bool:
        """Say whether a document is a deal: by the editor's word, or by the end of its name.

        Many editors start the server for every Markdown file.
        """
        document = self.workspace.text_documents.get(uri)
        return uri.endswith(ENDING) or (document is not None and document.language_id == LANGUAGE)

    def is_old(self, uri: str, version: int) -> bool:
        """Say whether the editor has a newer version by now, or has closed the document."""
        document = self.workspace.text_documents.get(uri)
        return document is None or document.version != version

    def publish(self, uri: str, version: int | None, notes: Iterable[Note]) -> None:
        """Show these notes in the editor and no others."""
        found = diagnostics(notes, encoding=self.encoding, expert=self.expert)
        related = relates(self.client_capabilities)
        told = [to_diagnostic(d, uri, relates=related) for d in found]
        params = types.PublishDiagnosticsParams(uri, told, version)
        self.text_document_publish_diagnostics(params)

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ANN401, ARG002
        """Tell of a fault that no request waits for."""
        fault = _fault(type(error).__name__)
        said = types.ShowMessageParams(types.MessageType.Error, fault)
        self.window_show_message(said)


def make_server(*, expert: bool = False) -> DealServer:
    """Return a server that knows the answer to every question of the list below."""
    server = DealServer(expert=expert)
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(partial(_changed, server))
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(partial(_changed, server))
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(partial(_closed, server))
    for method, answer, options in _ANSWERS:
        server.feature(method, options)(partial(_if_deal, answer, server))
    return server


def serve(*, expert: bool = False) -> None:
    """Speak with an editor over standard input and output until it ends the session."""
    make_server(expert=expert).start_io()


def _if_deal(answer: Callable[[DealServer, Any], Any], ls: DealServer, params: Any) -> Any:  # noqa: ANN401
    return answer(ls, params) if ls.is_deal(params.text_document.uri) else None


# --- notes while typing


async def _changed(
    ls: DealServer, params: types.DidOpenTextDocumentParams | types.DidChangeTextDocumentParams
) -> None:
    uri, version = params.text_document.uri, params.text_document.version
    await asyncio.sleep(PAUSE)
    if ls.is_old(uri, version) or not ls.is_deal(uri):
        return
    held = ls.newest(uri)
    ls.publish(uri, version, held.notes)
    found: list[Note] = []
    for rule in RULES:
        found += lint_text(held.document.deal, rules=(rule,))
        await asyncio.sleep(0)
        if ls.is_old(uri, version):
            return
    held.linted = tuple(found)
    ls.publish(uri, version, held.notes)


def _closed(ls: DealServer, params: types.DidCloseTextDocumentParams) -> None:
    ls.held.pop(params.text_document.uri, None)
    ls.publish(params.text_document.uri, None, ())


# --- questions


def _complete(ls: DealServer, params: types.CompletionParams) -> types.CompletionList:
    page = ls.page(params)
    replaced, choices = complete(page.document, page.place(params.position))
    return page.items(replaced, choices, fills_in=fills_in(ls.client_capabilities))


def _hover(ls: DealServer, params: types.HoverParams) -> types.Hover | None:
    page = ls.page(params)
    notes = ls.newest(page.uri).notes
    said = hover(page.document, page.place(params.position), notes)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, said)) if said else None


def _definition(ls: DealServer, params: types.DefinitionParams) -> list[types.Location]:
    page = ls.page(params)
    return page.locations(definition(page.document, page.place(params.position)))


def _references(ls: DealServer, params: types.ReferenceParams) -> list[types.Location]:
    page, declared = ls.page(params), params.context.include_declaration
    place = page.place(params.position)
    return page.locations(references(page.document, place, with_declaration=declared))


def _prepare(ls: DealServer, params: types.PrepareRenameParams) -> types.Range:
    page = ls.page(params)
    found = renamable(page.document, page.place(params.position))
    if isinstance(found, Refusal):
        raise JsonRpcException(found.why, REFUSED)
    return page.range(found)


def _rename(ls: DealServer, params: types.RenameParams) -> types.WorkspaceEdit:
    page = ls.page(params)
    found = rename(page.document, page.place(params.position), params.new_name)
    if isinstance(found, Refusal):
        raise JsonRpcException(found.why, REFUSED)
    return types.WorkspaceEdit(changes={page.uri: page.edits(found)})


def _symbols(ls: DealServer, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    page = ls.page(params)
    return [page.symbol(symbol) for symbol in outline(page.document)]


def _formatting(ls: DealServer, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
    page = ls.page(params)
    return page.edits(formatting(page.document))


_ANSWERS: tuple[tuple[str, Callable[[DealServer, Any], Any], Any], ...] = (
    (
        types.TEXT_DOCUMENT_COMPLETION,
        _complete,
        types.CompletionOptions(trigger_characters=[" ", "(", "§"]),
    ),
    (types.TEXT_DOCUMENT_HOVER, _hover, None),
    (types.TEXT_DOCUMENT_DEFINITION, _definition, None),
    (types.TEXT_DOCUMENT_REFERENCES, _references, None),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, _prepare, None),
    (types.TEXT_DOCUMENT_RENAME, _rename, types.RenameOptions(prepare_provider=True)),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _symbols, None),
    (types.TEXT_DOCUMENT_FORMATTING, _formatting, None),
)
