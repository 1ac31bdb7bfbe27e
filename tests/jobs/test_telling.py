"""From a folder through the sandbox to a webhook: people are told what is new, and that once."""

import json
import shutil

import pytest

from importer.jobs import telling
from importer.jobs.perform_pass import perform_pass
from importer.journal import Lease, RunSpec, RunTarget
from importer.journal.alarms import alarms_of
from importer.journal.job_passes import add_pass
from importer.journal.jobs import database_now, set_due
from importer.options import Options
from tests.jobs.night import JOB
from tests.notify.receiver import Receiver

OTHER = '[jobs.other]\nsource = "x/*"\ntarget = "sandbox"\nschedule = "* * * * *"\n'
KEY = "a key that nobody knows"
VALUE = "the salary of the boss"


@pytest.fixture
def receiver():
    with Receiver() as one:
        yield one


@pytest.fixture
def told(nights, receiver, monkeypatch):
    """A job whose webhook and ping are the receiver's."""
    monkeypatch.setenv("HOOK_KEY", KEY)
    monkeypatch.setenv("CHECK", f"{receiver.url}/ping")
    return nights(
        f'webhook = "{receiver.url}/hook"\nwebhook_key_env = "HOOK_KEY"\nping = "CHECK"\n'
    )


def messages(receiver):
    return [json.loads(one.body) for one in receiver.got if one.path == "/hook"]


def events(receiver):
    return [one["event"] for one in messages(receiver)]


def test_a_good_night_is_told_with_what_changed_against_the_one_before(told, receiver):
    told.drop("terms.xlsx", "Revenue")
    told.run()
    told.drop("terms.xlsx", "Revenue", "Cost")
    told.run()
    assert events(receiver) == ["finished", "finished"]
    changed, failed, report = messages(receiver)[1]["lines"]
    assert changed == (
        "Changed: 1 created, 2 unchanged. The time before: 2 created (1 rows more now)."
    )
    assert failed == "Failed: nothing."
    assert report.startswith("Report: ")
    assert report.endswith("terms.result.xlsx")


def test_a_look_that_finds_nothing_new_is_pinged_and_told_to_nobody(told, receiver):
    told.drop("terms.xlsx", "Revenue")
    told.run()
    told.run()
    assert events(receiver) == ["finished"]
    assert [path for path in receiver.paths if path != "/hook"] == ["/ping/start", "/ping/0"] * 2


def test_what_failed_is_told_with_its_place_and_without_any_value(told, receiver):
    told.drop("terms.xlsx", "Revenue", "", note=VALUE)
    assert told.run().status == 1
    (message,) = messages(receiver)
    assert message["event"] == "failed"
    assert {"sheet": "Terms", "row": 3, "column": "Term", "code": "missing"} in message["rows"]
    assert all(VALUE.encode() not in one.body for one in receiver.got)
    assert "/ping/1" in receiver.paths


def test_the_same_cause_is_told_once_and_recovery_once(told, receiver):
    for night in range(3):
        told.drop("terms.xlsx", "Revenue", "", note=f"night {night}")
        assert told.run().status == 1
    assert events(receiver) == ["failed"]
    told.run()
    assert events(receiver) == ["failed"], "nothing new says nothing of the rows that failed"
    for night in range(2):
        told.drop("terms.xlsx", "Revenue", note=f"good night {night}")
        told.run()
    assert events(receiver) == ["failed", "recovered", "finished"]
    assert alarms_of(told.store, JOB) == []


def test_another_cause_is_told(told, receiver):
    told.drop("terms.xlsx", "Revenue", "", note="one")
    told.run()
    told.drop("terms.xlsx", *(f"Term {no}" for no in range(5)), *([""] * 12), note="two")
    told.run()
    assert events(receiver) == ["failed", "failed"]


def test_a_source_that_is_away_is_told_once_and_that_it_is_back(told, receiver):
    told.drop("terms.xlsx", "Revenue")
    told.run()
    away = told.inbox.rename(told.home / "away")
    first, second = told.run(), told.run()
    shutil.move(away, told.inbox)
    told.run()
    assert first.status == second.status != 0
    assert events(receiver) == ["finished", "failed", "recovered"]


def test_a_message_that_fails_is_a_word_of_the_pass_and_comes_with_the_next(told, receiver):
    receiver.answers = [200, 403, 403]
    told.drop("terms.xlsx", "Revenue", "", note="one")
    ended = told.run()
    assert ended.status == 1
    assert "The message to the webhook failed: it was answered with HTTP 403." in ended.why
    assert "The ping to CHECK failed" in ended.why
    told.drop("terms.xlsx", "Revenue", "", note="two")
    told.run()
    assert events(receiver) == ["failed", "failed"]
    assert len(told.runs()) == 2


def test_a_job_that_does_not_run_is_told_once_until_it_runs_again(nights, receiver, monkeypatch):
    monkeypatch.setenv("HOOK_KEY", KEY)
    told = nights(
        f'webhook = "{receiver.url}/hook"\nwebhook_key_env = "HOOK_KEY"\nalarm_after = "26h"\n'
    )
    told.drop("terms.xlsx", "Revenue")
    ended = told.run().ended
    performer, _ = told.performer(lambda: ended + 27 * 3600)
    performer.each_minute()
    performer.each_minute()
    assert events(receiver) == ["finished", "overdue"]
    assert "expected every 26h" in messages(receiver)[1]["lines"][1]
    told.run()
    assert events(receiver) == ["finished", "overdue", "recovered"]


def test_a_job_that_has_never_run_is_told_of_by_when_a_worker_saw_it_first(
    nights, receiver, monkeypatch
):
    monkeypatch.setenv("HOOK_KEY", KEY)
    told = nights(
        f'webhook = "{receiver.url}/hook"\nwebhook_key_env = "HOOK_KEY"\nalarm_after = "26h"\n'
    )
    seen = database_now(told.store)
    performer, _ = told.performer(iter([seen, seen + 25 * 3600, seen + 27 * 3600]).__next__)
    performer.each_minute()
    performer.each_minute()
    assert events(receiver) == []
    performer.each_minute()
    assert events(receiver) == ["overdue"]
    assert "It has never run since" in messages(receiver)[0]["lines"][1]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # apprise's own
def test_a_channel_that_missed_what_is_wrong_gets_it_with_the_next_pass_and_the_others_do_not(
    nights, receiver, monkeypatch
):
    monkeypatch.setenv("HOOK_KEY", KEY)
    monkeypatch.setenv("CHAT", "")
    told = nights(
        f'notify = ["CHAT"]\nwebhook = "{receiver.url}/hook"\nwebhook_key_env = "HOOK_KEY"\n'
    )
    for night in range(2):
        told.drop("terms.xlsx", "Revenue", "", note=f"night {night}")
        assert "The message to CHAT failed" in told.run().why
    assert receiver.paths == ["/hook"]
    monkeypatch.setenv("CHAT", f"json://{receiver.host}/room")
    for night in range(2, 4):
        told.drop("terms.xlsx", "Revenue", "", note=f"night {night}")
        told.run()
    assert receiver.paths == ["/hook", "/room"]
    told.drop("terms.xlsx", "Revenue")
    told.run()
    assert receiver.paths == ["/hook", "/room", "/room", "/hook"]
    assert alarms_of(told.store, JOB) == []


def test_a_pass_that_waits_for_its_target_is_pinged_once(told, receiver):
    told.drop("terms.xlsx", "Revenue")
    identity = f"atlan sandbox {told.site.settings.sandbox_database}"
    to = RunTarget(target="sandbox", identity=identity, system="atlan", template="x")
    theirs = told.site.journal.begin(to, RunSpec("x", [], Options(), {}, {}))
    no = add_pass(told.store, JOB, "sandbox", "")
    with Lease(told.site.journal) as lease:
        lease.take(theirs)
        for _ in range(3):
            assert not perform_pass(told.site, no)
    assert perform_pass(told.site, no)
    assert receiver.paths == ["/ping/start", "/hook", "/ping/0"]


def test_a_job_that_is_overdue_holds_up_no_other(nights, monkeypatch):
    told = nights('alarm_after = "26h"\n', others=OTHER)
    told.drop("terms.xlsx", "Revenue")
    ended = told.run().ended
    entered, deliver = [], telling.deliver

    def delivered(*given):
        entered.append(told.passes("other"))
        return deliver(*given)

    monkeypatch.setattr(telling, "deliver", delivered)
    performer, _ = told.performer(lambda: ended + 27 * 3600)
    set_due(told.store, "other", "* * * * * UTC", ended)
    performer.each_minute()
    assert [len(passes) for passes in entered] == [1]


def test_a_report_that_cannot_be_written_is_told_once_with_idle_passes_between(told, receiver):
    (told.home / "reports").write_text("no folder")
    for night in range(2):
        told.drop("terms.xlsx", "Revenue", note=f"night {night}")
        assert [told.run().status, told.run().status] == [1, 1]  # it is tried again
    assert events(receiver) == ["failed"]
    assert "The report is" in messages(receiver)[0]["why"]


def test_a_job_without_channels_tells_nobody_and_goes_on(night):
    night.drop("terms.xlsx", "Revenue")
    assert night.run().status == 0
    telling.begun(night.site, "gone")
