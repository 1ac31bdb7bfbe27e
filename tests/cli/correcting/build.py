"""A correction of a small list, and pages as the text that they show."""

from importer.cli.correcting.correction import Correction
from importer.cli.correcting.ending import Ending
from importer.cli.correcting.page import Stopped, Taken
from importer.pipeline.preview import Preview, Sample
from importer.pipeline.propose import read_lists
from importer.spreadsheet import TextForm

ROOMS = """Raumliste Haus Nord;;;;
Gebäude;Etage;Raumnummer;Plätze;Schlagwort
Haus Nord;EG;0.01;4;hell
Haus Nord;EG;0.02;6;
Haus Nord;1. OG;1.01;12;laut
Haus Süd;EG;S 0.01;20;hell
Haus Süd;EG;S 0.02;4;laut
"""
WIDTH, HEIGHT = 79, 24


def correction(folder, text=ROOMS, name="räume"):
    """Return the correction of a list that is written into a folder."""
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    lists = read_lists([path], TextForm())
    return Correction(lists, lists.propose())


def begun(found, *, refused="", asks_name=True):
    """Return the first page of a dialogue whose preview is always the same."""
    made = Preview(5, 4, [Sample(3, "space", {"Plätze": "4"})], [])
    return Ending(lambda _: [made], lambda *_: refused, "rooms", asks_name).begin(found)


def pressed(page, *keys):
    """Return what follows some keys, one after the other."""
    for key in keys:
        page = page.press(key)
    return page


def picked(page, words):
    """Return what follows when words are searched for and the first find is taken."""
    return pressed(page, *words, "enter")


def shown(page):
    """Return what a page shows on a terminal of 80 columns and 24 lines."""
    lines = page.lines(WIDTH, HEIGHT)
    texts = ["".join(piece.text for piece in line) for line in lines]
    assert len(texts) <= HEIGHT
    assert all(len(text) <= WIDTH for text in texts)
    return "\n".join(texts)


def fields(page):
    """Return the field of each column of the sheet that a page shows."""
    sheet = page.correction.sheet(page.sheet)
    return {column.column: column.field for column in sheet.columns}


__all__ = ["Stopped", "Taken", "begun", "correction", "fields", "picked", "pressed", "shown"]
