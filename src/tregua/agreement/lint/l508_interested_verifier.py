"""L508: only the side concerned, or a guarantor with forces here, verifies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import bearers, expanded, listed, norms, verifiers
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for norm in norms(deal):
        watching = {m for v in verifiers(deal, norm) for m in _people(deal, v)}
        if watching and all(_is_interested(deal, norm, w) for w in watching):
            yield at_block(
                norm, f"only {listed(sorted(watching))} would check it", key="verified by"
            )


def _people(deal: DealText, who: str) -> frozenset[str]:
    block = deal.block(who)
    is_body = block is not None and block.kind == "body" and block.has("members")
    return expanded(deal, block.words("members") if block is not None and is_body else (who,))


def _is_interested(deal: DealText, norm: Block, who: str) -> bool:
    bound = bearers(deal, norm)
    block = deal.block(who)
    if who in bound or block is None or block.kind != "guarantor":
        return who in bound
    return bool(bound & expanded(deal, block.words("of"))) or block.word("has forces here") == "yes"


RULE = Rule(
    code="L508",
    title="Only those concerned verify a norm",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("A04", "G01"),
    what="Every verifier of a norm is one of its bearers, their guarantor, or a guarantor that"
    " has forces here; a body counts by its members. This is a first look; the exact form"
    " (`--prove`) follows every path of the procedures to a decision.",
    why="the bulletins after Astana: two lists, and one guarantor could confirm none of the "
    "other's eleven",
    help="verified by: <a third party>",
    find=_find,
    claims_silence=False,
    bad=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    verified by: a, b
"""
    ),
    good=miniature(
        """
actor far-state "Far state"
    is: state
    may: verify

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    verified by: far-state
"""
    ),
)
