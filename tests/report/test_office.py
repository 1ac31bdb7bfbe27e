"""Reports in workbooks that LibreOffice wrote, and reports that LibreOffice opens and saves."""

import pytest

from tests.report.build import opened
from tests.report.compared import by_calamine, by_openpyxl, differences
from tests.report.corpus import CASES
from tests.report.corpus.reported import MARKER, RESULTS, ROWS, reported

pytestmark = [
    pytest.mark.filterwarnings("ignore::UserWarning"),  # openpyxl says what it would lose
    pytest.mark.slow(0.4, together="LibreOffice"),
]

THREADED = "threaded comments and the people in them"
NUMBERED = {case: f"{number:02}.xlsx" for number, case in enumerate(CASES)}


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """The folder of all workbooks of the corpus."""
    folder = tmp_path_factory.mktemp("sources")
    for case, name in NUMBERED.items():
        CASES[case](folder / name)
    return folder


@pytest.fixture(scope="module")
def resaved(office, sources, tmp_path_factory):
    """The same, opened and saved by LibreOffice."""
    return office(sorted(sources.iterdir()), tmp_path_factory.mktemp("resaved"))


@pytest.fixture(scope="module")
def shown(office, sources, tmp_path_factory):
    """The same with reports in them, as LibreOffice reads them."""
    reports = [reported(source, f"reported-{source.stem}") for source in sorted(sources.iterdir())]
    return office(reports, tmp_path_factory.mktemp("shown"))


@pytest.mark.parametrize("case", CASES)
def test_what_libreoffice_has_written_is_not_harmed(resaved, tmp_path, case):
    source = tmp_path / "terms.xlsx"
    source.write_bytes((resaved / NUMBERED[case]).read_bytes())
    out = reported(source)
    assert differences(source, out) == []
    for values in (by_calamine, by_openpyxl):
        before, after = values(source), values(out)
        assert {cell: after.get(cell) for cell in before} == before


@pytest.mark.parametrize("case", CASES)
def test_libreoffice_opens_every_report_and_shows_its_highlights(shown, case):
    """It keeps our columns, colours, comments and the Report sheet when it saves the workbook."""
    book = opened(shown / f"reported-{NUMBERED[case]}")
    sheet = book["Terms"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    statuses = {row: sheet.cell(row, columns["import_status"]).value for row in ROWS}
    assert statuses == {result.row: str(result.status) for result in RESULTS}
    colours = {str(block.sqref) for block in sheet.conditional_formatting if _is_ours(block)}
    assert set(" ".join(colours).split()) == {"B2", "C3", "A9:A10"}
    comments = {cell.coordinate for row in sheet for cell in row if _has_our_comment(cell)}
    assert comments == {"B2", "C3", "A9", "A10"} - ({"C3"} if case == THREADED else set())
    assert any("no such owner" in str(row) for row in book["Report"].iter_rows(values_only=True))


def _is_ours(block):
    return any(MARKER.decode() in "".join(rule.formula) for rule in block.rules)


def _has_our_comment(cell):
    return cell.comment is not None and "[importer report]" in cell.comment.text
