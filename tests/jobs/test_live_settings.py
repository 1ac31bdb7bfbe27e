"""Settings that change while a worker runs are heeded with the next look, or said to be wrong."""

import pytest

from importer.jobs import performer as jobs_performer
from importer.journal.job_pass import PassState
from importer.journal.job_passes import add_pass, find_pass
from importer.work import Line, Task

pytestmark = pytest.mark.slow(3)

MORE = '[jobs.more]\nsource = "more/*.xlsx"\ntarget = "sandbox"\nschedule = "* * * * *"\n'


def test_a_job_that_is_added_or_removed_is_heeded(nights):
    night = nights('schedule = "* * * * *"')
    performer, _ = night.performer(iter([1e9, 1e9 + 60, 1e9 + 120, 1e9 + 180]).__next__)
    performer.each_minute()
    before = night.file.read_text()
    night.file.write_text(before + MORE)
    performer.each_minute()
    performer.each_minute()
    assert (len(night.passes()), len(night.passes("more"))) == (1, 1)


def test_settings_that_cannot_be_used_are_said_once_and_nothing_begins(night, caplog):
    no = add_pass(night.store, "glossary", "sandbox", "")
    performer, queue = night.performer()
    before = night.file.read_text()
    night.file.write_text(before + "min_rows = ten")
    performer.each_minute()
    performer.each_minute()
    said = [one for one in caplog.messages if "until the settings can be used" in one]
    assert (len(said), "is not valid TOML" in said[0], queue.waiting()) == (1, True, 0)
    night.file.write_text(before)
    performer.each_minute()
    assert (caplog.messages[-1], queue.waiting()) == ("The settings can be used again.", 1)
    assert find_pass(night.store, no).state is PassState.WAITING


def test_another_journal_needs_another_worker(night, caplog):
    performer, _ = night.performer()
    night.file.write_text(f'journal = "elsewhere.db"\n{night.file.read_text()}')
    performer.each_minute()
    assert "They name another journal or queue" in caplog.messages[-1]
    assert not (night.home / "elsewhere.db").exists()


def test_a_pass_whose_process_could_not_begin_waits_for_the_look_of_a_minute(night, monkeypatch):
    """It would be the next whose turn it is, and so on, as fast as processes begin."""
    monkeypatch.setattr(jobs_performer, "CHILD", "tests.jobs.no_such_module")
    no = add_pass(night.store, "glossary", "sandbox", "")
    performer, queue = night.performer()
    performer.perform(Task("job", str(no), Line.SEND))
    assert (queue.waiting(), find_pass(night.store, no).state) == (0, PassState.WAITING)


def test_a_pass_whose_job_has_gone_ends_and_says_so_without_a_traceback(night, caplog):
    no = add_pass(night.store, "gone", "sandbox", "")
    performer, _ = night.performer()
    performer.perform(Task("job", str(no), Line.SEND))
    one = find_pass(night.store, no)
    assert (one.status, one.why) == (2, "There is no job called gone. There are: glossary.")
    assert "Traceback" not in caplog.text
