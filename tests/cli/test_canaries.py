"""A word hidden in each confidential field reaches nobody who may not see it, by no command."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

import pyrage
import pytest

from tests.cli.parties import SHOT, signed, with_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Call

# Field -> (its column, the word in it). The words are like nothing else here.
CANARIES = {
    "source": ("reporter", "Zyxwren"),
    "note": ("summary", "Qopfinch"),
    "where.point": ("place", "Vulgrouse"),
    "by": ("by", "Jabmerlin"),
    "unit": ("unit", "Kexdipper"),
    "asked": ("asked", "Wugplover"),
    "kept": ("witness", "Fyzshrike"),
}
IDS = "Hizavocet"  # the row's own id: part of the source
AT = ("--at", "2030-09-14")
READS = (
    ("status", *AT),
    ("status", *AT, "--json"),
    ("why", "attacks", *AT),
    ("why", "attacks", *AT, "--json"),
    ("why", "attacks", *AT, "--export", "out"),
    ("why", f"side-a:{IDS}", *AT),
    ("why", f"side-a:{IDS}", *AT, "--json"),
    ("bulletin", *AT, "-o", "page.html"),
    ("bulletin", *AT, "--format", "text"),
    ("bulletin", *AT, "--json"),
    ("tallies", *AT),
    ("tallies", *AT, "--json"),
    ("tallies", *AT, "--a", "a", "--b", "nobody"),
    ("what-changed", *AT, "--from", "@0"),
    ("what-changed", *AT, "--from", "@0", "--json"),
    ("what-changed", *AT, "--from", "@99999"),
)


@pytest.fixture
def told(call: Call) -> None:
    """Side A reports to A and B; of the shot, each canary is for A alone."""
    with_keys(call, "side-a")
    hidden = dict(CANARIES.values())
    marks = {"rel": "A,B"} | {f"rel.{field}": "A" for field in CANARIES}
    ran = signed(call, SHOT | {"id": IDS} | hidden | marks)
    assert 0 == ran.code, ran
    assert 0 == call("intake", "side-a.bundle").code


def everything(call: Call, audience: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Run every reading command for an audience; yield all that it wrote, to anywhere."""
    for words in READS:
        ran = call(*words, "--audience", audience)
        written = "".join(p.read_text("utf-8") for p in new_files())
        echoed = ran.err.replace(f"side-a:{IDS}", "") + ran.out  # what was asked is asked back
        yield words, echoed + written


def new_files() -> list[Path]:
    return [p for p in (Path("page.html"), *Path().glob("out/*")) if p.is_file()]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("audience", ["B", "MON", "PUBLIC"])
def test_no_canary_reaches_who_may_not_see_it(audience: str, call: Call) -> None:
    words = [word for _, word in CANARIES.values()] + [IDS]
    leaks = [
        (asked, word)
        for asked, shown in everything(call, audience)
        for word in words
        if word.lower() in decoded(shown).lower()
    ]
    assert [] == leaks


@pytest.mark.usefixtures("told")
def test_every_canary_reaches_who_may_see_it(call: Call) -> None:
    """The same words, the same commands: the test would see them."""
    shown = "".join(decoded(text) for _, text in everything(call, "A"))
    assert [] == [w for w in (*(word for _, word in CANARIES.values()), IDS) if w not in shown]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("audience", ["A", "B", "PUBLIC"])
def test_every_page_says_whose_view_it_is(audience: str, call: Call) -> None:
    for words in (("status", *AT), ("why", "attacks", *AT), ("tallies", *AT)):
        shown = call(*words, "--audience", audience).out
        assert f"{audience}; left out, whole or in part: " in shown, words
    left = "0 entries" if audience == "A" else "fewer than 3 entries"
    assert left in call("status", *AT, "--audience", audience).out


def test_the_keepers_page_says_so(call: Call) -> None:
    assert "whoever keeps this record: all that is held here" in call("status", *AT).out


@pytest.mark.usefixtures("told")
def test_a_view_is_that_of_one_audience(call: Call) -> None:
    call("status", "--audience", "A,B").tells(2, "one audience")
    call("status", "--audience", "<x>").tells(2, "is no audience")


@pytest.mark.usefixtures("told")
def test_a_published_view_is_made_again_as_that_view(call: Call) -> None:
    Path("b.json").write_text(call("status", *AT, "--audience", "B", "--json").out, "utf-8")
    assert "the same, value by value" in call("recompute", "b.json").out


@pytest.mark.usefixtures("told")
def test_no_canary_lies_open_in_the_data_folder(call: Call, centre: Path) -> None:
    """After views of everybody, seals and a beat: in no file, plain or in any base64."""
    for audience in ("A", "B", "MON", "PUBLIC"):
        for words in READS[:3]:
            call(*words, "--audience", audience)
    own = str(pyrage.x25519.Identity.generate().to_public())
    assert 0 == call("seal", f"side-a:{IDS}", "--audience", "A", "--to", own).code
    assert 0 == call("audit").code
    for theirs in ("side-a.csv", "side-a.bundle"):
        assert [] != leaks_in([Path(theirs)])  # the party's own: the test would see them
        Path(theirs).unlink()
    files = [path for path in centre.rglob("*") if path.is_file()]
    names = {path.name for path in files}
    assert {"ledger.bodies", "ledger.vault", "ledger.accesses", "A.age", "keeper.key"} <= names
    assert [] == leaks_in(files)


def leaks_in(files: list[Path]) -> list[tuple[str, str]]:
    words = [word for _, word in CANARIES.values()] + [IDS]
    return [
        (path.name, word)
        for path in files
        for word in words
        if any(form in path.read_bytes() for form in forms_of(word))
    ]


def forms_of(word: str) -> list[bytes]:
    """Return a word, and what base64 makes of its inside wherever it stands among other bytes."""
    data = word.encode()
    # Six bits a character: those that also hold bits of a neighbour are left out at both ends.
    inner = [
        b64encode(b"x" * shift + data)[first : (shift + len(data)) * 8 // 6]
        for shift, first in enumerate((0, 2, 3))
    ]
    return [data, *inner, *(form.translate(URL) for form in inner)]


URL = bytes.maketrans(b"+/", b"-_")


def decoded(text: str) -> str:
    """Add what the base64url of disclosures says, which an export carries."""
    from base64 import urlsafe_b64decode

    parts = [p for line in text.splitlines() for p in line.split("~")[1:] if p]
    pad = [p + "=" * (-len(p) % 4) for p in parts if p.isascii() and len(p) > 40]
    return text + "".join(urlsafe_b64decode(p).decode("utf-8", "replace") for p in pad)
