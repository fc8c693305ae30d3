"""``python -m tregua`` is the same as ``tregua``."""

from tregua.cli.main import run

run()
