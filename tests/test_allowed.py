"""What the settings file of a folder says of data and keys counts only once it was allowed."""

import json
import stat

import pytest

from importer.allowed import NotAllowed, own_folder
from importer.errors import UsageError
from importer.settings_files import load, own_file, trust

pytestmark = pytest.mark.usefixtures("home")

CLAIMS = {
    "an address": (
        '[targets.atlan]\nbase_url = "https://x.example"',
        "target atlan at https://x.example with the key in ATLAN_API_KEY",
    ),
    "a variable": (
        '[targets.atlan]\napi_key_env = "AWS_SECRET_ACCESS_KEY"',
        "target atlan with the key in AWS_SECRET_ACCESS_KEY",
    ),
    "a target": (
        '[targets.new]\nsystem = "trebellar"\napi_key_env = "GITHUB_TOKEN"',
        "target new of the system trebellar with the key in GITHUB_TOKEN",
    ),
    "a queue": ('queue = "redis://x.example/0"', "queue redis://x.example/0"),
    "a journal": ('journal = "postgresql://x.example/runs"', "journal postgresql://x.example/runs"),
    "a page": (
        '[web]\ntrusted_proxies = ["10.0.0.1"]\nkeep = 3\nhosts = ["x.example"]',
        "the page's hosts, trusted_proxies",
    ),
    "a job": (
        '[jobs.night]\nsource = "inbox/*.xlsx"\ntarget = "atlan"\nnotify = ["MAIL"]\n'
        'webhook = "https://x.example/hook"\nping = "HEALTH"',
        "job night from inbox/*.xlsx into atlan told to MAIL, HEALTH, https://x.example/hook",
    ),
    "a name that turns the direction": (
        '[targets."a\\u202eb"]\nsystem = "atlan"',
        "target a\\u202eb of the system atlan",
    ),
}


@pytest.mark.parametrize(("text", "claim"), CLAIMS.values(), ids=CLAIMS)
def test_what_a_folder_says_of_data_and_keys_counts_once_it_was_allowed(write, text, claim):
    path = write("importer.toml", text)
    with pytest.raises(NotAllowed) as refused:
        load()
    assert f"({claim})" in str(refused.value)
    assert "`importer doctor --trust importer.toml`" in str(refused.value)
    assert trust(path) == [claim]
    assert load().config.name == "importer.toml"


def test_a_file_that_is_named_needs_no_permission(write):
    load(write("importer.toml", CLAIMS["an address"][0]))


def test_a_file_that_only_sets_limits_needs_no_permission(write):
    write("importer.toml", "[targets.atlan]\nrate = 10\nbatch_size = 5\n")
    assert load().settings.targets["atlan"].rate == 10


def test_a_file_that_has_changed_must_be_allowed_again(write):
    trust(write("importer.toml", CLAIMS["an address"][0]))
    write("importer.toml", CLAIMS["an address"][0].replace("x.ex", "y.ex"))
    with pytest.raises(NotAllowed, match="it has changed since you allowed it"):
        load()


def test_the_same_file_in_another_folder_must_be_allowed_there(write, home, monkeypatch):
    text = CLAIMS["an address"][0]
    trust(write("importer.toml", text))
    (home / "other").mkdir()
    write("other/importer.toml", text)
    monkeypatch.chdir(home / "other")
    with pytest.raises(NotAllowed):
        load()


def test_path_address_variable_and_hash_are_remembered_for_its_user_only(write):
    path = write("importer.toml", CLAIMS["an address"][0])
    trust(path)
    file = own_folder() / "allowed.json"
    [[where, kept]] = json.loads(file.read_text()).items()
    assert (where, len(kept["sha256"])) == (str(path.resolve()), 64)
    assert kept["targets"] == [
        {
            "name": "atlan",
            "system": None,
            "address": "https://x.example",
            "variables": ["ATLAN_API_KEY"],
        }
    ]
    assert [stat.S_IMODE(one.stat().st_mode) for one in (file, file.parent)] == [0o600, 0o700]


def test_memory_that_cannot_be_read_allows_nothing(write):
    trust(write("importer.toml", CLAIMS["an address"][0]))
    (own_folder() / "allowed.json").write_text("[nonsense")
    with pytest.raises(NotAllowed):
        load()


SECRETS = {
    "a password in an address": '[targets.atlan]\nbase_url = "https://me:hunter2@x.example"',
    "a signature in the source of a job": '[jobs.a]\nsource = "https://x.example/a?sig=hunter2"\n'
    'target = "atlan"',
    "a key as the name of its variable": '[targets.atlan]\napi_key_env = "hunter2"',
}


@pytest.mark.parametrize("text", SECRETS.values(), ids=SECRETS)
def test_no_secret_in_the_wrong_place_is_shown(write, text, monkeypatch):
    """A variable of the environment keeps the value of the file from being refused."""
    monkeypatch.setenv("ATLAN_BASE_URL", "https://y.example")
    monkeypatch.setenv("IMPORTER_TARGETS__ATLAN__API_KEY_ENV", "ATLAN_API_KEY")
    path = write("importer.toml", text)
    with pytest.raises(NotAllowed) as refused:
        load()
    assert "hunter2" not in str(refused.value) + str(trust(path))


def test_the_user_s_own_file_needs_no_permission_and_stands_below_that_of_a_folder(write):
    own_folder().mkdir(parents=True)
    own_file().write_text('[targets.atlan]\nbase_url = "https://own.example"\nrate = 7\n')
    write("importer.toml", "[targets.atlan]\nrate = 9\n")
    loaded = load()
    atlan = loaded.settings.targets["atlan"]
    assert (atlan.base_url, atlan.rate) == ("https://own.example", 9)
    assert loaded.origins["targets.atlan.base_url"] == str(own_file())


def test_a_folder_cannot_allow_http(write):
    write("importer.toml", "allow_http = true\n")
    with pytest.raises(UsageError, match=r"allow_http: counts only in your own .*importer\.toml"):
        load()


@pytest.mark.parametrize("key", ["api_key_env", "user_env", "password_env", "token_command_env"])
def test_a_folder_cannot_switch_a_way_to_sign_in_off(write, key):
    path = write("importer.toml", f'[targets.atlas]\n{key} = ""\n')
    with pytest.raises(UsageError, match=rf"targets\.atlas\.{key}: is blank, which would take"):
        load()
    assert getattr(load(path).settings.targets["atlas"], key) == ""  # named by its user


@pytest.mark.parametrize("variable", ["ATLAN_API_KEY", "TREBELLAR_API_KEY", "ATLAN_OTHER"])
def test_a_key_goes_only_to_the_target_of_its_name(write, variable):
    """Else the settings of one system could take it to any address."""
    text = '[targets.new]\nsystem = "atlan"\nbase_url = "https://x.example"\n'
    path = write("importer.toml", f'{text}api_key_env = "{variable}"\n')
    with pytest.raises(UsageError, match=rf"new: {variable} goes only to the target "):
        load(path)


def test_a_target_gets_no_key_that_it_does_not_name(write, monkeypatch):
    monkeypatch.setenv("ATLAN_API_KEY", "any")
    path = write("importer.toml", '[targets.new]\nsystem = "atlan"\n')
    assert load(path).settings.targets["new"].sign_in is None
