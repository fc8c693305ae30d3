"""What the house tests share: the root of the checkout and the files that git tracks."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def source() -> Path:
    """The package of the product."""
    return ROOT / "src" / "tregua"


@pytest.fixture(scope="session")
def tracked() -> tuple[Path, ...]:
    """Every file that git tracks or would track, sorted; ignored files are left out."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        asked = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout, so nothing says which files are tracked")
    names = sorted({name for name in asked.stdout.decode().split("\0") if name})
    return tuple(path for name in names if (path := ROOT / name).is_file())


@pytest.fixture(scope="session")
def tracked_texts(tracked: tuple[Path, ...]) -> dict[str, str]:
    """Path below the root -> text, for every tracked file that is UTF-8."""
    texts = {}
    for path in tracked:
        try:
            texts[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return texts
