"""Import terms as a script does that somebody writes in an afternoon.

pandas reads with openpyxl, jsonschema checks each row, requests posts 20 at a time, and openpyxl
writes what became of each row into the workbook.
"""

import sys

import openpyxl
import pandas as pd
import requests
from jsonschema import Draft202012Validator

TEXT = {"type": "string"}
SCHEMA = {
    "type": "object",
    "required": ["typeName", "attributes"],
    "properties": {
        "attributes": {
            "type": "object",
            "required": ["name", "qualifiedName"],
            "properties": {
                "name": {"type": "string", "minLength": 1},
                "userDescription": TEXT,
                "certificateStatus": {"enum": ["VERIFIED", "DRAFT", "DEPRECATED"]},
                "ownerUsers": {"type": "array", "items": TEXT},
                "abbreviation": TEXT,
                "usage": TEXT,
                "examples": {"type": "array", "items": TEXT},
                "announcementMessage": TEXT,
            },
        }
    },
}


def entity(number, row):
    """Map a row."""
    values = {
        "name": row["Term"],
        "qualifiedName": f"-{number}",
        "userDescription": row["Description"],
        "certificateStatus": row["Certificate"],
        "ownerUsers": [row["Owners"]] if row["Owners"] else None,
        "abbreviation": row["Abbreviation"],
        "usage": row["Usage"],
        "examples": [str(row["Examples"])],
        "announcementMessage": str(row["Announcement message"]),
    }
    attributes = {name: value for name, value in values.items() if value}
    anchor = {"typeName": "AtlasGlossary", "guid": row["Glossary"]}
    related = {"relationshipAttributes": {"anchor": anchor}}
    head = {"typeName": "AtlasGlossaryTerm", "guid": f"-{number}"}
    return {**head, "attributes": attributes, **related}


def main(url, path):
    """Import the workbook's first sheet and write the outcome into it."""
    table = pd.read_excel(path, engine="openpyxl", keep_default_na=False)
    validator, session, outcome, waiting = Draft202012Validator(SCHEMA), requests.Session(), {}, []
    for number, row in table.iterrows():
        made = entity(number + 1, row)
        errors = [error.message for error in validator.iter_errors(made)]
        outcome[number] = "; ".join(errors)
        if not errors:
            waiting.append(made)
        if len(waiting) == 20:
            post(session, url, waiting)
    if waiting:
        post(session, url, waiting)
    write_back(path, outcome)


def post(session, url, waiting):
    """Post what waits, and forget it."""
    headers = {"Authorization": "Bearer key"}
    path = "/api/meta/entity/bulk"
    session.post(url + path, json={"entities": waiting}, headers=headers).raise_for_status()
    waiting.clear()


def write_back(path, outcome):
    """Write a column of outcomes."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = sheet.max_column + 1
    sheet.cell(1, column, "import_status")
    for number, errors in outcome.items():
        sheet.cell(number + 2, column, errors or "created")
    book.save(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
