"""A flat list of rooms, as a facility manager keeps it: each row repeats its building."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from data.making.table import Row, Table

_BUILDINGS: dict[str, Row] = {
    "BRS": {
        "Building": "Harbour Court",
        "Street": "14 Welsh Back",
        "City": "Bristol",
        "Country": "United Kingdom",
        "Timezone": "Europe/London",
        "Building status": "In use",
    },
    "LDS": {
        "Building": "Canal Wharf",
        "Street": "3 Water Lane",
        "City": "Leeds",
        "Country": "United Kingdom",
        "Timezone": "Europe/London",
        "Building status": "Pending exit",
    },
}
_FLOORS = {"BRS": ("Ground", "First", "Second"), "LDS": ("Ground", "First")}
_ROOMS = {
    "BRS": "Avon Brunel Cabot Clifton Frome Kingsdown Redcliffe Severn Stokes Temple",
    "LDS": "Aire Calder Holbeck Kirkstall Roundhay Temple Wharfe Whinmoor",
}
_TYPES = ("Meeting", "Mtg", "Office", "Office", "Office", "PH")
_SEATS = {"Meeting": (6, 8, 10), "Mtg": (4, 6), "Office": (2, 3), "PH": (1,)}
_NOTES = ("Ask reception for the key", "Blinds are broken", "Carpet replaced in May", None, None)


def _rooms(chance: Random) -> Iterator[Row]:
    for code, building in _BUILDINGS.items():
        for number, floor in enumerate(_FLOORS[code]):
            for index, name in enumerate(_names(code, number), start=1):
                room = {"Floor": floor, "Room": name, "Room code": f"{code}-{number}-{index:02}"}
                yield {**building, **room, **_use(chance, f"{code[0]}{number}{index:02}")}


def _names(code: str, number: int) -> list[str]:
    """Return the names of the six rooms of a floor; rooms without a name have a number."""
    named = _ROOMS[code].split()[number * 4 : number * 4 + 4]
    return [*named, *(f"{number}.{index:02}" for index in range(len(named) + 1, 7))]


def _use(chance: Random, short: str) -> Row:
    kind = chance.choice(_TYPES)
    seats = chance.choice(_SEATS[kind])
    desks = range(1, seats + 1) if kind == "Office" else ()
    return {
        "Room type": kind,
        "Bookable": "x" if kind in ("Meeting", "Mtg") else "no",
        "Seats": seats,
        "Capacity": seats + 2 if seats > 1 else 1,
        **{f"Desk {number}": f"{short}-{number}" for number in desks},
        "Notes": chance.choice(_NOTES),
    }


def tables(chance: Random) -> list[Table]:
    """Return the sheet of the room list."""
    return [
        Table(
            sheet="Rooms",
            title="Rooms in Bristol and Leeds",
            headings={
                "Building": 16,
                "Street": 18,
                "City": 12,
                "Country": 18,
                "Timezone": 17,
                "Building status": 17,
                "Floor": 10,
                "Room": 14,
                "Room code": 13,
                "Room type": 12,
                "Bookable": 12,
                "Seats": 9,
                "Capacity": 12,
                "Desk 1": 11,
                "Desk 2": 11,
                "Desk 3": 11,
                "Notes": 28,
            },
            rows=list(_rooms(chance)),
            choices={"Room type": ("Meeting", "Office", "PH"), "Bookable": ("x", "no")},
            formats={"Room code": "@", "Room": "@"},
        )
    ]
