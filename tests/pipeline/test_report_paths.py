"""Where reports go: a file, a folder that exists, and a folder that does not exist yet."""

import pytest

from importer.errors import UsageError
from importer.pipeline.report import place_of
from importer.pipeline.report_paths import report_to


@pytest.fixture
def terms(tmp_path):
    path = tmp_path / "terms.csv"
    path.write_text("Term\n")
    return path


def test_a_path_that_ends_with_a_separator_is_a_folder_also_where_none_exists(terms, tmp_path):
    to = report_to(f"{tmp_path}/reports/", [terms])
    assert place_of(terms, to, several=False) == tmp_path / "reports" / "terms.result.csv"
    assert (tmp_path / "reports").is_dir()


def test_a_path_without_one_is_a_file_and_makes_no_folder(terms, tmp_path):
    to = report_to(f"{tmp_path}/report.csv", [terms])
    assert place_of(terms, to, several=False) == tmp_path / "report.csv"
    assert list(tmp_path.iterdir()) == [terms]


@pytest.mark.parametrize(
    ("given", "why"),
    [("terms.csv/", "is a file, so"), ("nowhere/reports/", "There is no folder")],
)
def test_a_folder_that_cannot_be_made_is_refused_before_anything_is_sent(
    terms, tmp_path, given, why
):
    with pytest.raises(UsageError, match=why):
        report_to(f"{tmp_path}/{given}", [terms])
    assert list(tmp_path.iterdir()) == [terms]
