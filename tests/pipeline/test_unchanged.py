"""Every heading of both large templates filled in; nothing to send when it is imported again."""

import pytest

from importer.options import Options
from importer.template import find

LEFT_OUT = {"GUID", "ID", "Action", "Parent external ID"}
"""They name existing objects."""

OWN_REFERENCES = ("Preferred terms", "Replaced by", "Classifies")
CONCRETE = {
    "Custom: *": "Custom: sap_id",
    "*::*": "Data Quality::Level",
    "Property: *": "Property: Cost centre",
}


def full(template, sheet, **more):
    """A row with the template's own example under every heading."""
    rule = next(one for one in find(template).sheets if one.name == sheet)
    row = {
        CONCRETE.get(heading, heading): column.example
        for heading, column in rule.columns.items()
        if heading not in LEFT_OUT and column.offered
    }
    assert all(row.values())
    row |= {"Data Quality::Level": "Gold"} if "Data Quality::Level" in row else {}
    row |= more
    if sheet != "Assets":
        row.pop("Qualified name", None)
    return row


NO_ASSET = {"Asset type": "", "Asset qualified name": ""}


def glossary_book():
    name = "atlan-glossary"
    bare = [
        "Net sales",
        "Net loss",
        "Gross revenue",
        "Net income (old)",
        "Order status",
        "Open",
        "Closed",
        "Revenue",
    ]
    others = [("Sales", "Turnover"), ("Finanzen", "Nettoumsatz")]
    term = full(name, "Terms")
    term |= dict.fromkeys(OWN_REFERENCES, "Order status; Net loss")
    return {
        "Glossaries": [full(name, "Glossaries"), {"Glossary": "Sales"}, {"Glossary": "Finanzen"}],
        "Categories": [
            full(name, "Categories", **{"Category": "Heart", "Parent category": "Vitals"}),
            {"Glossary": "Finance", "Category": "Vitals"},
            {"Glossary": "Finance", "Category": "Income"},
        ],
        "Terms": [
            term,
            *({"Glossary": "Finance", "Term": one} for one in bare),
            *({"Glossary": glossary, "Term": one} for glossary, one in others),
        ],
        "Links": [
            full(name, "Links", **NO_ASSET, Category=""),
            full(name, "Links", **NO_ASSET, Term="", URL="https://example.com/vitals"),
            full(name, "Links", **NO_ASSET, Term="", Category=""),
        ],
        "Assets": [full(name, "Assets")],
    }


def portfolio_book():
    """Every object has a code of its own."""
    name = "trebellar-portfolio"
    sheets = ("Buildings", "Floors", "Spaces", "Desks", "Sensor groups", "Sensors")
    book = {sheet: [full(name, sheet, **{"External ID": f"{sheet}-1"})] for sheet in sheets}
    [space] = book["Spaces"]
    book["Spaces"].append(space | {"Space": "Open area 2A", "External ID": "Spaces-2"})
    return book


ORDERS = "default/snowflake/1234567890/sales/public/orders"
BOOKS = {"atlan-glossary": glossary_book, "trebellar-portfolio": portfolio_book}


def book_of(bench, template):
    """The book of a template, and in the sandbox the asset and the domain that it names."""
    book = BOOKS[template]()
    bench.atlan.add("Table", "orders", qualifiedName=ORDERS)
    for row in book.get("Assets", ()):
        row["Domain GUID"] = bench.atlan.add("DataDomain", "Sales")
    return book


@pytest.mark.parametrize("template", BOOKS)
def test_a_file_that_was_imported_asks_for_nothing_more(bench, template):
    """Every kind, every heading: live state compares equal to the cell it came from."""
    file = bench.book(book_of(bench, template))
    first = bench.run(file, template=template)
    assert {finding.code for finding in first.findings} <= {"owner_above"}
    assert first.counts.keys() <= {"created", "updated"}
    sent = len(bench.bodies())
    second = bench.run(file, template=template)
    assert second.counts == {"unchanged": sum(first.counts.values())}
    assert len(bench.bodies()) == sent


NEW = {
    "Certificate": "DRAFT",
    "Announcement type": "warning",
    "Starred": "no",
    "Icon type": "emoji",
    "Tags": "GDPR",
    "Labels": "approved",
    "Data Quality::Level": "Silver",
    "Additional attributes": "steward:Sales",
    "Bookable": "no",
    "Status": "mothballed",
    "Timezone": "Europe/Berlin",
    "Business hours start": "09:00",
    "Business hours end": "19:00",
    "Business days": "friday",
    "Holidays": "2026-12-24",
    "Photos": "https://example.com/roof.jpg",
    "Location": '{"type": "Point", "coordinates": [0, 0]}',
    "Image": '{"url": "https://example.com/other.png"}',
    "Scale": '{"metersPerPixel": 1}',
    "Effective from": "2026-03-01",
    "Removed from": "2028-01-01",
}
"""Another value for each heading that does not take just any text."""


def changed(template, sheet, row):
    """The row with every cell changed that does not say which entity it is, or is related to."""
    rule = next(one for one in find(template).sheets if one.name == sheet)
    naming = {
        heading for entity in rule.entities for ref in entity.references for heading in ref.by
    }
    naming |= {
        f"{sheet.removesuffix('s')}",
        "Category",
        "Glossary",
        "Floors",
        "Type",
        "Qualified name",
        "Title",
        "URL",
        "Readme",
        "External ID",
    }
    return {
        heading: value if heading in naming or not value else _other(heading, value)
        for heading, value in row.items()
    }


def _other(heading, value):
    if heading in NEW:
        return NEW[heading]
    return value + 1 if isinstance(value, (int, float)) else _number(value) or f"{value} (new)"


def _number(value):
    return str(float(value) + 1) if value.lstrip("-").replace(".", "").isdigit() else None


@pytest.mark.parametrize("template", BOOKS)
def test_every_cell_that_changes_is_seen(bench, template):
    """The counterpart: nothing is called unchanged because it is not compared."""
    book = book_of(bench, template)
    bench.run(bench.book(book), template=template)
    rows = {sheet: changed(template, sheet, lines[0]) for sheet, lines in book.items()}
    if "Assets" in rows:
        rows["Assets"]["Domain GUID"] = bench.atlan.add("DataDomain", "Other")
    file = bench.book({sheet: [row] for sheet, row in rows.items()})
    options = Options(template=template)
    found = bench.plan_files([file], options)
    assert {finding.code for finding in found.findings} <= {"unexpected", "not_sent"}
    seen = {row.sheet: {*row.fields} for row in found.changes}
    for finding in found.findings:
        seen[finding.place.sheet].add(finding.place.heading)
    for sheet, row in rows.items():
        before = book[sheet][0]
        assert seen[sheet] == {heading for heading in row if row[heading] != before[heading]}
