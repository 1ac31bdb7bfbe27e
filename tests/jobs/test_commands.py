"""`importer jobs` and `importer worker`: what they print, and with which exit status they end."""

import json
import os
import re
import signal
import subprocess
import sys

import pytest

from importer.journal.audit import AuditAction
from importer.journal.job_pass import PassState
from importer.journal.job_passes import add_pass
from importer.people import audit_log
from tests.commands import importer
from tests.jobs.night import ROOT

__all__ = ["importer"]

pytestmark = pytest.mark.slow(1)
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


@pytest.fixture
def jobs(importer, nights):
    """Run `importer jobs` with the settings of a night."""
    night = nights('schedule = "0 3 * * *"')

    def run(*words):
        return importer("jobs", *words, "--config", night.file)

    run.night = night
    return run


def test_jobs_run_prints_the_run_and_ends_with_its_status(jobs):
    jobs.night.drop("terms.xlsx", "Margin")
    first = jobs("run", "glossary")
    assert (first.status, first.err) == (0, "")
    run = jobs.night.runs()[0].name
    assert first.out.splitlines()[0] == f"Run {run}: 2 rows: 2 created"
    assert "reports" in first.out
    again = jobs("run", "glossary")
    assert (again.status, again.out) == (0, "Nothing new: 1 file is unchanged.\n")


def test_jobs_run_ends_with_the_status_that_was_asked_for_where_nothing_is_new(jobs):
    ended = jobs("run", "glossary", "--skip-exit-code", "99")
    assert (ended.status, ended.out) == (99, "Nothing new: there are no files.\n")
    found = json.loads(jobs("run", "glossary", "--skip-exit-code", "99", "--format", "json").out)
    assert found["reason"] == {
        "code": "nothing_new",
        "message": "Nothing new: there are no files.",
    }


def test_jobs_run_says_in_one_line_why_it_stopped(jobs):
    jobs.night.settings("expect = { min_rows = 5 }")
    jobs.night.drop("terms.xlsx", "Margin")
    ended = jobs("run", "glossary")
    assert (ended.status, ended.out) == (1, "")
    [line] = ended.lines
    assert line.startswith("importer: 2 rows were read; 5 is the least")
    found = json.loads(jobs("run", "glossary", "--format", "json").out)
    assert found["reason"]["code"] == "not_expected"


def test_a_job_without_a_target_is_refused(home, importer, write):
    write("importer.toml", '[jobs.night]\nsource = "inbox/*.xlsx"\n')
    ended = importer("jobs", "run", "night", "--config", "importer.toml")
    assert (ended.status, ended.lines) == (
        2,
        ["importer: importer.toml: jobs.night.target: is missing."],
    )


def test_the_jobs_of_a_folder_count_only_once_they_were_allowed(importer, nights):
    nights()
    ended = importer("jobs", "list")
    assert ended.status == 2
    assert "job glossary from inbox/*.xlsx into sandbox" in ended.err


def test_jobs_list_says_when_each_is_due_and_how_it_ended_last(jobs):
    never = jobs("list").out
    assert re.fullmatch(
        rf"glossary  sandbox  enabled  next {TIME[:-1]}Z  never run\n".replace(r"\d\dZ", r"00Z"),
        never,
    )
    jobs("run", "glossary")
    assert re.search(rf"last {TIME}: nothing new$", jobs("list").out.strip())


def test_jobs_next_says_the_next_times(jobs):
    times = json.loads(jobs("next", "glossary", "--format", "json").out)["jobs"][0]["times"]
    assert len(times) == 5
    assert all(re.fullmatch(r".*T03:00:00Z", one) for one in times)


def test_jobs_disable_and_enable_are_heeded_and_written_down(jobs):
    assert jobs("disable", "glossary").out == (
        "glossary does not run by the clock. `importer jobs run glossary` runs it.\n"
    )
    assert "disabled  not by the clock" in jobs("list").out
    assert re.fullmatch(
        rf"glossary is due at {TIME}, where a worker or the page runs\.\n",
        jobs("enable", "glossary").out,
    )
    actions = [one.action for one in audit_log.newest(jobs.night.store)]
    assert actions == [AuditAction.JOB_ENABLED, AuditAction.JOB_DISABLED]


def test_jobs_show_sets_each_night_against_the_one_before(jobs):
    for names in (["A"], ["A", "B", "C"]):
        jobs.night.drop("terms.xlsx", *names)
        assert jobs("run", "glossary").status == 0
    jobs("run", "glossary")
    _, idle, second, first = jobs("show", "glossary").out.splitlines()
    assert "nothing new" in idle
    assert re.search(r"imported +4 rows +\+2 +█{20} ", second)
    assert re.search(r"imported +2 rows +█{10} ", first)


def test_a_pass_that_nobody_works_on_is_done_by_the_next_that_needs_its_target(jobs):
    """There need be no worker: cron may call each job."""
    left = add_pass(jobs.night.store, "glossary", "sandbox", "")
    jobs.night.settings(others='[jobs.other]\nsource = "inbox/*.csv"\ntarget = "sandbox"\n')
    assert jobs("run", "other").status == 0
    [one] = jobs.night.passes()
    assert (one.no, one.state) == (left, PassState.ENDED)


def test_worker_ends_with_a_signal(jobs):
    command = [sys.executable, "-m", "importer", "worker", "--config", str(jobs.night.file)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stderr.readline() == (b"Working for 1 job and the page. Ctrl-C ends it.\n")
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
