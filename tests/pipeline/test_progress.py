"""A run says how far it is in each of its stages."""

from importer.options import Options, ReportTo
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
        ["Reading", None, 5],
        ["Looking up", None, 4],
        ["Planning", 5, 5],
        ["Sending", 1, 1],
        ["Writing the report", None, 0],
        ["Writing the report", 5, 5],
    ]
