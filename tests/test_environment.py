"""The `IMPORTER_*` variables are read as pydantic_settings reads them, which is loaded for few."""

import subprocess
import sys

import pytest
from pydantic_settings import BaseSettings, EnvSettingsSource

from importer.environment import stated
from importer.errors import UsageError
from importer.settings import TABLES, Settings
from tests.cli.process import environment

VALUES = {
    "IMPORTER_JOURNAL": "~/runs.db",
    "IMPORTER_JOURNAL_KEEP": "7",
    "importer_queue": "redis://cache.example/0",
    "IMPORTER_LEASE": "",
    "IMPORTER_ALLOW_HTTP": "true",
    "IMPORTER_JOURNAL__X": "of no table",
    "IMPORTER_NO_SETTING": "x",
}
OF_TABLES = {
    "IMPORTER_TARGETS__ATLAN__RATE": "3",
    "IMPORTER_WEB": '{"port": 8001}',
    "importer_jobs__a__source": "in/*.xlsx",
}


def by_pydantic():
    """What pydantic_settings makes of the variables of this process."""
    form = {"env_prefix": "IMPORTER_", "env_nested_delimiter": "__", "env_ignore_empty": True}
    return EnvSettingsSource(Settings, **form)()


@pytest.mark.parametrize("tables", [{}, *({name: value} for name, value in OF_TABLES.items())])
def test_variables_are_read_as_pydantic_settings_reads_them(monkeypatch, tables):
    for name, value in {**VALUES, **tables}.items():
        monkeypatch.setenv(name, value)
    assert stated(Settings, TABLES) == by_pydantic()


def test_the_settings_that_are_tables_are_those_that_take_more_than_one_value():
    source = EnvSettingsSource(BaseSettings)
    fields = Settings.model_fields.items()
    assert {name for name, field in fields if source.field_is_complex(field)} == TABLES


def test_what_should_be_json_and_is_not_is_refused(monkeypatch):
    monkeypatch.setenv("IMPORTER_TARGETS", "{")
    with pytest.raises(UsageError, match="IMPORTER_TARGETS: is not JSON"):
        stated(Settings, TABLES)


@pytest.mark.parametrize(("name", "needed"), [("IMPORTER_QUEUE", False), ("IMPORTER_WEB", True)])
def test_pydantic_settings_is_loaded_for_tables_only(home, name, needed):
    code = "import sys; from importer.settings_files import load; load()\n"
    code += "print('pydantic_settings' in sys.modules)"
    variables = environment(**{name: "{}"})
    ended = subprocess.run(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env=variables, check=True
    )
    assert ended.stdout.decode().split() == [str(needed)]
