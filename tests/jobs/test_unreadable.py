"""Files that cannot be fetched: with `each = "file"` the others are imported all the same."""

import os

import pytest

from importer.sources import local


@pytest.fixture
def refused(monkeypatch):
    """Lets nobody read the files of these names."""
    opening, names = local.opened, set()

    def opened(file, path):
        if file.name in names:
            raise PermissionError(13, "Permission denied")
        return opening(file, path)

    monkeypatch.setattr(local, "opened", opened)
    return names


def test_with_each_file_one_that_may_not_be_read_leaves_the_others(nights, refused):
    night = nights('each = "file"')
    night.drop("a.xlsx", "Margin")
    night.drop("b.xlsx", "Cost")
    night.drop("c.xlsx", "Yield")
    refused.add("a.xlsx")
    ended = night.run()
    assert [run.spec.files[0].name for run in night.runs()] == ["c.xlsx", "b.xlsx"]
    assert (ended.status, "a.xlsx cannot be used: it may not be read" in ended.why) == (3, True)
    refused.clear()
    assert (night.run().status, night.runs()[0].spec.files[0].name) == (0, "a.xlsx")


def test_with_each_file_one_that_is_too_large_leaves_the_others(nights):
    night = nights('each = "file"')
    night.drop("b.xlsx", "Margin")
    for name in ("a1.xlsx", "a2.xlsx", "a3.xlsx", "a4.xlsx"):
        (night.inbox / name).touch()
        os.truncate(night.inbox / name, (1 << 30) + 1)
    ended = night.run()
    assert (ended.status, ended.facts.counts) == (2, {"created": 2})
    assert (night.run().status, len(night.runs())) == (2, 1)


def test_where_all_files_are_one_run_one_that_may_not_be_read_stops_it(night, refused):
    night.drop("a.xlsx", "Margin")
    night.drop("b.xlsx", "Cost")
    refused.add("a.xlsx")
    assert (night.run().status, night.runs()) == (3, [])


def test_a_source_that_gives_no_file_is_not_asked_for_each_of_them(nights, refused):
    night = nights('each = "file"')
    for name in ("a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"):
        night.drop(name, name)
        refused.add(name)
    ended = night.run()
    assert (ended.status, ended.why.count("cannot be used")) == (3, 1)
