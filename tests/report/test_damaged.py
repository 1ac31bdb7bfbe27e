"""Workbooks with a few bytes lost or doubled: a report or an error, never a traceback."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importer.errors import ReportNotWritten
from tests.report.build import members, packed
from tests.report.corpus import CASES
from tests.report.corpus.reported import reported

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

SOME = ("a table", "a button and notes", "as Excel writes it", "a filter", "a slicer of a table")
WORKSHEETS = "xl/worksheets/sheet"


@pytest.fixture(scope="module")
def wholes(tmp_path_factory):
    """The parts of some workbooks of the corpus."""
    folder = tmp_path_factory.mktemp("whole")
    return [members(CASES[case](folder / f"{n}.xlsx")) for n, case in enumerate(SOME)]


def damaged(data, parts):
    """One part without some of its bytes, or with some twice.

    In a sheet nothing is doubled: an address that grows asks the reader of copies for more memory
    than there is, which is looked at before a file is read.
    """
    name = data.draw(st.sampled_from(sorted(parts)))
    part = parts[name]
    at = data.draw(st.integers(0, max(len(part) - 1, 0)))
    length = data.draw(st.sampled_from([1, 2, 8, 40]))
    double = data.draw(st.booleans()) and not name.startswith(WORKSHEETS)
    return parts | {name: part[:at] + part[at : at + length] * 2 * double + part[at + length :]}


@settings(max_examples=120, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_workbook_is_no_traceback(wholes, tmp_path_factory, data):
    parts = damaged(data, wholes[data.draw(st.integers(0, len(wholes) - 1))])
    path = tmp_path_factory.mktemp("damaged") / "terms.xlsx"
    packed(path, parts)
    before = path.read_bytes()
    with contextlib.suppress(ReportNotWritten):
        assert reported(path).exists()
    assert path.read_bytes() == before
