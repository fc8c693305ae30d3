"""The digests of a deal: the model's changes with the meaning alone, not with words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tregua.agreement.read import Reading

    Read = Callable[[str], Reading]

SAME = [
    ('"Side A"', '"Сторона А"'),
    ("Both sides stop.", "Обе стороны прекращают огонь."),
    ("## § 1 · Quiet", "## § 1 · Тишина"),
    ("on: a, b", "on: b, a"),
    ("members: a 2, b 2", "members: b 2, a 2"),
    ("    is: armed-force\n", '    is: armed-force\n    says: "x"\n    note: "y"\n    ru: "z"\n'),
    ("    is: armed-force", "    # a comment\n  is:   armed-force  # here"),
    ("lasts: 48 hours", "lasts: 48hours"),
    ('title: "Truce of the valley"', 'title: "Перемирие"\nread back: ru'),
]
OTHER = [
    ("lasts: 48 hours", "lasts: 2 days"),
    ("on: a, b", "on: a"),
    ("members: a 2, b 2", "members: a 2, b 3"),
    ("attack(weapon: any)", "attack"),
    ("    during: truce\n", ""),
    ("    during: truce", "    during: undefined"),
    ("    during: truce", "    during: none"),
    ("time zone: Asia/Damascus", "time zone: Europe/Kyiv"),
    ("    where: valley", '    where: valley\n    assumed by drafter: where "guess"'),
    ("zone valley", "line valley"),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_words_leave_the_model_digest_unchanged(read: Read, world: str, old: str, new: str) -> None:
    """Translating, commenting, laying out and ordering lists of actors change no meaning."""
    assert old in world
    assert (
        read(world).agreement.model_digest == read(world.replace(old, new)).agreement.model_digest
    )


@pytest.mark.parametrize(("old", "new"), OTHER)
def test_meaning_changes_the_model_digest(read: Read, world: str, old: str, new: str) -> None:
    """Another value, or another state of a value, gives another model digest."""
    assert old in world
    assert (
        read(world).agreement.model_digest != read(world.replace(old, new)).agreement.model_digest
    )


def test_the_order_of_blocks_says_nothing(read: Read, header: str) -> None:
    """Two blocks the other way round have the same model digest."""
    one, two = 'party a "A"\n    is: state\n', 'party b "B"\n    is: state\n'
    digests = {
        read(f"{header}```deal\n{x}\n{y}```\n").agreement.model_digest
        for x, y in ((one, two), (two, one))
    }
    assert 1 == len(digests)


def test_the_text_digest_is_over_the_prose_alone(read: Read, world: str) -> None:
    """The text digest changes with a word of the prose and with nothing else."""
    text = read(world).text
    assert text.text_digest == read(world.replace("48 hours", "2 days")).text.text_digest
    assert text.text_digest == read(world.replace("\n", "\r\n")).text.text_digest
    assert text.text_digest != read(world.replace("Both sides", "The sides")).text.text_digest
    assert text.digest != read(world + "\n").text.digest
    assert 64 == len(text.digest) == len(text.text_digest)
