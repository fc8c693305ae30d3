"""The value of a key in words of one language, as runs. Nothing is inflected: label, then name.

A name comes from the block's title, or from its keys ``ru`` and ``ar``; a missing one is the id in
square brackets. An amount keeps the deal's own unit, a time its zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.clause import ValueType
from tregua.agreement.readback.read_back_rows import shape_of
from tregua.agreement.readback.runs import data, joined, own, words
from tregua.agreement.reading.conditions import ACT_ARGUMENTS, CONDITIONS, MOMENTS
from tregua.agreement.reading.expressions import COMPARISONS
from tregua.agreement.value import (
    Amount,
    AmountRange,
    Call,
    ClauseRef,
    Instant,
    Item,
    Items,
    Number,
    Op,
    Text,
    TimeOfDay,
    Word,
    ZoneName,
)
from tregua.terms.time import Precision, show_when

if TYPE_CHECKING:
    from tregua.agreement.block import Block, DealText
    from tregua.agreement.clause import Key
    from tregua.agreement.readback.runs import Line, Run
    from tregua.agreement.readback.words_of import Words
    from tregua.agreement.reading.conditions import Form
    from tregua.agreement.value import Atom

_ACT_LANGUAGES = {"en": 2, "ru": 3, "ar": 4}  # cell of an `acts` row
_QUOTED = ("says", "words not defined")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Puts values of one deal into words of one language."""

    deal: DealText
    words: Words

    @property
    def comma(self) -> str:
        """Return what stands between two items of a line."""
        return self.words.page("comma")

    def _in_brackets(self, lines: list[Line]) -> Line:
        between = self.words.page("semicolon")
        return (words(" ("), *joined(lines, between), words(")")) if lines else ()

    # --- names

    def name(self, block_id: str) -> Run:
        """Return the name of a block in the language, or its id in square brackets."""
        block = self.deal.block(block_id)
        name = "" if block is None else name_of(block, self.words.language)
        return own(name, block_id) if name else data(f"[{block_id}]", block_id if block else "")

    def word(self, word: str, *, kind: str = "", key: str = "") -> Run:
        """Return the label of a bare word: a block, a built-in name, a closed word, else itself."""
        if self.words.has("word", f"{kind}.{key}.{word}"):
            return words(self.words.word(word, kind=kind, key=key))
        if self.deal.block(word) is not None:
            return self.name(word)
        for table in ("name", "word", "small"):
            if self.words.has(table, word):
                return words(self.words.of(table, word))
        return data(word)

    def act_name(self, act: str) -> Run:
        """Return the label of an act kind, built in or added by the deal."""
        if self.words.has("act", act):
            return words(self.words.of("act", act))
        cell = _ACT_LANGUAGES[self.words.language]
        for block in self.deal.of_kind("acts"):
            for entry in block.every("row"):
                items = entry.value.items if isinstance(entry.value, Items) else ()
                text = items[cell].only if len(items) > cell else None
                if items and items[0].word == act and isinstance(text, Text):
                    return own(text.text)
        return data(f"[{act}]")

    # --- a key

    def items(self, value: Items, key: Key, block: Block) -> tuple[Line, ...]:
        """Return the value of a key, one line for each item; a row or step is one line."""
        if key.type in (ValueType.ROW, ValueType.STEP, ValueType.GIVEN, ValueType.EXPECT):
            return (shape_of(self, value, key, block),)
        if key.name == "aliases":
            return (joined([self._text(i, key) for i in value.items], self.comma),)
        if key.type is ValueType.PHRASE:
            return (joined([self.atoms(i) for i in value.items], self.comma),)
        return tuple(self._item(item, key, block) for item in value.items)

    def _item(self, item: Item, key: Key, block: Block) -> Line:
        match key.type:
            case ValueType.WHEN:
                return self.condition(item)
            case ValueType.TIME:
                return self.time(item)
            case ValueType.ACTS:
                return self.act(item)
            case ValueType.TEXT | ValueType.TEXTS:
                return self._text(item, key)
            case ValueType.FORMAT:
                return (data(item.word),)
            case ValueType.WORD | ValueType.WORDS if not key.words:
                return self._code(item)
        return self._name_and_rest(item, key, block)

    def _text(self, item: Item, key: Key) -> Line:
        text = item.only
        if not isinstance(text, Text):
            return self.atoms(item)
        return _quoted(text.text) if key.name in _QUOTED else (own(text.text),)

    def _code(self, item: Item) -> Line:
        """Write a word of no closed list: a moment, a country, a language, another deal."""
        known = item.word in ("en", "ru", "ar")
        return (words(self.words.of("word", item.word)) if known else data(item.word),)

    def _name_and_rest(self, item: Item, key: Key, block: Block) -> Line:
        first, *rest = item.atoms
        if not isinstance(first, Word):
            return self.atoms(item)
        if first.name in key.words:
            named: Run = words(self.words.word(first.name, kind=block.kind, key=key.name))
        elif key.kinds and self._is_missing(first.name):
            named = data(f"[{first.name}]")
        else:
            named = self.word(first.name, kind=block.kind, key=key.name)
        behind = self.atoms(Item(tuple(rest))) if rest else ()
        # `members: ru 1` names one member; `by memo-4` names a table.
        return (
            (named, words(" ("), *behind, words(")"))
            if key.counted and rest
            else ((named, words(" "), *behind) if rest else (named,))
        )

    def _is_missing(self, name: str) -> bool:
        return self.deal.block(name) is None and not self.words.has("name", name)

    # --- acts, conditions, moments

    def act(self, item: Item) -> Line:
        """Return an act with its arguments: ``withdraw (beyond: North, heavy weapons)``."""
        first = item.atoms[0]
        if isinstance(first, Call):
            named = [
                self._named(a.name, self._argument(a.item, ACT_ARGUMENTS[a.name].type, a.name))
                for a in first.args
                if a.name in ACT_ARGUMENTS
            ]
            return (self.act_name(first.name), *self._in_brackets(named))
        return (self.act_name(item.word),) if item.word else self.atoms(item)

    def condition(self, item: Item) -> Line:
        """Return a condition: a call, or a clock compared with an amount."""
        match item.atoms:
            case (Call() as call,):
                return self._call(call, CONDITIONS, "condition")
            case (Word(clock), Op(sign), *amounts) if sign in COMPARISONS:
                length = self.atoms(Item(tuple(amounts)))
                return (self.name(clock), words(f": {self.words.of('sign', sign)} "), *length)
        return self.atoms(item)

    def time(self, item: Item) -> Line:
        """Return a moment and the steps from it: ``D plus 2 days``."""
        first, *rest = item.atoms
        if isinstance(first, Call):
            line = self._call(first, MOMENTS, "moment")
        elif isinstance(first, Word):
            line = self._moment(first.name)
        else:
            line = self.atoms(Item((first,)))
        return (*line, words(" "), *self.atoms(Item(tuple(rest)))) if rest else line

    def _moment(self, name: str) -> Line:
        """Return a named moment with the power that fixes it."""
        powers = (b for b in self.deal.of_kind("power") if b.word("sets") == name)
        fixes: list[Line] = [(self.name(b.id),) for b in powers]
        return (data(name), *self._in_brackets(fixes))

    def _call(self, call: Call, forms: dict[str, Form], table: str) -> Line:
        form = forms.get(call.name)
        if form is None:
            return self._loose_call(call)
        takes = dict(form.named)
        types = [t.type for t in form.plain] or [""]
        plain = [
            self._argument(item, types[min(n, len(types) - 1)])
            for n, item in enumerate(call.plain())
        ]
        named = [
            self._named(a.name, self._argument(a.item, takes[a.name].type))
            for a in call.args
            if a.name in takes
        ]
        label = words(self.words.of(table, call.name))
        # Conditions and moments may hold commas themselves.
        between = "semicolon" if types[0] in ("when", "time") else "comma"
        about = (words(": "), *joined(plain, self.words.page(between))) if plain else ()
        return (label, *about, *self._in_brackets(named))

    def _loose_call(self, call: Call) -> Line:
        inner = [self.atoms(a.item) for a in call.args]
        return (data(call.name), *self._in_brackets(inner))

    def _named(self, name: str, line: Line) -> Line:
        return (words(f"{self.words.of('arg', name)}: "), *line)

    def _argument(self, item: Item, kind: str, name: str = "") -> Line:
        match kind:
            case "act":
                return self.act(item)
            case "when":
                return self.condition(item)
            case "time" | "day":
                return self.time(item)
            case "word" if item.word:
                return (words(self.words.word(item.word)),)
            case "name" if name.startswith("weapon") and self.words.has("word", item.word):
                return (words(self.words.word(item.word)),)
            case "free" if item.word and self.words.has("word", item.word):
                return (words(self.words.word(item.word)),)
        return self.atoms(item)

    # --- atoms

    def atoms(self, item: Item) -> Line:
        """Return atoms one after another, with a space between."""
        return joined([self.atom(a) for a in item.atoms], " ")

    def atom(self, atom: Atom) -> Line:
        """Return one atom."""
        match atom:
            case Word(name):
                return (self.word(name),)
            case Text(text):
                return _quoted(text)
            case Number(value):
                return (data(f"{value:f}"),)
            case Amount(value, unit):
                return (words(self.words.amount(f"{value:f}", value, unit)),)
            case AmountRange(low, high):
                shown = f"{low.value:f}-{high.value:f}"
                return (words(self.words.amount(shown, high.value, high.unit)),)
            case Instant():
                return self._instant(atom)
            case TimeOfDay(hour, minute):
                return (data(f"{hour:02d}:{minute:02d}"),)
            case ZoneName(name):
                return (data(name),)
            case ClauseRef(label, instrument):
                behind = (words(" "), self.name(instrument)) if instrument else ()
                return (data(f"§ {label}"), *behind)
            case Op(sign):
                return (self._sign(sign),)
            case Call():
                return self._any_call(atom)

    def _any_call(self, call: Call) -> Line:
        if call.name in MOMENTS:
            return self._call(call, MOMENTS, "moment")
        return self._call(call, CONDITIONS, "condition")

    def _sign(self, sign: str) -> Run:
        """A bare ``=`` sets something and is shown as it is; the others are words."""
        return data("=") if sign == "=" else words(self.words.of("sign", sign))

    def _instant(self, instant: Instant) -> Line:
        if instant.when is None:
            said = self.words.page("zone not stated")
            return (data(instant.text.replace("T", " ")), words(f" ({said})"))
        shown, zone = show_when(instant.when), instant.when.zone
        is_utc = zone == "UTC" and instant.when.precision is not Precision.DAY
        return (data(shown if is_utc else f"{shown} ({zone})"),)


def name_of(block: Block, language: str) -> str:
    """Return a block's name in a language, empty when it has none."""
    if language == "en":
        return block.title
    return next(iter(block.texts(language)), "")


def _quoted(text: str) -> Line:
    return (own(f"“{text}”"),)
