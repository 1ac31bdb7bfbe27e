"""`api.run`, `api.plan`, `api.undo`, `api.resume`: the whole way of a DataFrame, and of a file."""

import pandas as pd
import pytest

from importer import api
from importer.errors import TargetUnreachable
from tests.api.files import write_csv


def test_each_row_has_an_outcome(sheets):
    """Right rows are sent; the wrong one says what is wrong with it."""
    ran = api.run(sheets)
    rows = ran.rows.query("sheet == 'Terms'")
    assert rows["status"].tolist() == ["created", "invalid", "created"]
    assert rows["index"].tolist() == ["net", "gross", "cut"]
    assert "Verfied" in rows["message"].iloc[1]
    assert (ran.ok, ran.state, ran.counts) == (False, "finished", {"created": 3, "invalid": 1})


def test_the_report_of_a_frame_is_a_copy_of_it(sheets):
    """It has the caller's columns, labels and types, and three columns more."""
    terms = sheets["Terms"].assign(Steward=[1, 2, 3])
    before = terms.copy(deep=True)
    report = api.run({**sheets, "Terms": terms}).frames["Terms"]
    pd.testing.assert_frame_equal(terms, before)
    pd.testing.assert_frame_equal(report[terms.columns], before)
    assert report["import_status"].tolist() == ["created", "invalid", "created"]
    assert report["import_id"].astype(bool).tolist() == [True, False, True]


def test_a_frame_that_refuses_duplicate_labels_has_a_report(sheets):
    """Its copy refuses them as well."""
    terms = sheets["Terms"].set_flags(allows_duplicate_labels=False)
    report = api.run({**sheets, "Terms": terms}).frames["Terms"]
    assert report["import_status"].tolist() == ["created", "invalid", "created"]
    assert not report.flags.allows_duplicate_labels


def test_a_corrected_report_sends_only_what_was_wrong(sheets):
    """As a workbook that came back does."""
    report = api.run(sheets).frames["Terms"]
    report.loc["gross", "Certificate"] = "VERIFIED"
    again = api.run({"Terms": report})
    assert again.counts == {"created": 1, "unchanged": 2}
    assert list(again.frame.columns) == list(report.columns)


def test_a_plan_shows_each_field_and_sends_nothing(sheets):
    """Old and new value of every field, row by row."""
    plan = api.plan(sheets)
    assert plan.counts == {"create": 3, "invalid": 1}
    fields = plan.changes.query("index == 'cut'")[["column", "old", "new"]].values.tolist()
    assert fields == [
        ["Term", None, "Discount"],
        ["Description", None, "A price cut."],
        ["Certificate", None, "DRAFT"],
    ]
    assert api.runs().empty


def test_a_run_does_exactly_what_was_planned(sheets, home):
    """A plan in memory or in a file; one that is stale is refused, by positions."""
    plan = api.plan(sheets)
    plan.save(home / "p.json")
    changed = {**sheets, "Terms": sheets["Terms"].replace("A price cut.", "Less.")}
    with pytest.raises(api.ImporterError) as raised:
        api.run(changed, plan=plan)
    assert "frame has changed." in str(raised.value)
    assert "Terms row 2" in str(raised.value)
    assert api.run(sheets, plan=home / "p.json").counts == {"created": 3, "invalid": 1}


@pytest.mark.parametrize("stage", ["Planning", "compared"])
def test_a_run_that_was_not_compared_with_its_plan_is_not_resumed(home, terms, stage, monkeypatch):
    """Nothing but what the plan says may be sent, and the target may be another by then."""

    def stop(*_):
        raise KeyboardInterrupt

    path = write_csv(home, terms)
    plan = api.plan(path)
    if stage == "compared":
        monkeypatch.setattr("importer.pipeline.execution.refuse_stale", stop)
    with pytest.raises(KeyboardInterrupt):
        api.run(path, plan=plan, progress=lambda at: at.stage == stage and stop())
    [run] = api.runs()["run"]
    with pytest.raises(api.ImporterError, match=r"nothing was sent: run it again, with plan=\."):
        api.resume(run)
    assert api.runs()["state"].tolist() == ["abandoned"]


def test_an_undo_is_shown_and_done(sheets):
    """The rows stand where they stood; labels are not kept."""
    ran = api.run(sheets)
    shown = api.plan_undo(ran.run).changes.query("action == 'delete'")
    assert shown[["sheet", "row"]].values.tolist() == [
        ["Glossaries", 0],
        ["Terms", 0],
        ["Terms", 2],
    ]
    undone = api.undo(ran.run)
    assert (undone.undoes, undone.counts["deleted"]) == (ran.run, 3)


def test_a_run_that_has_ended_is_told_again(sheets):
    """By its name, in any process: with positions, without labels."""
    ran = api.run(sheets)
    again = api.resume(ran.run)
    assert again.counts == ran.counts
    assert again.rows["row"].tolist() == ran.rows["row"].tolist()
    assert set(again.rows["index"]) == {None}


def test_a_file_gets_its_report_as_the_command_writes_it(home, terms):
    """Beside it, unless the caller wants none."""
    path = write_csv(home, terms.assign(Certificate="DRAFT"))
    target = {"Glossaries": pd.DataFrame({"Glossary": ["Finance"]})}
    api.run(target)
    assert api.run(path, report=False).report == ()
    assert api.run(path).report == (home / "Terms.result.csv",)


def test_a_report_of_a_frame_into_a_file_is_refused_before_anything_is_sent(sheets):
    """There is no file to write it into."""
    with pytest.raises(api.ImporterError, match="`frames` of the result"):
        api.run(sheets, report="out.xlsx")
    assert api.runs().empty


def test_what_the_guard_holds_is_approved_and_resumed(sheets):
    """As at a terminal, where nobody is asked."""
    many = pd.DataFrame({"Glossary": "Finance", "Term": [f"T{n}" for n in range(20)]})
    api.run({"Glossaries": sheets["Glossaries"], "Terms": many})
    held = api.run({"Terms": many.assign(Description="new")})
    assert held.counts == {"held": 20}
    assert "--" not in " ".join(held.rows["message"])
    assert api.approve(held.run) == 20
    assert api.resume(held.run).counts == {"updated": 20}


def test_a_target_that_does_not_answer_is_an_exception_of_a_plan(sheets):
    """A run that has not begun to send raises nothing else either: it can be resumed."""
    nowhere = api.Target(system="atlan", base_url="http://127.0.0.1:9", api_key="k" * 8)
    with pytest.raises(TargetUnreachable):
        api.plan(sheets, target=nowhere)


def test_a_run_that_is_unknown_is_refused_in_python(home):
    """The way out is a function."""
    with pytest.raises(api.ImporterError, match=r"`api\.runs\(\)` lists them"):
        api.resume("nothing")


@pytest.mark.parametrize("wrong", [{"jobs": 0}, {"jobs": 65}, {"rate": 0}, {"batch_size": -1}])
def test_numbers_that_cannot_be_are_refused(sheets, wrong):
    """By their names."""
    [name] = wrong
    with pytest.raises(api.ImporterError, match=f"^{name}= is"):
        api.run(sheets, **wrong)


def test_an_export_is_imported_again_as_it_is(sheets):
    """Each cell means what the target has."""
    api.run(sheets)
    found = api.export("atlan-glossary")
    assert found.counts == {"Glossaries": 1, "Terms": 2}
    assert api.plan(found.frames).counts == {"unchanged": 3}


def test_an_export_is_written_where_it_is_asked_for(sheets, home):
    """A workbook, or text files; none that exists is replaced."""
    api.run(sheets)
    assert api.export("atlan-glossary", out=home / "all.csv").files == (
        home / "all-Glossaries.csv",
        home / "all-Terms.csv",
    )
    with pytest.raises(api.ImporterError, match="exists already"):
        api.export("atlan-glossary", out=home / "all.csv")
