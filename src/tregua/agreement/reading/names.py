"""What the deal declares, and whether a value's names, acts, moments and conditions mean something.

Names are compared whole. A block of an unknown kind declares its name all the same, so that one
wrong word costs one note.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tregua.agreement.acts import BUILT_IN as BUILT_IN_ACTS
from tregua.agreement.clause import BUILT_IN
from tregua.agreement.model import Compare
from tregua.agreement.reading.conditions import ACT_ARGUMENTS, CONDITIONS, MOMENTS
from tregua.agreement.reading.expressions import TIME_UNITS, condition_of, time_of
from tregua.agreement.reading.fault import Fault
from tregua.agreement.reading.item_faults import (
    comparison_fault,
    cut_of,
    one_of,
    span_faults,
    unit_fault_of,
    word_faults,
)
from tregua.agreement.reading.suggest import did_you_mean
from tregua.agreement.value import Amount, Call, Instant, Number, Text, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.reading.conditions import Form, Takes
    from tregua.agreement.value import Arg, Cut, Item

UNREAD = "?"  # stands for the kind of a block that was kept unread


@dataclass(slots=True)
class Names:
    """Everything that the blocks of one deal declare."""

    kinds: dict[str, str] = field(default_factory=dict)  # id -> kind of its first block
    moments: set[str] = field(default_factory=set)  # set by powers
    acts: set[str] = field(default_factory=set)  # added to the built-in tree
    weapons: set[str] = field(default_factory=set)  # classes: rows of `weapons` tables
    by_kind: dict[str, set[str]] = field(default_factory=dict)

    def declare(self, name: str, kind: str) -> None:
        """Take a block's id; of two blocks with one id the first counts."""
        self.kinds.setdefault(name, kind)
        self.by_kind.setdefault(kind, set()).add(name)

    def kind_of(self, name: str) -> str:
        """Return the kind of the block of that id, or an empty string."""
        return self.kinds.get(name, "")

    def is_act(self, name: str) -> bool:
        """Say whether the name is an act kind, built in or added by the deal."""
        return name in BUILT_IN_ACTS or name in self.acts

    # --- names

    def name_faults(
        self, item: Item, kinds: tuple[str, ...], also: tuple[str, ...]
    ) -> Iterator[Fault]:
        """Yield what is wrong with an item that must be one declared or built-in name."""
        only = item.only
        if not isinstance(only, Word):
            yield Fault("D006", "a name is expected here", cut_of(item), _a_name(kinds, also))
            return
        kind = self.kinds.get(only.name, "")
        if only.name in also or kind == UNREAD or (kind and (not kinds or kind in kinds)):
            return
        if kind:
            said = f"{only.name} is {_a(kind)}; expected here: {' or '.join(kinds)}"
        elif only.name in BUILT_IN:
            said = f"the built-in name {only.name} cannot stand here"
        elif self.is_act(only.name):
            said = f"{only.name} is a kind of act; a name is expected here"
            yield Fault("D007", said, only.cut, _a_name(kinds, also))
            return
        else:
            said = f"{only.name} is not declared"
        yield Fault("D007", said, only.cut, self._meant(only.name, kinds, also))

    def _meant(self, name: str, kinds: tuple[str, ...], also: tuple[str, ...]) -> str:
        known: set[str] = set(also)
        for kind in kinds or tuple(self.by_kind):
            known |= self.by_kind.get(kind, set())
        known.discard(name)
        declare = f'{kinds[0]} {name} "..."' if kinds else f"declare a block {name}"
        wrong = self.kinds.get(name)
        return did_you_mean(name, known, otherwise=_a_name(kinds, also) if wrong else declare)

    # --- acts

    def act_faults(self, item: Item) -> Iterator[Fault]:
        """Yield what is wrong with an item that must be an act with its arguments."""
        only = item.only
        if not isinstance(only, Word | Call):
            said = "a kind of act is expected here"
            yield Fault("D006", said, cut_of(item), "write one such as  attack(weapon: any)")
            return
        yield from self._act_kind(only.name, only.cut)
        for arg in only.args if isinstance(only, Call) else ():
            yield from self._act_argument(arg, only.cut)

    def _act_kind(self, name: str, cut: Cut) -> Iterator[Fault]:
        if self.is_act(name):
            return
        help_ = did_you_mean(
            name,
            BUILT_IN_ACTS | self.acts,
            otherwise=f'row: {name}, PARENT, "..."  in an acts block',
        )
        yield Fault("D012", f"{name} is not a kind of act", cut, help_)

    def _act_argument(self, arg: Arg, cut: Cut) -> Iterator[Fault]:
        takes = ACT_ARGUMENTS.get(arg.name)
        if takes is None:
            help_ = did_you_mean(arg.name, ACT_ARGUMENTS, otherwise=one_of(ACT_ARGUMENTS))
            said = f"acts have no argument {arg.name}" if arg.name else "this argument has no name"
            yield Fault("D006", said, cut_of(arg.item) if not arg.name else cut, help_)
        elif takes.type == "name" and isinstance(arg.item.atoms[0], Amount):
            return  # `beyond: 15 km`
        elif not (takes.kinds == ("weapons",) and arg.item.word in self.weapons):
            yield from self._argument(arg.item, takes)

    # --- moments

    def time_faults(self, item: Item) -> Iterator[Fault]:
        """Yield what is wrong with an item that must be a moment."""
        moment = time_of(item)
        if moment is None:
            yield unit_fault_of(item, TIME_UNITS) or Fault(
                "D006",
                "a moment is expected here",
                cut_of(item),
                "write  2016-09-12T19:00 Asia/Damascus  or  D + 2 days  or  start(phase)",
            )
            return
        first = item.atoms[0]
        if isinstance(first, Word) and first.name not in self.moments:
            yield self._no_moment(first)
        elif isinstance(first, Call):
            yield from self.call_faults(first, MOMENTS, "moment")

    def _no_moment(self, word: Word) -> Fault:
        if self.kinds.get(word.name) == "phase":
            said = f"{word.name} is a phase, not a moment"
            return Fault("D007", said, word.cut, f"start({word.name})")
        otherwise = f"sets: {word.name}  in the power that fixes it"
        help_ = did_you_mean(word.name, self.moments, otherwise=otherwise)
        return Fault("D007", f"no power sets a moment {word.name}", word.cut, help_)

    # --- conditions

    def condition_faults(self, item: Item) -> Iterator[Fault]:
        """Yield what is wrong with an item that must be a condition."""
        condition = condition_of(item)
        if isinstance(condition, Call):
            yield from self.call_faults(condition, CONDITIONS, "condition")
        elif isinstance(condition, Compare):
            yield from self.name_faults(_first(item), ("clock",), ())
            if condition.amount.unit not in TIME_UNITS:
                said = f"a clock counts time, not {condition.amount.unit}"
                yield Fault("D006", said, condition.amount.cut, f"{condition.clock} >= 7 days")
        elif fault := comparison_fault(item):
            yield fault
        else:
            said = "a condition is expected here"
            yield Fault("D006", said, cut_of(item), f"write one of: {one_of(CONDITIONS)}")

    # --- calls

    def call_faults(self, call: Call, forms: dict[str, Form], what: str) -> Iterator[Fault]:
        """Yield what is wrong with a call that must be one of a closed list of forms."""
        form = forms.get(call.name)
        if form is None:
            help_ = did_you_mean(call.name, forms, otherwise=one_of(forms))
            yield Fault("D006", f"{call.name}(...) is not a {what}", call.cut, help_)
            return
        plain = call.plain()
        if len(plain) < form.least:
            said = f"{call.name}(...) names nothing"
            yield Fault(
                "D006", said, call.cut, f"write what it is about in the brackets of {call.name}()"
            )
        for at, item in enumerate(plain):
            if at >= len(form.plain) and not form.many:
                said = f"{call.name}(...) takes no more than this"
                yield Fault("D006", said, cut_of(item), f"one {call.name}(...) for each")
                return
            yield from self._argument(item, form.plain[min(at, len(form.plain) - 1)])
        yield from self._named(call, form)

    def _named(self, call: Call, form: Form) -> Iterator[Fault]:
        known = dict(form.named)
        for arg in call.args:
            if arg.name and arg.name not in known:
                said = f"{call.name}(...) has no argument {arg.name}"
                none = "write it without"
                help_ = did_you_mean(arg.name, known, otherwise=one_of(known) or none)
                yield Fault("D006", said, cut_of(arg.item), help_)
            elif arg.name:
                yield from self._argument(arg.item, known[arg.name])

    def _argument(self, item: Item, takes: Takes) -> Iterator[Fault]:
        match takes.type:
            case "name":
                yield from self.name_faults(item, takes.kinds, takes.also)
            case "act":
                yield from self.act_faults(item)
            case "when":
                yield from self.condition_faults(item)
            case "time":
                yield from self.time_faults(item)
            case "span":
                yield from span_faults(item)
            case "word":
                yield from word_faults(item, takes.also or takes.kinds)
            case "count" if not isinstance(item.only, Number):
                yield Fault("D006", "a number is expected here", cut_of(item), "count: 3")
            case "day" if not isinstance(item.only, Instant | Word | Call):
                yield Fault("D006", "a day is expected here", cut_of(item), "2016-09-12")
            case "free" if any(isinstance(a, Text) for a in item.atoms):
                said = "conditions and acts contain names, never quoted text"
                yield Fault("D006", said, cut_of(item), "write a name with letters and hyphens")


def _first(item: Item) -> Item:
    return type(item)(item.atoms[:1])


def _a_name(kinds: tuple[str, ...], also: tuple[str, ...]) -> str:
    if kinds:
        return f"write the id of a block of kind {' or '.join(kinds)}"
    return f"write the id of a block, or one of: {one_of(also)}"


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} block"
