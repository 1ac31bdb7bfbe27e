"""A small glossary with every mistake that stewards make, among rows that are right."""

from __future__ import annotations

from data.making.table import Row, Table

GLOSSARIES: list[Row] = [
    {"Glossary": "Finance", "Description": "Words of our reports.", "Owners": "t.okafor"},
    {"Glossary": "Logistics", "Description": "Words of our warehouses.", "Owners": "j.brandt"},
]

_CATEGORIES = """
Finance   |         | Income     | What comes in.
Finance   |         | Cost       | What goes out.
Finance   | Income  | Other      | Income that fits nowhere else.
Finance   | Cost    | Other      | Cost that fits nowhere else.
Logistics | Storage | Stock      | Goods that lie in a warehouse.
Logistics | Stock   | Storage    | Where goods lie.
"""
CATEGORIES: list[Row] = [
    dict(
        zip(
            ("Glossary", "Parent category", "Category", "Description"),
            (part.strip() for part in line.split("|")),
            strict=True,
        )
    )
    for line in _CATEGORIES.strip().splitlines()
]


def _term(glossary: str, name: str, description: object, **more: object) -> Row:
    named = {heading.replace("_", " "): value for heading, value in more.items()}
    row = {"Glossary": glossary, "Term": name, "Description": description}
    return row | {"Custom: sap_id" if key == "sap id" else key: v for key, v in named.items()}


TERMS: list[Row] = [
    _term("Finance", "Net revenue", "Sales after returns and tax.", Synonims="Net sales"),
    _term("Finance", "Gross revenue", "Sales at list price.", Certificate="Verfied"),
    _term("Finanse", "Discount", "A price cut granted at the till."),
    _term("Finance", "", "Goods that a customer brings back.", Categories="Income"),
    _term("Finance", "Gross margin", "Net revenue less cost of goods.", Certificate="VERIFIED"),
    _term("Finance", "Gross margin", "What is left after buying the goods."),
    _term("Finance", "Price @ list", "The price before any discount."),
    _term("Finance", "Markdown", "#N/A", Categories="Income"),
    _term("Finance", "Refund", "Money given back.", Abbreviation='=UPPER("ref")'),
    _term("Finance", "Store rent", "Rent of all stores.", sap_id=19100450012300457),
    _term("Finance", "Wages", "Pay of our own people.", sap_id="00419", Certificate="DRAFT"),
    _term("Finance", "Interest income", "What banks pay us.", Categories="Incme"),
    _term("Finance", "Bank charges", "What banks take from us.", Categories="Other"),
    _term("Finance", "EBITDA", "Profit before depreciation.", See_also="Net revenu"),
    _term("Finance", "Cost of goods sold", "Purchase cost.", Starred="maybe"),
    _term("Logistics", "Pallet", "A wooden base for goods.", Announcement_type="warnning"),
    _term("Logistics", "Dock door", "Where a lorry is unloaded.", Action="remove"),
    _term("Logistics", "Pick list", "What to fetch for an order.", Owners="j.brandt; a.rossi"),
]

LINKS: list[Row] = [
    {
        "Glossary": "Finance",
        "Term": "Net revenue",
        "Title": "Handbook",
        "URL": "https://wiki.example.com/handbook/revenue",
    },
    {
        "Glossary": "Finance",
        "Term": "Net revenue",
        "Title": "Dashboard",
        "URL": "javascript:alert('hello')",
    },
    {
        "Glossary": "Logistics",
        "Term": "Pick list",
        "Title": "How to pick",
        "URL": "www.example.com/picking",
    },
    {"Glossary": "Finance", "Term": "Wages", "Title": "", "URL": "https://wiki.example.com/wages"},
]


def tables() -> list[Table]:
    """Return the four sheets; `Synonims` is misspelt on purpose."""
    return [
        Table(
            sheet="Glossaries",
            headings={"Glossary": 16, "Description": 40, "Owners": 16},
            rows=GLOSSARIES,
        ),
        Table(
            sheet="Categories",
            headings={"Glossary": 16, "Category": 20, "Parent category": 20, "Description": 40},
            rows=CATEGORIES,
            colour="4A6B4F",
        ),
        Table(
            sheet="Terms",
            headings={
                "Glossary": 13,
                "Term": 20,
                "Description": 40,
                "Categories": 14,
                "Certificate": 16,
                "Owners": 20,
                "Abbreviation": 15,
                "Synonims": 18,
                "See also": 16,
                "Announcement type": 17,
                "Starred": 11,
                "Custom: sap_id": 21,
                "Action": 10,
            },
            rows=TERMS,
            choices={"Certificate": ("VERIFIED", "DRAFT", "DEPRECATED")},
            formats={"Custom: sap_id": "0"},
            colour="7A4B2F",
        ),
        Table(
            sheet="Links",
            headings={"Glossary": 16, "Term": 20, "Title": 20, "URL": 46},
            rows=LINKS,
            colour="5B4A73",
        ),
    ]
