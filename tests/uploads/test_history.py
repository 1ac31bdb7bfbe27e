"""The history has every run, whoever began it: filtered, searched, gone on with and undone."""

import pytest

from importer.errors import UsageError
from importer.options import Options, ReportTo
from importer.people import By, Role, Visitor, accounts, links
from importer.pipeline.request import ImportRequest
from importer.pipeline.retention import Keep, drop_old
from importer.pipeline.run import prepare, run
from importer.session import Connector
from importer.targets import systems
from importer.uploads import HistoryQuery, NotNow
from importer.uploads.history import COMMAND_LINE
from tests.uploads.lists import FINE, terms
from tests.uploads.test_importing import until

NO_REPORT = ReportTo(wanted=False)


def by_command(desk, name="terms.xlsx", act=run):
    """Import a file as the command line does; return what the run is called."""
    path = desk.home / name
    path.write_bytes(terms(["Margin", name])[1])
    with Connector(desk.session.settings, "sandbox") as connect:
        request = ImportRequest([path], connect.options(Options()), "sandbox", connect)
        found = act(request, journal=desk.session.journal, report=NO_REPORT)
    return found.run if act is run else found[0].name


def names(desk, **query):
    return [one.run for one in desk.uploads.history(HistoryQuery(**query)).runs]


def test_runs_are_found_by_who_began_them_their_files_and_their_state(desk):
    mine = desk.imported(*FINE).run
    theirs, waits = by_command(desk), by_command(desk, "next.xlsx", prepare)
    assert names(desk) == [waits, theirs, mine]
    assert names(desk, owners=frozenset({"ada"})) == [mine]
    assert names(desk, owners=frozenset({COMMAND_LINE})) == [waits, theirs]
    assert names(desk, owners=frozenset()) == []
    assert names(desk, owners=frozenset(), also=frozenset({theirs})) == [theirs]
    assert names(desk, words="next.xlsx") == [waits]
    assert names(desk, words="ada") == [mine]
    assert names(desk, state="planned") == [waits]
    assert names(desk, target="atlan") == []
    page = desk.uploads.history(HistoryQuery(page=9))
    assert (page.page, page.pages, page.total) == (1, 1, 3)
    view = desk.uploads.run(theirs)
    assert (view.owner, view.upload, view.undoable, view.resumable) == (
        COMMAND_LINE,
        "",
        True,
        False,
    )
    with pytest.raises(UsageError):
        desk.uploads.run("nothing")


def test_a_run_of_the_command_line_goes_on_and_is_undone(desk):
    name = by_command(desk, act=prepare)
    with pytest.raises(NotNow):
        desk.uploads.undo_run(name, "ada")
    desk.uploads.resume_run(name, "ada")
    assert until(lambda: desk.uploads.run(name).undoable)
    assert desk.uploads.run(name).counts == {"created": 2}
    with pytest.raises(NotNow):
        desk.uploads.resume_run(name, "ada")
    assert not desk.uploads.cancel_run(name, "ada")
    desk.uploads.undo_run(name, "ada")
    undo = until(lambda: desk.uploads.run(name).undone_by)
    assert until(lambda: desk.uploads.run(undo).counts == {"deleted": 2})
    with pytest.raises(NotNow):
        desk.uploads.undo_run(name, "ada")


def test_the_page_of_an_object_is_known_where_the_system_has_one():
    atlan, trebellar = systems()["atlan"], systems()["trebellar"]
    page = atlan.page_of("https://x.atlan.com/", "a b")
    assert page == "https://x.atlan.com/assets/a%20b/overview"
    assert trebellar.page_of("https://api.trebellar.app", "1") == ""
    assert atlan.page_of("https://x.atlan.com", "") == ""


def test_nobody_can_be_called_as_the_command_line_is_and_own_its_runs(desk):
    admin = Visitor("tests", Role.ADMIN, By.TERMINAL)
    for name in (COMMAND_LINE, links.system_account(By.LOOPBACK).name):
        with pytest.raises(UsageError, match="letters, digits"):
            accounts.add(desk.session.journal.store, admin, name, Role.IMPORTER, None)


def test_what_a_person_owned_who_was_removed_does_not_fall_to_the_next_of_the_name(desk):
    store, admin = desk.session.journal.store, Visitor("tests", Role.ADMIN, By.TERMINAL)
    accounts.add(store, admin, "ada", Role.IMPORTER, None)
    theirs = desk.imported(*FINE)
    accounts.remove(store, admin, "ada")
    late = desk.imported(*FINE)  # what was begun before ends after
    accounts.add(store, admin, "ada", Role.IMPORTER, None)
    assert names(desk, owners=frozenset({"ada"})) == []
    assert desk.uploads.mine("ada") == []
    owners = {one.owner for one in (desk.uploads.get(theirs.name), desk.uploads.run(late.run))}
    assert owners == {"ada (former)"}


def test_a_run_whose_rows_were_dropped_is_shown_with_its_counts_and_not_undone(desk):
    upload = desk.imported(*FINE)
    before = desk.uploads.run(upload.run).counts
    desk.imported(*FINE)
    drop_old(desk.session.journal, Keep(runs=1))
    run = desk.uploads.run(upload.run)
    assert (run.dropped, run.undoable, run.counts) == (True, False, before)
    assert desk.uploads.outcomes(upload.run).rows == ()
    with pytest.raises(NotNow, match="kept no longer"):
        desk.uploads.undo(upload.name, "ada")
    with pytest.raises(NotNow):
        desk.uploads.undo_run(upload.run, "ada")
