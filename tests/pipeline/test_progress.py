"""A run says how far it is in each of its stages."""

from importer.options import Options, ReportTo
from importer.pipeline.check import check
from importer.pipeline.progress import NoProgress
from importer.pipeline.run import run
from tests.pipeline.bench import glossary, term


class Counting(NoProgress):
    """Notes each stage with what it has to do, and how much of that was done."""

    def __init__(self):
        self.stages = []

    def stage(self, name, total):
        self.stages.append([name, total, 0])

    def advance(self, count):
        self.stages[-1][2] += count


def test_every_stage_counts_what_is_done(bench):
    rows = {"Glossaries": [glossary()], "Terms": [term(f"t{n}") for n in range(3)]}
    bench.glossary(rows)
    rows["Terms"].append(term("new"))
    request = bench.request([bench.book(rows)], Options(template="atlan-glossary", landing=0))
    progress = Counting()
    run(request, journal=bench.journal, report=ReportTo(), progress=progress)
    assert progress.stages == [
        ["Reading", 5, 5],
        ["Looking up", None, 4],
        ["Checking references", None, 0],
        ["Planning", 5, 5],
        ["Sending", 1, 1],
        ["Writing the report", None, 0],
        ["Writing the report", 5, 5],
    ]


def reading(bench, file):
    """What is said to be read of a file of terms, and what is."""
    progress = Counting()
    check([file], Options(template="atlan-glossary"), progress=progress)
    return progress.stages[0]


def test_a_text_file_says_before_how_many_lines_are_to_be_read(bench):
    """About: a cell may hold several lines, and the last line need not end."""
    file = bench.text("terms.csv", [term(f"t{n}", Description="a\nb") for n in range(4)])
    assert reading(bench, file) == ["Reading", 8, 4]


def test_a_workbook_says_before_how_many_rows_its_tables_have(bench):
    file = bench.book({"Glossaries": [glossary()], "Terms": [term(f"t{n}") for n in range(4)]})
    assert reading(bench, file) == ["Reading", 5, 5]


def test_where_a_file_does_not_tell_its_rows_they_are_counted(bench):
    """One line that never ends: a text file of an old Mac."""
    file = bench.folder / "terms.csv"
    file.write_bytes(b"Glossary,Term\rFinance,a\rFinance,b\r")
    assert reading(bench, file) == ["Reading", None, 2]
