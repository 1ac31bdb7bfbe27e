"""The table of systems."""

import subprocess
import sys

import pytest


def test_loading_the_targets_loads_no_http_client():
    heavy = "{'requests', 'urllib3', 'pyrate_limiter', 'requests_ratelimiter', 'orjson'}"
    code = f"import sys, importer.targets; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


BROKEN = {
    "nope_module:SYSTEM": "cannot be loaded (ModuleNotFoundError)",
    "odd:RAISES": "cannot be loaded (ZeroDivisionError)",
    "odd:ENDS": "cannot be loaded (SystemExit)",
    "odd:NUMBER": "is no System of this name",
    "odd:OTHER": "is no System of this name",
    "odd:THIEF": "looks at ATLAN_BASE_URL; its variables must begin with ODD_",
}
ODD = """
import sys
from importer.targets.system import System

def __getattr__(name):
    if name == "RAISES":
        1 / 0
    if name == "ENDS":
        sys.exit(9)
    raise AttributeError(name)

NUMBER = 7
OTHER = System(name="even", title="", open=None, address="EVEN_URL", key="EVEN_KEY")
THIEF = System(name="odd", title="", open=None, address="ATLAN_BASE_URL", key="ODD_KEY")
"""


@pytest.mark.parametrize(("value", "why"), BROKEN.items(), ids=BROKEN)
def test_a_package_that_is_broken_stops_no_other_system(tmp_path, value, why):
    package = tmp_path / "odd_package-1.0.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: odd-package\nVersion: 1.0\n")
    (package / "entry_points.txt").write_text(f"[importer.targets]\nodd = {value}\n")
    (tmp_path / "odd.py").write_text(ODD)
    code = (
        "from importer.targets import systems, broken_systems\n"
        "print(*systems(), *broken_systems(), sep='\\n')"
    )
    printed = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.append({str(tmp_path)!r})\n{code}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    ours = ["atlan", "atlas", "trebellar"]
    assert printed == [*ours, f"The system odd of the package odd-package {why}."]
