"""Runs, items and outcomes written to the journal are read back by any process."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.errors import JournalLost, UsageError
from importer.finding_codes import FindingCode
from importer.journal import (
    Journal,
    Lease,
    RunPlan,
    RunSpec,
    RunTarget,
    counts,
    results,
)
from importer.journal.serialize import pack_finding, pack_live, unpack_finding, unpack_live
from importer.journal.tables import HOLDS, LIVE, RUNS
from importer.model import Finding, Place, RunState, Severity, SheetLayout, Status
from importer.options import Options
from importer.targets.protocol import LiveEntity, Ref
from tests.pipeline.bench import TOKEN, glossary, term
from tests.send.build import begin as planned
from tests.send.build import item

TEXTS = st.text(max_size=8)
TARGET = RunTarget(target="t", identity="i", system="s", template="x")
PLAN = RunPlan((SheetLayout("S", 1, 2, 2, 1, "f.xlsx"),))


@pytest.fixture
def journal(journal_place):
    journal = Journal(journal_place)
    yield journal
    journal.close()


def begin(journal, title="T"):
    """A run that has its plan."""
    run = journal.begin(TARGET, RunSpec(title, [], Options(), {}, {}))
    run.plan = PLAN
    journal.save(run)
    return run


def test_runs_are_listed_newest_first(journal):
    """Also those of one second."""
    names = [begin(journal).name for _ in range(5)]
    assert [run.name for run in journal.runs()] == names[::-1]


def test_a_run_is_found_by_its_name_as_it_was_saved(journal):
    run = begin(journal, "Ü")
    run.end(RunState.INTERRUPTED, "No connection.")
    journal.save(run)
    begin(journal)
    assert journal.run(run.name) == run


def test_a_name_that_no_run_has_is_a_usage_error(journal):
    with pytest.raises(UsageError, match=re.escape("no run called nope")):
        journal.run("nope")


def test_a_journal_that_cannot_be_opened_is_a_usage_error(tmp_path):
    """The message names the file."""
    path = tmp_path / "notes.db"
    path.write_text("This is no database, but a text that is long enough to look like one. " * 9)
    with pytest.raises(UsageError, match=re.escape(str(path))):
        Journal(path)


@pytest.mark.parametrize(("lost", "way_out"), [(RUNS, "again"), (HOLDS, "again"), (LIVE, "resume")])
def test_a_journal_that_fails_says_how_it_goes_on(tmp_path, lost, way_out):
    """A run that is not in the journal, with its lease, cannot be resumed."""
    journal = Journal(tmp_path / "journal.db")
    lost.drop(journal.store._engine)
    with pytest.raises(JournalLost, match=WAYS_OUT[way_out]):
        fill(journal)
    journal.close()


WAYS_OUT = {
    "again": r"Nothing was sent. When that is fixed, give the command again\.$",
    "resume": r"When that is fixed, `importer runs` names the run",
}


def fill(journal):
    """Begin a run, take its lease, keep what the target holds."""
    run = begin(journal)
    with Lease(journal) as lease:
        lease.take(run)
        journal.add_live(run.name, [LiveEntity("T", ("a",), "id", {})])


def test_another_process_reads_what_is_written(journal, journal_place):
    """A second connection sees a run at once."""
    run = begin(journal)
    other = Journal(journal_place)
    assert other.runs() == [run]
    other.close()


@given(
    place=st.builds(
        Place, TEXTS, st.integers(0, 9), st.integers(0, 9), st.none() | TEXTS, file=TEXTS
    ),
    severity=st.sampled_from(Severity),
    code=st.sampled_from(FindingCode),
    texts=st.tuples(TEXTS, st.none() | TEXTS, st.none() | TEXTS),
)
def test_a_finding_comes_back_as_it_was(place, severity, code, texts):
    message, value, suggestion = texts
    finding = Finding(code, message, place, severity, value, suggestion)
    assert unpack_finding(pack_finding(finding)) == finding


@given(
    key=st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
    payload=st.dictionaries(TEXTS, st.none() | st.booleans() | st.integers(-9, 9) | TEXTS),
    refs=st.lists(st.builds(Ref, TEXTS, TEXTS), max_size=2).map(tuple),
    archived=st.booleans(),
)
def test_a_live_entity_comes_back_as_it_was(key, payload, refs, archived):
    live = LiveEntity("T", key, "id", payload, {"a.b": refs}, ("one", "two"), archived)
    assert unpack_live(pack_live(live)) == live


def test_findings_keep_their_order_over_several_writes(journal):
    run = begin(journal).name
    for messages in ("ab", "c", "", "de"):
        journal.add_findings(
            run, [Finding(FindingCode.SCHEMA, one, Place("S", 2)) for one in messages]
        )
    assert "".join(finding.message for finding in journal.findings(run)) == "abcde"


def outcome(journal, *states, valid=True):
    """Return the outcome of a row whose items have these states; odd items are later relations."""
    items = [
        item(
            number // 2,
            is_relations=number % 2 == 1,
            row=2,
            state=state,
            id=f"id{number}",
            message=f"m{number}",
        )
        for number, state in states
    ]
    run = planned(journal, items, rows=[(0, 2)], invalid=[] if valid else [(0, 2)])
    [found] = results(journal, run)
    return found


S = Status
COMBINED = [
    ("nothing to do", [], S.UNCHANGED),
    ("its one item", [(0, S.CREATED)], S.CREATED),
    ("created, then related", [(0, S.CREATED), (1, S.UPDATED)], S.CREATED),
    ("unchanged, but related", [(0, S.UNCHANGED), (1, S.UPDATED)], S.UPDATED),
    ("unchanged, its readme new", [(0, S.UNCHANGED), (2, S.CREATED)], S.UPDATED),
    ("all unchanged", [(0, S.UNCHANGED), (2, S.UNCHANGED)], S.UNCHANGED),
    ("moved, its readme new", [(0, S.MOVED), (2, S.CREATED)], S.MOVED),
    ("created, its relation refused", [(0, S.CREATED), (1, S.REJECTED)], S.REJECTED),
    ("refused, so its relation blocked", [(0, S.REJECTED), (1, S.BLOCKED)], S.REJECTED),
    ("relation blocked", [(0, S.CREATED), (1, S.BLOCKED)], S.BLOCKED),
    ("one unknown", [(0, S.CREATED), (2, S.UNKNOWN)], S.UNKNOWN),
    ("not reached", [(0, S.CREATED), (1, S.PENDING)], S.PENDING),
]


@pytest.mark.parametrize(
    ("states", "expected"), [row[1:] for row in COMBINED], ids=[row[0] for row in COMBINED]
)
def test_a_row_has_one_outcome_of_all_its_items(journal, states, expected):
    """The worst state, else the change of the entity the row is about, with message and id."""
    found = outcome(journal, *states)
    assert found.status is expected
    worst = next((number for number, state in states if state is expected), None)
    assert found.message.endswith("" if expected.fine else f"m{worst}")
    assert found.message.startswith("The row itself is created") == (
        expected is Status.BLOCKED and worst == 1
    )
    assert found.id == ("id0" if states else "")


def test_an_invalid_row_is_invalid_whatever_the_states_of_its_items(journal):
    assert outcome(journal, (0, Status.CREATED), valid=False).status is Status.INVALID


def test_rows_that_state_one_entity_share_its_outcome(journal):
    """A floor that ten rooms name was created once; each of the rows is created."""
    floor = item(0, state=Status.REJECTED, message="No.")
    run = planned(journal, [floor], rows=[(0, 3), (0, 4)], merged=[(0, 3, 0), (0, 4, 0)])
    found = list(results(journal, run))
    assert [(row.row, row.status, row.message) for row in found] == [
        (number, Status.REJECTED, "No.") for number in (2, 3, 4)
    ]
    assert counts(found) == {"rejected": 3}


def test_live_state_is_deleted_after_it_has_been_compared(journal):
    run = begin(journal).name
    live = LiveEntity("T", ("a",), "id", {"name": "a"})
    journal.add_live(run, [live])
    assert journal.live(run, ["id", "other"]) == {"id": live}
    journal.drop_live(run)
    assert journal.live(run, ["id"]) == {}


def test_live_state_that_is_there_already_stays(journal):
    """Somebody changes the target while it is read: an entity may come twice."""
    run = begin(journal).name
    live = LiveEntity("T", ("a",), "id", {"name": "a"})
    other = LiveEntity("T", ("b",), "other", {"name": "b"})
    journal.add_live(run, [live])
    journal.add_live(run, [LiveEntity("T", ("b",), "id", {"name": "b"}), other, other])
    assert journal.live(run, ["id", "other"]) == {"id": live, "other": other}


def test_no_secret_is_in_the_journal(bench):
    """The key is neither in the journal nor in files beside it, even when it was refused."""
    sheets = {"Glossaries": [glossary()], "Terms": [term("A", Owners="http:x")]}
    bench.glossary(sheets)
    files = list(bench.folder.glob("journal.db*"))
    assert files or "://" in bench.place
    assert not any(TOKEN.encode() in path.read_bytes() for path in files)


def test_the_journal_has_what_was_sent(bench):
    """Run, target, template, file with its digest, and the outcome; the rows of other runs not."""
    bench.glossary({"Glossaries": [glossary("Other")]})
    result = bench.glossary({"Glossaries": [glossary()], "Terms": [term("A"), term("B")]})
    run = bench.journal.runs()[0]
    assert (run.name, run.state, run.target) == (result.run, "finished", "sandbox")
    assert (run.template, run.system) == ("atlan-glossary", "atlan")
    assert run.identity == f"atlan {bench.box.url}"
    [file] = run.spec.files
    assert (file.name, len(file.sha256)) == ("book2.xlsx", 64)
    assert counts(results(bench.journal, run)) == {"created": 3}
    assert run.started <= run.finished


def test_a_run_is_named_by_its_day_and_six_random_digits(journal):
    run = begin(journal)
    assert re.fullmatch(run.started[:10].replace("-", "") + "-[0-9a-f]{6}", run.name)
