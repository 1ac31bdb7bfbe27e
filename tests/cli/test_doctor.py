"""`importer doctor`: the state of the journal and of every target, and where settings come from."""

import json

import pytest

from importer.targets import systems

SECRET = "s3cr3t-value"


def by_target(result):
    return {one["target"]: one for one in json.loads(result.out)["targets"]}


def test_doctor_accepts_the_built_in_settings_alone(importer, home):
    result = importer("doctor", "--format", "json")
    found = json.loads(result.out)
    assert (result.status, found["ok"], found["config"]) == (0, True, None)
    assert found["journal"] == {
        "where": str(home / "state" / "importer" / "journal.db"),
        "state": "ok",
        "origin": "built in",
    }
    assert found["queue"] == {
        "where": str(home / "state" / "importer" / "queue.db"),
        "state": "ok",
        "origin": "built in",
    }
    states = {name: one["state"] for name, one in by_target(result).items()}
    assert states == {"sandbox": "ok", **dict.fromkeys(systems(), "not set up")}


def test_doctor_shows_where_each_value_came_from_and_never_shows_a_key(
    importer, write, monkeypatch
):
    write("importer.toml", "[targets.atlan]\nrate = 100\n")
    monkeypatch.setenv("ATLAN_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("ATLAN_API_KEY", SECRET)
    for args in (["--format", "json"], []):
        result = importer("doctor", *args)
        assert SECRET not in result.out + result.err
    assert "rate              100  (importer.toml)" in result.out
    assert "base_url          http://127.0.0.1:9  (ATLAN_BASE_URL)" in result.out
    assert "ATLAN_API_KEY, which is set  (built in)" in result.out


def test_doctor_says_of_each_variable_whether_it_is_set(importer, monkeypatch):
    monkeypatch.setenv("ATLAS_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("ATLAS_USER", "ann")
    monkeypatch.setenv("ATLAS_PASSWORD", SECRET)
    result = importer("doctor")
    assert "api_key_env       ATLAS_TOKEN, which is not set" in result.out
    assert "user_env          ATLAS_USER, which is set" in result.out
    assert SECRET not in result.out + result.err


def test_doctor_is_exit_3_where_a_target_that_is_set_up_does_not_answer(importer, monkeypatch):
    monkeypatch.setenv("ATLAN_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("ATLAN_API_KEY", "any")
    result = importer("doctor", "--format", "json")
    assert result.status == 3
    assert by_target(result)["atlan"]["state"].startswith("No connection to http://127.0.0.1:9")


def test_doctor_is_exit_3_where_a_target_is_incomplete(importer, monkeypatch):
    monkeypatch.setenv("ATLAN_BASE_URL", "http://127.0.0.1:9")
    result = importer("doctor", "--format", "json")
    assert result.status == 3
    assert "set the environment variable ATLAN_API_KEY" in by_target(result)["atlan"]["state"]
    assert by_target(result)["atlan"]["api_key"] == "not set"


def test_doctor_is_exit_3_where_the_journal_cannot_be_written(importer, write, monkeypatch):
    write("runs.db", "no database " * 100)
    monkeypatch.setenv("IMPORTER_JOURNAL", "runs.db")
    result = importer("doctor", "--format", "json")
    journal = json.loads(result.out)["journal"]
    assert (result.status, journal["origin"]) == (3, "IMPORTER_JOURNAL")
    assert "cannot be opened" in journal["state"]


def test_doctor_is_exit_3_where_the_queue_does_not_answer(importer, monkeypatch):
    monkeypatch.setenv("IMPORTER_QUEUE", "redis://:hush@127.0.0.1:9/0")
    result = importer("doctor", "--format", "json")
    queue = json.loads(result.out)["queue"]
    assert (result.status, queue["where"]) == (3, "redis://:***@127.0.0.1:9/0")
    assert "cannot be opened" in queue["state"]
    assert "hush" not in result.out + result.err


def test_doctor_says_that_a_queue_of_another_machine_answers(importer, redis, monkeypatch):
    monkeypatch.setenv("IMPORTER_QUEUE", redis.url)
    assert f"Queue: ok\n  where             {redis.url}  (IMPORTER_QUEUE)" in importer("doctor").out


def test_keys_of_the_sandbox_are_not_shown_of_other_targets(importer):
    shown = json.loads(importer("doctor", "--format", "json").out)
    has = {one["target"]: "updates" in one["settings"] for one in shown["targets"]}
    assert has == {"sandbox": True, **dict.fromkeys(systems(), False)}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # apprise has some of its own
def test_doctor_counts_the_files_of_a_job_and_names_what_would_reach_nobody(
    importer, write, home, monkeypatch
):
    (home / "inbox").mkdir()
    (home / "inbox" / "a.csv").write_text("Term\n")
    monkeypatch.setenv("MAIL", "nonsense://nobody")
    job = (
        '[jobs.terms]\nsource = "inbox/*.csv"\ntarget = "sandbox"\nnotify = ["MAIL", "CHAT"]\n'
        'webhook = "https://no-such-host.invalid/"\nwebhook_key_env = "KEY"\nping = "PING"\n'
    )
    write("importer.toml", job)
    result = importer("doctor", "--config", "importer.toml", "--format", "json")
    (one,) = json.loads(result.out)["jobs"]
    assert (result.status, one["files"]) == (3, 1)
    assert one["state"] == (
        "notify MAIL: it holds an address that apprise does not know. "
        "notify CHAT: the variable CHAT is not set. ping: the variable PING is not set. "
        "webhook: the variable KEY is not set. webhook: its host is not known."
    )


def test_doctor_says_of_a_job_that_its_source_is_not_there(importer, write):
    write("importer.toml", '[jobs.terms]\nsource = "inbox/*"\ntarget = "sandbox"\n')
    result = importer("doctor", "--config", "importer.toml")
    assert (result.status, "there is no such file or folder; make it" in result.out) == (3, True)
    assert "files             not known" in result.out
