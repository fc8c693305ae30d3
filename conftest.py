"""Options and fixtures that every test may use; the examples of README and docs, run as tests."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from sybil import Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sybil import Example

    from tests.ledger.postgres_server import Server

settings.register_profile("tregua", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("tregua")

ROOT = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the golden files again")
    parser.addoption("--vectors", type=Path, help="folder of outside vectors for the record")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data; without it a test that needs it is skipped, with the reason."""
    folder = Path(os.environ.get("TREGUA_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"real data are not here ({folder.name} is absent; set TREGUA_TEST_DATA)")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; without its packages a test is skipped, with the reason."""
    from tests.ledger.postgres_server import missing, running

    if missing():
        pytest.skip(f"no PostgreSQL server can be started ({missing()} is not installed)")
    with running() as server:
        yield server


@pytest.fixture
def count(
    capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> Callable[[int, str], None]:
    """Print how many cases ran; none at all is a failure."""

    def show(cases: int, what: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{request.node.name}: {cases} {what} ")
        assert cases > 0

    return show


# Examples in README and docs: ```python blocks are run; of ```console blocks each `$ tregua ...`
# and `$ cd ...` is run, in a folder of the page's own, and must print what stands there.
# `...` in a line stands for any text, a line of `...` alone for any lines.


def _begin(namespace: dict[str, Any]) -> None:
    namespace["folder"] = TemporaryDirectory()
    namespace["here"] = Path(namespace["folder"].name)


def _end(namespace: dict[str, Any]) -> None:
    namespace["folder"].cleanup()


def _console(example: Example) -> None:
    for call in re.split(r"^\$ ", example.parsed, flags=re.MULTILINE)[1:]:
        line, _, expected = call.partition("\n")
        words = shlex.split(line, comments=True)
        if words[0] == "cd":
            example.namespace["here"] /= words[1]
            continue
        assert words[0] == "tregua", f"a console block runs tregua and cd alone, not {words[0]}"
        printed = _printed(words, example.namespace["here"])
        if expected.strip():
            assert re.fullmatch(_pattern(expected), printed.strip()), f"{line}\n{printed}"
        else:
            assert "error[X" not in printed, f"{line}\n{printed}"


def _printed(words: list[str], folder: Path) -> str:
    from tregua.cli.main import run

    out, before = io.StringIO(), sys.argv
    sys.argv = words
    try:
        with (
            contextlib.chdir(folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(out),
            contextlib.suppress(SystemExit),
        ):
            run()
    finally:
        sys.argv = before
    return out.getvalue()


def _pattern(expected: str) -> str:
    lines = [
        "(?:.*\n)*?.*"
        if line.strip() == "..."
        else re.escape(line.rstrip()).replace(r"\.\.\.", ".*")
        for line in expected.strip().splitlines()
    ]
    return r" *\n".join(lines) + r"\s*"


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), CodeBlockParser(language="console", evaluator=_console)],
    patterns=["README.md", "docs/*.md", "docs/*/*.md"],
    exclude="cases/*",
    setup=_begin,
    teardown=_end,
).pytest()
