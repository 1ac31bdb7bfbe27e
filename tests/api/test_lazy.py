"""Nothing heavy is imported before it is needed, and pandas never for a file."""

import subprocess
import sys

import pytest

from tests.house.reference import ROOT

HEAVY = {
    "numpy", "openpyxl", "orjson", "pandas", "pydantic", "requests", "rich", "sqlalchemy",
    "starlette", "typer", "uvicorn",
}  # fmt: skip


def loaded(code, home):
    """The modules of other packages that a process has after some lines."""
    shown = f"{code}\nimport sys\nprint(*sorted({{m.partition('.')[0] for m in sys.modules}}))"
    environment = {"XDG_STATE_HOME": str(home), "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", shown], env=environment, cwd=home, capture_output=True, check=True
    )
    return set(ended.stdout.decode().split())


def test_importing_the_interface_imports_nothing_heavy(home):
    """A program that may need it some day pays nothing now."""
    assert loaded("from importer import api", home) & HEAVY == set()


@pytest.mark.parametrize("call", ["check(path)", "plan(path)", "run(path, report=False)"])
def test_a_file_goes_its_way_without_pandas(call, home):
    """Its import alone costs more than a small list."""
    path = ROOT / "data" / "readme" / "revenue.xlsx"
    code = f"from importer import api\npath = {str(path)!r}\napi.{call}._repr_html_()"
    assert loaded(code, home) & {"numpy", "pandas"} == set()
