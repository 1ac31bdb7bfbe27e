"""The keys of the tables: what can be in the journal only once."""

from contextlib import closing

import pytest

from importer.journal import Journal
from importer.journal.schema import all_tables
from importer.journal.stage import Stage
from tests.send.build import begin, item

KEYS = {
    "runs": ["run"],
    "planned": ["run", "no"],
    "named": ["kind", "key", "run", "no"],
    "outcomes": ["run", "no"],
    "live": ["run", "id"],
    "batches": ["run", "no"],
    "holds": ["identity"],
    "findings": ["run", "no"],
    "approvals": ["run", "no"],
    "chunks": ["sha256"],
    "dropped": ["run"],
    "people": ["name"],
    "sign_ins": ["hash"],
    "one_time_links": ["hash"],
    "failed_sign_ins": ["about"],
    "tokens": ["hash"],
    "shares": ["about", "to", "name"],
    "audit": ["no"],
    "uploads": ["upload"],
    "upload_parts": ["upload", "version", "part", "no"],
    "upload_pages": ["upload", "version", "part", "no", "page"],
    "fixes": ["upload", "no"],
    "run_owners": ["run"],
    "jobs": ["job"],
    "job_passes": ["no"],
    "taken": ["job", "identity", "mapping", "sha256"],
    "alarms": ["job", "cause"],
}


def test_each_table_has_its_key():
    found = {
        table.name: [one.name for one in table.primary_key] for table in all_tables().sorted_tables
    }
    assert found == KEYS


MAY_BE_BLANK = {
    "uploads.checked",
    "uploads.holder",
    "uploads.step",
    "batches.http_status",
    "batches.sent",
    "batches.settled",
    "named.id",
    "outcomes.id",
    "one_time_links.until",
    "alarms.told",
    "job_passes.ended",
    "job_passes.holder",
    "job_passes.rows",
    "job_passes.started",
    "job_passes.status",
    "job_passes.turn",
    "jobs.changed",
    "jobs.due",
    "jobs.enabled",
    "people.password",
    "runs.finished",
    "tokens.used",
}


def test_only_these_columns_may_be_blank():
    columns = (column for table in all_tables().sorted_tables for column in table.columns)
    assert {f"{one.table.name}.{one.name}" for one in columns if one.nullable} == MAY_BE_BLANK


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path / "journal.db")
    yield journal
    journal.close()


@pytest.mark.parametrize(
    "again",
    [
        lambda stage: stage.add_rows([(0, 2)]),
        lambda stage: stage.add_items([item(0)]),
        lambda stage: stage.add_merged([(0, 2, 0)]),
    ],
)
def test_what_is_there_twice_is_refused(journal, again):
    """A row counted twice, or an item sent twice, is a fault of ours and not news."""
    with closing(Stage()) as stage:
        stage.add_rows([(0, 2)])
        stage.add_items([item(0)])
        stage.add_merged([(0, 2, 0)])
        again(stage)
        with pytest.raises(ValueError, match="is there twice"):
            stage.hand_over(journal, "R")


def test_what_waits_has_something_to_send():
    with closing(Stage()) as stage, pytest.raises(ValueError, match="nothing to send"):
        stage.add_items([item(0, change=None)])


def test_findings_are_numbered_on(journal):
    run = begin(journal, [item(0)])
    journal.add_findings(run.name, [])
    assert journal.findings(run.name) == []
