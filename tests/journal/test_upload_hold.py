"""A hold on an upload: one living process at a time works on it; a dead one's is free."""

import subprocess
import sys
import threading

import pytest
from sqlalchemy import update

from importer.journal import Journal
from importer.journal.process import this_process
from importer.journal.serialize import pack
from importer.journal.upload import Step, Upload, UploadFile, UploadState
from importer.journal.upload_facts import Facts
from importer.journal.upload_hold import Hold, left_alone
from importer.journal.upload_tables import UPLOADS
from importer.journal.uploads import add_upload, find_upload

FILES = (UploadFile("a.csv", 3, "0" * 64, "a.csv"),)


@pytest.fixture
def store(journal_place):
    journal = Journal(journal_place)
    upload = Upload(
        name="one",
        owner="ada",
        created="2026-11-29T00:00:00Z",
        state=UploadState.CHECKING,
        template="",
        target="sandbox",
        files=FILES,
    )
    add_upload(journal.store, upload, Facts(FILES))
    yield journal.store
    journal.close()


def test_one_works_on_an_upload_at_a_time_and_says_what_it_does(store):
    step = Step("Checking", 3, 10, 1.0)
    with Hold(store, "one") as hold:
        assert hold.take()
        assert not Hold(store, "one").take()
        assert left_alone(store) == []
        hold.note(step)
        assert find_upload(store, "one")[0].step == step
    assert find_upload(store, "one")[0].step is None
    assert left_alone(store) == [("one", 1)]
    with Hold(store, "one") as again:
        assert again.take()


def test_a_hold_that_is_cut_off_while_it_is_taken_is_given_back(store, monkeypatch):
    def cut_off(_thread):
        raise KeyboardInterrupt

    monkeypatch.setattr(threading.Thread, "start", cut_off)
    with pytest.raises(KeyboardInterrupt), Hold(store, "one") as hold:
        hold.take()
    assert left_alone(store) == [("one", 1)]


def test_what_nobody_has_begun_is_left_alone(store):
    assert left_alone(store) == [("one", 0)]


def test_the_hold_of_a_process_that_has_ended_is_free(store):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    holder = pack({**this_process().as_json(), "pid": gone.pid, "started": "1"})
    values = {"task": "x", "holder": holder, "until": 9e9}
    with store.writing() as connection:
        connection.execute(update(UPLOADS).values(**values))
    assert left_alone(store) == [("one", 0)]
    with Hold(store, "one") as hold:
        assert hold.take()


def test_an_upload_that_is_not_there_is_held_by_nobody(store):
    assert not Hold(store, "other").take()
