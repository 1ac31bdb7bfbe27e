"""Every checker passes on the tree: one pytest run is the one gate."""

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = Path(sysconfig.get_path("scripts"))

CHECKERS = {
    "lint": [sys.executable, "-m", "ruff", "check", "--no-cache"],
    "format": [sys.executable, "-m", "ruff", "format", "--check", "--no-cache"],
    "types": [sys.executable, "-m", "mypy"],
    "imports": [str(SCRIPTS / "lint-imports"), "--no-logo", "--no-cache"],
}

LAST = (("lint", 2), ("format", 2), ("types", 50), ("imports", 6))
"""About how many seconds each takes where it has kept nothing of the last time."""


@pytest.mark.parametrize(
    "command",
    [pytest.param(CHECKERS[name], id=name, marks=pytest.mark.slow(lasts)) for name, lasts in LAST],
)
def test_checker_finds_nothing(command: list[str]) -> None:
    """No checker finds anything in the tree; otherwise its output is shown."""
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    output = f"{checked.stdout}{checked.stderr}".strip()
    assert checked.returncode == 0, f"`{' '.join(command[-3:])}` says:\n{output}"
