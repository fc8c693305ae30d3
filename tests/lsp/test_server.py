"""The real server, driven over its real protocol: JSON-RPC on standard input and output."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from tregua.agreement.lsp.position import lines_of, to_units
from tregua.agreement.read import read_deal_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.lsp.conftest import Editor

URI = "file:///nowhere/valley.deal.md"


def at(text: str, line: str, word: str, encoding: str = "utf-16") -> dict[str, Any]:
    """Return the parameters of a question about a word in the line that begins as said."""
    rows = lines_of(text)
    number = next(n for n, row in enumerate(rows) if row.strip().startswith(line))
    column = to_units(rows[number], rows[number].index(word), encoding)
    return {"textDocument": {"uri": URI}, "position": {"line": number, "character": column}}


def edited(text: str, edits: list[dict[str, Any]]) -> str:
    """Make edits as an editor does, which counts in units of UTF-16."""
    rows = [row.encode("utf-16-le") for row in lines_of(text)]
    for edit in sorted(edits, key=lambda e: -_key(e)):
        start, end = edit["range"]["start"], edit["range"]["end"]
        row = rows[start["line"]]
        new = edit["newText"].encode("utf-16-le")
        rows[start["line"]] = row[: start["character"] * 2] + new + row[end["character"] * 2 :]
    return "\n".join(row.decode("utf-16-le") for row in rows)


def _key(edit: dict[str, Any]) -> int:
    start = edit["range"]["start"]
    return int(start["line"]) * 10_000 + int(start["character"])


def test_the_server_says_what_it_can_do_and_ends_when_asked(start: Callable[..., Editor]) -> None:
    """Every feature is announced; after shutdown and exit the process ends with 0 and no word."""
    editor = start()
    for feature in ("completion", "hover", "definition", "references", "documentSymbol", "rename"):
        assert editor.can[f"{feature}Provider"], feature
    assert editor.can["textDocumentSync"]["change"] == 1
    assert 0 == editor.end()
    assert "" == editor.errors()


def test_a_mistake_is_shown_while_typing_and_gone_when_repaired(editor: Editor, deal: str) -> None:
    """The same notes as `tregua lint` gives come and go with the text."""
    before = editor.notes()
    assert [] == [n for n in before if n["code"].startswith("D")]
    assert "L503" in {n["code"] for n in before}
    editor.type(deal.replace("on: all-parties", "on: all-partes"))
    (note,) = [n for n in editor.notes() if n["code"].startswith("D")]
    assert ("D007", 1, "tregua") == (note["code"], note["severity"], note["source"])
    assert note["message"].startswith("all-partes is not declared")
    assert note["data"]["help"] == "did you mean all-parties?"
    row = deal.split("\n").index("    on: all-parties")
    assert {"line": row, "character": 8} == note["range"]["start"]
    assert {"line": row, "character": 18} == note["range"]["end"]
    editor.type(deal)
    assert before == editor.notes()


def test_help_stands_apart_where_the_editor_can_show_that(
    start: Callable[..., Editor], deal: str
) -> None:
    """With related information the message is the sentence alone, without it help follows."""
    broken = deal.replace("on: all-parties", "on: all-partes")
    plain, rich = (
        start(),
        start(textDocument={"publishDiagnostics": {"relatedInformation": True}}),
    )
    for editor in (plain, rich):
        editor.open(broken)
    (one,) = [n for n in plain.notes() if n["code"] == "D007"]
    (other,) = [n for n in rich.notes() if n["code"] == "D007"]
    assert one["message"].endswith("help: did you mean all-parties?")
    assert other["message"] == "all-partes is not declared"
    assert other["relatedInformation"][0]["message"] == "help: did you mean all-parties?"


def test_infos_are_shown_to_experts(start: Callable[..., Editor], deal: str) -> None:
    """`--expert` adds notes of severity info, as it does for `tregua lint`."""
    few, many = start(), start("--expert")
    few.open(deal)
    many.open(deal)
    assert 3 not in {n["severity"] for n in few.notes()}
    assert 3 in {n["severity"] for n in many.notes()}


def test_a_chosen_completion_is_written_and_reads(editor: Editor, deal: str) -> None:
    """A name offered for a half written one replaces it, and the deal reads without a note."""
    text = deal.replace("on: all-parties", "on: all-pa")
    editor.type(text)
    asked = at(text, "on: all-pa", "all-pa")
    asked["position"]["character"] += len("all-pa")
    items = editor.ask("textDocument/completion", asked)["items"]
    chosen = next(i for i in items if i["label"] == "all-parties")
    assert deal == edited(text, [chosen["textEdit"]])


def test_blocks_are_offered_with_gaps_only_to_editors_that_can_fill_them_in(
    start: Callable[..., Editor], deal: str
) -> None:
    """A snippet goes to who understands it; the others get the word."""
    text = f"{deal}\n```deal\n\n```\n"
    where = {"line": len(lines_of(text)) - 3, "character": 0}
    asked = {"textDocument": {"uri": URI}, "position": where}
    told: list[str] = []
    for able in (True, False):
        editor = start(textDocument={"completion": {"completionItem": {"snippetSupport": able}}})
        editor.open(text)
        items = editor.ask("textDocument/completion", asked)["items"]
        told.append(next(i for i in items if i["label"] == "phase")["textEdit"]["newText"])
    assert ['phase ${1:id} "${2:Title}"\n    starts: ${3}\n$0', "phase "] == told


def test_hover_shows_the_clause_and_definition_goes_to_the_block(editor: Editor, deal: str) -> None:
    """On a name in a value: its block beside its paragraph, and the line where it is declared."""
    asked = at(deal, "except: answer", "answer")
    said = editor.ask("textDocument/hover", asked)["contents"]
    assert "markdown" == said["kind"]
    assert "A side that is hit may answer within the hour" in said["value"]
    (found,) = editor.ask("textDocument/definition", asked)
    line = deal.split("\n").index('exception answer "Answer within the hour"')
    assert {"line": line, "character": 10} == found["range"]["start"]
    assert found["uri"] == URI


def test_rename_changes_every_use_in_lines_of_other_scripts_too(editor: Editor, deal: str) -> None:
    """The edits, made as an editor makes them, give a deal that reads without a note."""
    asked = at(deal, "given:", "north")
    assert editor.ask("textDocument/prepareRename", asked)["start"] == asked["position"]
    answer = editor.ask("textDocument/rename", {**asked, "newName": "highland"})
    text = edited(deal, answer["changes"][URI])
    assert () == read_deal_text(text, file="x").notes
    assert 'party highland "Северная сторона 🏔"' in text
    uses = editor.ask("textDocument/references", {**asked, "context": {"includeDeclaration": True}})
    assert len(uses) == len(answer["changes"][URI])


def test_a_refused_rename_is_an_answer_with_its_reason(editor: Editor, deal: str) -> None:
    """A taken name changes nothing; the editor shows one sentence."""
    asked = {**at(deal, "party north", "north"), "newName": "south"}
    error = editor.reply("textDocument/rename", asked)["error"]
    assert -32803 == error["code"]
    assert "south is taken already: it names another block of this deal" == error["message"]


def test_columns_are_counted_in_the_units_that_the_editor_prefers(
    start: Callable[..., Editor], deal: str
) -> None:
    """A use behind an emoji stands at other columns for UTF-8, UTF-16 and UTF-32."""
    text = deal.replace('aliases: "x"', "").replace(
        "    answers for: south ",
        '    aliases: "🏔"\n    source: "🏔 جبل", nort\n    answers for: south ',
    )
    columns = []
    for encoding in ("utf-8", "utf-16", "utf-32"):
        editor = start(general={"positionEncodings": [encoding]})
        assert encoding == editor.can["positionEncoding"]
        editor.open(text)
        note = next(n for n in editor.notes() if n["code"] == "D006")
        columns.append(note["range"]["start"]["character"])
    before = '    source: "🏔 جبل", '
    assert columns == [to_units(before, 99, e) for e in ("utf-8", "utf-16", "utf-32")]


def test_outline_and_layout_are_answered(editor: Editor) -> None:
    """The outline holds the instrument with its clauses; the layout is that of the formatter."""
    asked = {"textDocument": {"uri": URI}}
    symbols = editor.ask("textDocument/documentSymbol", asked)
    assert ["terms", "scenario one-shell"] == [s["name"] for s in symbols]
    assert ["instrument terms", "§ 1", "§ 2"] == [s["name"] for s in symbols[0]["children"]]
    options = {"tabSize": 4, "insertSpaces": True}
    edits = editor.ask("textDocument/formatting", {**asked, "options": options})
    assert ["    clause: §2\n"] == [e["newText"] for e in edits]


def test_closing_takes_the_notes_away(editor: Editor) -> None:
    """A document that is closed has no notes any more."""
    editor.notes()
    editor.tell("textDocument/didClose", {"textDocument": {"uri": URI}})
    editor.ask("shutdown", None)
    assert [] == editor.told[-1]["params"]["diagnostics"]


def test_other_markdown_is_left_alone(start: Callable[..., Editor], deal: str) -> None:
    """A text that is no deal gets no note and no answer; one without a name is one by its kind."""
    editor = start()
    other, unnamed = "file:///nowhere/README.md", "untitled:1"
    editor.open(deal, other)
    asked = {**at(deal, "except: answer", "answer"), "textDocument": {"uri": other}}
    assert editor.ask("textDocument/hover", asked) is None
    editor.open(deal, unnamed)
    assert editor.notes()
    assert other not in editor.noted
    assert editor.ask("textDocument/hover", {**asked, "textDocument": {"uri": unnamed}})


def test_the_server_outlives_nonsense(editor: Editor, deal: str) -> None:
    """Unknown documents, unknown questions, broken messages and odd places end nothing."""
    editor.send(b"{not json")
    editor.send(b'{"jsonrpc": "2.0", "id": 999, "method": "textDocument/hover", "params": 3}')
    nowhere = {"textDocument": {"uri": "file:///nowhere/else.deal.md"}}
    odd = {"position": {"line": 10**6, "character": 10**6}}
    error = editor.reply("textDocument/hover", {**nowhere, **odd})["error"]
    assert (
        "a fault of ours (FileNotFoundError); the text is unharmed, please report it"
        == (error["message"])
    )
    assert "traceback" not in str(error.get("data"))
    assert "error" in editor.reply("textDocument/noSuchQuestion", {})
    for text in ("", "---\n", "\ud83d" * 9, deal[: len(deal) // 2], "```deal\n" + "(" * 999):
        editor.type(text)
        assert editor.ask("textDocument/hover", {"textDocument": {"uri": URI}, **odd}) is None
    editor.type(deal)
    assert editor.ask("textDocument/hover", at(deal, "except: answer", "answer"))
    assert 0 == editor.end()
    assert "" == editor.errors()
    assert "raceback" not in str(editor.told)


def test_many_keys_at_once_are_answered_for_the_last_one(editor: Editor, deal: str) -> None:
    """Of a hundred changes in a row the newest is read; older versions are passed over."""
    editor.notes()
    for number in range(100):
        editor.type(deal.replace("on: all-parties", f"on: north{'x' * number}"))
    found = [n for n in editor.notes() if n["code"] == "D007"]
    assert [f"north{'x' * 99} is not declared"] == [n["message"].split("\n")[0] for n in found]
    versions = {m["params"].get("version") for m in editor.told}
    assert len(versions) < 100


@pytest.mark.slow
def test_a_key_in_ten_thousand_lines_is_answered_in_a_moment(
    start: Callable[..., Editor], capsys: pytest.CaptureFixture[str]
) -> None:
    """From a changed text of 10,000 lines to the reader's notes and to a completion."""
    head, block = (
        '---\ndeal: long\ntitle: "Long"\nformat: tregua-deal/1\nprose: restated\n---\n\n```deal\n',
        'zone z{0} "Zone {0}"\n    is: area\n    geometry: undefined\n    note: "n {0}"\n\n',
    )
    text = head + "".join(block.format(n) for n in range(2000)) + "```\n"
    assert len(lines_of(text)) >= 10_000
    editor = start()
    editor.open(text)
    editor.notes()
    changed = text.replace("    is: area", "    is: are", 1)
    begun = time.monotonic()
    editor.type(changed)
    message = editor._until(lambda m: m.get("params", {}).get("version") == editor.version)
    took = time.monotonic() - begun
    assert "D006" in {n["code"] for n in message["params"]["diagnostics"]}
    with capsys.disabled():
        print(f"\n10,000 lines: notes of the reader {took:.2f} s after a key")
    assert took < 3


def test_without_the_extra_the_command_says_what_to_install() -> None:
    """Exit code 2 and one sentence; nothing on standard output."""
    code = (
        "import sys; sys.modules['pygls'] = None; sys.argv = ['tregua', 'lsp'];"
        "from tregua.cli.main import run; run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert (2, "") == (done.returncode, done.stdout)
    assert "the language server is not installed here" in done.stderr
    assert "pip install 'tregua[lsp]'" in done.stderr
