"""The closest known word: what is suggested, and when nothing is."""

from __future__ import annotations

from tregua.agreement.reading.suggest import closest, did_you_mean, short

FEW = ("government", "opposition", "attack")
MANY = frozenset(f"village-{n}" for n in range(5000))


def test_a_slip_finds_its_word() -> None:
    """A letter too many, missing, wrong or swapped finds the word, among few and among many."""
    assert "government" == closest("goverment", FEW)
    assert "attack" == closest("Attack", FEW)
    found = [
        closest(w, MANY) for w in ("vilage-4321", "village-4321x", "vlilage-4321", "billage-4321")
    ]
    assert ["village-4321"] * 4 == found


def test_a_strange_word_finds_nothing() -> None:
    """A word that is near to none gets the other help, and a very long one is not looked at."""
    assert "" == closest("river", FEW) == closest("river", MANY) == closest("a" * 5000, FEW)
    assert "did you mean attack?" == did_you_mean("atack", FEW, otherwise="x")
    assert "write an act" == did_you_mean("river", FEW, otherwise="write an act")


def test_long_texts_are_shortened() -> None:
    """A help line repeats no more than the beginning of a long text."""
    assert "short" == short(" short ")
    assert 60 == len(short("x" * 1000))
