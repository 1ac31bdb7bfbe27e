"""The metrics are what the journal says, in the format that Prometheus reads."""

import math

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from importer.errors import UsageError
from importer.metrics import metrics_page
from importer.metrics.exposition import Family, Sample, exposition
from importer.metrics.server import serving_metrics
from importer.options import ReportTo
from importer.pipeline.runs import write_reports
from tests.jobs.night import JOB, Night


def read(text):
    """The numbers of a page as Prometheus' own parser reads them, by name and labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def night(home):
    with Night(home) as one:
        yield one


def test_runs_rows_passes_and_ages_come_from_the_journal(night):
    night.drop("terms.xlsx", "Revenue", "")
    night.run()
    night.drop("terms.xlsx", "Revenue")
    night.run()
    found = read(metrics_page(night.store))
    assert found["importer_runs", "sandbox", "finished"] == 2
    assert found["importer_rows", "sandbox", "created"] == 2
    assert found["importer_rows", "sandbox", "unchanged"] == 2
    assert found["importer_rows", "sandbox", "invalid"] == 1
    assert found["importer_job_passes", JOB, "0"] == found["importer_job_passes", JOB, "1"] == 1
    assert 0 <= found["importer_job_last_good_age_seconds", JOB] < 600
    assert found["importer_waiting_tasks", "job"] == 0


def test_rows_of_a_run_that_was_reported_without_counts_come_with_a_new_report(night):
    night.drop("terms.xlsx", "Revenue")
    name, journal = night.run().facts.runs[0].run, night.site.journal
    run = journal.run(name)
    run.counts = {}
    journal.save(run)
    assert ("importer_rows", "sandbox", "created") not in read(metrics_page(night.store))
    write_reports(journal, name, ReportTo(path=night.home / "again.xlsx"))
    assert read(metrics_page(night.store))["importer_rows", "sandbox", "created"] == 2


def test_a_journal_with_nothing_in_it_has_metrics(night):
    found = read(metrics_page(night.store))
    assert {name for name, *_ in found} == {"importer_info", "importer_waiting_tasks"}


def test_odd_names_read_back():
    odd = 'a"b\\c\nd'
    text = exposition([Family("f", "About.", (Sample(math.inf, {"name": odd}),))])
    assert read(text) == {("f", odd): math.inf}


@pytest.fixture
def url(night):
    with serving_metrics(night.store, 0) as address:
        yield address.removesuffix("/metrics")


def test_a_worker_answers_metrics_and_probes(url):
    metrics = requests.get(f"{url}/metrics", timeout=30)
    assert metrics.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "importer_info" in metrics.text
    asked = {path: requests.get(url + path, timeout=30) for path in ("/healthz", "/readyz", "/x")}
    assert {path: (one.status_code, one.text) for path, one in asked.items()} == {
        "/healthz": (200, "ok\n"),
        "/readyz": (200, "ready\n"),
        "/x": (404, "There is nothing here.\n"),
    }


def test_a_worker_is_not_ready_with_a_journal_of_another_version(url, night):
    with night.store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert requests.get(f"{url}/readyz", timeout=30).status_code == 503
    assert requests.get(f"{url}/healthz", timeout=30).status_code == 200


def test_a_worker_answers_by_its_own_names_only(url):
    there = requests.get(f"{url}/metrics", headers={"Host": "evil.example:80"}, timeout=30)
    assert there.status_code == 421


def test_a_worker_answers_a_probe_by_head_without_a_body(url):
    answer = requests.head(f"{url}/healthz", timeout=5)
    assert (answer.status_code, answer.headers["Content-Length"], answer.text) == (200, "3", "")


def test_a_figure_that_fails_is_answered_and_logged(url, monkeypatch, caplog):
    monkeypatch.setattr("importer.metrics.server.metrics_page", lambda _store: 1 / 0)
    answer = requests.get(f"{url}/metrics", timeout=5)
    assert (answer.status_code, "log of the worker" in answer.text) == (500, True)
    assert caplog.messages == ["/metrics could not be answered"]
    assert requests.get(f"{url}/healthz", timeout=5).status_code == 200


def test_no_client_writes_into_the_log_of_a_worker(url, capfd, monkeypatch):
    """What ends a request is another's fault, and stderr may be a log of JSON lines."""
    monkeypatch.setattr("importer.metrics.server.answer", lambda *_: (200, "a\ud800", ""))
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{url}/metrics", timeout=5)
    assert capfd.readouterr().err == ""


def test_a_port_that_is_taken_is_said_to_be(url, night):
    port = int(url.rpartition(":")[2])
    with (
        pytest.raises(UsageError, match="Metrics cannot be served at port"),
        serving_metrics(night.store, port),
    ):
        pass
