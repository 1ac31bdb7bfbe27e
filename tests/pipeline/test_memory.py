"""What a check keeps in memory, and what it leaves there."""

import gc
import tracemalloc

from importer import piece_file
from importer.options import Options
from importer.pipeline.check import check
from importer.pipeline.steps.intake import collector_resting
from tests.pipeline.bench import building, desk, floor

HEADINGS = "Glossary,Term,Categories,Synonyms,Tags\n"


def left_behind(file, rows):
    lines = (f"Finance,Term {n},Sales {n % 7} > Net,Term {n - 1},PII;Public\n" for n in range(rows))
    file.write_text(HEADINGS + "".join(lines), encoding="utf-8")
    checked = check([file], Options(template="atlan-glossary"))
    assert checked.counts.rows == rows
    gc.collect()
    gc.disable()
    try:
        check([file], Options(template="atlan-glossary"))
        return gc.collect()
    finally:
        gc.enable()


def test_the_garbage_of_a_check_does_not_grow_with_the_rows(tmp_path):
    """The collector is off meanwhile: finding garbage later takes long."""
    file = tmp_path / "terms.csv"
    assert left_behind(file, 1000) <= left_behind(file, 50) + 50


def test_what_was_read_is_not_looked_through_once_more():
    assert gc.isenabled()
    with collector_resting():
        kept = [[] for _ in range(1000)]
    young = set(map(id, gc.get_objects(generation=0)))
    assert young.isdisjoint(map(id, kept))


def most_in_memory(file, rows):
    lines = (f"D-{n},Desk {n},HQ,Floor {n % 7}\n" for n in range(rows))
    file.write_text("External ID,Desk,Building,Floor\n" + "".join(lines), encoding="utf-8")
    check([file], Options(template="trebellar-portfolio"))
    gc.collect()
    tracemalloc.start()
    try:
        check([file], Options(template="trebellar-portfolio"))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_check_keeps_few_bytes_of_each_row(tmp_path, monkeypatch):
    monkeypatch.setattr(piece_file, "IN_MEMORY", 1)
    file, rows = tmp_path / "desks.csv", 5_000
    assert (
        most_in_memory(file, 2 * rows) - most_in_memory(file, rows) < 150 * rows
    )  # an entity takes 650


def most_in_memory_to_prepare(bench, rows):
    bench.portfolio({"Buildings": [building()], "Floors": [floor(f"{n}") for n in range(7)]})
    desks = [desk(f"Desk {n}", f"{n % 7}", **{"External ID": f"D-{n}"}) for n in range(rows)]
    file = bench.text("desks.csv", desks)
    gc.collect()
    tracemalloc.start()
    try:
        _, preview = bench.prepare(file, "trebellar-portfolio")
        assert preview.counts == {"create": rows}
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_run_that_is_planned_keeps_few_bytes_of_each(bench, monkeypatch):
    """Also where what they stand in is in the target already."""
    monkeypatch.setattr(piece_file, "IN_MEMORY", 1)
    rows = 2_000
    most_in_memory_to_prepare(bench, 1_500)
    more = most_in_memory_to_prepare(bench, 2 * rows) - most_in_memory_to_prepare(bench, rows)
    assert more < 300 * rows  # an entity takes 650, what is asked of a target 300
