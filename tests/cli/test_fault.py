"""A fault of ours: one line, and a file with the traceback and without a secret."""

import pytest

from importer.cli import fault
from importer.settings_files import trust
from importer.sign_in import token_of


@pytest.fixture
def settings(home, write, monkeypatch):
    """A target whose key stands in a variable of an innocent name."""
    text = '[targets.mine]\nsystem = "trebellar"\napi_key_env = "OTHER"\n'
    trust(write("importer.toml", text))
    monkeypatch.setenv("OTHER", "xyz-987-secret")
    monkeypatch.setenv("ATLAN_API_KEY", "abc-123-secret")
    monkeypatch.setenv("IMPORTER_JOURNAL", "postgresql://me:hunter2@db/runs")


SECRETS = {
    "a key of a built-in target": "abc-123-secret",
    "a key in a variable that the settings name": "xyz-987-secret",
    "a password in an address": "hunter2",
}


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_no_secret_is_shown_or_written(settings, home, secret):
    line = fault.explain(ValueError(f"cannot use {secret} for x://you:{secret}@db"), None)
    [log] = (home / "state" / "importer").glob("*.log")
    assert "cannot use *** for x://***@db" in line
    assert "cannot use *** for x://***@db" in log.read_text()
    assert secret not in line + log.read_text()


def test_a_bearer_is_no_secret_kept(home):
    assert fault.masked("Authorization: Bearer ab.cd-ef_12", None) == "Authorization: Bearer ***"


def test_every_token_that_a_command_has_printed_is_masked_the_former_ones_too(home):
    for token in ("first-token-1", "second-token-2"):
        token_of(f"echo {token}", "ANY")
    assert fault.masked("first-token-1, then second-token-2", None) == "***, then ***"


def test_the_line_is_one_and_names_the_file(home):
    line = fault.explain(KeyError("a\nb"), None)
    [log] = (home / "state" / "importer").glob("*.log")
    assert str(log) in line
    assert "\n" not in line
    assert len(line) < 600


def test_the_line_has_the_first_line_of_the_error_only(home):
    """SQLAlchemy puts the statement and its parameters below; the file has them."""
    line = fault.explain(ValueError("UNIQUE failed\n[SQL: INSERT INTO live]"), None)
    [log] = (home / "state" / "importer").glob("*.log")
    assert "(ValueError: UNIQUE failed);" in line
    assert "[SQL: INSERT INTO live]" in log.read_text()


def test_the_file_stands_beside_the_journal(home, monkeypatch):
    monkeypatch.setenv("IMPORTER_JOURNAL", str(home / "mine" / "journal.db"))
    fault.explain(KeyError("x"), None)
    assert len(list((home / "mine").glob("importer-fault-*.log"))) == 1


def test_settings_that_cannot_be_read_do_not_hide_the_fault(home, write):
    write("importer.toml", "nonsense")
    assert "KeyError: 'x'" in fault.explain(KeyError("x"), None)
    assert len(list((home / "state" / "importer").glob("*.log"))) == 1


def test_a_file_that_cannot_be_written_does_not_hide_the_fault(home, monkeypatch):
    monkeypatch.setattr(fault.tempfile, "mkstemp", _full)
    assert "could not be written" in fault.explain(KeyError("x"), None)


def _full(*_, **__):
    raise OSError(28, "No space left on device")
