"""The text right of a colon: what each form of value is read as."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tregua.agreement.clause import COMMON
from tregua.agreement.clauses import KINDS
from tregua.agreement.model import Act, Compare, Named, Shifted
from tregua.agreement.reading.expressions import act_of, amount_of, condition_of, shown, time_of
from tregua.agreement.reading.fault import ValueFault
from tregua.agreement.reading.parse_value import parse_value
from tregua.agreement.value import (
    Amount,
    AmountRange,
    Arg,
    Call,
    ClauseRef,
    Instant,
    Item,
    Items,
    Nothing,
    Number,
    Op,
    Text,
    TimeOfDay,
    Undefined,
    Value,
    Word,
)
from tregua.terms.time import show_time


def _read(raw: str) -> Value:
    return parse_value(raw, zone="Asia/Damascus")


def _one(raw: str) -> Item:
    value = _read(raw)
    assert isinstance(value, Items)
    assert 1 == len(value.items)
    return value.items[0]


HOURS = Amount(Decimal(48), "hours")

FORMS = [
    ("48 hours", (HOURS,)),
    ("1 day", (Amount(Decimal(1), "days"),)),
    ("3500m", (Amount(Decimal(3500), "m"),)),
    ("0.9", (Number(Decimal("0.9")),)),
    ("60 %", (Amount(Decimal(60), "%"),)),
    ("15..20 km", (AmountRange(Amount(Decimal(15), "km"), Amount(Decimal(20), "km")),)),
    ("10 hours..48 hours", (AmountRange(Amount(Decimal(10), "hours"), HOURS),)),
    (">= 30 km", (Op(">="), Amount(Decimal(30), "km"))),
    ("by memo-4", (Word("by"), Word("memo-4"))),
    ("D+2d", (Word("D"), Op("+"), Amount(Decimal(2), "days"))),
    ("D+48h", (Word("D"), Op("+"), HOURS)),
    ("08:00..18:00 every day",
     (TimeOfDay(8, 0), Op(".."), TimeOfDay(18, 0), Word("every"), Word("day"))),
    ("30 prisoners per 1 hostage",
     (Number(Decimal(30)), Word("prisoners"), Word("per"), Number(Decimal(1)), Word("hostage"))),
    ("§3d", (ClauseRef("3d"),)),
    ("coh-terms § A3", (ClauseRef("A3", "coh-terms"),)),
    ('"say \\"no\\""', (Text('say "no"'),)),
    ("attack(weapon: any)", (Call("attack", (Arg("weapon", Item((Word("any"),))),)),)),
    ("f()", (Call("f"),)),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "atoms"), FORMS, ids=[raw for raw, _ in FORMS])
def test_a_value_is_read_as_its_atoms(raw: str, atoms: tuple[object, ...]) -> None:
    """Each written form is read as these atoms, whatever their place in the text."""
    assert atoms == _one(raw).atoms


def test_the_four_states_are_kept_apart() -> None:
    """A phrase that leaves it open, a bare undefined, and none are three values."""
    assert Undefined("without delay") == _read('undefined "without delay"')
    assert Undefined() == _read("undefined")
    assert Nothing() == _read("none")
    assert Items((Item((Word("undefined"),)), Item((Word("a"),)))) == _read("undefined, a")


def test_instants_have_the_zone_written_or_the_deals_zone() -> None:
    """A time takes its own offset, its own zone, or the deal's, in this order."""
    times = {
        "2016-09-12T19:00": "2016-09-12 16:00 UTC",
        "2016-09-12T19:00 Europe/Zurich": "2016-09-12 17:00 UTC",
        "2016-09-12T19:00Z": "2016-09-12 19:00 UTC",
        "2016-09-12T19:00:00+01:00": "2016-09-12 18:00 UTC",
        "2016-02-27": "2016-02-26 22:00 UTC",
    }
    for raw, expected in times.items():
        instant = _one(raw).only
        assert isinstance(instant, Instant)
        assert instant.when is not None
        assert expected == show_time(instant.when.start)
    floating = parse_value("2016-09-12T19:00", zone=None)
    assert Items((Item((Instant("2016-09-12T19:00"),)),)) == floating


def test_moments_are_names_calls_and_steps_from_them() -> None:
    """A moment is an instant, a name or a call, moved by amounts with their signs."""
    step = Shifted(Named("D"), 1, Amount(Decimal(10), "hours"))
    assert Shifted(step, 1, Amount(Decimal(20), "minutes")) == time_of(
        _one("D + 10 hours 20 minutes")
    )
    assert Shifted(Named("D"), -1, Amount(Decimal(2), "days")) == time_of(_one("D - 2 days"))
    assert isinstance(time_of(_one("first(start(p) + 8 months, done(d))")), Call)
    assert [None] * 4 == [time_of(_one(raw)) for raw in ("48 hours", "D 2 days", "D +", "D + 2 km")]


def test_conditions_compare_a_clock_or_call() -> None:
    """A condition is a call, or a clock compared with an amount."""
    assert Compare("calm", ">=", Amount(Decimal(7), "days")) == condition_of(_one("calm >= 7 days"))
    assert isinstance(condition_of(_one("kept(relief, for: 7 days)")), Call)
    assert condition_of(_one("calm + 7 days")) is None


def test_acts_keep_their_arguments() -> None:
    """An act is a kind with named arguments."""
    raw = "withdraw(weapons: heavy, beyond: north-heavy)"
    assert Act("withdraw", (("weapons", "heavy"), ("beyond", "north-heavy"))) == act_of(_one(raw))
    assert Act("fly") == act_of(_one("fly"))


def test_amounts_of_one_family_add_up() -> None:
    """Hours and minutes add up to minutes; days and hours do not add up."""
    assert Amount(Decimal(1460), "minutes") == amount_of(_one("24 hours 20 minutes"))
    assert Amount(Decimal(15), "days") == amount_of(_one("2 weeks 1 day"))
    assert amount_of(_one("1 day 4 hours")) is None


@pytest.mark.parametrize("raw", [raw for raw, _ in FORMS if "+2d" not in raw and "+48h" not in raw])
def test_what_is_shown_reads_the_same(raw: str) -> None:
    """A value written out again is read as the same value."""
    item = _one(raw)
    assert item == _one(shown(item))


@pytest.mark.parametrize(
    ("raw", "at"),
    [("a, , b", 3), ("f(a", 2), ("foo_bar", 3), ("a)", 1), ("12monkeys", 0), ("“a”", 0), ("a,", 1)],
)
def test_what_cannot_be_read_is_quoted_from_its_place(raw: str, at: int) -> None:
    """An unreadable value names its first wrong character and quotes at most 15 from there."""
    with pytest.raises(ValueFault) as stop:
        _read(raw)
    fault = stop.value.fault
    assert ("D005", at) == (fault.code, fault.cut[0])
    assert fault.cut[1] - fault.cut[0] <= 15
    assert fault.help


def test_deep_nesting_is_refused_in_words() -> None:
    """Calls nested beyond any use cost a note, not the program's stack."""
    with pytest.raises(ValueFault) as stop:
        _read("not(" * 5000)
    assert "calls are nested deeper than 20" == stop.value.fault.said


def test_every_word_of_a_closed_list_can_be_written() -> None:
    """A word that a kind of block offers is read as that word, whatever it looks like."""
    keys = [key for kind in KINDS for key in (*kind.keys, *COMMON)]
    offered = {word for key in keys for word in key.words} - {"none", "undefined"}
    assert "24-hours" in offered
    assert [] == [w for w in sorted(offered) if _one(w).word != w]
