"""Where the environment asks for traces, stages and requests are spans; else nothing is loaded."""

import subprocess
import sys

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from importer.tracing import asked
from tests.cli.process import environment, ran
from tests.notify.receiver import Receiver

SECRET = "the salary of the boss"
FILE = f"Glossary,Term,Description\nFinance,Revenue,{SECRET}\n"
LIST = "Glossary\nFinance\n"


@pytest.fixture
def collector():
    with Receiver() as one:
        yield one


@pytest.fixture
def files(home, write):
    return write("Glossaries.csv", LIST), write("Terms.csv", FILE)


def spans(collector):
    found = []
    for got in collector.got:
        sent = ExportTraceServiceRequest.FromString(got.body)
        found += [
            one
            for resource in sent.resource_spans
            for scope in resource.scope_spans
            for one in scope.spans
        ]
    return found


def test_stages_and_requests_are_spans_of_one_run(files, collector):
    more = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, "OTEL_EXPORTER_OTLP_COMPRESSION": "none"}
    assert ran("run", *files, **more).returncode == 0
    assert set(collector.paths) == {"/v1/traces"}
    found = spans(collector)
    names = {one.name for one in found}
    assert {"read", "plan", "send", "report", "POST"} <= names
    (send,) = [one for one in found if one.name == "send"]
    sent = [one for one in found if one.parent_span_id == send.span_id]
    assert {one.name for one in sent} >= {"POST"}
    assert SECRET.encode() not in b"".join(one.body for one in collector.got)


def test_without_the_variables_nothing_of_opentelemetry_is_loaded(files):
    names = ", ".join(repr(str(one)) for one in files)
    code = f"import sys; sys.argv = ['importer', 'run', {names}]; import importer.cli.app as cli\n"
    code += "try: cli.main()\nexcept SystemExit: print('MODULES', *sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True
    )
    loaded = result.stdout.partition("MODULES")[2].split()
    assert "importer.tracing" in loaded
    assert not [name for name in loaded if name.startswith("opentelemetry")]


@pytest.mark.parametrize(
    ("variables", "exporter"),
    [
        ({}, ""),
        ({"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://x"}, ""),
        ({"OTEL_TRACES_EXPORTER": "console"}, "console"),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://x"}, "otlp"),
        ({"OTEL_TRACES_EXPORTER": "otlp", "OTEL_SDK_DISABLED": "true"}, ""),
    ],
)
def test_the_environment_says_whether_and_where_to(variables, exporter, monkeypatch):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert asked() == exporter


@pytest.mark.parametrize(
    "more",
    [
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "no address"},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://[", "OTEL_BSP_SCHEDULE_DELAY": "never"},
    ],
)
def test_a_receiver_that_is_away_is_said_in_one_line_without_what_lets_in(files, more):
    given = {"OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer very-secret;=", **more}
    ended = ran("run", *files, **given, OTEL_EXPORTER_OTLP_TIMEOUT="1")
    assert ended.returncode == 0
    said = [one for one in ended.stderr.splitlines() if "OTEL" in one or "Traceback" in one]
    assert len(said) == 1, ended.stderr
    assert "very-secret" not in ended.stderr
    assert "span" not in ended.stderr
