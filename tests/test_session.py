"""Session: a target's name becomes a connection, or an error that names what is missing."""

import socket
from pathlib import Path

import pytest

from importer.errors import TargetUnreachable, UsageError
from importer.sandbox import SYSTEMS
from importer.session import Connector
from importer.settings_files import load

pytestmark = pytest.mark.usefixtures("home")

PROD = '[targets.prod]\nsystem = "atlan"\nbase_url = "https://x.example"\napi_key_env = "PROD_KEY"'
MORE = """
[targets.bare]
system = "atlan"
[targets.keyless]
system = "trebellar"
"""

INCOMPLETE = {
    "unknown": ("atlam", r"no target called atlam\. Did you mean atlan\?"),
    "unlike any": ("zzz", r"There are: sandbox, atlan, atlas, trebellar, prod, bare, keyless\."),
    "without an address": ("atlan", r"atlan has no address: set ATLAN_BASE_URL, or write base_url"),
    "without an address in the file": ("bare", r"bare has no address: write base_url under \[tar"),
    "without a key": ("trebellar", r"no API key for the target trebellar: .* TREBELLAR_API_KEY\."),
    "without a variable": ("keyless", r"keyless names no variable that holds its key: write api_k"),
    "without a key of its own": ("prod", r"no API key for the target prod: .* PROD_KEY\."),
}


@pytest.mark.parametrize(("name", "words"), INCOMPLETE.values(), ids=INCOMPLETE)
def test_a_missing_part_of_a_target_is_named(write, name, words):
    write("importer.toml", PROD + MORE)
    with pytest.raises(UsageError, match=words):
        Connector(load(Path("importer.toml")).settings, name)


def test_a_template_for_another_system_is_refused(monkeypatch):
    monkeypatch.setenv("TREBELLAR_API_KEY", "any")
    with (
        Connector(load().settings, "trebellar") as connect,
        pytest.raises(UsageError, match="for atlan, but the target trebellar is of the system tre"),
    ):
        connect(["atlan"], {})


def test_the_sandbox_takes_templates_of_every_system(home):
    with Connector(load().settings, "sandbox") as connect:
        connect.reach()
        assert {connect([system], {}).system for system in SYSTEMS} == {*SYSTEMS}


def test_the_sandbox_is_the_first_of_a_templates_systems_that_it_stands_in_for(home):
    with Connector(load().settings, "sandbox") as connect:
        assert connect(["elsewhere", "trebellar", "atlan"], {}).system == "trebellar"
        with pytest.raises(UsageError, match="does not stand in for elsewhere: name another"):
            connect(["elsewhere"], {})


def test_a_target_decides_which_of_a_templates_systems_it_is(monkeypatch):
    monkeypatch.setenv("TREBELLAR_API_KEY", "any")
    with Connector(load().settings, "trebellar") as connect:
        assert connect(["atlan", "trebellar"], {}).system == "trebellar"


def test_the_sandbox_is_one_target_whatever_its_port(home):
    identities = set()
    for _ in range(2):
        with Connector(load().settings, "sandbox") as connect:
            identities.add(connect(["atlan"], {}).identity)
    assert identities == {f"atlan sandbox {home / 'state' / 'importer' / 'sandbox.db'}"}


# a sandbox that cannot open its database leaves its socket to the garbage collector
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_broken_database_of_the_sandbox_is_named_with_the_way_out(home, write):
    (home / "state" / "importer").mkdir(parents=True)
    (home / "state" / "importer" / "sandbox.db").write_text("no database " * 100)
    with (
        Connector(load().settings, "sandbox") as connect,
        pytest.raises(UsageError, match=r"sandbox\.db cannot be used .* Remove the file"),
    ):
        connect.reach()


def test_a_refused_connection_is_an_unreachable_target(monkeypatch):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("ATLAN_BASE_URL", f"http://127.0.0.1:{unused.getsockname()[1]}")
        monkeypatch.setenv("ATLAN_API_KEY", "any")
        with (
            Connector(load().settings, "atlan", sleep=lambda _: None) as connect,
            pytest.raises(TargetUnreachable, match="No connection to http://127"),
        ):
            connect.reach()


def test_the_rate_given_takes_precedence_over_the_settings(monkeypatch):
    monkeypatch.setenv("TREBELLAR_API_KEY", "any")
    settings = load().settings
    assert Connector(settings, "trebellar").target.rate == 300
    assert Connector(settings, "trebellar", rate=12).target.rate == 12


def test_a_name_that_is_no_system_beside_one_that_is_is_told_once(home):
    told = []
    with Connector(load().settings, "sandbox", announce=told.append) as connect:
        connect(["atlan"], {})
        assert told == []
        for _ in range(2):
            connect(["atlan", "trebelar"], {})
    [words] = told
    assert words == (
        "The template is for several systems. No installed package offers the system trebelar. "
        "Did you mean trebellar?"
    )
