"""The shipped samples are imported completely; a second import sends nothing."""

import shutil
from collections import Counter

import pytest

from importer.model import Status
from importer.options import ReportTo
from tests.pipeline.bench import DATA
from tests.pipeline.raw_api import CATEGORY, GLOSSARY, TERM

SAMPLES = ["glossary.xlsx", "portfolio.xlsx", "rooms.xlsx", "peers/atlan-glossary.csv"]


@pytest.fixture
def annotated(bench):
    """Import a sample and give the annotated copy of it back too."""

    def act(name):
        report = bench.folder / f"annotated-{name.rpartition('/')[2]}"
        return bench.run(DATA / name, report=ReportTo(report)), report

    return act


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_created_whole_and_found_unchanged_afterwards(bench, annotated, name):
    """Every row is created; the same file, and its annotated copy, then say nothing new."""
    first, report = annotated(name)
    assert (first.state, first.exit_status) == ("finished", 0)
    assert first.counts == {"created": len(bench.rows(first))}
    template = bench.journal.run(first.run).template
    for again in (DATA / name, report):
        second = bench.silent(lambda again=again: bench.run(again, template=template))
        assert second.counts == {"unchanged": first.counts["created"]}
        assert second.exit_status == 0


def test_the_glossary_is_in_the_catalogue(bench):
    """As many entities as the sheets have rows, readmes besides."""
    result = bench.run(DATA / "glossary.xlsx", template="atlan-glossary")
    rows = Counter(sheet for sheet, _ in bench.rows(result))
    atlan = bench.atlan
    counted = {
        "Glossaries": len(atlan.named(GLOSSARY)),
        "Categories": len(atlan.all(CATEGORY)),
        "Terms": len(atlan.terms()),
        "Links": len(atlan.all("Link")),
    }
    assert counted == rows
    assert len(atlan.all("Readme")) == 3
    assert atlan.terms()["Customer number"]["attributes"]["examples"] == [
        "0004711023",
        "0019930008",
    ]


def test_the_portfolio_is_in_the_tree(bench):
    result = bench.run(DATA / "portfolio.xlsx", template="trebellar-portfolio")
    assert len(bench.trebellar.places()) == len(bench.rows(result))


def test_mistakes_exclude_their_rows_and_no_others(bench):
    """Every row has one outcome: an error makes it invalid, all others are created."""
    result = bench.run(DATA / "mistakes.xlsx", template="atlan-glossary")
    errors = {
        (found.place.sheet, found.place.row)
        for found in result.findings
        if found.severity == "error"
    }
    rows = bench.rows(result)
    assert {place for place, row in rows.items() if row.status is Status.INVALID} == errors
    assert {row.status for place, row in rows.items() if place not in errors} == {Status.CREATED}
    assert result.exit_status == 1


def test_lists_add_to_existing_objects(bench):
    """The text files refer to what the workbooks created; several files are one run."""
    bench.run(DATA / "glossary.xlsx", DATA / "terms.csv")
    assert "Café revenue" in bench.atlan.terms()
    bench.run(DATA / "portfolio.xlsx", template="trebellar-portfolio")
    result = bench.run(DATA / "desks.csv", template="trebellar-portfolio")
    assert result.counts == {"created": 12}
    assert any(place[-1] == "Südflügel 1" for place in bench.trebellar.places())


def test_a_copy_in_place_is_input_again(bench):
    """--in-place puts the report into the file itself, which is then unchanged input."""
    path = shutil.copy(DATA / "terms.csv", bench.folder / "terms.csv")
    bench.run(DATA / "glossary.xlsx", template="atlan-glossary")
    first = bench.run(path, template="atlan-glossary", report=ReportTo(in_place=True))
    assert first.reports == [path]
    assert b"import_status" in path.read_bytes()
    assert bench.silent(lambda: bench.run(path, template="atlan-glossary")).counts == {
        "unchanged": 12
    }


def test_only_the_sheets_named_are_imported(bench):
    """--sheet: the others are ignored."""
    result = bench.run(DATA / "glossary.xlsx", template="atlan-glossary", only=("Glossaries",))
    assert bench.statuses(result) == {"Glossaries": ["created", "created"]}
    assert bench.atlan.all(TERM) == []
