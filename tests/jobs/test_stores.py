"""Jobs whose files are elsewhere: taken once, their reports put there, and cleared up there."""

import pytest

from tests.sources.conftest import at_s3, s3
from tests.sources.servers import web_server

__all__ = ["at_s3", "s3"]

pytestmark = pytest.mark.slow(6)


def terms(night):
    """The content of a workbook with one term."""
    return night.drop("made.xlsx", "Margin").read_bytes()


def test_files_of_a_bucket_are_imported_reported_there_and_moved_there(nights, at_s3):
    address = f"s3://{at_s3.root}"
    night = nights('on_success = "move:done/"', source=f"{address}/in/*.xlsx")
    at_s3.write("in/terms.xlsx", terms(night))
    first, second = night.run(), night.run()
    assert (first.status, first.facts.counts) == (0, {"created": 2})
    [report] = first.facts.reports
    assert report.startswith(f"{address}/reports/")
    assert report.endswith("terms.result.xlsx")
    assert second.why == "Nothing new: there are no files."
    assert "done/terms.xlsx" in at_s3.content()


def test_a_file_of_a_web_server_is_taken_once_and_its_report_stays_here(nights):
    with web_server() as (file, address):
        night = nights(source=f"{address}/lists/terms.xlsx")
        file.content, file.headers = terms(night), {"ETag": '"one"'}
        assert (night.run().status, night.run().facts.unchanged) == (0, 1)
        assert len(night.reports()) == 1
        night.settings('on_success = "delete"', source=f"{address}/lists/terms.xlsx")
        ended = night.run()
        assert ended.status == 2
        assert "can only be read" in ended.why
