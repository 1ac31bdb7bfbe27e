"""A file that somebody still writes is not taken."""

import os

import pytest

from importer.sources import open_source, whole_files


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "inbox").mkdir()
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / "inbox" / name).write_bytes(b"1")
    return tmp_path / "inbox"


def whole(inbox, marker="", meanwhile=lambda: None):
    waits = []

    def sleep(seconds):
        waits.append(seconds)
        meanwhile()

    source = open_source("inbox/*.xlsx", inbox.parent)
    found = whole_files(source, 5, marker, sleep)
    changing = [file.name for file in found.changing]
    return [file.name for file in found.whole], *changing, waits


def test_files_that_stay_as_they_are_are_whole(inbox):
    assert whole(inbox) == (["a.xlsx", "b.xlsx"], [5])


def test_a_file_that_grows_or_comes_is_not_taken_yet(inbox):
    def write():
        (inbox / "b.xlsx").write_bytes(b"12")
        (inbox / "c.xlsx").write_bytes(b"1")

    assert whole(inbox, meanwhile=write) == (["a.xlsx"], "b.xlsx", "c.xlsx", [5])


def test_a_file_that_another_of_the_same_size_replaces_is_not_taken_yet(inbox):
    def replace():
        (inbox / "new").write_bytes(b"2")
        os.utime(inbox / "new", ns=(1, (inbox / "b.xlsx").stat().st_mtime_ns))
        (inbox / "new").replace(inbox / "b.xlsx")

    assert whole(inbox, meanwhile=replace) == (["a.xlsx"], "b.xlsx", [5])


def test_with_markers_nothing_is_waited_for(inbox):
    (inbox / "b.xlsx.done").touch()
    assert whole(inbox, marker=".done") == (["b.xlsx"], [])


def test_where_there_is_nothing_nothing_is_waited_for(inbox):
    for path in inbox.iterdir():
        path.unlink()
    assert whole(inbox) == ([], [])
