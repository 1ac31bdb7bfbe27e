"""Lists that arrive as text files: assets, more terms, desks with umlauts in their names."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from data.making.table import Row

ASSET_HEADINGS = ("Type", "Qualified name", "Name", "Description", "Certificate", "Owners", "Terms")
SALES = "default/snowflake/1700000000/SHOP/SALES"
ASSETS: list[Row] = [
    {
        "Type": "Table",
        "Qualified name": f"{SALES}/ORDERS",
        "Name": "ORDERS",
        "Description": "One row per order, returns included.",
        "Certificate": "VERIFIED",
        "Owners": "t.okafor",
    },
    {
        "Type": "Column",
        "Qualified name": f"{SALES}/ORDERS/NET_AMOUNT",
        "Name": "NET_AMOUNT",
        "Description": "Without tax, in the currency of the shop.",
        "Terms": "Net revenue@Finance",
    },
    {
        "Type": "TableauWorkbook",
        "Qualified name": "default/tableau/1700000001/month-end",
        "Name": "Month-end",
        "Description": "What the board sees on the third working day.",
        "Terms": "Net revenue@Finance; Gross margin@Finance",
    },
]
"""Assets of other systems: those that `importer demo` puts into its sandbox, then describes."""

TERM_HEADINGS = (
    "Glossary",
    "Term",
    "Description",
    "Categories",
    "Certificate",
    "Owners",
    "Tags",
    "Abbreviation",
    "Examples",
    "Synonyms",
    "See also",
    "Is a",
)
TERMS: list[Row] = [
    {
        "Glossary": "Finance",
        "Term": "Freight surcharge",
        "Description": "Added by carriers in peak season.",
        "Categories": "Freight",
        "Certificate": "VERIFIED",
        "Owners": "t.okafor",
        "See also": "Inbound freight",
    },
    {
        "Glossary": "Finance",
        "Term": "Fuel surcharge",
        "Description": 'What carriers call a "floater".',
        "Categories": "Freight",
        "Certificate": "DRAFT",
        "Owners": "t.okafor",
        "Abbreviation": "BAF",
        "Is a": "Freight surcharge",
    },
    {
        "Glossary": "Finance",
        "Term": "Incoterm",
        "Description": "Who pays for freight, and how far.",
        "Categories": "Freight",
        "Certificate": "VERIFIED",
        "Owners": "t.okafor",
        "Tags": "Public",
        "Examples": "DAP\nFCA\nDDP",
    },
    {
        "Glossary": "Finance",
        "Term": "Landed cost",
        "Description": "Purchase price, freight, customs.",
        "Categories": "Cost of sales",
        "Certificate": "VERIFIED",
        "Owners": "i.lindqvist",
        "Tags": "Confidential",
        "Abbreviation": "LC",
        "See also": "Inbound freight; Cost of goods sold",
    },
    {
        "Glossary": "Finance",
        "Term": "Café revenue",
        "Description": "Net revenue of cafés in our stores.",
        "Categories": "Revenue",
        "Certificate": "DRAFT",
        "Owners": "t.okafor",
        "Is a": "Net revenue",
    },
    {
        "Glossary": "Finance",
        "Term": "Rental revenue",
        "Description": "Skis, tents and bikes by the day.",
        "Categories": "Revenue",
        "Certificate": "VERIFIED",
        "Owners": "t.okafor",
        "Examples": "Bike: 29 € a day",
        "Synonyms": "Hire income",
        "Is a": "Net revenue",
    },
    {
        "Glossary": "Finance",
        "Term": "Hire income",
        "Description": "British for rental revenue.",
        "Categories": "Revenue",
        "Certificate": "DRAFT",
        "Owners": "t.okafor",
        "Synonyms": "Rental revenue",
    },
    {
        "Glossary": "Customer",
        "Term": "Size profile",
        "Description": "Shoe, glove and jacket size.",
        "Categories": "Person",
        "Certificate": "DRAFT",
        "Owners": "m.ferreira",
        "Tags": "PII; GDPR",
        "Examples": "EU 42; glove 8",
    },
    {
        "Glossary": "Customer",
        "Term": "Wish list",
        "Description": "Kept for later, not in the basket.",
        "Categories": "Orders",
        "Certificate": "VERIFIED",
        "Owners": "m.ferreira",
        "See also": "Basket",
    },
    {
        "Glossary": "Customer",
        "Term": "Pre-order",
        "Description": "Ordered before it is in stock.",
        "Categories": "Orders",
        "Certificate": "VERIFIED",
        "Owners": "m.ferreira",
        "See also": "Deferred revenue@Finance",
        "Is a": "Order",
    },
    {
        "Glossary": "Customer",
        "Term": "Repair request",
        "Description": "Goods sent in to be mended.",
        "Categories": "Service",
        "Certificate": "DRAFT",
        "Owners": "m.ferreira",
        "Abbreviation": "RMA",
        "See also": "Complaint",
    },
    {
        "Glossary": "Customer",
        "Term": "Referral",
        "Description": "A customer brought by another.",
        "Categories": "Value",
        "Certificate": "DRAFT",
        "Owners": "m.ferreira",
        "See also": "Summit Club member",
    },
]

_REMARKS = (
    "Höhenverstellbar; Fensterplatz",
    'Monitor 27" defekt',
    "Für Gäste",
    "Nähe Küche",
    "",
    "Nur mit Schlüssel (Empfang)",
)
_FLOORS = ("Erdgeschoss", "1. Obergeschoss", "2. Obergeschoss")
DESK_HEADINGS = (
    "External ID",
    "Desk",
    "Building",
    "Floor",
    "Space",
    "Bookable",
    "Property: Bemerkung",
)
DESKS: list[Row] = [
    {
        "External ID": f"MUC-01-S{number:02}",
        "Desk": f"Südflügel {number}",
        "Building": "Isarhöfe",
        "Floor": _FLOORS[number % 3],
        "Space": f"Open area {number % 3}",
        "Bookable": "no" if remark.startswith("Nur") else "yes",
        "Property: Bemerkung": remark,
    }
    for number, remark in enumerate(_REMARKS * 2, start=1)
]


def delimited(
    headings: Sequence[str], rows: Sequence[Row], delimiter: str = ",", line_ending: str = "\n"
) -> str:
    """Return the text of a delimited file; cells are quoted if necessary."""
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, "", delimiter=delimiter, lineterminator=line_ending)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
