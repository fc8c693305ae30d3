"""A deal in JSON, and ways to break it: each returns a function that changes the loaded form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.agreement_forms.conftest import SMALL
from tregua.agreement.exchange.to_json import to_json
from tregua.agreement.read import read_deal_text

if TYPE_CHECKING:
    from collections.abc import Callable

FORM = to_json(read_deal_text(SMALL, file="x"), source=SMALL)
PARTY, ZONE, POWER, BAN = 1, 3, 5, 6  # numbers of blocks


def form() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(FORM)
    return loaded


def keys(at: int, /, **values: object) -> Callable[[dict[str, Any]], None]:
    return lambda whole: whole["blocks"][at]["keys"].update(values)


def block(at: int, /, **values: object) -> Callable[[dict[str, Any]], None]:
    return lambda whole: whole["blocks"][at].update(values)


def top(**values: object) -> Callable[[dict[str, Any]], None]:
    return lambda whole: whole.update(values)


def without(*way: str | int) -> Callable[[dict[str, Any]], None]:
    def drop(whole: Any) -> None:
        for name in way[:-1]:
            whole = whole[name]
        del whole[way[-1]]

    return drop
