"""Compares two JSON values bit for bit: every place at which they differ, by its path."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDTH = 60  # characters of a value that are shown


def differences(published: object, recomputed: object, path: str = "") -> Iterator[str]:
    """Yield one sentence per difference, in the order of the keys; 1 and 1.0 are not the same."""
    if isinstance(published, dict) and isinstance(recomputed, dict):
        for key in sorted(published.keys() | recomputed.keys()):
            yield from _at_key(published, recomputed, key, f"{path}.{key}" if path else str(key))
    elif isinstance(published, list) and isinstance(recomputed, list):
        if len(published) != len(recomputed):
            yield f"{path}: {len(published)} values, recomputed {len(recomputed)}"
        for n, (one, other) in enumerate(zip(published, recomputed, strict=False)):
            yield from differences(one, other, f"{path}[{n}]")
    elif type(published) is not type(recomputed) or published != recomputed:
        yield f"{path}: {_short(published)}, recomputed {_short(recomputed)}"


def count_values(value: object) -> int:
    """Return how many single values a JSON value holds."""
    if isinstance(value, dict):
        return sum(count_values(v) for v in value.values())
    if isinstance(value, list):
        return sum(count_values(v) for v in value)
    return 1


def _at_key(
    published: dict[str, object], recomputed: dict[str, object], key: str, path: str
) -> Iterator[str]:
    if key not in recomputed:
        yield f"{path}: published, not in what was recomputed"
    elif key not in published:
        yield f"{path}: recomputed, not in what was published"
    else:
        yield from differences(published[key], recomputed[key], path)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 3]}..."
