"""Settings: precedence of sources, the origin of each value, and values that are refused."""

from pathlib import Path

import pytest

from importer.errors import UsageError
from importer.settings_files import load

pytestmark = pytest.mark.usefixtures("home")


def job(line):
    """A settings file with one job that has one more key."""
    return f'[jobs.a]\nsource = "in/*.xlsx"\ntarget = "sandbox"\n{line}'


REFUSED = {
    "unknown key": ('journall = "x"', ["importer.toml: journall: unknown key", "mean journal?"]),
    "unknown key of a target": (
        '[targets.prod]\nsystem = "atlan"\nbase_ur = "https://x.example"',
        ["targets.prod.base_ur: unknown key", "mean base_url?"],
    ),
    "unknown system": (
        '[targets.prod]\nsystem = "atln"',
        ["targets.prod.system: `atln` is no known system", "mean atlan?"],
    ),
    "no system": ("[targets.prod]\nrate = 3", ["importer.toml: targets.prod.system: is missing."]),
    "a password in an address": (
        '[targets.prod]\nsystem = "atlan"\nbase_url = "https://me:secret@x.example"',
        ["targets.prod.base_url: holds a user name or a password"],
    ),
    "a user where a system has none": (
        '[targets.prod]\nsystem = "atlan"\nuser_env = "ANN"',
        ["targets.prod: user_env is of no use for the system atlan: remove it."],
    ),
    "a rate of none": ("[targets.atlan]\nrate = 0", ["targets.atlan.rate: ", "greater than 0"]),
    "a second sandbox": ('[targets.box]\nsystem = "sandbox"', ["box: ", "the one sandbox"]),
    "targets are no table": ("targets = 3", ["importer.toml: targets: is not a table."]),
    "a target is no table": ("targets.prod = 3", ["targets.prod: is not a table."]),
    "unknown key of the page": (
        '[web]\nhost = ["x.example"]',
        ["importer.toml: web.host: unknown key", "mean hosts?"],
    ),
    "a job without a target": (
        '[jobs.a]\nsource = "in/*.xlsx"',
        ["importer.toml: jobs.a.target: is missing."],
    ),
    "unknown key of a job": (
        job('shedule = "0 3 * * *"'),
        ["jobs.a.shedule: unknown key", "mean schedule?"],
    ),
    "unknown key of what a job expects": (
        job("expect = { min_row = 3 }"),
        ["jobs.a.expect.min_row: unknown key", "mean min_rows?"],
    ),
    "unknown flag of a job": (
        job("options = { prun = ['x'] }"),
        ["jobs.a.options.prun: unknown key", "mean prune?"],
    ),
    "a schedule that is none": (
        job('schedule = "0 25 * * *"'),
        ["jobs.a.schedule: `0 25 * * *` is no schedule such as 0 3 * * *: Bad hour."],
    ),
    "a schedule with seconds": (
        job('schedule = "0 0 3 * * *"'),
        ["jobs.a.schedule: `0 0 3 * * *` is no schedule of five fields"],
    ),
    "a time zone that is none": (
        job('time_zone = "Europe/Berln"'),
        ["jobs.a.time_zone: `Europe/Berln` is no time zone such as Europe/Berlin."],
    ),
    "a duration that is none": (
        job('expect = { max_age = "36 hours" }'),
        ["jobs.a.expect.max_age: `36 hours` is no duration such as 90m, 36h or 2d."],
    ),
    "an end that is none": (
        job('on_success = "archive"'),
        ["jobs.a.on_success: `archive` is none of keep, delete, move:FOLDER."],
    ),
    "a password in the address of a source": (
        '[jobs.a]\ntarget = "sandbox"\nsource = "sftp://me:secret@x.example/in/*.xlsx"',
        ["jobs.a.source: holds a password"],
    ),
    "a name of a job that is a path": (
        '[jobs."../a"]\ntarget = "sandbox"\nsource = "in/*.xlsx"',
        ["../a: is no name of a job"],
    ),
    "a proxy at no address": (
        '[web]\ntrusted_proxies = ["proxy"]',
        ["importer.toml: web.trusted_proxies: `proxy` is no address"],
    ),
    "every address as a proxy": (
        '[web]\ntrusted_proxies = ["0.0.0.0/0"]',
        ["web.trusted_proxies: `0.0.0.0/0` is every address there is"],
    ),
    "broken TOML": ("\njournal = = 1", ["importer.toml: is not valid TOML", "line 2"]),
    "not UTF-8": (b'journal = "\xe4"', ["importer.toml: is not UTF-8 text."]),
}


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED)
def test_an_error_names_its_file_and_key(write, text, words):
    write("importer.toml", text)
    with pytest.raises(UsageError) as refusal:
        load()
    assert [word for word in words if word not in str(refusal.value)] == []


def test_all_mistakes_are_named_at_once(write):
    write("importer.toml", 'jurnal = "x"\n[targets.prod]\nsystem = "atlan"\nrate = "many"')
    with pytest.raises(UsageError) as refusal:
        load()
    assert len(str(refusal.value).splitlines()) == 2


SECRET = "s3cr3t-value"
SECRETS = {
    "api_key": f'[targets.prod]\nsystem = "atlan"\napi_key = "{SECRET}"',
    "token": f'token = "{SECRET}"',
    "client_secret": f'[targets.prod]\nsystem = "atlan"\nclient_secret = "{SECRET}"',
    "password of the journal": f'journal = "postgresql://me:{SECRET}@db.example/runs"',
    "password of the queue": f'queue = "redis://:{SECRET}@cache.example/0"',
    "secret of a proxy, not its variable": f'[web]\nproxy_secret_env = "{SECRET}"',
    "key instead of its variable": f'[targets.prod]\nsystem = "atlan"\napi_key_env = "{SECRET}"',
}


@pytest.mark.parametrize("text", SECRETS.values(), ids=SECRETS)
def test_a_secret_in_the_file_is_refused_and_not_repeated(write, text):
    write("importer.toml", text)
    with pytest.raises(UsageError, match=r"importer\.toml: .*(variable)") as refusal:
        load()
    assert SECRET not in str(refusal.value)


def test_environment_takes_precedence_over_the_file_and_the_file_over_the_defaults(
    write, monkeypatch
):
    text = '[targets.atlan]\nbase_url = "https://file.example"\nrate = 100\nbatch_size = 5\n'
    write("importer.toml", text)
    monkeypatch.setenv("ATLAN_BASE_URL", "https://vendor.example")
    monkeypatch.setenv("IMPORTER_TARGETS__ATLAN__BATCH_SIZE", "7")
    loaded = load(Path("importer.toml"))
    atlan = loaded.settings.targets["atlan"]
    assert (atlan.base_url, atlan.rate, atlan.batch_size, atlan.api_key_env) == (
        "https://vendor.example",
        100,
        7,
        "ATLAN_API_KEY",
    )
    assert loaded.origins == {
        "targets.atlan.base_url": "ATLAN_BASE_URL",
        "targets.atlan.rate": "importer.toml",
        "targets.atlan.batch_size": "IMPORTER_TARGETS__ATLAN__BATCH_SIZE",
    }


def test_a_target_inherits_the_defaults_of_its_system(write):
    write("importer.toml", '[targets.berlin]\nsystem = "trebellar"\napi_key_env = "BERLIN_KEY"')
    berlin = load(Path("importer.toml")).settings.targets["berlin"]
    assert (berlin.base_url, berlin.rate) == ("https://api.trebellar.app", 300)
    assert berlin.api_key_env == "BERLIN_KEY"


def test_the_built_in_targets_always_exist(home):
    assert [*load().settings.targets] == ["sandbox", "atlan", "atlas", "trebellar"]


def test_the_journal_is_in_the_state_folder_unless_a_variable_names_another(home, monkeypatch):
    assert load().settings.journal == str(home / "state" / "importer" / "journal.db")
    monkeypatch.setenv("IMPORTER_JOURNAL", "~/runs.db")
    assert load().settings.journal == str(Path.home() / "runs.db")


def test_the_sandbox_database_is_beside_the_journal(home, monkeypatch):
    monkeypatch.setenv("IMPORTER_JOURNAL", str(home / "here" / "runs.db"))
    assert load().settings.sandbox_database == home / "here" / "sandbox.db"
    monkeypatch.setenv("IMPORTER_JOURNAL", "postgresql://db.example/runs")
    assert load().settings.sandbox_database == home / "state" / "importer" / "sandbox.db"


@pytest.mark.parametrize(
    ("journal", "queue", "address"),
    [
        ("/here/runs.db", "", "/here/queue.db"),
        ("postgresql://db.example/runs", "", "postgresql://db.example/runs"),
        ("postgresql://db.example/runs", "redis://cache.example/0", "redis://cache.example/0"),
        ("/here/runs.db", "/there/tasks.db", "/there/tasks.db"),
    ],
)
def test_the_queue_is_with_the_journal_unless_a_variable_names_another(
    home, monkeypatch, journal, queue, address
):
    monkeypatch.setenv("IMPORTER_JOURNAL", journal)
    monkeypatch.setenv("IMPORTER_QUEUE", queue)
    assert load().settings.queue_address == address


def test_a_settings_file_that_is_named_must_exist(home):
    with pytest.raises(UsageError, match=r"other\.toml: there is no such file"):
        load(Path("other.toml"))


def test_a_settings_file_that_nobody_can_look_for_is_named_with_the_way_out(home, monkeypatch):
    """A folder that this account must not enter raises where a file is looked for, too."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ("x" * 300)))
    words = r"importer\.toml: cannot be read \(File name too long\): let the account that runs"
    with pytest.raises(UsageError, match=words):
        load()


def test_the_paths_of_a_job_stay_where_its_file_was_when_that_has_gone(write):
    file = write("importer.toml", '[jobs.glossary]\nsource = "inbox/*"\ntarget = "sandbox"\n')
    settings = load(file).settings
    file.unlink()
    assert settings.folder_of_job("glossary") == file.absolute().parent


def test_the_paths_of_a_job_in_a_variable_begin_where_the_process_works(home, monkeypatch):
    monkeypatch.setenv("IMPORTER_JOBS", '{"a": {"source": "inbox/*", "target": "sandbox"}}')
    assert load().settings.folder_of_job("a") == Path.cwd()


def test_a_key_is_read_from_its_variable_and_is_in_no_text_of_the_settings(monkeypatch):
    monkeypatch.setenv("ATLAN_API_KEY", f" {SECRET}\n")
    settings = load().settings
    assert settings.targets["atlan"].sign_in.secret == SECRET
    assert SECRET not in repr(settings)
