"""The labels of the read-back in one language: every kind, key and closed word, with plurals.

The tables are ``words/en.toml``, ``ru.toml`` and ``ar.toml``; a test holds them against the list of
kinds. A word that means different things in different keys has an entry of its own, written
``kind.key.word``; a key likewise ``kind.key``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

LANGUAGES = ("en", "ru", "ar")
RTL = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class Words:
    """The labels in one language."""

    language: str
    _tables: Mapping[str, Mapping[str, str]]
    _units: Mapping[str, Mapping[str, str]]

    @property
    def rtl(self) -> bool:
        """Say whether the language is written from right to left."""
        return self.language in RTL

    def has(self, table: str, name: str) -> bool:
        """Say whether a table of labels holds the name."""
        return name in self._tables.get(table, {})

    def of(self, table: str, name: str) -> str:
        """Return a label; a name without one in square brackets, so that the gap is seen."""
        return self._tables.get(table, {}).get(name, f"[{name}]")

    def page(self, name: str) -> str:
        """Return a phrase of the page itself."""
        return self.of("page", name)

    def key(self, kind: str, key: str) -> str:
        """Return the label of a key, its kind's own before the one that kinds share."""
        own = f"{kind}.{key}"
        return self.of("key", own if self.has("key", own) else key)

    def word(self, word: str, *, kind: str = "", key: str = "") -> str:
        """Return the label of a closed word, that of its key before the shared one."""
        own = f"{kind}.{key}.{word}"
        return self.of("word", own if self.has("word", own) else word)

    def amount(self, shown: str, value: Decimal, unit: str) -> str:
        """Return an amount in its own unit: ``48 hours`` stays 48 hours."""
        forms = self._units[unit]
        form = plural(value, self.language)
        return forms.get(form, forms["other"]).format(n=shown)


def plural(value: Decimal, language: str) -> str:
    """Return the plural form of a number: zero, one, two, few, many or other (Unicode CLDR)."""
    if value != value.to_integral_value():
        return "other"
    number = int(value)
    if language == "ru":
        return _russian(number)
    if language == "ar":
        return _arabic(number)
    return "one" if number == 1 else "other"


def _russian(number: int) -> str:
    if number % 10 == 1 and number % 100 != 11:  # noqa: PLR2004
        return "one"
    if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        return "few"
    return "many"


def _arabic(number: int) -> str:
    exact = {0: "zero", 1: "one", 2: "two"}
    if number in exact:
        return exact[number]
    tail = number % 100
    if 3 <= tail <= 10:  # noqa: PLR2004
        return "few"
    return "many" if tail > 10 else "other"  # noqa: PLR2004


@cache
def words_of(language: str) -> Words:
    """Return the labels in one of `LANGUAGES`."""
    text = (files("tregua.agreement.readback") / "words" / f"{language}.toml").read_text(
        encoding="utf-8"
    )
    tables = tomllib.loads(text)
    units = tables.pop("unit")
    return Words(language, tables, units)
