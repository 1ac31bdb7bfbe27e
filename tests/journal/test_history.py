"""What earlier runs did, of one run only, and how long ago a target was changed."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from importer.journal import Journal
from importer.journal.history import merged_rows_of, new_ids, rows_of, seconds_since_change
from importer.journal.outbox import BatchResult
from importer.model import InputFile, Status
from tests.send.build import Scripted, begin, item, sender


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path / "journal.db")
    yield journal
    journal.close()


def three(journal):
    """A run between two others, by its name, each with a row, a merged row and an item."""
    return [
        begin(journal, [item(0)], rows=[(1, number)], merged=[(1, number, number)])
        for number in range(3)
    ]


def test_rows_are_those_of_the_run(journal):
    _, run, _ = three(journal)
    assert list(rows_of(journal, run.name)) == [(0, 2), (1, 1)]
    assert list(merged_rows_of(journal, run.name)) == [(1, 1, 1)]


def test_progress_is_that_of_the_run(journal):
    _, run, _ = three(journal)
    with sender(journal, run, Scripted()) as sending:
        assert sending.outbox.progress() == (0, 1)


def test_a_target_that_was_never_changed_has_no_age(journal):
    run = begin(journal, [item(0)])
    assert seconds_since_change(journal, run.identity) is None
    with sender(journal, run, Scripted()) as sending:
        sending.outbox.settle(BatchResult(sending.outbox.record_sending(0, [0]), "done", []))
    assert 0 <= seconds_since_change(journal, run.identity) < 60
    assert seconds_since_change(journal, "another") is None


def test_what_an_undo_created_again_goes_by_its_newest_id(journal):
    """`A` came back as `B`, and that, once more deleted, as `C`."""

    def undo(old, new, undoes="x", state=Status.CREATED):
        planned = item(0, id=new, state=state)
        planned.change = replace(planned.change, restores=old)
        run = begin(journal, [planned])
        run.spec.undoes = undoes
        journal.save(run)
        return run

    run = undo("A", "B")
    undo("B", "C")
    undo("D", "D")
    undo("E", "F", undoes="")
    undo("G", "H", state=Status.REJECTED)
    assert new_ids(journal, run.identity) == {"A": "C", "B": "C"}
    assert new_ids(journal, "another") == {}


def test_a_run_knows_the_paths_of_its_files(journal):
    run = begin(journal, [item(0)])
    run.spec.files = [InputFile("/data/f.xlsx", "f.xlsx", "00")]
    assert run.spec.paths == [Path("/data/f.xlsx")]
