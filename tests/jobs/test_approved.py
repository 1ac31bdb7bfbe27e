"""What the guard held of a job's run and somebody approved: the next pass sends exactly that."""

import shutil

import pytest

from importer.errors import UsageError
from importer.people.links import system_account
from importer.pipeline.approve import approve
from importer.pipeline.retention import Keep, drop_old
from importer.visitor import By
from tests.commands import importer

__all__ = ["importer"]

pytestmark = pytest.mark.slow(1)

TERMS = [f"T{n}" for n in range(30)]


def held(night):
    """A run of a job that holds thirty rows."""
    night.drop("terms.xlsx", *TERMS)
    night.run()
    night.drop("terms.xlsx", *TERMS, note="others")
    ended = night.run()
    assert (ended.status, ended.facts.held) == (1, 30)
    return ended.facts.runs[0].run


def approved(night, run):
    return approve(run, journal=night.site.journal, who=system_account(By.TERMINAL))


def test_an_approval_says_that_the_next_pass_of_the_job_sends_it_too(night, importer):
    run = held(night)
    said = importer("runs", run, "--approve", "--config", "importer.toml").err
    assert (
        f"`importer resume {run}` sends what is still as it was planned. So does the next" in said
    )
    assert "next pass of the job glossary." in said


def test_the_next_pass_sends_what_was_approved_and_takes_the_file(nights):
    night = nights('on_success = "move:done/"')
    run = held(night)
    approved(night, run)
    ended = night.run()
    assert (ended.status, ended.facts.counts) == (0, {"updated": 30, "unchanged": 1})
    assert [one.run for one in ended.facts.runs] == [run]
    assert (night.inside(), night.inside("done")) == ([], ["terms (2).xlsx", "terms.xlsx"])
    assert night.run().why == "Nothing new: there are no files."


def test_a_file_that_took_its_place_since_is_imported_after_it(nights):
    night = nights()
    run = held(night)
    approved(night, run)
    night.drop("terms.xlsx", *TERMS, "Another", note="others")
    ended = night.run()
    assert (ended.status, [one.run == run for one in ended.facts.runs]) == (0, [True, False])
    assert ended.facts.runs[1].counts == {"created": 1, "unchanged": 31}


def test_what_is_stale_by_then_stays_held_and_is_said(nights):
    night = nights()
    run = held(night)
    night.settings("options = { allow_mass_change = true }")
    night.drop("terms.xlsx", *TERMS, note="something else")
    night.run()
    approved(night, run)
    ended = night.run()
    assert ended.facts.runs[0].counts == {"held": 30, "unchanged": 1}


def test_an_approval_may_come_when_the_folder_of_its_pass_is_gone(nights, importer):
    """Of the folders of passes only the newest are kept."""
    night = nights()
    run = held(night)
    approved(night, run)
    shutil.rmtree(night.site.settings.jobs_folder)
    done = importer("resume", run, "--config", night.file)
    assert (done.status, "30 updated" in done.out) == (0, True)


def test_what_is_approved_already_is_said_to_be(nights):
    night = nights()
    run = held(night)
    approved(night, run)
    with pytest.raises(UsageError, match=f"approved already: `importer resume {run}` sends"):
        approved(night, run)


def test_what_was_dropped_since_cannot_be_approved_and_that_is_said(nights):
    night = nights()
    run = held(night)
    night.drop("terms.xlsx", *TERMS, "Another")
    night.run()
    drop_old(night.site.journal, Keep(runs=1))
    with pytest.raises(UsageError, match="its rows are gone"):
        approved(night, run)
