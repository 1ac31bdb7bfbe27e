"""Settings: precedence of sources, the origin of each value, and values that are refused."""

from pathlib import Path

import pytest

from importer.errors import UsageError
from importer.settings_files import load

pytestmark = pytest.mark.usefixtures("home")

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


def test_a_settings_file_that_is_named_must_exist(home):
    with pytest.raises(UsageError, match=r"other\.toml: there is no such file"):
        load(Path("other.toml"))


def test_a_key_is_read_from_its_variable_and_is_in_no_text_of_the_settings(monkeypatch):
    monkeypatch.setenv("ATLAN_API_KEY", f" {SECRET}\n")
    settings = load().settings
    assert settings.targets["atlan"].sign_in.secret == SECRET
    assert SECRET not in repr(settings)
