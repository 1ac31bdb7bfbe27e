"""Files that are not whole yet: they are left alone, named, and never taken for gone."""

import os
import shutil

from importer.jobs.site import JobSite


def growing(night, name):
    """Let somebody write into a file while its look goes on."""

    def write(_seconds):
        with (night.inbox / name).open("ab") as stream:
            stream.write(b"x")

    night.site = JobSite(night.site.session, write)


def test_a_file_that_is_still_being_written_is_named_where_nothing_is_new(night):
    night.drop("terms.xlsx", "Margin")
    growing(night, "terms.xlsx")
    ended = night.run()
    said = "Nothing new: terms.xlsx is still being written, or has gone."
    assert (ended.status, ended.why) == (0, said)


def test_a_file_that_is_still_being_written_is_named_beside_one_that_is_imported(night):
    night.drop("a.xlsx", "Margin")
    night.drop("b.xlsx", "Yield", alone=True)
    growing(night, "b.xlsx")
    ended = night.run()
    assert ended.facts.counts == {"created": 2}
    assert ended.why == "b.xlsx is still being written, or has gone."


def test_what_a_file_names_that_is_still_being_written_is_not_pruned(nights):
    night = nights()
    night.drop("a.xlsx", "Margin")
    night.drop("b.xlsx", "Yield", alone=True)
    night.run()
    night.settings('options = { prune = ["Finance"], allow_mass_change = true }')
    night.drop("a.xlsx", "Margin", "Another")
    growing(night, "b.xlsx")
    ended = night.run()
    assert (ended.status, ended.facts.counts) == (1, {})
    assert ended.why.startswith("b.xlsx is still being written, or has gone; with options.prune")
    night.site = JobSite(night.site.session, lambda _s: None)
    night.drop("b.xlsx", "Yield", alone=True)
    assert night.run().facts.counts == {"created": 1, "unchanged": 3}


def test_what_a_file_names_that_has_no_marker_is_not_pruned(nights):
    night = nights()
    night.drop("a.xlsx", "Margin")
    night.drop("b.xlsx", "Yield", alone=True)
    night.run()
    night.settings('marker = ".done"\noptions = { prune = ["Finance"] }')
    night.drop("a.xlsx", "Margin", "Another")
    (night.inbox / "a.xlsx.done").touch()
    ended = night.run()
    assert (ended.status, ended.facts.counts) == (1, {})
    assert ended.why.startswith("b.xlsx is left alone, for beside it is no newer marker;")


def test_a_marker_that_is_older_than_its_file_says_nothing_of_it(nights):
    """It was left behind by what was there before, and somebody writes over that now."""
    night = nights('marker = ".done"\non_success = "move:done/"')
    night.drop("terms.xlsx", "Margin")
    (night.inbox / "terms.xlsx.done").touch()
    assert night.run().facts.counts == {"created": 2}
    before = (night.inbox / "terms.xlsx.done").stat().st_mtime_ns
    path = night.drop("terms.xlsx", "Yield")
    os.utime(path, ns=(before + 1, before + 1_000_000))
    ended = night.run()
    said = "Nothing new: terms.xlsx is left alone, for beside it is no newer marker."
    assert (ended.facts.counts, ended.why) == ({}, said)
    os.utime(night.inbox / "terms.xlsx.done")
    assert night.run().facts.counts == {"created": 1, "unchanged": 1}


def test_what_could_not_be_moved_is_moved_by_the_next_pass_that_can(nights):
    night = nights('on_success = "move:done/"')
    (night.home / "done").write_text("a file, where the folder is to be")
    night.drop("terms.xlsx", "Margin")
    assert (night.run().status, night.run().status) == (1, 1)
    assert "terms.xlsx stays where it is" in night.passes()[0].why
    (night.home / "done").unlink()
    assert (night.run().status, night.inside(), night.inside("done")) == (0, [], ["terms.xlsx"])


def test_a_copy_of_what_was_imported_is_neither_moved_nor_deleted(nights):
    night = nights('on_success = "delete"')
    path = night.drop("terms.xlsx", "Margin")
    shutil.copy(path, night.home / "kept.xlsx")
    night.run()
    shutil.copy(night.home / "kept.xlsx", night.inbox / "copy.xlsx")
    assert (night.run().status, night.inside()) == (0, ["copy.xlsx"])
