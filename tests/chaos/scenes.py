"""Workbooks to import under faults, and the comparison of the outcomes with the target."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field

from tests.pipeline.bench import building, category, desk, floor, glossary, link, space, term

TYPES = {
    "Glossaries": "AtlasGlossary",
    "Categories": "AtlasGlossaryCategory",
    "Terms": "AtlasGlossaryTerm",
    "Links": "Link",
}


REFUSED = (7, 31)
"""The numbers of the terms that the target refuses, because of their owner."""


@dataclass
class Scene:
    """What exists before, what is imported, and where each row is in the target.

    `name_of` gives what a row is called in the target, `right` whether an entity is as its row
    says.
    """

    name: str
    system: str
    template: str
    sheets: dict[str, list[dict]]
    before: dict[str, list[dict]] = field(default_factory=dict)
    name_of: Callable[[str, dict], tuple] = lambda sheet, row: (sheet, row)
    right: Callable[[str, dict, dict], bool] = lambda sheet, row, entity: True


def scenes():
    """One of each: new things and changed things, in both systems."""
    return [new_glossary(), changed_glossary(), new_portfolio(), moved_portfolio()]


def _terms(usage):
    return [
        term(
            f"Term {n}",
            Usage=usage,
            Categories=f"Group {n % 4}",
            Synonyms=f"Term {n + 1}" if n % 3 == 0 and n + 1 not in REFUSED else "",
            Owners="http:x" if n in REFUSED else "",
        )
        for n in range(60)
    ]


def new_glossary():
    sheets = {
        "Glossaries": [glossary()],
        "Categories": [category(f"Group {n}", f"Group {n - 1}" if n % 2 else "") for n in range(4)],
        "Terms": _terms("first"),
        "Links": [
            link(f"Term {n}", f"Page {n}", f"https://example.com/{n}") for n in range(10, 30)
        ],
    }
    return Scene("a new glossary", "atlan", "atlan-glossary", sheets, {}, _entity, _used)


def changed_glossary():
    before = new_glossary().sheets
    before = {**before, "Terms": [{**row, "Owners": ""} for row in before["Terms"]]}
    sheets = {
        "Terms": _terms("second"),
        "Links": [
            {**row, "Action": "delete"} if n % 2 else {**row, "Title": f"Seite {n + 10}"}
            for n, row in enumerate(before["Links"])
        ],
    }
    return Scene("a changed glossary", "atlan", "atlan-glossary", sheets, before, _entity, _used)


def _entity(sheet, row):
    name = {"Glossaries": "Glossary", "Categories": "Category", "Terms": "Term", "Links": "URL"}
    return TYPES[sheet], row[name[sheet]]


def _used(sheet, row, entity):
    if sheet == "Terms":
        return entity["attributes"].get("usage") == row["Usage"]
    return sheet != "Links" or entity["attributes"]["name"] == row["Title"]


def new_portfolio():
    sheets = {
        "Buildings": [building("HQ"), building("Annex")],
        "Floors": [floor(str(n), "HQ") for n in range(4)] + [floor("9", "Annex")],
        "Spaces": [space(f"S{n}", str(n % 4)) for n in range(12)],
        "Desks": [
            desk(f"d{n}", str(n % 4), Space=f"S{n % 4}") | ({"External ID": None} if n % 2 else {})
            for n in range(60)
        ],
    }
    return Scene("a new portfolio", "trebellar", "trebellar-portfolio", sheets, {}, _asset)


def moved_portfolio():
    before = new_portfolio().sheets
    desks = [
        {**row, "Floor": "9", "Building": "Annex", "Space": None} for row in before["Desks"][::2]
    ]
    sheets = {"Desks": [{**row, "Seats": 2} for row in desks]}
    return Scene(
        "a moved portfolio", "trebellar", "trebellar-portfolio", sheets, before, _asset, _moved
    )


def _asset(sheet, row):
    return sheet, row[sheet.removesuffix("s")]


def _moved(_sheet, row, entity):
    return entity["parent"] == row["Floor"]


def live_by_name(scene, database):
    """Return (sheet or type, name) -> the live entities of that name, each as a dict."""
    with closing(sqlite3.connect(database)) as connection:
        found = _entities(connection) if scene.system == "atlan" else _assets(connection)
        by_name = {}
        for name, entity in found:
            by_name.setdefault(name, []).append(entity)
        return by_name


def _entities(connection):
    for kind, name, body in connection.execute(
        "SELECT type, name, body FROM entity WHERE status = 'ACTIVE'"
    ):
        entity = json.loads(body)
        yield (kind, entity["attributes"]["link"] if kind == "Link" else name), entity


SHEETS = {"STRUCTURE": "Buildings", "FLOOR": "Floors", "SPACE": "Spaces", "DESK": "Desks"}


def _assets(connection):
    rows = connection.execute("SELECT id, type, parent_id, body FROM asset").fetchall()
    labels = {number: json.loads(body)["label"] for number, _, _, body in rows}
    for number, kind, parent, _ in rows:
        yield (SHEETS[kind], labels[number]), {"parent": labels.get(parent)}


@dataclass
class Verdict:
    """The journal compared with live state."""

    duplicates: int = 0
    lost: int = 0
    wrong: int = 0
    outcomes: Counter = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def judge(scene, database, rows):
    """`rows`: (sheet, row number) -> status, by the journal."""
    there, verdict = live_by_name(scene, database), Verdict()
    verdict.duplicates = sum(len(found) - 1 for found in there.values())
    for sheet, lines in scene.sheets.items():
        for number, row in enumerate(lines, 2):
            status = rows.get((sheet, number))
            verdict.outcomes[status] += 1
            found = there.get(scene.name_of(sheet, row), [])
            if status is None or (status in HERE and not found):
                verdict.lost += 1
                verdict.notes.append(f"{sheet} {number} is {status}, and not there")
            elif _is_wrong(scene, sheet, row, status, found):
                verdict.wrong += 1
                verdict.notes.append(f"{sheet} {number} is {status}, but there: {found[:1]}")
    return verdict


HERE = ("created", "updated", "moved", "unchanged")


def judge_log(scene, requests, rows, verdict):
    """Compare the creates that were requested and granted with the outcomes of rows."""
    stated = {
        scene.name_of(sheet, row): (sheet, number)
        for sheet, lines in scene.sheets.items()
        for number, row in enumerate(lines, 2)
    }
    asked = [(name, one.granted) for one in requests for name in _added(one.body)]
    granted = Counter(name for name, yes in asked if yes)
    strange = {name for name, _ in asked if name not in stated}
    created = {name for name, place in stated.items() if rows.get(place) == "created"}
    verdict.duplicates += sum(granted.values()) - len(granted)
    verdict.wrong += len(strange | created ^ granted.keys())
    verdict.notes += [f"{name}: not in the file" for name in strange]
    verdict.notes += [
        f"{name}: created by log or outcome, not both" for name in created ^ granted.keys()
    ]


def _added(body):
    """Yield the names of the entities that a request creates."""
    body = body if isinstance(body, dict) else {}
    for entity in body.get("entities", ()):
        if str(entity.get("guid", "")).startswith("-"):
            is_link, attributes = entity["typeName"] == "Link", entity["attributes"]
            yield entity["typeName"], attributes["link" if is_link else "name"]
    for operation in body.get("operations", ()):
        if operation["type"] == "add":
            yield SHEETS[operation["asset"]["type"]], operation["asset"]["label"]


def _is_wrong(scene, sheet, row, status, found):
    if status == "unknown":
        return False  # that is what it says
    as_stated = bool(found) and scene.right(sheet, row, found[0])
    if row.get("Action") == "delete":
        return (status == "deleted") == bool(found)
    return (status in HERE) != as_stated
