"""What a pass could not do after its run, the next makes up for, and people are told of that."""

import shutil

import pytest

from importer.jobs.site import JobSite
from importer.pipeline.retention import Keep, drop_old


def test_a_report_that_could_not_be_delivered_is_delivered_by_the_next_pass(night):
    (night.home / "reports").write_text("a file, where the folder is to be")
    night.drop("terms.xlsx", "Margin")
    first, second = night.run(), night.run()
    assert (first.status, second.status, second.facts.runs) == (1, 1, ())
    assert "is still" in second.why
    (night.home / "reports").unlink()
    ended = night.run()
    assert (ended.status, ended.facts.late, len(night.reports())) == (0, 1, 1)
    assert night.reports()[0].endswith(f"-{first.no}-terms.result.xlsx")
    assert ended.why.endswith(f"{night.reports()[0]} now.")
    assert night.passes()[-1].facts.reports == [str(night.home / "reports" / night.reports()[0])]
    assert (night.run().facts.late, len(night.reports())) == (0, 1)


def test_a_report_that_has_gone_from_this_machine_is_made_again(night):
    (night.home / "reports").write_text("a file, where the folder is to be")
    night.drop("terms.xlsx", "Margin")
    night.run()
    (night.home / "reports").unlink()
    shutil.rmtree(night.site.settings.jobs_folder)
    assert (night.run().status, len(night.reports())) == (0, 1)


def test_a_report_that_nothing_can_make_again_is_said_once(night):
    (night.home / "reports").write_text("a file, where the folder is to be")
    night.drop("a.xlsx", "Margin")
    night.run()
    night.drop("b.xlsx", "Yield", alone=True)
    night.run()
    drop_old(night.site.journal, Keep(runs=1))
    shutil.rmtree(night.site.settings.jobs_folder)
    (night.home / "reports").unlink()
    ended = night.run()
    assert (ended.status, "cannot be made again" in ended.why) == (1, True)
    assert (night.run().status, len(night.reports())) == (0, 1)


def test_what_stays_where_it_is_is_no_good_end_beside_a_new_file(nights):
    night = nights('on_success = "move:done/"')
    (night.home / "done").write_text("a file, where the folder is to be")
    night.drop("terms.xlsx", "Margin")
    night.run()
    night.drop("more.xlsx", "Yield", alone=True)
    assert night.run().status == 1


def test_a_file_whose_name_is_no_text_is_moved_by_the_pass_that_imports_it(nights):
    night = nights('on_success = "move:done/"')
    night.drop("terms.xlsx", "Margin").rename(night.inbox / "te\nrms.xlsx")
    ended = night.run()
    assert (ended.status, night.inside()) == (0, [])


def test_a_file_that_could_not_be_read_in_many_passes_does_not_fill_the_journal(nights):
    """Nothing was read, so that such passes are kept as those that failed before that are."""
    night = nights('each = "file"')
    (night.inbox / "b.xlsx").write_bytes(b"no workbook")
    ended = night.run()
    assert (ended.status, ended.rows) == (2, None)


@pytest.fixture
def growing(nights):
    """A job one of whose files is written to in each look, and a clock of the test's own."""
    night = nights('alarm_after = "2h"')
    night.drop("b.xlsx", "Yield")

    def write(_seconds):
        with (night.inbox / "b.xlsx").open("ab") as stream:
            stream.write(b"x")

    night.site = JobSite(night.site.session, write)
    return night


def test_a_file_that_changes_for_too_long_is_wrong_with_each_pass_until_it_is_whole(
    growing, monkeypatch
):
    now = [1e9]
    monkeypatch.setattr("importer.jobs.job_pass.database_now", lambda _store: now[0])
    assert growing.run().status == 0
    now[0] += 3600
    assert growing.run().status == 0
    now[0] += 3600
    third = growing.run()
    assert third.status == 1
    assert third.facts.code == "source_changed"
    assert third.why.startswith("b.xlsx could not be taken for 2 hours: each look finds")
    growing.drop("b.xlsx", "Yield")
    growing.site = JobSite(growing.site.session, lambda _s: None)
    assert (growing.run().status, growing.passes()[0].facts.changing) == (0, {})
