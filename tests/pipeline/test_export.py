"""An export writes the live state as rows of a template that change nothing when imported."""

import csv

import pytest

from importer.export import csv_paths, export_rows, write_csv_files
from importer.options import Options
from importer.targets.protocol import LiveEntity, Ref
from importer.template import find
from importer.template.blank import write_blank
from tests.pipeline.bench import building, category, desk, floor, glossary, term
from tests.pipeline.raw_api import GLOSSARY, TERM
from tests.pipeline.test_unchanged import BOOKS, book_of


def surprising(findings):
    """What is said of an export besides: that a name holds a `;`, that a link is a glossary's."""
    return [f for f in findings if f.value != "semi; colon" and f.code != "owner_above"]


@pytest.mark.parametrize("template", BOOKS)
def test_an_export_has_the_whole_live_state(bench, template, tmp_path):
    """Every kind, every heading: a plan of the export has nothing to do."""
    bench.run(bench.book(book_of(bench, template)), template=template)
    made = find(template)
    bench.atlan.add("Table", "without_terms")
    found = export_rows(made, bench.connect(made.systems, made.options))
    file = write_blank(made, tmp_path / "export.xlsx", rows=found.rows)
    options = Options(template=template)
    plan = bench.plan_files([file], options)
    assert surprising(plan.findings) == []
    assert plan.counts == {"unchanged": found.count}
    assert as_texts(bench, made, found, tmp_path) == plan.counts
    expected = {name: len(rows) for name, rows in BOOKS[template]().items()}
    got = {name: len(rows) for name, rows in found.rows.items()}
    assert got == expected | ({"Floors": 3} if "Floors" in expected else {})


ODD = [
    '"quoted" and ""twice""',
    "semi; colon",
    "a > b",
    "=1+2",
    "+plus",
    "-minus",
    "'apostrophe",
    "'=both",
    "-5",
    "Größe 日本語 \U0001f600",
    "00123",
    "NA",
    "1e5",
    "_x0041_",
]


def test_odd_names_and_texts_come_back_as_they_are(bench, tmp_path):
    """Names and texts with all that cells, lists and paths are made of."""
    rows = [
        term(name, Description=f"{name}\nsecond line", Abbreviation=name, Tags="PII", Usage="")
        for name in ODD
    ]
    rows[0]["Examples"] = '"a;b"; "-c"'
    rows[1]["Synonyms"] = "NA; 00123"
    rows[2]["Abbreviation"] = "@at"
    sheets = {
        "Glossaries": [glossary()],
        "Categories": [category('p "q" > r'), category("plain")],
        "Terms": rows,
    }
    first = imported(bench, "atlan-glossary", sheets, tmp_path)
    assert {(f.code, f.value) for f in first.findings} == {("several_in_one", "semi; colon")}
    assert exported(bench, "atlan-glossary", tmp_path) == {"unchanged": len(ODD) + 3}


def test_odd_places_and_properties_come_back_as_they_are(bench, tmp_path):
    desks = [
        desk(name, "0 > 1") | {"External ID": f"00{at}", "Property: a.b": name, "Property: 7": "x"}
        for at, name in enumerate(ODD)
    ]
    sheets = {"Buildings": [building()], "Floors": [floor("0 > 1")], "Desks": desks}
    first = imported(bench, "trebellar-portfolio", sheets, tmp_path)
    assert {(f.code, f.value) for f in first.findings} == {("several_in_one", "semi; colon")}
    assert exported(bench, "trebellar-portfolio", tmp_path) == {"unchanged": len(ODD) + 2}


def imported(bench, template, sheets, folder):
    """Import sheets in which text is text, whatever it begins with."""
    file = write_blank(find(template), folder / "import.xlsx", rows=sheets)
    return bench.run(file, template=template)


def exported(bench, template, folder):
    """What a plan of the export of everything would do."""
    made = find(template)
    found = export_rows(made, bench.connect(made.systems, made.options))
    file = write_blank(made, folder / "export.xlsx", rows=found.rows)
    options = Options(template=template)
    plan = bench.plan_files([file], options)
    assert surprising(plan.findings) == []
    assert as_texts(bench, made, found, folder) == plan.counts
    return plan.counts


def as_texts(bench, made, found, folder):
    """The same of the export as CSV; nothing in it may be taken for a formula."""
    paths = csv_paths(folder / "all.csv", [sheet.name for sheet in made.sheets])
    files = write_csv_files(paths, found.rows)
    for file in files:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for record in csv.reader(stream) for cell in record]
        risky = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
        assert all(cell.lstrip("-").replace(".", "").isdigit() for cell in risky)
    options = Options(template=made.name)
    plan = bench.plan_files(files, options)
    assert surprising(plan.findings) == []
    return plan.counts


def test_assets_without_terms_are_exported_where_they_are_named(bench):
    """There may be a million of them, most of them without any facts."""
    bench.atlan.add("Table", "orders")
    bench.atlan.add("Table", "others")
    made = find("atlan-glossary")
    target = bench.connect(made.systems, made.options)
    assert not export_rows(made, target).rows["Assets"]
    [row] = export_rows(made, target, [("Table", "raw/orders")]).rows["Assets"]
    assert (row["Type"], row["Qualified name"], row["Name"]) == ("Table", "raw/orders", "orders")


def test_a_value_that_fits_into_no_cell_is_left_blank_and_named(bench, tmp_path):
    """A text cut short would cut short the live one, when it is imported again."""
    anchor = bench.atlan.add(GLOSSARY, "Finance")
    bench.atlan.add(TERM, "long", anchor, userDescription="x" * 40_000)
    bench.atlan.add(TERM, "odd", anchor, userDescription="a\x01b")
    made = find("atlan-glossary")
    found = export_rows(made, bench.connect(made.systems, made.options))
    assert found.left_blank == [
        "Terms row 2: Description is too long for a cell, and was left blank.",
        "Terms row 3: Description holds a control character, and was left blank.",
    ]
    assert exported(bench, "atlan-glossary", tmp_path) == {"unchanged": 3}


class PartlyVisibleTarget:
    """A target with a glossary and one term, which is related to something that is not visible."""

    def fields(self):
        return {}

    def fetch(self, _wanted):
        yield LiveEntity(GLOSSARY, ("F",), "g", {"attributes": {"name": "F"}})
        seen, unseen = Ref(TERM, "t"), Ref(TERM, "unseen")
        relations = {
            "relationshipAttributes.anchor": (Ref(GLOSSARY, "g"),),
            "relationshipAttributes.synonyms": (seen, unseen),
            "relationshipAttributes.antonyms": (seen,),
        }
        yield LiveEntity(TERM, ("F", "T"), "t", {"attributes": {"name": "T"}}, relations)


class NamelessTarget:
    """A target with a building that has no name, a floor in it, and a building that has one."""

    def fields(self):
        return {}

    def fetch(self, _wanted):
        yield LiveEntity("STRUCTURE", ("",), "x", {"type": "STRUCTURE"})
        inside = {"parentId": (Ref("STRUCTURE", "x"),)}
        yield LiveEntity("FLOOR", ("", "1"), "f", {"type": "FLOOR", "label": "1"}, inside)
        yield LiveEntity("STRUCTURE", ("HQ",), "b", {"type": "STRUCTURE", "label": "HQ"})


def test_what_has_no_name_is_left_out_and_said():
    """A row without a name would be refused."""
    found = export_rows(find("trebellar-portfolio"), NamelessTarget())
    assert [row["Building"] for row in found.rows["Buildings"]] == ["HQ"]
    assert not found.rows["Floors"]
    assert found.left_blank == [
        "The building x has no name, and was left out.",
        "The floor 1 is inside something without a name, and was left out.",
    ]


def test_a_list_of_which_something_cannot_be_named_is_left_blank():
    """A list without it would remove it when imported; a blank cell leaves it alone."""
    [row] = export_rows(find("atlan-glossary"), PartlyVisibleTarget()).rows["Terms"]
    assert (row["Glossary"], row["Synonyms"], row["Antonyms"]) == ("F", "", "T")


def test_a_value_that_could_not_be_imported_again_is_left_blank_and_said(bench, tmp_path):
    """Trebellar may show a status that its bulk call does not take."""
    parts = {"timezone": "UTC", "status": "inactive"}
    old = {"type": "STRUCTURE", "label": "Old", "staticProperties": parts}
    bench.trebellar.bulk({"type": "add", "asset": old})
    template = find("trebellar-portfolio")
    found = export_rows(template, bench.connect(template.systems, template.options))
    assert found.left_blank == [
        "Buildings row 2: Status is `inactive`, which the template does not take, "
        "and was left blank."
    ]
    file = write_blank(template, tmp_path / "export.xlsx", rows=found.rows)
    plan = bench.plan_files([file], Options(template="trebellar-portfolio"))
    assert (plan.findings, plan.counts) == ([], {"unchanged": 1})


def test_a_property_is_exported_with_its_type(bench, tmp_path):
    static = {"timezone": "UTC"}
    free = {"open": True, "size": 5, "word": "yes"}
    one = {"type": "STRUCTURE", "label": "Old", "staticProperties": static}
    bench.trebellar.bulk({"type": "add", "asset": {**one, "dynamicProperties": free}})
    template = find("trebellar-portfolio")
    found = export_rows(template, bench.connect(template.systems, template.options))
    [row] = found.rows["Buildings"]
    assert {name: row[f"Property: {name}"] for name in free} == free
    file = write_blank(template, tmp_path / "export.xlsx", rows=found.rows)
    plan = bench.plan_files([file], Options(template="trebellar-portfolio"))
    assert plan.counts == {"unchanged": 1}
