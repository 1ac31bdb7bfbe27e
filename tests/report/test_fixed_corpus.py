"""Fixes in every workbook of the corpus, whatever is in it, and as LibreOffice opens them."""

import zipfile

import pytest

from importer.report.fixed import CellFix, write_fixed
from tests.report.compared import by_calamine, by_openpyxl
from tests.report.corpus import CASES

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl says what it would lose

FIXES = [CellFix("Terms", 3, 2, "=fixed & <found>"), CellFix("Terms", 40, 9, "new")]
FIXED = {("Terms", 3, 2): "=fixed & <found>", ("Terms", 40, 9): "new"}
NUMBERED = {case: f"{number:02}.xlsx" for number, case in enumerate(CASES)}


def fixed(case, folder):
    source = CASES[case](folder / NUMBERED[case]) or folder / NUMBERED[case]
    return source, write_fixed(source, folder / f"fixed-{source.name}", FIXES)


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("case", CASES)
def test_only_the_fixed_cells_differ(tmp_path, case):
    source, out = fixed(case, tmp_path)
    assert out.name == f"fixed-{source.name}"
    before = {
        (name, row + 1, column + 1): v for (name, row, column), v in by_calamine(source).items()
    }
    after = {(name, row + 1, column + 1): v for (name, row, column), v in by_calamine(out).items()}
    assert after == before | FIXED
    assert by_openpyxl(out) == by_openpyxl(source) | FIXED
    old, new = parts(source), parts(out)
    differing = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    allowed = {"xl/styles.xml", "xl/workbook.xml"}
    assert sum(name not in allowed for name in differing) == 1, differing


@pytest.mark.slow(16, together="LibreOffice")
def test_libreoffice_opens_every_fixed_workbook(office, tmp_path):
    outs = [fixed(case, tmp_path)[1] for case in CASES]
    shown = office(outs, tmp_path / "shown")
    for out in outs:
        cells = by_openpyxl(shown / out.name)
        assert {at: cells[at] for at in FIXED} == FIXED
