"""Every kind, key and closed word has a label in English, Russian and Arabic."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from tregua.agreement.acts import BUILT_IN as ACTS
from tregua.agreement.clause import BUILT_IN, COMMON
from tregua.agreement.clauses import KINDS
from tregua.agreement.clauses.procedure import PARTS, VERBS
from tregua.agreement.clauses.scenario import RESULTS, STATES
from tregua.agreement.clauses.schedule import CELLS
from tregua.agreement.readback.read_back import State
from tregua.agreement.readback.words_of import LANGUAGES, Words, plural, words_of
from tregua.agreement.reading.conditions import (
    ACT_ARGUMENTS,
    CONDITIONS,
    FAMILIES,
    FORCES,
    MOMENTS,
    PASSAGES,
    REQUESTS,
    WEAPON_WORDS,
)
from tregua.agreement.reading.expressions import COMPARISONS, TIME_UNITS
from tregua.agreement.reading.header import HEADER
from tregua.assessment.model import Why

if TYPE_CHECKING:
    from collections.abc import Iterator

ALL = (*KINDS, HEADER)


@pytest.fixture(params=LANGUAGES)
def table(request: pytest.FixtureRequest) -> Words:
    return words_of(request.param)


def named_arguments() -> Iterator[str]:
    yield from ACT_ARGUMENTS
    for form in (*CONDITIONS.values(), *MOMENTS.values()):
        yield from (name for name, _ in form.named)


NEEDED = {
    "kind": {kind.kind for kind in ALL},
    "name": BUILT_IN,
    "act": ACTS,
    "condition": set(CONDITIONS),
    "moment": set(MOMENTS),
    "arg": {*named_arguments(), *PARTS, *CELLS, "by", "against", "p", "because"},
    "step": set(VERBS),
    "result": {*RESULTS, *STATES, *(w.value for w in Why), "NOTE"},
    "sign": {*COMPARISONS, "+", "-", "..", "*"},
    "mark": set("VPMX"),
}


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_every_name_of_the_language_has_a_label(table: Words, name: str) -> None:
    """No kind, act, condition, moment, argument, step, result, sign or mark is without a label."""
    assert [] == sorted(n for n in NEEDED[name] if not table.has(name, n))


def test_every_key_has_a_label(table: Words) -> None:
    """Each key of each kind and of the header has a label, and so have the keys of all kinds."""
    keys = [(kind.kind, key.name) for kind in ALL for key in (*kind.keys, *COMMON)]
    assert [] == [pair for pair in keys if table.key(*pair).startswith("[")]


def test_every_closed_word_has_a_label(table: Words) -> None:
    """Each word of each closed list has a label, those inside acts and conditions included."""
    words = [(k.kind, key.name, w) for k in ALL for key in k.keys for w in key.words]
    words += [("", "", w) for w in (*FAMILIES, *FORCES, *PASSAGES, *REQUESTS, *WEAPON_WORDS)]
    missing = [w for kind, key, w in words if table.word(w, kind=kind, key=key).startswith("[")]
    assert [] == missing


def test_every_default_has_a_label(table: Words) -> None:
    """What the language takes where a text is silent can be said in words."""
    tables = ("default", "name", "word", "act")
    defaults = {k.default for kind in KINDS for k in kind.keys} - {"-", "undefined"}
    words = [w for d in defaults for w in ([d] if table.has("default", d) else d.split(", "))]
    lacking = [w for w in words if not w.isdigit() and not any(table.has(t, w) for t in tables)]
    assert [] == sorted(lacking)


def test_the_three_tables_hold_the_same_keys() -> None:
    """A label that stands in one language stands in the other two, and no table has more."""
    found = [flat(language) for language in LANGUAGES]
    assert found[0] == found[1] == found[2]


def flat(language: str) -> set[tuple[str, str]]:
    text = (files("tregua.agreement.readback") / "words" / f"{language}.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    return {(name, key) for name, labels in tables.items() for key in labels}


def test_no_label_mixes_scripts() -> None:
    """English labels are Latin, Russian ones Cyrillic, Arabic ones Arabic; names of tools apart."""
    foreign = {"en": "[а-яё\u0621-\u064a]", "ru": "[A-Za-z\u0621-\u064a]", "ar": "[A-Za-zа-яё]"}
    for language, letters in foreign.items():
        folder = files("tregua.agreement.readback") / "words"
        text = (folder / f"{language}.toml").read_text("utf-8")
        labels = [re.sub(r"tregua( lint)?|\{n\}", "", label) for label in labels_in(text)]
        assert [] == [label for label in labels if re.search(letters, label, re.IGNORECASE)]


def labels_in(text: str) -> Iterator[str]:
    for table in tomllib.loads(text).values():
        for label in table.values():
            yield from label.values() if isinstance(label, dict) else (label,)


def test_arabic_labels_carry_no_vowel_signs() -> None:
    """No harakat: they spoil the copying of text out of a printed page."""
    text = (files("tregua.agreement.readback") / "words" / "ar.toml").read_text("utf-8")
    assert [] == re.findall("[\u064b-\u0652]", text)


@pytest.mark.parametrize(
    ("value", "russian", "arabic"),
    [
        ("0", "many", "zero"),
        ("1", "one", "one"),
        ("2", "few", "two"),
        ("3", "few", "few"),
        ("11", "many", "many"),
        ("21", "one", "many"),
        ("100", "many", "other"),
        ("103", "few", "few"),
        ("1.5", "other", "other"),
    ],
)
def test_plural_forms_follow_the_rules_of_each_language(
    value: str, russian: str, arabic: str
) -> None:
    """The forms are those of the Unicode CLDR for cardinal numbers."""
    assert (russian, arabic) == (plural(Decimal(value), "ru"), plural(Decimal(value), "ar"))


def test_an_amount_stays_in_its_own_unit(table: Words) -> None:
    """48 hours are never written as two days."""
    expected = {"en": "48 hours", "ru": "48 часов", "ar": "48 ساعة"}
    assert expected[table.language] == table.amount("48", Decimal(48), "hours")


def test_every_unit_has_its_forms(table: Words) -> None:
    """Each unit of time, length and share is written in each language with its number."""
    for unit in (*TIME_UNITS, "m", "km", "mm", "%"):
        for number in ("0", "1", "2", "3", "11", "100", "1.5"):
            assert number in table.amount(number, Decimal(number), unit)


MODALITIES = (("prohibition", "must not"), ("duty", "must"), ("duty", "must keep"),
              ("permission", "may"), ("permission", "unhindered"))  # fmt: skip


def test_no_two_modalities_share_their_wording(table: Words) -> None:
    """Forbidden, owed once, owed throughout, allowed and not to be hindered read differently."""
    labels = [table.key(kind, key) for kind, key in MODALITIES]
    assert len(set(labels)) == len(labels)
    kinds = [table.of("kind", kind) for kind in ("prohibition", "duty", "permission")]
    assert len(set(kinds)) == len(kinds)
    others = {table.key(k.kind, key.name) for k in KINDS for key in k.keys
              if (k.kind, key.name) not in MODALITIES}  # fmt: skip
    assert set() == set(labels) & others


def test_silence_undefined_and_none_read_differently(table: Words) -> None:
    """The three answers that are no value have three wordings."""
    said = [table.page(name) for name in ("open", "none", "silent")]
    assert len(set(said)) == len(said)
    assert {State.OPEN, State.NONE, State.SILENT} < set(State)
