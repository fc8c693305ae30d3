"""The tree of act kinds that every deal starts from (02, 2.5).

A norm on a parent covers its children.

``acts`` blocks of a deal extend the tree; ``closure`` answers what a kind covers.
"""

from __future__ import annotations

TREE: dict[str, tuple[str, ...]] = {
    "attack": (
        "shelling",
        "missile-launch",
        "air-strike",
        "naval-attack",
        "ground-attack",
        "sniping",
        "mine-blast",
        "return-fire",
        "retaliation",
    ),
    "shelling": ("mortar-fire", "artillery-fire", "tank-fire", "rocket-fire"),
    "air-strike": ("bombing", "helicopter-strike", "drone-strike"),
    "ground-attack": ("raid", "ambush"),
    "seize-ground": ("advance", "occupy"),
    "move-force": ("reinforce", "resupply", "redeploy", "rotate"),
    "recruit": ("recruit-child", "recruit-by-force"),
    "fly": ("combat-flight", "surveillance-flight", "drone-flight", "transport-flight"),
    "harm-civilian": (
        "kill-civilian",
        "sexual-violence",
        "abduct",
        "detain",
        "torture",
        "loot",
        "displace",
    ),
    "incite": ("hate-speech",),
    "obstruct-aid": ("refuse-permit", "delay", "inspect", "divert"),
    "obstruct-monitor": ("deny-access", "restrict-movement", "harass-monitor"),
}

PLAIN: tuple[str, ...] = (
    "deploy",
    "lay-mines",
    "fortify",
    "reconnoitre",
    "sabotage",
    "military-use",
    "allow",
    "deliver",
    "disengage",
    "withdraw",
    "vacate",
    "canton",
    "disarm",
    "demine",
    "release",
    "hand-over",
    "return",
    "open-road",
    "separate",
    "establish",
    "order",
    "notify",
    "report",
    "share",
    "disclose",
    "restrain",
    "discipline",
    "accept",
    "recommit",
    "consult",
    "undermine",
    "contrary-order",
    "note",
    "publish",
    "demand-remedy",
    "refer",
    "suspend-duty",
    "suspend-protection",
    "exclude",
    "sanction",
    "terminate",
    "restart-clock",
)

# Acts by which a force shows that it is in a place: it fights, moves, builds or looks around there.
FORCE: tuple[str, ...] = (
    "attack",
    "seize-ground",
    "move-force",
    "deploy",
    "lay-mines",
    "fortify",
    "reconnoitre",
    "sabotage",
    "fly",
)

BUILT_IN: frozenset[str] = (
    frozenset(TREE)
    | frozenset(PLAIN)
    | frozenset(child for children in TREE.values() for child in children)
)


def parents_of(extra: tuple[tuple[str, str], ...] = ()) -> dict[str, str]:
    """Return kind -> parent for the built-in tree with a deal's additions."""
    parents = {child: parent for parent, children in TREE.items() for child in children}
    parents.update(dict(extra))
    return parents


def covers(kind: str, act: str, extra: tuple[tuple[str, str], ...] = ()) -> bool:
    """Say whether a norm on ``kind`` covers an act of kind ``act`` (itself or a descendant)."""
    parents = parents_of(extra)
    seen: set[str] = set()
    while act and act not in seen:
        if act == kind:
            return True
        seen.add(act)
        act = parents.get(act, "")
    return False


def may_be(kind: str, act: str, extra: tuple[tuple[str, str], ...] = ()) -> bool:
    """Say whether an act reported only as ``act`` may turn out to be one that ``kind`` covers."""
    return covers(kind, act, extra) or covers(act, kind, extra)
