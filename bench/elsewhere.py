"""What three monitors needed for workload T, measured elsewhere on the same generator.

MonPoly, VeriMon and WhyMon are OCaml programs that no package registry has, so no bench can run
them. Their seconds are quoted beside ours and never divided by ours: another machine, another
round. For the first three norms MonPoly answered the same as ours at 1e4, 1e5 and 1e6 events, and
`tests/outside` holds stored cases of such monitors against our operators.

They read a log of text, so ours is told with the reading of its file. Left out is the norm *count*:
they count distinct tuples at every time point, which is another question. MonPoly held 15 MiB,
less than ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.measure import Figure

if TYPE_CHECKING:
    from bench.measure import Run

# Size of ours -> norm -> what is quoted.
SAID = {
    10_000: {
        "calm": "WhyMon 20 s for 1,000 time points, an order of magnitude",
        "access": "WhyMon 17 s for 3,000 time points, an order of magnitude",
    },
    100_000: {"access": "VeriMon 1.4 s", "attacks": "VeriMon 1.25 s"},
    1_000_000: {
        "calm": "MonPoly 1.51 s, VeriMon 8.4 s",
        "access": "MonPoly 1.88 s",
        "attacks": "MonPoly 1.15 s",
    },
}


def quoted(size: int, best: Run) -> list[Figure]:
    """Return our seconds for single norms, each beside what is quoted."""
    steps = best.said["steps"]
    return [
        Figure(
            f"  {norm} with reading, {size:,}",
            steps["read"] + steps[norm],
            "s",
            f"elsewhere: {said}",
        )
        for norm, said in SAID.get(size, {}).items()
    ]
