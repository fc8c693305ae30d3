"""A deal of our own, and an editor: a small client that speaks to the real server process."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from tregua.agreement.lsp.document import open_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tregua.agreement.lsp.document import Document

MOST = 20.0  # seconds that an answer may take before the test fails
URI = "file:///nowhere/valley.deal.md"

DEAL = """\
---
deal: valley
title: "Two days in the valley 🕊 هدنة"
format: tregua-deal/1
authoritative: text
prose: restated
time zone: Asia/Damascus
---

# terms · Terms of the truce

```deal
instrument terms "Terms"
    is: terms
    held: whole
    signed by: north, south
```

## § 1 · Who

> [V 1] North and South are the sides.

```deal
party north "Северная сторона 🏔"
    is: armed-force
    ar: "الجانب 🏔 الشمالي"
    answers for: south   # 🏔 not a name of ours: north

party south "South"
    is: armed-group

body commission "Commission"
    is: joint-commission
    members: north 2, south 2

power day-d "Fixing Day D"
    does: set
    holder: north, south
    sets: D
```

## § 2 · No attacks

> [P 2] From Day D no side attacks the other.
> [X 2a] An annex that nobody holds.

### § 2a · Answering an attack

> [V 2a] A side that is hit may answer within the hour.

```deal
phase truce "Truce"
    starts: D
    lasts: 48 hours

zone valley "Valley"
    is: area
    geometry: undefined "to be drawn"

weapons distances "Distances"
    columns: class, family, calibre, distance
    row: field-gun, gun, 100 mm, 9 km

acts local "Acts of this deal"
    row: tunnel, fortify, "tunnelling"

prohibition attacks "No attacks"
    clause: § 2
    on: all-parties
    must not: attack(weapon: field-gun),
        tunnel(from: valley)
    during: truce
    where: valley
    except: answer
    verified by: commission

exception answer "Answer within the hour"
    when: prior(attack, on: actor, within: 60 minutes)
    burden: acting-party

clock calm "Days of calm"
    counts: consecutive-days
    day: calendar
    starts: start(truce)
    resets on: violation(attacks)

gate talks "Talks begin"
    opens when: calm >= 1 days, kept(attacks, for: 1 days)
    leads to: commission

schedule steps "Steps"
    row: D + 1 days, north, withdraw, undefined, valley

procedure incident "From report to decision"
    for: violation
    step: report by north to commission within 24 hours else refer
    decided by: commission
```

# Commentary

```deal
scenario one-shell "One shell"
    set: D = 2030-09-12T19:00
    covered: valley, D .. D + 2 days
    given: at D + 1 hours, tunnel, by north, against south, in valley
    expect: attacks violated by north
    expect: attacks undetermined by south because no-coverage
    expect: calm = 0 days
    expect: talks shut
    expect: NOTE L601 on attacks
```
"""


@pytest.fixture
def deal() -> str:
    """A deal in which every way to name something is used, in three scripts."""
    return DEAL


@pytest.fixture
def document(deal: str) -> Document:
    """The same, as the editor holds it."""
    return open_document(deal, file="valley.deal.md")


class Editor:
    """Speaks the Language Server Protocol with a process over its standard input and output."""

    def __init__(self, *options: str, capabilities: dict[str, Any] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tregua", "lsp", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.heard: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.told: list[dict[str, Any]] = []  # notifications that nobody asked for yet
        self.noted: set[str] = set()  # documents that got notes
        self.number = 0
        self.version = 0
        threading.Thread(target=self._listen, daemon=True).start()
        asked = {"processId": None, "rootUri": None, "capabilities": capabilities or {}}
        self.can = self.ask("initialize", asked)["capabilities"]
        self.tell("initialized", {})

    def _listen(self) -> None:
        out = self.process.stdout
        assert out is not None
        while header := out.readline():
            length = 0
            while header.strip():
                name, _, value = header.decode("ascii").partition(":")
                length = int(value) if name.lower() == "content-length" else length
                header = out.readline()
            self.heard.put(json.loads(out.read(length)))
        self.heard.put(None)

    def send(self, body: bytes) -> None:
        """Send bytes as one message."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def tell(self, method: str, params: Any) -> None:
        """Send a notification."""
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        self.send(json.dumps(message).encode())

    def reply(self, method: str, params: Any) -> dict[str, Any]:
        """Ask, and return the whole answer: its result or its error."""
        self.number += 1
        message = {"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}
        self.send(json.dumps(message).encode())
        return self._until(lambda m: m.get("id") == self.number)

    def ask(self, method: str, params: Any) -> Any:
        """Ask, and return the result."""
        answer = self.reply(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    def _until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        end = time.monotonic() + MOST
        while True:
            message = self.heard.get(timeout=max(0.01, end - time.monotonic()))
            assert message is not None, "the server has ended"
            if message.get("method") == "textDocument/publishDiagnostics":
                self.noted.add(message["params"]["uri"])
            if wanted(message):
                return message
            self.told.append(message)

    def open(self, text: str, uri: str = URI) -> None:
        """Open a document; the editor knows its language by the name, else it is a deal."""
        self.version += 1
        language = "tregua" if uri.startswith("untitled:") else "markdown"
        item = {"uri": uri, "languageId": language, "version": self.version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})

    def type(self, text: str, uri: str = URI) -> None:
        """Change a document; the whole text is sent."""
        self.version += 1
        item = {"uri": uri, "version": self.version}
        change = {"textDocument": item, "contentChanges": [{"text": text}]}
        self.tell("textDocument/didChange", change)

    def notes(self) -> list[dict[str, Any]]:
        """Wait for the last word on the newest version: reader and linter, both."""
        seen = 0

        def is_last(message: dict[str, Any]) -> bool:
            nonlocal seen
            params = message.get("params", {})
            if message.get("method") == "textDocument/publishDiagnostics":
                seen += params.get("version") == self.version
            return seen == 2

        early = [m for m in self.told if m.get("params", {}).get("version") == self.version]
        self.told.clear()
        for message in early:
            if is_last(message):
                return list(message["params"]["diagnostics"])
        return list(self._until(is_last)["params"]["diagnostics"])

    def end(self) -> int:
        """End the session as an editor does, and return the exit code."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self.process.wait(MOST)

    def errors(self) -> str:
        """Return what the ended server wrote to its error output."""
        assert self.process.stderr is not None
        return self.process.stderr.read().decode()


@pytest.fixture
def start() -> Iterator[Callable[..., Editor]]:
    """Start an editor with its server; every server is ended when the test ends."""
    if find_spec("pygls") is None:
        pytest.skip("the extra `lsp` is not installed")
    editors: list[Editor] = []

    def begin(*options: str, **capabilities: Any) -> Editor:
        editors.append(Editor(*options, capabilities=capabilities or None))
        return editors[-1]

    yield begin
    for editor in editors:
        editor.process.kill()
        editor.process.wait()
        for pipe in (editor.process.stdin, editor.process.stdout, editor.process.stderr):
            assert pipe is not None
            pipe.close()


@pytest.fixture
def editor(start: Callable[..., Editor], deal: str) -> Editor:
    """An editor that has the deal open."""
    begun = start()
    begun.open(deal)
    return begun
