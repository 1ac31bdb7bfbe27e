"""A run of what is as it should be leaves next to nothing in the journal, and answers all."""

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from importer.journal.retention import summary_of
from importer.journal.tables import CHUNKS, OUTCOMES, PLANNED
from importer.options import Options, ReportTo
from importer.pipeline.runs import result_of
from tests.pipeline.bench import NO_REPORT, category, glossary, term

SHEETS = {
    "Glossaries": [glossary()],
    "Categories": [category("A"), category("B", "A")],
    "Terms": [term(f"t{n}", Synonyms="t1" if n == 3 else "", Categories="A") for n in range(6)],
}


def rows_of(bench, table, run=None):
    query = select(func.count()).select_from(table)
    query = query.where(table.c.run == run) if run else query
    with bench.journal.store.reading() as connection:
        return connection.execute(query).scalar()


def test_rows_that_are_as_they_should_be_are_kept_once(bench):
    bench.glossary(SHEETS)
    first = bench.glossary(SHEETS)
    assert first.counts == {"unchanged": 9}
    assert rows_of(bench, OUTCOMES, first.run) == 0
    chunks = rows_of(bench, CHUNKS)
    again = bench.glossary(SHEETS)
    assert again.counts == {"unchanged": 9}
    assert rows_of(bench, CHUNKS) == chunks, "the same list is kept twice"
    assert rows_of(bench, PLANNED, again.run) == 3, "one chunk for each sheet"
    assert summary_of(bench.journal.store, again.run) is None


def test_the_result_is_what_it_was_with_every_id(bench):
    made = bench.glossary(SHEETS)
    again = bench.glossary(SHEETS)
    ids = {place: row.id for place, row in bench.rows(made).items()}
    assert {place: row.id for place, row in bench.rows(again).items()} == ids
    assert all(ids.values())
    assert result_of(bench.journal, again.run).objects == {
        ("glossary", "unchanged"): 1,
        ("category", "unchanged"): 2,
        ("term", "unchanged"): 6,
    }


def test_changed_rows_among_them_keep_their_order_and_are_undone(bench):
    bench.glossary(SHEETS)
    terms = [*SHEETS["Terms"]]
    terms[2] = terms[2] | {"Usage": "new"}
    terms.append(term("t9", Synonyms="t0"))
    result = bench.glossary(SHEETS | {"Terms": terms})
    assert result.counts == {"created": 1, "updated": 1, "unchanged": 8}
    assert [row for _, row in bench.rows(result)] == [2, 2, 3, *range(2, 9)]
    assert bench.undo(result).counts["unchanged"] == 8
    assert bench.silent(lambda: bench.glossary(SHEETS)).counts == {"unchanged": 9}


def test_a_report_holds_status_and_id_of_every_row(bench):
    bench.glossary(SHEETS)
    file = bench.book(SHEETS, "list.xlsx")
    result = bench.run_files([file], Options(template="atlan-glossary", landing=0), ReportTo())
    sheet = load_workbook(result.reports[0])["Terms"]
    headings = [cell.value for cell in sheet[1]]
    status, id_ = headings.index("import_status"), headings.index("import_id")
    found = [(row[status], bool(row[id_])) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert found == [("unchanged", True)] * 6


@pytest.mark.parametrize("changed", [False, True])
def test_a_saved_plan_knows_unchanged_rows_too(bench, changed):
    bench.glossary(SHEETS)
    file = bench.book(SHEETS | {"Terms": [*SHEETS["Terms"], term("more")]})
    options = Options(template="atlan-glossary", landing=0)
    plan = bench.plan_files([file], options, save=True)
    assert plan.counts == {"create": 1, "unchanged": 9}
    assert all(change.key for change in plan.changes)
    if changed:
        bench.glossary({"Terms": [term("t4", Usage="x")]})
    result = bench.run_files([file], options, NO_REPORT, saved=plan.saved)
    assert result.counts == {"created": 1, "unchanged": 9}
