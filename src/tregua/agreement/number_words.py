"""Numbers in prose: digits and number words of English, Russian and Arabic.

Used to see whether a number of a block stands in its clause, never to put a number into a block.
Generous on purpose: a run of number words counts as a whole and word by word, so that a doubtful
reading never accuses a drafter. Not here: ordinals, fractions in words, Roman numerals.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip

# Nominative first, then the case forms in which a deadline or distance is written.
_RUSSIAN = (
    (1, "один одна одно одну одного одному одним одной"), (2, "два две двух двум двумя"),
    (3, "три трех трем тремя"), (4, "четыре четырех четырем четырьмя"), (5, "пять пяти пятью"),
    (6, "шесть шести шестью"), (7, "семь семи семью"), (8, "восемь восьми восемью"),
    (9, "девять девяти девятью"), (10, "десять десяти десятью"), (11, "одиннадцать одиннадцати"),
    (12, "двенадцать двенадцати"), (13, "тринадцать тринадцати"),
    (14, "четырнадцать четырнадцати"), (15, "пятнадцать пятнадцати"),
    (16, "шестнадцать шестнадцати"), (17, "семнадцать семнадцати"),
    (18, "восемнадцать восемнадцати"), (19, "девятнадцать девятнадцати"),
    (20, "двадцать двадцати двадцатью"), (30, "тридцать тридцати тридцатью"), (40, "сорок сорока"),
    (50, "пятьдесят пятидесяти"), (60, "шестьдесят шестидесяти"),
    (70, "семьдесят семидесяти"), (80, "восемьдесят восьмидесяти"), (90, "девяносто девяноста"),
    (100, "сто ста"), (200, "двести двухсот"), (300, "триста трехсот"),
    (400, "четыреста четырехсот"), (500, "пятьсот пятисот"), (600, "шестьсот шестисот"),
    (700, "семьсот семисот"),
    (800, "восемьсот восьмисот"), (900, "девятьсот девятисот"),
)  # fmt: skip

# Without vowel signs; the dual of a noun (two days, two hours) carries its number in itself.
_ARABIC = (
    (1, "واحد واحدة"), (2, "اثنان اثنين اثنتان اثنتين يومان يومين ساعتان ساعتين"),
    (2, "اسبوعان اسبوعين شهران شهرين دقيقتان دقيقتين سنتان سنتين حاجزان حاجزين نقطتان نقطتين"),
    (3, "ثلاثة ثلاث"), (4, "اربعة اربع"), (5, "خمسة خمس"), (6, "ستة ست"), (7, "سبعة سبع"),
    (8, "ثمانية ثماني ثمان"), (9, "تسعة تسع"), (10, "عشرة عشر"), (20, "عشرون عشرين"),
    (30, "ثلاثون ثلاثين"), (40, "اربعون اربعين"), (50, "خمسون خمسين"), (60, "ستون ستين"),
    (70, "سبعون سبعين"), (80, "ثمانون ثمانين"), (90, "تسعون تسعين"), (100, "مئة مائة"),
    (200, "مئتان مئتين مائتان مائتين"),
)  # fmt: skip

_WORDS: dict[str, int] = {
    **_UNITS,
    **{word: value for value, forms in (*_RUSSIAN, *_ARABIC) for word in forms.split()},
}
_TIMES: dict[str, int] = {
    "hundred": 100, "thousand": 1000,
    "тысяча": 1000, "тысячи": 1000, "тысяч": 1000, "тысячу": 1000, "الف": 1000, "الاف": 1000,
}  # fmt: skip
_JOINS = frozenset({"and", "و"})
_DIGITS = re.compile(r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
_TOKEN = re.compile(r"[^\W\d_]+")
_TASHKEEL = re.compile("[\u064b-\u0652\u0640]")


def numbers_in(text: str) -> frozenset[Decimal]:
    """Return every number that a text gives, in digits or in words."""
    plain = _plain(text)
    found = {n for match in _DIGITS.finditer(plain) for n in _from_digits(match.group())}
    runs = _runs(_TOKEN.findall(plain))
    found |= {Decimal(_sum(run)) for run in runs}
    found |= {Decimal(_WORDS[word]) for run in runs for word in run if word in _WORDS}
    return frozenset(found)


def number_of(text: str) -> int | None:
    """Return the number with which a text ends (``of forty-three``), ``None`` without one."""
    plain = _plain(text).strip()
    if plain.isdigit():
        return int(plain)
    tail: list[str] = []
    for token in reversed(_TOKEN.findall(plain)):
        word = _known(token)
        if word is None and not (tail and token in _JOINS):
            break
        if word is not None:
            tail.insert(0, word)
    return _sum(tail) if tail else None


def _plain(text: str) -> str:
    """Fold case, letters with two spellings, vowel signs and digits of other scripts."""
    folded = _TASHKEEL.sub("", text.casefold()).replace("ё", "е")
    for written, plain in (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("٬", ","), ("٫", ".")):
        folded = folded.replace(written, plain)
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in folded)


def _from_digits(written: str) -> set[Decimal]:
    """Read ``3,500``, ``3 500`` and ``3.5``; a comma may group thousands or open a fraction."""
    groups = re.split("[,\u00a0\u202f ]", written)
    found = {Decimal("".join(groups))} if len(groups) > 1 else {Decimal(written)}
    if len(groups) > 1:
        found |= {Decimal(g) for g in groups}
        found |= (
            {Decimal(written.replace(",", "."))} if re.fullmatch(r"\d+,\d+", written) else set()
        )
    return found


def _known(token: str) -> str | None:
    """Return the number word in a token, also behind the Arabic "and" that is written onto it."""
    for word in (token, token.removeprefix("و")):
        if word in _WORDS or word in _TIMES:
            return word
    return None


def _runs(tokens: list[str]) -> list[list[str]]:
    runs: list[list[str]] = [[]]
    for token in tokens:
        word = _known(token)
        if word is not None:
            runs[-1].append(word)
        elif token not in _JOINS and runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _sum(run: list[str]) -> int:
    """Add a run up: ``three thousand five hundred`` is 3500, ``forty three`` is 43."""
    total = part = 0
    for word in run:
        if word in _WORDS:
            part += _WORDS[word]
        elif _TIMES[word] == 1000:  # noqa: PLR2004 - a thousand closes its part
            total, part = total + max(part, 1) * 1000, 0
        else:
            part = max(part, 1) * _TIMES[word]
    return total + part
