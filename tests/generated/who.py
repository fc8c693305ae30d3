"""Who stands in a drawn deal: two or three sides, and around them those who are none."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.generated.blocks import LEFT_OUT, block, one_of

NORTH, SOUTH, RIVER = "north-force", "south-force", "river-force"
GUARANTOR, OUTCAST, PANEL, MONITORS = "east-power", "black-flag", "panel", "monitors"


@dataclass(frozen=True)
class Who:
    """The blocks, and the ids that other blocks may name."""

    text: str
    sides: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def everyone(self) -> tuple[str, ...]:
        """Return all who may be named in a report."""
        return (*self.sides, *self.others)


@st.composite
def people(draw: st.DrawFn) -> Who:
    """Draw the sides, the body that decides, the monitors, and some others."""
    sides = (NORTH, SOUTH, RIVER)[: draw(st.sampled_from((2, 2, 3)))]
    texts = [_side(draw, side) for side in sides]
    others = [PANEL, MONITORS]
    texts.append(_panel(draw, sides))
    texts.append(block(f'actor {MONITORS} "The monitors"', "is: un", "may: report, verify"))
    if draw(st.booleans()):
        others.append(GUARANTOR)
        of = one_of(draw, "of", *sides[:2], "undefined")
        texts.append(block(f'guarantor {GUARANTOR} "The power in the east"', of))
    if draw(st.booleans()):
        others.append(OUTCAST)
        basis = one_of(draw, "basis", "named", "list", "territory")
        texts.append(block(f'excluded {OUTCAST} "The Black Flag"', basis, "area: undefined"))
    for side in sides[:2]:
        if draw(st.integers(0, 2)) == 0:
            others.append(f"militia-of-{side}")
            texts.append(_militia(draw, side))
    return Who("\n".join(texts), sides, tuple(others))


def _side(draw: st.DrawFn, side: str) -> str:
    kind = one_of(draw, "is", "armed-force", "armed-group", "authority")
    members = one_of(draw, "members", LEFT_OUT, 'undefined "all units"')
    return block(f'party {side} "The {side}"', kind, members)


def _panel(draw: st.DrawFn, sides: tuple[str, ...]) -> str:
    may = one_of(draw, "may", "receive", "determine, certify", "receive, determine")
    how = one_of(draw, "decides by", LEFT_OUT, "consensus", "each-alone", "undefined")
    members = f"members: {', '.join(sides)}"
    return block(f'body {PANEL} "The panel"', "is: joint-commission", members, how, may)


def _militia(draw: st.DrawFn, side: str) -> str:
    certainty = one_of(draw, "certainty", LEFT_OUT, "0.6")
    return block(
        f'group militia-of-{side} "Militia of the {side}"',
        "is: militia",
        f"part of: {side}",
        certainty,
    )
