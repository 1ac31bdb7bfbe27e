"""A run that one process began is finished by another from the journal alone."""

import json

import pytest

from importer.errors import UsageError
from tests.forked import Forked
from tests.pipeline.bench import building, desk, floor, glossary, link, term
from tests.pipeline.raw_api import TERM
from tests.postgresql import PLACES, place
from tests.send.between import KILLED, NoQueries

SHEETS = {
    "Glossaries": [glossary()],
    "Terms": [term(f"t{n}", Synonyms=f"t{n + 1}" if n < 4 else "") for n in range(5)],
    "Links": [link("t0", "x", "https://example.com")],
}


@pytest.fixture(params=PLACES)
def journal_place(request, tmp_path):
    """On each database."""
    return place(request, tmp_path)


@pytest.fixture
def process(bench):
    """Run tests.pipeline.process; return its exit status and its result."""

    def act(*words):
        with Forked("tests.pipeline.process", bench.place, bench.box.url, *words) as found:
            out, err = found.communicate()
        assert found.returncode in (0, KILLED), err
        return found.returncode, json.loads(out or "null")

    return act


def test_another_process_finishes_a_mapped_run(bench, process):
    """The file is gone by then: payloads, references and levels all come from the journal."""
    path = bench.book(SHEETS, "gone.xlsx")
    run, preview = bench.prepare(path, "atlan-glossary")
    assert preview.counts == {"create": 7}
    assert bench.bodies() == []
    path.unlink()
    _, output = process("resume", run.name)
    assert (output["state"], output["counts"]["created"]) == ("finished", 7)
    assert output["report"].endswith("gone.rows.xlsx")
    assert "gone.xlsx" in output["why"]
    assert len(bench.atlan.all(TERM)) == 5
    assert bench.silent(lambda: bench.glossary(SHEETS)).counts == {"unchanged": 7}


@pytest.mark.parametrize("last", [1, 3, 5])
def test_a_killed_run_is_resumed_and_sends_nothing_twice(bench, process, last):
    """It dies when a request has landed and the journal does not know yet."""
    path = bench.book(SHEETS)
    assert process("run", path, "atlan-glossary", last)[0] == KILLED
    [run] = bench.journal.runs()
    assert run.state == "sending"
    assert process("resume", run.name)[1]["counts"]["created"] == 7
    sent = [
        (one["guid"], "appendRelationshipAttributes" in one)
        for body in bench.bodies()
        for one in body["entities"]
    ]
    assert len(sent) == len(set(sent))
    assert len(bench.atlan.all(TERM)) == 5


def test_a_killed_portfolio_is_resumed_and_sends_nothing_twice(bench, process):
    """Assets without external ID are matched by their path."""
    desks = [desk(f"d{n}", "1") | {"External ID": None} for n in range(4)]
    path = bench.book({"Buildings": [building()], "Floors": [floor("1")], "Desks": desks})
    assert process("run", path, "trebellar-portfolio", 3)[0] == KILLED
    [run] = bench.journal.runs()
    assert process("resume", run.name)[1]["counts"]["created"] == 6
    assert len(bench.trebellar.places()) == 6
    assert len(bench.bodies()) == 4


@pytest.mark.parametrize("last", [1, 2, 4])
def test_a_killed_undo_is_resumed_and_leaves_nothing(bench, process, last):
    made = bench.glossary(SHEETS)
    assert process("undo", made.run, last)[0] == KILLED
    newest = bench.journal.runs()[0]
    assert newest.spec.undoes == made.run
    assert process("resume", newest.name)[1]["counts"]["deleted"] == 7
    assert bench.atlan.all(TERM) == []


def test_an_undo_without_a_plan_is_planned_anew(bench):
    made = bench.glossary(SHEETS)
    bench.wrap = NoQueries
    assert bench.undo(made).state == "interrupted"
    bench.wrap = lambda target: target
    newest = bench.journal.runs()[0]
    assert bench.resume(newest.name).counts == {"deleted": 7}


def test_resuming_a_finished_run_gives_its_result_again(bench):
    result = bench.glossary(SHEETS | {"Terms": [term("A"), term("B", Owners="http:x")]})
    again = bench.silent(lambda: bench.resume(result.run))
    assert (again.counts, again.exit_status) == (result.counts, result.exit_status)


def test_a_run_that_is_declined_sends_nothing(bench):
    """The plan is shown first; a declined run is abandoned and stays so."""
    seen = []

    def refuse(preview):
        seen.append(preview.counts)
        return False

    result = bench.silent(lambda: bench.glossary(SHEETS, confirm=refuse))
    assert seen == [{"create": 7}]
    assert result.state == "abandoned"
    assert bench.silent(lambda: bench.resume(result.run)).state == "abandoned"


def test_a_name_that_no_run_has_cannot_be_resumed(bench):
    with pytest.raises(UsageError, match="no run called nope"):
        bench.resume("nope")


@pytest.fixture
def unplanned(bench):
    """A file whose run ended while live state was fetched."""
    path = bench.book(SHEETS)
    bench.wrap = NoQueries
    result = bench.run(path, template="atlan-glossary")
    assert (result.state, result.exit_status, result.counts) == ("interrupted", 3, {})
    bench.wrap = lambda target: target
    return path


def test_a_run_without_a_plan_reads_its_file_again(bench, unplanned):
    """Every row is imported once."""
    [run] = bench.journal.runs()
    result = bench.resume(run.name)
    assert (result.state, result.counts) == ("finished", {"created": 7})
    assert len(bench.rows(result)) == 7
    assert len(bench.atlan.all(TERM)) == 5


def test_a_run_without_a_plan_takes_no_other_file(bench, unplanned):
    """The file has changed: the run would send other rows than it began with."""
    [run] = bench.journal.runs()
    bench.book({"Glossaries": [glossary("Other")]}, unplanned.name)
    with pytest.raises(UsageError, match="has changed since"):
        bench.resume(run.name)
    assert bench.bodies() == []
