"""Copy the outlines that the bulletin's map draws from the npm package into the package.

Runs at build time only (``make demo``, ``make test``). Source: the npm package ``world-atlas``
(ISC), whose data are Natural Earth's, public domain.
"""

import shutil
from pathlib import Path

HERE = Path(__file__).parent
FROM = HERE / "node_modules" / "world-atlas"
TO = HERE.parent / "src" / "tregua" / "bulletin" / "basemap"

TO.mkdir(parents=True, exist_ok=True)
for name, target in (("countries-50m.json", "countries-50m.json"), ("LICENSE", "LICENSE.txt")):
    shutil.copyfile(FROM / name, TO / target)
