"""A wheel built from the tree works from any folder."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.house.reference import ROOT

pytestmark = pytest.mark.slow(5, together="wheel")

KEPT_OUT = ("__pycache__", ".result.", ".pyc")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built once."""
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT)
    (path,) = out.glob("*.whl")
    return path


def run(*command: object, cwd: Path = ROOT, **variables: str) -> str:
    """What a command prints; it must succeed."""
    words = [str(word) for word in command]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | variables
    ended = subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True)
    assert ended.returncode == 0, f"{' '.join(words)}\n{ended.stdout}{ended.stderr}"
    return ended.stdout


def _shipped(path: str) -> str:
    return path if path.startswith("importer/") else f"importer/{path}"


def test_wheel_holds_templates_samples_and_licence(wheel):
    """Everything that the commands need ships, and nothing that a run left behind."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert not [name for name in names if any(part in name for part in KEPT_OUT)]
    for folder in ("templates", "data", "importer/web/static", "importer/web/templates"):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
        kept = [path for path in files if not any(part in str(path) for part in KEPT_OUT)]
        missing = {_shipped(path.relative_to(ROOT).as_posix()) for path in kept} - set(names)
        assert not missing
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_installed_wheel_runs_the_demo_from_anywhere(wheel, tmp_path):
    """In an environment of its own the wheel imports the samples, from any folder."""
    home = tmp_path / "environment"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", wheel)
    (packages,) = home.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    place = run(python, "-c", "import importer; print(importer.__file__)", cwd=tmp_path)
    assert Path(place.strip()).is_relative_to(packages)
    printed = run(home / "bin" / "importer", "demo", cwd=tmp_path, XDG_STATE_HOME=str(tmp_path))
    lines = re.findall(r"^ +[\d,]+ rows: .+$", printed, re.MULTILINE)
    became = ["created", "updated", "created", *["unchanged"] * 3]
    assert [line.split()[-1] for line in lines] == became
    assert len(list((tmp_path / "importer-demo").glob("*.result.xlsx"))) == 2
