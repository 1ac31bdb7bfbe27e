"""The last lines of a result: the next command, right and ready for the shell."""

import re
import shlex

import pytest

from tests.cli.conftest import BUILDINGS, ONE_WRONG

ODD = ("with blank.csv", "it's.csv", 'say "x".csv', "$HOME.csv", "a;b.csv", "-x.csv", "ü `x`.csv")
ROOMS = "Building,Timezone,Floor,Room\nMill,Europe/Rome,1,Lab\nMill,Europe/Rome,1,Den\n"


def commands(text):
    """The commands in the last lines, as a shell splits them, without `importer`."""
    found = re.findall(r"`(importer .*?)`(?: sends| goes| again|\.?$)", text, re.M)
    return [shlex.split(command)[1:] for command in found]


def last(text):
    return text.splitlines()[-1]


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("command", ["check", "plan"])
def test_the_next_command_runs_whatever_the_name_of_the_file(importer, write, name, command):
    write(name, BUILDINGS)
    [words] = commands(importer(command, f"./{name}").out)
    assert importer(*words).status == 0


@pytest.mark.parametrize("name", ODD)
def test_the_corrected_report_is_run_by_the_line_below_the_run(importer, write, home, name):
    write(name, ONE_WRONG)
    again, undo = commands(importer("run", f"./{name}").out)
    report = home / again[1].removeprefix("./")
    report.write_text(report.read_text().replace("South,", "South,Europe/Paris"))
    assert importer(*again).status == 0
    assert importer(*undo).status == 0


def test_the_report_at_a_path_of_its_own_keeps_the_kind_of_its_sheet(importer, write, home):
    write("list.csv", ONE_WRONG)
    flags = ("--sheet", "list=Buildings", "--report", "seen.csv")
    again, _ = commands(importer("run", "list.csv", *flags).out)
    assert again[-2:] == ["--sheet", "seen=Buildings"]
    assert importer(*again).status == 1


def test_a_check_without_rows_names_no_run(importer, write):
    shown = importer("check", write("b.csv", "Building,Timezone\n")).out
    assert "importer run" not in shown
    assert last(shown).startswith("Next: there are no rows to import; add some, then `importer ch")


def test_a_check_with_errors_names_the_check(importer, one_wrong):
    shown = importer("check", one_wrong).out
    assert (
        last(shown)
        == f"Next: correct what is named above, then `importer check {one_wrong}` again."
    )


def test_a_plan_with_nothing_to_do_names_no_run(importer, buildings):
    importer("run", buildings)
    assert last(importer("plan", buildings).out) == "Nothing to do: the target is as the files say."


def test_a_plan_of_which_nothing_can_be_sent_names_the_plan(importer, write):
    shown = importer("plan", write("b.csv", "Building,Timezone\nA,\n")).out
    assert commands(shown) == [["plan", "b.csv", "--target", "sandbox"]] or "b.csv" in shown
    assert "importer run" not in shown


def test_a_plan_of_which_some_can_be_sent_says_so(importer, one_wrong):
    shown = importer("plan", one_wrong).out
    assert last(shown).endswith("--target sandbox` sends the rows that are right.")


def test_a_run_that_changed_nothing_names_no_undo(importer, buildings):
    assert "importer undo" in importer("run", buildings).out
    assert "importer undo" not in importer("run", buildings).out


def test_only_what_is_not_undone_names_its_undo(importer, buildings):
    """An undo can be undone; then the run is as if it had not been."""
    [first] = commands(importer("run", buildings).out)
    [second] = commands(importer(*first).out)
    run, undo = first[1], second[1]
    shown = {name: importer("runs", name).out for name in (run, undo)}
    assert [f"importer undo {name}" in shown[name] for name in (run, undo)] == [False, True]
    assert "importer undo" not in importer("resume", run).out
    importer(*second)
    assert f"importer undo {run}" in importer("runs", run).out


def test_an_undo_of_what_is_undone_has_nothing_to_do(importer, buildings):
    [undo] = commands(importer("run", buildings).out)
    importer(*undo)
    shown = importer(*undo, "--dry-run").out
    assert last(shown).startswith("Nothing to do: ")


def test_a_mass_change_that_was_held_names_both_ways_out(importer, write):
    rows = [f"B{number},Europe/Berlin" for number in range(30)]
    lines = ["Building,Timezone", *rows]
    importer("run", write("b.csv", "\n".join(lines)))
    lines = ["Building,Timezone,Action", *(f"{row},delete" for row in rows)]
    shown = importer("run", write("b.csv", "\n".join(lines))).out
    assert "say --allow-mass-change" in shown
    assert "--approve` lets `importer resume " in shown
    assert "importer undo" not in shown


def test_counts_name_objects_where_rows_make_several(importer, write):
    file = write("rooms.csv", ROOMS)
    assert (
        "2 rows: 2 valid, 0 invalid\nObjects: 2 spaces, 1 building, 1 floor\n"
        in importer("check", file).out
    )
    planned = importer("plan", file).out
    assert "2 rows for sandbox: 2 to create\nObjects: " in planned
    assert "1 building, 1 floor to create\n" in planned
    ran = importer("run", file).out
    assert re.search(r"2 rows: 2 created\nObjects: .*2 spaces.* created\n", ran)


def test_no_objects_are_named_where_each_row_is_one(importer, buildings):
    for command in ("check", "plan", "run"):
        assert "Objects" not in importer(command, buildings).out


def test_several_categories_are_no_categorys(importer, write):
    lines = ["Glossary,Category,Parent category", "G,A,", "G,B,A"]
    write("Glossaries.csv", "Glossary\nG\n")
    write("Categories.csv", "\n".join(lines))
    shown = importer("check", "Glossaries.csv", "Categories.csv").out
    assert "Objects: 1 glossary, 2 categories\n" in shown


def test_what_is_kept_because_rows_are_wrong_is_not_said_to_need_the_flag(importer, write):
    rows = "Building,Timezone,Floor,Room\nMill,Europe/Rome,1,Lab\n"
    importer("run", write("rooms.csv", f"{rows}Mill,Europe/Rome,1,Den\n"))
    file = write("rooms.csv", f"{rows}Mill,Europe/Rome,1,\n")
    planned = importer("plan", file, "--prune", "Mill").out
    assert "Nothing to do" not in planned
    assert last(planned).startswith("Next: correct what is named above, then ")
    ran = importer("run", file, "--prune", "Mill", "--yes")
    assert ran.status == 1
    assert "--allow-mass-change" not in ran.out
