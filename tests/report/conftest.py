"""The workbook that most tests of reports start from."""

import pytest

from tests.report.build import workbook


@pytest.fixture
def source(tmp_path):
    """A sheet of terms with a heading and three rows."""
    return workbook(tmp_path / "terms.xlsx")
