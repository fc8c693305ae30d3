"""Reads a formula as MonPoly writes it; also the signs that WhyMon uses for the same.

How strongly things bind, from the weakest: since and until, the other temporal operators,
quantifiers, implies and equivalent, or, and, not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.outside.mfotl.formula import (
    TRUE,
    And,
    Atom,
    Compare,
    Compound,
    Constant,
    EmptyIntervalError,
    Exists,
    Fixed,
    Formula,
    Lasting,
    Not,
    NotSupportedError,
    Or,
    Step,
    Term,
    Variable,
    negated,
)

TOKEN = re.compile(
    r'\s+|#[^\n]*|\(\*.*?\*\)|(?P<text>r?"(?:[^"\\]|\\.)*")'
    r"|(?P<number>\d+\.\d*(?:[eE][+-]?\d+)?|\d+)|(?P<word>[A-Za-z_][\w']*)"
    r"|(?P<sign><-|<=|>=|->|[()\[\],;.=<>+*/{}|&!?-]|[⧫◊□■●○¬∧∨→∃∀∞])",
    re.DOTALL,
)
SIGNS = {"⧫": "ONCE", "◊": "EVENTUALLY", "□": "ALWAYS", "■": "PAST_ALWAYS", "●": "PREVIOUS"}
SIGNS |= {"○": "NEXT", "¬": "NOT", "∧": "AND", "∨": "OR", "→": "IMPLIES", "∃": "EXISTS"}
SIGNS |= {"∀": "FORALL", "∞": "*", "PREV": "PREVIOUS"}
SIGNS |= {"HISTORICALLY": "PAST_ALWAYS", "SOMETIMES": "EVENTUALLY"}
BINARY = {"SINCE": 1, "UNTIL": 1, "S": 1, "U": 1, "IMPLIES": 3, "EQUIV": 3, "OR": 4, "AND": 5}
LETTERS = {"S": "SINCE", "U": "UNTIL"}  # between two formulas; elsewhere a predicate
UNARY, BOUND, NEGATION = 2, 2, 6
TEMPORAL = ("PREVIOUS", "NEXT", "ONCE", "EVENTUALLY", "ALWAYS", "PAST_ALWAYS")
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
COMPARISONS = ("=", "<", "<=", ">", ">=")
CALLS = ("f2i", "i2f")
OUTSIDE = {
    "LET": "LET",
    "LETPAST": "LET",
    "<-": "aggregation",
    "SUBSTRING": "functions of strings",
    "MATCHES": "functions of strings",
    "FORWARD": "regular expressions over time",
    "BACKWARD": "regular expressions over time",
}
OUTSIDE |= dict.fromkeys(("MATCHF", "MATCHP"), "regular expressions over time")
OUTSIDE |= dict.fromkeys(("s2i", "i2s", "f2s", "s2f", "r2s", "s2r"), "functions of strings")
OUTSIDE |= dict.fromkeys(
    ("FORMAT_DATE", "YEAR", "MONTH", "DAY_OF_MONTH"), "functions of dates"
)  # the peer's calendar is that of its machine
OUTSIDE |= dict.fromkeys(("tp", "ts", "tpts"), "predicates about time points")


def read_formula(text: str) -> Formula:
    """Read one formula.

    Raises:
        NotSupportedError: it is outside the fragment.
        EmptyIntervalError: an interval in it is empty.
    """
    tokens = _tokens(text)
    for token in tokens:
        if token in OUTSIDE:
            raise NotSupportedError(OUTSIDE[token])
    reader = _Reader(tokens)
    formula = reader.formula(0, {})
    if reader.at < len(tokens):
        raise NotSupportedError("syntax not known")
    return formula


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise NotSupportedError("syntax not known")
        if match.lastgroup:
            found.append(SIGNS.get(match[0], match[0]))
        at = match.end()
    return found


@dataclass
class _Reader:
    tokens: list[str]
    at: int = 0
    bound: int = field(default=0)

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *expected: str) -> str:
        token = self.peek()
        if not token or (expected and token not in expected):
            raise NotSupportedError("syntax not known")
        self.at += 1
        return token

    def formula(self, weakest: int, names: dict[str, str]) -> Formula:
        left = self.operand(names)
        while (strength := BINARY.get(self.peek(), 0)) and strength >= weakest:
            word = LETTERS.get(self.peek(), self.peek())
            self.take()
            low, high = self.interval() if word in ("SINCE", "UNTIL") else (0, None)
            rightwards = word in ("SINCE", "UNTIL", "IMPLIES")
            right = self.formula(strength + (not rightwards), names)
            left = _binary(word, left, right, low, high)
        return left

    def operand(self, names: dict[str, str]) -> Formula:
        word = self.peek()
        if word in ("TRUE", "FALSE"):
            return Fixed(self.take() == "TRUE")
        if word == "NOT":
            self.take()
            return negated(self.formula(NEGATION, names))
        if word in TEMPORAL:
            self.take()
            low, high = self.interval()
            return _unary(word, self.formula(UNARY, names), low, high)
        if word in ("EXISTS", "FORALL"):
            return self.quantified(names)
        return self.compared(names) or self.atom_or_bracket(names)

    def quantified(self, names: dict[str, str]) -> Formula:
        word, inner, own = self.take(), dict(names), []
        while True:
            name = self.take()
            self.bound += 1
            inner[name] = f"{name}~{self.bound}"
            own.append(inner[name])
            if self.take(",", ".") == ".":
                break
        body = self.formula(BOUND, inner)
        if word == "EXISTS":
            return Exists(tuple(own), body)
        return Not(Exists(tuple(own), negated(body)))

    def compared(self, names: dict[str, str]) -> Formula | None:
        start = self.at
        try:
            left = self.term(0, names)
            sign = self.take(*COMPARISONS)
        except NotSupportedError:
            self.at = start
            return None
        right = self.term(0, names)
        if sign in (">", ">="):
            left, sign, right = right, sign.replace(">", "<"), left
        return Compare(sign, left, right)

    def atom_or_bracket(self, names: dict[str, str]) -> Formula:
        word = self.take()
        if word == "(":
            inner = self.formula(0, names)
            self.take(")")
            return inner
        if not re.match(r"[A-Za-z_]", word):
            raise NotSupportedError("syntax not known")
        self.take("(")
        terms: list[Term] = []
        while self.peek() != ")":
            terms.append(self.term(0, names))
            if self.peek() != ")":
                self.take(",")
        self.take(")")
        return Atom(word, tuple(terms))

    def term(self, weakest: int, names: dict[str, str]) -> Term:
        strengths = {"+": 1, "-": 1, "*": 2, "/": 2, "MOD": 2}
        left = self.factor(names)
        while (strength := strengths.get(self.peek(), 0)) > weakest:
            left = Compound(self.take(), (left, self.term(strength, names)))
        return left

    def factor(self, names: dict[str, str]) -> Term:
        token = self.take()
        if token == "-":
            return Compound("negative", (self.factor(names),))
        if token == "(" or token in CALLS:
            if token != "(":
                self.take("(")
            inner = self.term(0, names)
            self.take(")")
            return inner if token == "(" else Compound(token, (inner,))
        if token[0] == '"':
            return Constant(token[1:-1])
        if token[0].isdigit():
            return Constant(int(token) if token.isdigit() else float(token))
        if re.fullmatch(r"[A-Za-z_][\w']*", token) and self.peek() != "(":
            if token == "_":  # each stands for something else
                self.bound += 1
                return Variable(f"_~{self.bound}")
            return Variable(names.get(token, token))
        raise NotSupportedError("syntax not known")

    def interval(self) -> tuple[int, int | None]:
        start = self.at
        if self.peek() not in ("[", "("):
            return 0, None
        opened = self.take()
        low = self.bound_of()
        if low is None or self.peek() != ",":
            self.at = start
            return 0, None
        self.take(",")
        high = self.bound_of()
        if high is None:
            self.take("*")
        closed = self.take("]", ")") == "]"
        low += opened == "("
        if high is not None:
            high -= not closed
        if low < 0 or (high is not None and high < low):
            raise EmptyIntervalError("empty interval")
        return low, high

    def bound_of(self) -> int | None:
        sign = -1 if self.peek() == "-" else 1
        if sign < 0:
            self.take()
        if not self.peek().isdigit():
            return None
        number = sign * int(self.take())
        return number * UNITS[self.take()] if self.peek() in UNITS else number


def _binary(word: str, left: Formula, right: Formula, low: int, high: int | None) -> Formula:
    if word in ("SINCE", "UNTIL"):
        return Lasting(word == "UNTIL", low, high, left, right)
    if word == "AND":
        return And(left, right)
    if word == "OR":
        return Or(left, right)
    there = Or(negated(left), right)
    return there if word == "IMPLIES" else And(there, Or(negated(right), left))


def _unary(word: str, body: Formula, low: int, high: int | None) -> Formula:
    if word in ("PREVIOUS", "NEXT"):
        return Step(-1 if word == "PREVIOUS" else 1, low, high, body)
    ahead = word in ("EVENTUALLY", "ALWAYS")
    if word in ("ONCE", "EVENTUALLY"):
        return Lasting(ahead, low, high, TRUE, body)
    return Not(Lasting(ahead, low, high, TRUE, negated(body)))
