"""A plan shows what a run would change, and the run then changes exactly that."""

import pytest

from importer.options import Options
from importer.pipeline.plan import ACTION_OF
from tests.pipeline.bench import building, category, desk, diffs, floor, glossary, link, term

GLOSSARY = {
    "Glossaries": [glossary()],
    "Categories": [category("C"), category("D", "C")],
    "Terms": [term("A", Usage="first", Synonyms="B"), term("B", Categories="D"), term("G")],
    "Links": [link("A", "x", "https://example.com")],
}
PORTFOLIO = {
    "Buildings": [building()],
    "Floors": [floor("1"), floor("2")],
    "Desks": [desk("d", "1", Seats=1), desk("e", "1"), desk("f", "2")],
}
CHANGED = {
    "a new glossary": ({}, GLOSSARY, "atlan-glossary"),
    "a new portfolio": ({}, PORTFOLIO, "trebellar-portfolio"),
    "the same glossary": (GLOSSARY, GLOSSARY, "atlan-glossary"),
    "the same portfolio": (PORTFOLIO, PORTFOLIO, "trebellar-portfolio"),
    "changed terms": (
        GLOSSARY,
        {
            "Terms": [
                term("A", Usage="second", Synonyms="G"),
                term("B", Categories="C"),
                term("G", Action="delete"),
                term("H"),
            ]
        },
        "atlan-glossary",
    ),
    "moved desks": (
        PORTFOLIO,
        {"Desks": [desk("d", "2", Seats=2), desk("e", "2"), desk("f", "2", Action="delete")]},
        "trebellar-portfolio",
    ),
    "mistakes": (
        {},
        {
            "Glossaries": [glossary(Certificate="Verfied"), glossary("Sales")],
            "Categories": [category("C")],
            "Terms": [term("A", Categories="C"), term("B", "Sales")],
        },
        "atlan-glossary",
    ),
}


def planned(bench, sheets, template):
    return bench.plan_files([bench.book(sheets)], Options(template=template))


@pytest.mark.parametrize(("before", "sheets", "template"), CHANGED.values(), ids=CHANGED)
def test_a_run_does_what_its_plan_says(bench, before, sheets, template):
    """Row by row, with the same messages for blocked and invalid rows; planning sends nothing."""
    if before:
        bench.run(before, template=template)
    runs = len(bench.journal.runs())
    plan = bench.silent(lambda: planned(bench, sheets, template))
    assert len(bench.journal.runs()) == runs
    result = bench.run(sheets, template=template)
    outcomes = {ACTION_OF.get(status, status): count for status, count in result.counts.items()}
    assert plan.counts == outcomes
    rows = {
        place: ACTION_OF.get(row.status, row.status) for place, row in bench.rows(result).items()
    }
    kept_back = ("invalid", "blocked")
    assert {(c.sheet, c.row): c.action for c in plan.changes} == {
        place: action for place, action in rows.items() if action not in kept_back
    }
    assert {f.message for f in plan.findings} == {f.message for f in result.findings}
    assert plan.exit_status == int(bool(set(plan.counts) & set(kept_back)))


def test_old_and_new_value_stand_under_their_headings(bench):
    bench.portfolio(PORTFOLIO)
    plan = planned(bench, CHANGED["moved desks"][1], "trebellar-portfolio")
    [first, second, third] = plan.changes
    assert (first.action, first.key) == ("move", "HQ > 2 > d")
    assert diffs(first) == {"Floor": [["HQ > 1"], ["HQ > 2"]], "Seats": [1, 2]}
    assert diffs(second) == {"Floor": [["HQ > 1"], ["HQ > 2"]]}
    assert (third.action, third.fields) == ("delete", {})


def test_a_relation_that_is_sent_later_is_part_of_its_row(bench):
    bench.glossary(GLOSSARY)
    plan = planned(bench, {"Terms": [term("A", Synonyms="G")]}, "atlan-glossary")
    [change] = plan.changes
    assert (change.action, diffs(change)["Synonyms"]) == (
        "update",
        [["Finance > B"], ["Finance > G"]],
    )
