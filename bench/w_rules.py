"""The twelve norms and four exceptions of workload W, as the product's own rule table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bench.w_names import BASE_NAMES, KINDS, PARTIES, SIGNATORIES, TARGETS, WEAPONS
from tregua.assessment.masks import Period, RowException, RowNorm, RuleTable, Vocabulary

START = datetime(2016, 9, 12, 16, tzinfo=UTC)
DAYS = 182
DAY_US = 86_400_000_000
START_US = int((START - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))
PHASES = (0, 2, 9, 30, 90)
FIRST_TEN = PARTIES[:10]
PARTY = FIRST_TEN  # a target that is a party
SPONSORS = ("RUS", "USA", "IRN")
LATER = ("1", "2", "3", "4")
LATE = ("2", "3", "4")

NORMS = (
    RowNorm("O1", kinds=KINDS[:6], actors=SIGNATORIES, targets=PARTY),
    RowNorm(
        "O2",
        kinds=("air strike", "flight", "airdrop"),
        actors=("GoS",),
        zones=("nofly",),
        periods=LATER,
    ),
    RowNorm("O3", kinds=("territory change",), actors=SIGNATORIES),
    RowNorm(
        "O4",
        kinds=("convoy blocked", "attack on convoy", "siege tightening"),
        actors=SIGNATORIES,
        zones=("road", "siege"),
    ),
    RowNorm(
        "O5",
        kinds=("battle", "shelling", "weapon presence", "patrol", "sniper"),
        actors=("GoS", "OPP"),
        zones=("dmz",),
        periods=LATER,
    ),
    RowNorm(
        "O6",
        kinds=("shelling", "air strike", "IED", "airdrop", "sniper"),
        actors=FIRST_TEN,
        targets=("medical",),
    ),
    RowNorm(
        "O7",
        kinds=("weapon presence", "shelling"),
        actors=SIGNATORIES,
        weapons=("artillery", "tank", "MLRS"),
        zones=("road", "dmz"),
        periods=LATE,
    ),
    RowNorm(
        "O8",
        kinds=("siege tightening", "convoy blocked", "looting"),
        actors=("GoS", "OPP", "IRN"),
        zones=("siege",),
    ),
    RowNorm("O9", kinds=("air strike", "shelling"), actors=SPONSORS, targets=PARTY),
    RowNorm(
        "O10",
        kinds=("shelling", "air strike", "airdrop", "sniper", "IED"),
        actors=(*SIGNATORIES, *SPONSORS),
        targets=("civilians", "school"),
    ),
    RowNorm(
        "O11",
        kinds=("attack on convoy", "shelling", "air strike", "looting"),
        actors=FIRST_TEN,
        targets=("aid",),
    ),
    RowNorm(
        "O12",
        kinds=("abduction", "arrest"),
        actors=SIGNATORIES,
        targets=("civilians", "aid", "medical"),
        zones=("road",),
        periods=LATE,
    ),
)
EXCEPTIONS = (
    RowException("E1", concerns=("O1", "O3", "O9"), targets=("ISIL", "NUSRA"), zones=("excluded",)),
    RowException("E2", concerns=("O1", "O9"), targets=("ISIL",)),
    RowException(
        "E3",
        concerns=("O5",),
        kinds=("patrol",),
        actors=("OPP",),
        weapons=("small arms", "none"),
    ),
    RowException(
        "E4",
        concerns=("O1",),
        kinds=("battle",),
        actors=SIGNATORIES,
        weapons=("small arms",),
        periods=("0",),
    ),
)
TARGET_CLASSES = (*FIRST_TEN, *TARGETS)


def rules(zone_names: tuple[str, ...]) -> RuleTable:
    """Return the rule table; a kind of zone in a norm stands for every zone of that kind."""
    of_kind = {kind: tuple(z for z in zone_names if z.split()[0] == kind) for kind in _kinds()}
    bounds = [START_US + day * DAY_US for day in (*PHASES, DAYS)]
    periods = tuple(Period(str(k), bounds[k], bounds[k + 1]) for k in range(len(PHASES)))
    return RuleTable(
        norms=NORMS,
        exceptions=EXCEPTIONS,
        kinds=Vocabulary(KINDS),
        actors=Vocabulary(PARTIES),
        targets=Vocabulary(TARGET_CLASSES),
        weapons=Vocabulary(WEAPONS),
        periods=periods,
        zone_groups=tuple(sorted(of_kind.items())),
    )


def _kinds() -> tuple[str, ...]:
    return tuple(sorted({zone for rule in (*NORMS, *EXCEPTIONS) for zone in rule.zones}))


assert set(BASE_NAMES) == set(FIRST_TEN)
