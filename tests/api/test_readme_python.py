"""The Python that README and the reference show runs as it stands."""

import shutil
import subprocess
import sys

import pytest

from tests.house.reference import ROOT
from tests.house.test_readme import FENCED, TEXT

SHOWN = [found[3] for found in FENCED.finditer(TEXT) if found[2] == "python"]


@pytest.mark.parametrize("code", SHOWN)
def test_python_that_is_shown_runs(code, home):
    """Each block is a program of its own, in a folder that has the samples."""
    shutil.copytree(ROOT / "data" / "readme", home / "data" / "readme")
    environment = {"XDG_STATE_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=home,
        env={**environment, "PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
