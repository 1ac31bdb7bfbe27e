"""Fixes in the journal: what a cell holds, whoever changed it, and what of that was undone."""

import pytest

from importer.journal import Journal
from importer.journal.fixes import (
    Closed,
    Differs,
    NewFix,
    add_fixes,
    counting,
    fixes_in_rows,
    fixes_of,
    standing,
    undo_fixes,
)
from importer.journal.upload import Upload, UploadFile, UploadState
from importer.journal.upload_facts import Facts
from importer.journal.uploads import add_upload, find_upload, move

FILES = (UploadFile("a.csv", 3, "0" * 64, "a.csv"),)
CELL, OTHER = ("a.csv", "a", 2, 1), ("a.csv", "a", 3, 1)


@pytest.fixture
def store(journal_place):
    journal = Journal(journal_place)
    upload = Upload(
        name="one",
        owner="ada",
        created="2026-11-29T00:00:00Z",
        state=UploadState.CHECKED,
        template="",
        target="sandbox",
        files=FILES,
        folder="f",
    )
    add_upload(journal.store, upload, Facts(FILES))
    yield journal.store
    journal.close()


def test_each_fix_is_a_version_that_is_to_be_checked(store):
    add_fixes(store, "one", "ada", [NewFix(CELL, "x", "y"), NewFix(OTHER, "x", "z")])
    upload, _ = find_upload(store, "one")
    assert (upload.version, upload.state) == (1, UploadState.CHECKING)
    assert [(fix.number, fix.bunch) for fix in fixes_of(store, "one")] == [(1, 1), (2, 1)]
    assert fixes_in_rows(store, "one", ("a.csv", "a"), [3]) == fixes_of(store, "one")[1:]


def test_a_fix_from_what_is_not_there_any_more_is_refused_and_changes_nothing(store):
    add_fixes(store, "one", "ada", [NewFix(CELL, "x", "y")])
    with pytest.raises(Differs) as told:
        add_fixes(store, "one", "bob", [NewFix(OTHER, "x", "z"), NewFix(CELL, "x", "z")])
    assert told.value.now == "y"
    assert len(fixes_of(store, "one")) == 1
    assert find_upload(store, "one")[0].version == 1


def test_what_is_undone_holds_what_it_held_before(store):
    [first] = add_fixes(store, "one", "ada", [NewFix(CELL, "x", "y")])
    [second] = add_fixes(store, "one", "bob", [NewFix(CELL, "y", "z")])
    with pytest.raises(Differs):
        undo_fixes(store, "one", "ada", [first])
    undo_fixes(store, "one", "ada", [second])
    assert standing(fixes_of(store, "one")) == {CELL: "y"}
    undo_fixes(store, "one", "ada", [first])
    assert counting(fixes_of(store, "one")) == {}
    assert standing(fixes_of(store, "one")) == {CELL: "x"}


def test_a_fix_may_overwrite_a_formula_where_one_below_it_may(store):
    [first] = add_fixes(store, "one", "ada", [NewFix(CELL, "x", "y", formula=True)])
    [second] = add_fixes(store, "one", "bob", [NewFix(CELL, "y", "z")])
    assert counting(fixes_of(store, "one"))[CELL].formula
    undo_fixes(store, "one", "bob", [second])
    undo_fixes(store, "one", "ada", [first])
    add_fixes(store, "one", "bob", [NewFix(CELL, "x", "z")])
    assert not counting(fixes_of(store, "one"))[CELL].formula


def test_what_is_being_imported_takes_no_fixes(store):
    move(store, "one", [UploadState.CHECKED], UploadState.IMPORTING)
    with pytest.raises(Closed):
        add_fixes(store, "one", "ada", [NewFix(CELL, "x", "y")])
    assert fixes_of(store, "one") == []
