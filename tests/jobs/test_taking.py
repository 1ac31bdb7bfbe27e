"""What a job takes: each content once, nothing of ours; after a failure it is tried again."""

import os

import pytest
from openpyxl import load_workbook

from importer.jobs.taking import taken_by
from importer.journal.taken import last_of_name


def test_the_state_folder_may_be_reached_by_a_link(home, nights, monkeypatch):
    (home / "elsewhere").mkdir()
    (home / "linked").symlink_to(home / "elsewhere", target_is_directory=True)
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "linked" / ".." / "linked"))
    night = nights()
    night.drop("terms.xlsx", "Margin")
    assert night.run().status == 0
    assert night.run().why == "Nothing new: 1 file is unchanged."


def test_a_file_is_imported_and_reported_and_the_next_pass_finds_nothing_new(night):
    night.drop("terms.xlsx", "Margin", "Cost")
    first, second = night.run(), night.run()
    assert (first.status, first.why, first.rows) == (0, "", 3)
    assert first.facts.counts == {"created": 3}
    assert first.good
    assert (second.status, second.why) == (0, "Nothing new: 1 file is unchanged.")
    assert second.facts.runs == ()
    assert len(night.runs()) == 1
    assert [name.partition("-1-")[2] for name in night.reports()] == ["terms.result.xlsx"]
    assert night.inside() == ["terms.xlsx"]


def test_where_there_are_no_files_nothing_is_new(night):
    ended = night.run()
    assert (ended.status, ended.why) == (0, "Nothing new: there are no files.")


def test_all_new_files_of_a_look_are_one_run_by_name(night):
    night.drop("b.xlsx", "Margin", alone=True)
    night.drop("a.xlsx", "Cost")
    ended = night.run()
    assert ended.status == 0
    [run] = night.runs()
    assert [file.name for file in run.spec.files] == ["a.xlsx", "b.xlsx"]
    assert [file.name for file in ended.facts.files] == ["a.xlsx", "b.xlsx"]
    night.drop("c.xlsx", "Price", alone=True)
    assert night.run().status == 0
    assert [file.name for file in night.runs()[0].spec.files] == ["c.xlsx"]


def test_with_each_file_every_file_is_a_run_and_a_bad_one_leaves_the_others(nights):
    night = nights('each = "file"')
    night.drop("a.xlsx", "Margin")
    (night.inbox / "b.xlsx").write_bytes(b"no workbook")
    night.drop("c.xlsx", "Cost")
    ended = night.run()
    assert [[file.name for file in run.spec.files] for run in night.runs()] == [
        ["c.xlsx"],
        ["a.xlsx"],
    ]
    assert ended.status == 2
    assert "b.xlsx" in ended.why
    again = night.run()
    assert (again.status, again.facts.unchanged, len(night.runs())) == (2, 2, 2)


def test_a_file_that_is_written_anew_with_the_same_content_is_unchanged(night):
    path = night.drop("terms.xlsx", "Margin")
    night.run()
    path.write_bytes(path.read_bytes())
    os.utime(path, (1, 1))
    assert night.run().why == "Nothing new: 1 file is unchanged."
    assert night.run().facts.unchanged == 1


def test_the_same_content_under_another_name_is_unchanged_and_named(night):
    path = night.drop("terms.xlsx", "Margin")
    run = night.run().facts.runs[0].run
    path.rename(night.inbox / "renamed.xlsx")
    assert night.run().why == (
        "Nothing new: 1 file is unchanged; renamed.xlsx stays where it is, for run "
        f"{run} has imported the same content as terms.xlsx."
    )


def test_a_file_that_gets_an_earlier_content_back_is_imported_again(night):
    """The target has the content in between: leaving it there would be wrong in silence."""
    path = night.drop("terms.xlsx", "Margin", note="first")
    first = path.read_bytes()
    night.run()
    night.drop("terms.xlsx", "Margin", note="second")
    assert night.run().facts.counts["updated"] == 1
    path.write_bytes(first)
    assert night.run().facts.counts["updated"] == 1


def test_for_another_mapping_a_content_is_taken_again(night):
    night.drop("terms.xlsx", "Margin")
    night.run()
    night.settings('template = "atlan-glossary"')
    ended = night.run()
    assert ended.facts.counts == {"unchanged": 2}


def test_a_file_with_our_report_is_never_taken(night):
    night.drop("terms.xlsx", "Margin")
    night.run()
    report = night.home / "reports" / night.reports()[0]
    (night.inbox / "again.xlsx").write_bytes(report.read_bytes())
    (night.inbox / "terms.result.xlsx").write_bytes(report.read_bytes())
    ended = night.run()
    said = "Nothing new: 1 file is unchanged; again.xlsx is left alone, for it holds a report."
    assert (ended.status, ended.why) == (0, said)


def test_rows_with_errors_count_as_taken_with_exit_status_1(night):
    night.drop("terms.xlsx", "Margin", "Margin2", "")
    ended = night.run()
    assert ended.status == 1
    assert "not imported" in ended.why
    assert night.run().facts.unchanged == 1


def test_a_file_that_cannot_be_read_is_tried_again(night):
    path = night.inbox / "terms.xlsx"
    path.write_bytes(b"no workbook")
    assert [night.run().status for _ in range(2)] == [2, 2]
    night.drop("terms.xlsx", "Margin")
    assert night.run().status == 0


def test_a_file_with_held_rows_is_tried_again(nights):
    night = nights(others='[targets.sandbox]\nsystem = "sandbox"\nmass_rows = 1\nmass_share = 0.1')
    night.drop("terms.xlsx", *[f"T{n}" for n in range(20)])
    assert night.run().status == 0
    night.drop("terms.xlsx", *[f"T{n}" for n in range(20)], note="others")
    first, second = night.run(), night.run()
    assert (first.status, second.status) == (1, 1)
    assert (first.facts.held, second.facts.held) == (20, 20)
    assert not [run for run in first.facts.runs if run.counts.get("updated")]


def test_with_scopes_to_prune_all_files_of_a_look_are_in_the_run(night):
    """What only an unchanged file names would else be deleted."""
    night.drop("a.xlsx", "Margin")
    night.drop("b.xlsx", "Cost", alone=True)
    night.run()
    night.settings('options = { prune = ["Finance"], allow-mass-change = true }')
    night.drop("b.xlsx", "Cost", "Price", alone=True)
    ended = night.run()
    assert [file.name for file in night.runs()[0].spec.files] == ["a.xlsx", "b.xlsx"]
    assert ended.facts.counts.get("deleted") is None
    assert ended.facts.counts["created"] == 1
    assert night.run().facts.unchanged == 2


def test_in_place_the_report_is_written_into_the_file_which_is_then_unchanged(nights):
    night = nights('report = "in place"')
    path = night.drop("terms.xlsx", "Margin")
    assert night.run().status == 0
    assert "Report" in load_workbook(path).sheetnames
    assert night.run().why == "Nothing new: 1 file is unchanged."
    assert night.reports() == []


ENDS = {
    "keep": (["terms.xlsx"], None),
    "delete": ([], None),
    "move:done/": ([], ["terms.xlsx"]),
}


@pytest.mark.parametrize(("end", "places"), ENDS.items(), ids=ENDS)
def test_what_becomes_of_a_file_that_was_imported(nights, end, places):
    night = nights(f'on_success = "{end}"')
    night.drop("terms.xlsx", "Margin")
    assert night.run().status == 0
    inbox, done = places
    assert night.inside() == inbox
    assert done is None or night.inside("done") == done
    assert len(night.reports()) == 1


def test_a_file_with_rows_that_were_not_imported_stays_where_it_is(nights):
    night = nights('on_success = "delete"')
    night.drop("terms.xlsx", "Margin", "")
    assert night.run().status == 1
    assert night.inside() == ["terms.xlsx"]


def test_what_was_taken_names_the_run_and_its_rows(night):
    night.drop("terms.xlsx", "Margin", "Cost")
    night.run()
    taken = last_of_name(night.store, taken_by(night.site, "glossary"), "terms.xlsx")
    assert (taken.rows, taken.run) == (3, night.runs()[0].name)
