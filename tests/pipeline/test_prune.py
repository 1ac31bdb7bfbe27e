"""Prune deletes from a scope what the files do not name, and nothing outside the scope."""

import pytest

from importer.errors import UsageError
from importer.options import Options, ReportTo
from tests.pipeline.bench import building, category, desk, floor, glossary, link, space, term
from tests.pipeline.raw_api import CATEGORY

WORDS = {
    "Glossaries": [glossary(), glossary("Sales")],
    "Categories": [category("C"), category("D", "C"), category("S", glossary="Sales")],
    "Terms": [
        term("A", Categories="C > D", Readme="Of A."),
        term("B"),
        term("X", "Sales"),
        term("Y", "Sales"),
    ],
    "Links": [link("B", "Title", "https://example.org/b")],
}
ROOMS = {
    "Buildings": [building(), building("Annex")],
    "Floors": [floor("1"), floor("2"), floor("1", "Annex")],
    "Spaces": [space("Lab", "1"), space("Hall", "2")],
    "Desks": [desk("D1", "1"), desk("D2", "2"), desk("D3", "1", "Annex")],
}


def rooms(bench):
    return {" > ".join(place) for place in bench.trebellar.places()}


def named(result):
    """What no row names -> what became of it, and why."""
    return {f.place.name: (f.code, f.message) for f in result.findings if f.place.name}


def test_objects_missing_from_the_file_are_deleted_in_that_glossary_alone(bench):
    """The readme is deleted with its term; the other glossary and its terms are unchanged."""
    bench.glossary(WORDS)
    rows = {"Categories": [category("C")], "Terms": [term("B")]}
    result = bench.glossary(rows, prune=("Finance",))
    assert (result.counts, result.exit_status) == ({"deleted": 2, "unchanged": 2}, 0)
    assert named(result) == {
        "Finance > A": ("deleted", "It is not in the file: deleted."),
        "Finance > C > D": ("deleted", "It is not in the file: deleted."),
    }
    assert set(bench.atlan.terms()) == {"B", "X", "Y"}
    assert set(bench.atlan.named(CATEGORY)) == {"C", "S"}
    assert len(bench.atlan.all("Link")) == 1


def test_without_prune_nothing_is_deleted(bench):
    bench.glossary(WORDS)
    assert bench.glossary({"Terms": [term("B")]}).counts == {"unchanged": 1}


def test_assets_missing_from_the_file_are_deleted_innermost_first(bench):
    bench.portfolio(ROOMS)
    rows = {
        "Floors": [floor("2")],
        "Spaces": [space("Hall", "2")],
        "Desks": [desk("D2", "2")],
    }
    result = bench.portfolio(rows, prune=("B-HQ",))
    assert result.counts == {"deleted": 3, "unchanged": 3}
    assert rooms(bench) == {
        *("HQ", "HQ > 2", "HQ > 2 > D2", "HQ > 2 > Hall"),
        *("Annex", "Annex > 1", "Annex > 1 > D3"),
    }


def test_a_parent_of_kinds_outside_the_file_stays(bench):
    """There is no sheet of desks: deleting floor 1 would delete D1 too."""
    bench.portfolio(ROOMS)
    rows = {"Floors": [floor("2")], "Spaces": [space("Hall", "2")]}
    result = bench.portfolio(rows, prune=("HQ",))
    assert (result.counts, result.exit_status) == ({"deleted": 1, "held": 1, "unchanged": 2}, 1)
    assert named(result)["HQ > 1"] == (
        "held",
        "It is not in the file, but still has `D1` in it.",
    )
    assert "HQ > 1" in rooms(bench)


def test_an_object_that_rows_refer_to_stays(bench):
    """Floor 1 has no row, but a row stands on it."""
    bench.portfolio(ROOMS)
    rows = {"Floors": [floor("2")], "Desks": [desk("D1", "1"), desk("D2", "2")]}
    assert bench.portfolio(rows, prune=("HQ",)).counts == {"unchanged": 3}


def test_an_object_moved_into_the_scope_or_renamed_is_not_deleted(bench):
    bench.portfolio(ROOMS)
    rows = {
        "Desks": [
            desk("D3", "1"),
            desk("D1", "1") | {"Desk": "One"},
            desk("D2", "2"),
        ]
    }
    result = bench.portfolio(rows, prune=("HQ",))
    assert result.exit_status == 0
    assert {place for place in rooms(bench) if "D" in place or "One" in place} == {
        *("HQ > 1 > One", "HQ > 2 > D2"),
        *(place for place in rooms(bench) if place.endswith("D3")),
    }


def test_while_a_row_is_invalid_nothing_is_deleted(bench):
    """The wrong row may be the very one that is missing."""
    bench.glossary(WORDS)
    rows = {"Terms": [term("B"), term("", Usage="of what?")]}
    result = bench.glossary(rows, prune=("Finance",))
    assert result.counts == {"unchanged": 1, "invalid": 1, "held": 1}
    assert "while rows have errors" in named(result)["Finance > A"][1]
    assert "A" in bench.atlan.terms()


@pytest.mark.parametrize(
    "passed_over",
    [
        {"Remark": "A, which was in Finance"},
        {"Glossary": "Term", "Term": "Glossary", "Remark": "Description"},
    ],
)
def test_while_rows_are_passed_over_nothing_is_deleted(bench, passed_over):
    """A cell in a column that is not known, or a second table, may name the very one."""
    bench.glossary(WORDS)
    rows = {"Terms": [term("B") | {"Remark": ""}, passed_over]}
    result = bench.glossary(rows, prune=("Finance",))
    assert result.counts["held"] == 1
    assert "or are passed over" in named(result)["Finance > A"][1]
    assert "A" in bench.atlan.terms()


def test_while_a_file_may_be_cut_off_nothing_is_deleted(bench, tmp_path):
    bench.glossary(WORDS)
    file = tmp_path / "Terms.csv"
    file.write_text("Glossary,Term,Description\nFinance,B,x\nFinance,C", encoding="utf-8")
    options = Options(template="atlan-glossary", prune=("Finance",))
    plan = bench.plan_files([file], options)
    assert "cut_off" in {finding.code for finding in plan.findings}
    assert "A" in bench.atlan.terms()
    [kept] = [f for f in plan.findings if f.code == "held"]
    assert "or are passed over" in kept.message


def test_repeated_headings_do_not_keep_what_is_gone(bench):
    bench.glossary(WORDS)
    rows = {"Terms": [term("B"), {"Glossary": "Glossary", "Term": "Term"}]}
    result = bench.glossary(rows, prune=("Finance",))
    assert result.counts == {"unchanged": 1, "skipped": 1, "deleted": 1}


def test_a_file_without_rows_of_a_kind_deletes_none_of_it(bench):
    bench.glossary(WORDS)
    cut = {"Terms": [term("X", "Sales")]}
    result = bench.silent(lambda: bench.glossary(cut, prune=("Finance",)))
    assert result.counts == {"unchanged": 1, "held": 2}
    assert "names no term in `Finance` at all" in named(result)["Finance > A"][1]
    allowed = bench.glossary(cut, prune=("Finance",), allow_mass_change=True)
    assert allowed.counts == {"unchanged": 1, "deleted": 2}


def test_a_shrunken_file_is_held_by_the_guard(bench):
    terms = [term(f"t{n:02}") for n in range(30)]
    bench.glossary({"Glossaries": [glossary()], "Terms": terms})
    result = bench.glossary({"Terms": terms[:10]}, prune=("Finance",))
    assert result.counts == {"unchanged": 10, "held": 20}
    assert len(bench.atlan.terms()) == 30
    few = bench.glossary({"Terms": terms[:25]}, prune=("Finance",))
    assert few.counts == {"unchanged": 25, "deleted": 5}


def test_a_plan_shows_the_deletes_and_the_run_does_them(bench):
    bench.glossary(WORDS)
    file = bench.book({"Terms": [term("B")]})
    options = Options(template="atlan-glossary", prune=("Finance",), landing=0)
    plan = bench.plan_files([file], options, save=True)
    assert plan.counts == {"unchanged": 1, "delete": 1}
    gone = next(change for change in plan.changes if change.action == "delete")
    assert (gone.sheet, gone.key, gone.as_json()["row"]) == ("Terms", "Finance > A", None)
    result = bench.run_files([file], options, saved=plan.saved)
    assert result.counts == {"unchanged": 1, "deleted": 1}


def test_a_prune_can_be_undone(bench):
    bench.glossary(WORDS)
    pruned = bench.glossary({"Terms": [term("B")]}, prune=("Finance",))
    result = bench.undo(pruned)
    assert result.exit_status == 0
    assert set(bench.atlan.terms()) == {"A", "B", "X", "Y"}


def test_a_scope_that_the_target_lacks_is_named_before_anything_is_sent(bench):
    bench.glossary(WORDS)
    with pytest.raises(UsageError, match=r"no glossary `Finanse`\. Did you mean `Finance`"):
        bench.silent(lambda: bench.glossary({"Terms": [term("New")]}, prune=("Finanse",)))
    assert "New" not in bench.atlan.terms()
    assert [run.state for run in bench.journal.runs()] == ["finished"]


def test_the_report_names_what_was_deleted(bench, tmp_path):
    from openpyxl import load_workbook

    bench.glossary(WORDS)
    bench.glossary({"Terms": [term("B")]}, prune=("Finance",), report=ReportTo(tmp_path / "r.xlsx"))
    book = load_workbook(tmp_path / "r.xlsx")
    texts = [cell.value for row in book["Report"].iter_rows() for cell in row if cell.value]
    assert "It is not in the file: deleted." in texts
    assert any("Finance > A" in str(text) for text in texts)
    assert book["Terms"].max_row == 2
