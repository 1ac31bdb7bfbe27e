"""Undoing random imports one by one restores the state before each."""

import random

import pytest

from tests.pipeline.bench import building, category, desk, floor, glossary, link, space, term
from tests.pipeline.test_undo import rooms, without_ids, words

SEEDS = range(6)


def without_places(found):
    """Drop qualifiedName: the server makes another for each place of an entity."""
    for _, attributes, _, _ in found.values():
        attributes.pop("qualifiedName", None)
    return found


def random_words(chance, guids):
    """Glossaries, categories, terms and links that set, empty, move, rename and delete."""
    pick = chance.choice
    glossaries = [
        glossary(
            name,
            Usage=pick(["", "u", "v", "<clear>"]),
            Readme=pick(["", "one", "two"]),
            Certificate=pick(["", "VERIFIED", "DRAFT", "<clear>"]),
            **{"Certificate message": pick(["", "m", "<clear>"])},
        )
        for name in ("Finance", "Sales")
    ]
    categories = []
    for name in "CDE":
        if chance.random() < 0.7:
            parent = pick(["", *(row["Category"] for row in categories)])
            categories.append(category(name, parent, Description=pick(["", "d", "e"])))
    names = [name for name in "ABNM" if chance.random() < 0.75]
    terms = [_random_term(chance, name, names, categories, guids) for name in names]
    links = [
        link(row["Term"], pick(["T", "U"]), f"https://example.org/{chance.randint(1, 3)}")
        for row in terms
        if row["Glossary"] == "Finance" and chance.random() < 0.5
    ]
    sheets = {"Glossaries": glossaries, "Categories": categories, "Terms": terms, "Links": links}
    return {name: rows for name, rows in sheets.items() if rows}


def _random_term(chance, name, names, categories, guids):
    pick = chance.choice
    others = ["", "", "<clear>", *(other for other in names if other != name)]
    row = term(
        name,
        Description=pick(["", "x", "y", "<clear>"]),
        Tags=pick(["", "PII", "<clear>", "+PII", "-PII"]),
        Owners=pick(["", "ann; bob", "<clear>", "+cid"]),
        Categories=pick(["", "<clear>", *(one["Category"] for one in categories)]),
        Announcement_type=pick(["", "information", "<clear>"]),
        Announcement_title=pick(["", "t"]),
        **{heading: pick(others) for heading in ("Synonyms", "Is a", "Replaced by")},
    )
    if name in guids and chance.random() < 0.15:
        moved = {"Glossary": pick(["Finance", "Sales"]), "Categories": ""}
        return row | moved | {"GUID": guids[name], "Term": pick([name, f"{name}9"])}
    return row | ({"Action": "delete"} if chance.random() < 0.15 else {})


def random_rooms(chance, _guids):
    """Buildings, floors, spaces and desks that set, empty, move and delete."""
    pick = chance.choice
    buildings = [
        building(name, Seats=pick(["", 1, 2, "<clear>"]), Address=pick(["", "a", "b"]))
        for name in ("HQ", "Annex")
    ]
    floors = [
        floor(name, pick(["HQ", "Annex"]), Capacity=pick(["", 5, 6])) | {"External ID": f"F{name}"}
        for name in "123"
        if chance.random() < 0.8
    ]
    spaces, desks = [], []
    for name in "LM" if floors else "":
        on = pick(floors)
        more = {"Property: k": pick(["", "1", "2", "<clear>"])}
        spaces.append(space(name, on["Floor"], on["Building"], Description=pick(["", "p"]), **more))
    for name in "DEF" if floors else "":
        on = pick(floors)
        here = [one["Space"] for one in spaces if one["Floor"] == on["Floor"]]
        seats, place = pick(["", 1, "<clear>"]), pick(["", "<clear>", *here])
        desks.append(desk(name, on["Floor"], on["Building"], Seats=seats, Space=place))
    for row in (*spaces, *desks):
        if chance.random() < 0.2:
            row["Action"] = "delete"
    sheets = {"Buildings": buildings, "Floors": floors, "Spaces": spaces, "Desks": desks}
    return {name: rows for name, rows in sheets.items() if rows}


SYSTEMS = {
    "atlan-glossary": (random_words, lambda bench: without_places(words(bench))),
    "trebellar-portfolio": (random_rooms, lambda bench: without_ids(rooms(bench))),
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("template", SYSTEMS)
def test_runs_are_undone_one_after_another(bench, template, seed):
    """An object that was deleted and restored under another id is found by that id."""
    made, state = SYSTEMS[template]
    chance = random.Random(seed)
    states, runs = [state(bench)], []
    for _ in range(3):
        guids = {name: one["guid"] for name, one in bench.atlan.terms().items()}
        sheets = made(chance, guids)
        runs.append(bench.run(sheets, template=template, allow_mass_change=True))
        states.append(state(bench))
    for run, before in zip(reversed(runs), reversed(states[:-1]), strict=True):
        undone = bench.undo(run)
        codes = {finding.code for finding in undone.findings}
        assert (undone.exit_status, codes - {"not_restored", "deleted_for_good"}) == (0, set())
        assert state(bench) == before


ATTACHED = {
    "Glossaries": [glossary(Readme="Of money.")],
    "Terms": [term("T", Readme="Of sums.")],
    "Links": [link("T", "Title", "https://example.org/1")],
}
DELETIONS = {
    "term": {"Terms": [term("T", Action="delete")]},
    "glossary": {
        "Glossaries": [glossary(Action="delete")],
        "Terms": [term("T", Action="delete")],
    },
}


@pytest.mark.parametrize("what", DELETIONS)
def test_an_undo_of_an_undo_deletes_again_what_has_a_readme_and_links(bench, what):
    bench.glossary(ATTACHED)
    there = words(bench)
    run = bench.glossary(DELETIONS[what])
    gone = words(bench)
    for expected in (there, gone, there):
        run = bench.undo(run)
        assert (run.exit_status, words(bench)) == (0, expected)
