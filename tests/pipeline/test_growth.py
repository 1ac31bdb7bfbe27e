"""The work of a check grows with the file and no faster, whatever stands in it.

Work is counted and not timed: it is the lines of our code that a check runs (and of a comparer of
texts, lest one come back), each turn of a loop being one. What a check costs without any rows drops
out, since only the growth is compared.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import importer
from importer import suggest
from importer.options import Options
from importer.pipeline.check import check
from tests.pipeline.bench import book

COUNTED = (str(Path(importer.__file__).parent), difflib.__file__)
SIZE = 60

Row = dict[str, object]
Sheets = dict[str, list[Row]]
Case = Callable[[int], Sheets]


def names(count: int, letters: str = "abcdefghij") -> Iterator[str]:
    """Names of which no two are alike, in no order."""
    width, prime = (5, 99_991) if count <= 99_991 else (7, 9_999_991)
    for number in range(count):
        digits = f"{(number * 7919 + 13) % prime:0{width}}"
        yield "".join(letters[int(digit)] * 2 for digit in digits)


def misspelt(name: str) -> str:
    return f"{name[:4]}z{name[5:]}"


def categories(*pairs: tuple[str, str], **more: object) -> Sheets:
    rows = [
        {"Glossary": "G", "Category": name, "Parent category": above, **more}
        for name, above in pairs
    ]
    return {"Glossaries": [{"Glossary": "G"}], "Categories": rows}


def terms(*rows: Row) -> Sheets:
    return {"Terms": [{"Glossary": "G", **row} for row in rows]}


def one_misspelt_parent(size: int) -> Sheets:
    return categories(("Vitals", ""), *((f"C{n}", "Vitls") for n in range(size)))


def many_misspelt_parents(size: int) -> Sheets:
    pairs = [(name, "") for name in names(size)]
    return categories(*pairs, *((f"C{n}", misspelt(name)) for n, (name, _) in enumerate(pairs)))


def many_misspelt_scopes(size: int) -> Sheets:
    rows = [{"Glossary": misspelt(name), "Term": "t"} for name in names(size)]
    return {"Glossaries": [{"Glossary": name} for name in names(size)], "Terms": rows}


def misspelt_places_in_many_places(size: int) -> Sheets:
    floors = [{"Building": f"B{n}", "Floor": "Ground"} for n in range(size)]
    spaces = [{"Building": f"B{n}", "Floor": "Gruond", "Space": "s"} for n in range(size)]
    buildings = [{"Building": f"B{n}", "Timezone": "Europe/Berlin"} for n in range(size)]
    return {"Buildings": buildings, "Floors": floors, "Spaces": spaces}


def a_chain(size: int) -> Sheets:
    return categories(("c0", ""), *((f"c{n}", f"c{n - 1}") for n in range(1, size)))


def a_chain_from_below(size: int) -> Sheets:
    return categories(*((f"c{n}", f"c{n - 1}") for n in range(size, 0, -1)), ("c0", ""))


def a_chain_of_paths(size: int) -> Sheets:
    paths = (" > ".join(f"c{m}" for m in range(n)) for n in range(size, -1, -1))
    return categories(*((f"c{size - n}", path) for n, path in enumerate(paths)))


def a_chain_in_no_glossary(size: int) -> Sheets:
    return {"Categories": a_chain(size)["Categories"]}


def one_cycle(size: int) -> Sheets:
    return categories(*((f"c{n}", f"c{(n + 1) % size}") for n in range(size)))


def many_cycles(size: int) -> Sheets:
    return categories(*((f"c{n}", f"c{n ^ 1}") for n in range(size)))


def a_chain_below_a_cycle(size: int) -> Sheets:
    chain = ((f"c{n}", f"c{n - 1}") for n in range(1, size))
    return categories(("a", "b"), ("b", "a"), ("c0", "a"), *chain)


def a_name_that_means_many(size: int) -> Sheets:
    above = ((f"p{n}", "") for n in range(size))
    same = (("x", f"p{n}") for n in range(size))
    return categories(*above, *same, *((f"y{n}", "x") for n in range(size)))


def names_that_mean_two_each(size: int) -> Sheets:
    levels = ((f"c{n}", f"c{n - 1}" if n else "none") for n in range(size))
    return categories(*(pair for level in levels for pair in (level, level)))


def equal_names_everywhere(size: int) -> Sheets:
    return categories(*(("x", "x") for _ in range(size)))


def duplicates_of_one_key(size: int) -> Sheets:
    return terms(*({"Term": "same", "Description": str(n)} for n in range(size)))


def duplicates_of_one_code(size: int) -> Sheets:
    row = {"External ID": "E", "Timezone": "Europe/Berlin"}
    return {"Buildings": [{**row, "Building": f"B{n}"} for n in range(size)]}


def references_in_one_cell(size: int) -> Sheets:
    return terms({"Term": "t", "Synonyms": ";".join(names(size))})


def misspelt_references_in_one_cell(size: int) -> Sheets:
    known = [{"Term": name} for name in names(size)]
    return terms({"Term": "t", "Synonyms": ";".join(map(misspelt, names(size)))}, *known)


def items_in_one_cell(size: int) -> Sheets:
    return terms({"Term": "t", "Owners": ";".join(names(size))})


def a_name_that_many_refer_to(size: int) -> Sheets:
    return terms({"Term": "hub"}, *({"Term": f"t{n}", "Synonyms": "hub"} for n in range(size)))


def rows_below_what_is_deleted(size: int) -> Sheets:
    found = categories(("Vitals", ""), *((f"C{n}", "Vitals") for n in range(size)))
    found["Categories"][0]["Action"] = "delete"
    return found


def misspelt_words_of_a_list(size: int) -> Sheets:
    return terms(*({"Term": f"t{n}", "Certificate": f"VERIFIE{n}"} for n in range(size)))


def unknown_columns(size: int) -> Sheets:
    return terms({"Term": "t", **{f"Column {name}": "x" for name in names(size)}})


def misspelt_columns(size: int) -> Sheets:
    return terms({"Term": "t", **{f"Descriptio{n}": "x" for n in range(size)}})


def properties(size: int) -> Sheets:
    row = {"Building": "B", "Timezone": "Europe/Berlin"}
    return {"Buildings": [row | {f"Property: {name}": "x" for name in names(size)}]}


def sheets(size: int) -> Sheets:
    return {f"Sheet {n}": [{"Glossary": "G", "Term": f"t{n}"}] for n in range(size)}


def unknown_sheets(size: int) -> Sheets:
    return {**terms({"Term": "t"}), **{f"Sheet {n}": [{"foo": "G"}] for n in range(size)}}


def long_names(size: int) -> Sheets:
    long = " ".join(names(1_000))
    known = categories(*((f"{long} {n}", "") for n in range(size)))
    return {
        **known,
        **terms(*({"Term": f"t{n}", "Categories": f"{long} {n}?"} for n in range(size))),
    }


CASES = [
    one_misspelt_parent,
    many_misspelt_parents,
    many_misspelt_scopes,
    misspelt_places_in_many_places,
    a_chain,
    a_chain_from_below,
    a_chain_of_paths,
    a_chain_in_no_glossary,
    one_cycle,
    many_cycles,
    a_chain_below_a_cycle,
    a_name_that_means_many,
    names_that_mean_two_each,
    equal_names_everywhere,
    duplicates_of_one_key,
    duplicates_of_one_code,
    references_in_one_cell,
    misspelt_references_in_one_cell,
    items_in_one_cell,
    a_name_that_many_refer_to,
    rows_below_what_is_deleted,
    misspelt_words_of_a_list,
    unknown_columns,
    misspelt_columns,
    properties,
    sheets,
    unknown_sheets,
    long_names,
]


def lines_run(act: Callable[[], object]) -> int:
    """Count the lines of the code in question that run meanwhile."""
    count = 0

    def line(_frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, _event: str, _arg: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(COUNTED) else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        act()
    finally:
        sys.settrace(before)
    return count


@pytest.fixture
def low_limits(monkeypatch):
    """What is limited for large files is limited for small ones, so that small ones show it."""
    monkeypatch.setattr(suggest, "_CANDIDATES", 4)
    monkeypatch.setattr(suggest, "_VISITS", 30)


@pytest.mark.usefixtures("low_limits")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_twice_the_file_is_at_most_twice_the_work(tmp_path, case):
    """The second step from small to large is twice the first: a square would be four times."""
    size = SIZE // 6 if case in (sheets, unknown_sheets) else SIZE
    files = [book(tmp_path / f"{n}.xlsx", case(n * size)) for n in (1, 2, 4)]
    template = "trebellar-portfolio" if "Buildings" in case(1) else "atlan-glossary"
    options = Options(template=template)
    check(files[:1], options)  # what is done once for all is done
    small, medium, large = (lines_run(lambda f=f: check([f], options)) for f in files)
    most = 2.5 if case is a_chain_of_paths else 2.2  # its texts grow with the square of its rows
    assert large - medium <= most * (medium - small) + 60 * size
