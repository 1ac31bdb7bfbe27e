"""The portfolio of a firm with offices in three cities: buildings down to desks and sensors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random

from data.making.table import Row, Table

BUILDINGS: list[Row] = [
    {
        "External ID": "HAM-01",
        "Building": "Speicherhaus",
        "Address": "Am Sandtorkai 30, 20457 Hamburg",
        "Timezone": "Europe/Berlin",
        "Latitude": 53.5437,
        "Longitude": 9.9897,
        "Status": "active",
        "Seats": 92,
        "Capacity": 130,
        "Headcount": 84,
        "Rentable sqft": 21500,
        "Business hours start": "07:30",
        "Business hours end": "19:00",
        "Business days": "monday; tuesday; wednesday; thursday; friday",
        "Holidays": "2026-04-03\n2026-04-06\n2026-05-01\n2026-12-25",
        "Location group": "North",
        "Photos": "https://photos.example.com/ham-01/front.jpg\n"
        "https://photos.example.com/ham-01/lobby.jpg",
        "Property: Cost centre": "0047110",
    },
    {
        "External ID": "MUC-01",
        "Building": "Isarhöfe",
        "Address": "Zweibrückenstraße 12, 80331 München",
        "Timezone": "Europe/Berlin",
        "Latitude": 48.1326,
        "Longitude": 11.5833,
        "Status": "In use",
        "Seats": 78,
        "Capacity": 110,
        "Headcount": 68,
        "Rentable sqft": 18250,
        "Business hours start": "08:00",
        "Business hours end": "18:00",
        "Business days": "monday; tuesday; wednesday; thursday; friday",
        "Holidays": "2026-01-06\n2026-04-03\n2026-05-01\n2026-08-15\n2026-12-25",
        "Location group": "South",
        "Photos": "https://photos.example.com/muc-01/yard.jpg",
        "Property: Cost centre": "0047120",
    },
    {
        "External ID": "LIS-01",
        "Building": "Doca 9",
        "Address": "Rua da Cintura do Porto 9, 1950-326 Lisboa",
        "Timezone": "Europe/Lisbon",
        "Latitude": 38.7369,
        "Longitude": -9.1008,
        "Status": "pending_new",
        "Seats": 44,
        "Capacity": 60,
        "Rentable sqft": 9800,
        "Business hours start": "09:00",
        "Business hours end": "18:30",
        "Business days": "monday; tuesday; wednesday; thursday; friday",
        "Holidays": "2026-04-25\n2026-06-10\n2026-06-13\n2026-12-25",
        "Location group": "South",
        "Photos": "https://photos.example.com/lis-01/quay.jpg",
        "Property: Cost centre": "0047230",
    },
]
_FLOORS = {
    "HAM-01": ("Ground floor", "1st floor", "2nd floor", "3rd floor"),
    "MUC-01": ("Erdgeschoss", "1. Obergeschoss", "2. Obergeschoss"),
    "LIS-01": ("Piso 0", "Piso 1"),
}
_DESKS = {"HAM-01": 23, "MUC-01": 22, "LIS-01": 22}
"""Desks on each floor."""

_ROOMS = {
    "HAM-01": "Alster Bille Elbe Este Luhe Oste Schwinge Stör Trave Wakenitz Wandse Tarpenbek",
    "MUC-01": "Amper Iller Inn Isen Lech Loisach Mangfall Paar Vils Würm Altmühl Regen",
    "LIS-01": "Douro Lima Minho Mondego Sado Tejo Tua Vouga",
}
"""Meeting rooms carry the names of rivers of the region."""

_FEATURES = (
    "Screen and whiteboard",
    "Video conferencing for eight",
    "Standing table, no screen",
    "Wheelchair access, hearing loop",
    "",
)


def _name(external_id: str) -> str:
    return str(next(row["Building"] for row in BUILDINGS if row["External ID"] == external_id))


def _floors() -> Iterator[Row]:
    for building, floors in _FLOORS.items():
        for number, floor in enumerate(floors):
            yield {
                "External ID": f"{building}-F{number}",
                "Floor": floor,
                "Building": _name(building),
                "Seats": _DESKS[building],
                "Capacity": 34,
                "Effective from": dt.date(2026, 4, 1) if building == "LIS-01" else None,
            }


def _spaces(chance: Random) -> Iterator[Row]:
    """Yield an open area for each floor, and the rooms of the building spread over its floors."""
    for building, floors in _FLOORS.items():
        rooms = _ROOMS[building].split()
        for number, floor in enumerate(floors):
            place = {"Building": _name(building), "Floor": floor}
            names = [f"Open area {number}", *rooms[number :: len(floors)]]
            for index, name in enumerate(names):
                code = {"External ID": f"{building}-{number}.{index:02}", "Space": name}
                yield {**code, **place, **(_room(chance) if index else _OPEN)}


_OPEN = {"Space type": "open area", "Bookable": "no", "Seats": 24, "Capacity": 30}


def _room(chance: Random) -> Row:
    if chance.random() < 0.3:
        return {"Space type": "phone booth", "Bookable": "no", "Seats": 1, "Capacity": 1}
    seats = chance.choice((4, 6, 8, 12))
    return {
        "Space type": "meeting room",
        "Bookable": "yes",
        "Seats": seats,
        "Capacity": seats + seats // 4,
        "Description": chance.choice(_FEATURES) or None,
    }


def _desks(chance: Random) -> Iterator[Row]:
    """Yield the desks of each open area, in rows A, B, C; a few of them cannot be booked."""
    for building, floors in _FLOORS.items():
        for number, floor in enumerate(floors):
            for place in range(_DESKS[building]):
                label = f"{number}{'ABC'[place // 8]}-{place % 8 + 1:02}"
                yield {
                    "External ID": f"{building}-{label}",
                    "Desk": label,
                    "Building": _name(building),
                    "Floor": floor,
                    "Space": f"Open area {number}",
                    "Bookable": "no" if chance.random() < 0.12 else "yes",
                    "Property: Cost centre": f"00471{chance.randint(10, 39)}",
                    "Property: Monitor": chance.choice(("27 inch", "34 inch wide", None)),
                }


_SENSOR_GROUPS: list[Row] = [
    {"Sensor group": "Lobby counters", "Building": "Speicherhaus", "Floor": "Ground floor"},
    {"Sensor group": "Air quality 1", "Building": "Speicherhaus", "Floor": "1st floor"},
    {"Sensor group": "Hofeingang", "Building": "Isarhöfe", "Floor": "Erdgeschoss"},
]
_SENSORS = """
Door counter north | A81758FFFE03D5C2 | north-1 | Speicherhaus | Ground floor | Lobby counters
Door counter south | A81758FFFE03D5C3 | south-1 | Speicherhaus | Ground floor | Lobby counters
Air quality west | 24E124710B423527 | aq-1-west | Speicherhaus | 1st floor | Air quality 1
Air quality east | 24E124710B423528 | aq-1-east | Speicherhaus | 1st floor | Air quality 1
Hofzähler | A81758FFFE0419AB | hof-1 | Isarhöfe | Erdgeschoss | Hofeingang
Thermometer Tejo | 0004A30B001C0530 | temp-tejo | Doca 9 | Piso 1 |
"""


def _sensors() -> Iterator[Row]:
    names = ("Sensor", "Sensor ID", "Sensor name", "Building", "Floor", "Sensor group")
    for line in _SENSORS.strip().splitlines():
        yield dict(zip(names, (part.strip() for part in line.split("|")), strict=True))


def tables(chance: Random) -> list[Table]:
    """Return the six sheets of the portfolio workbook."""
    place = {"Building": 18, "Floor": 18}
    yes_no = {"Bookable": ("yes", "no")}
    counts = {"Seats": 9, "Capacity": 12}
    statuses = ("active", "mothball", "reserve", "pending_exit", "pending_new", "new", "closed")
    text = {"External ID": "@", "Property: Cost centre": "@"}
    return [
        Table(
            sheet="Buildings",
            title="Office portfolio, as of January 2026",
            headings={
                "External ID": 14,
                "Building": 16,
                "Address": 34,
                "Timezone": 17,
                "Latitude": 11,
                "Longitude": 12,
                "Status": 15,
                **counts,
                "Headcount": 13,
                "Rentable sqft": 13,
                "Business hours start": 15,
                "Business hours end": 15,
                "Business days": 24,
                "Holidays": 20,
                "Location group": 12,
                "Photos": 46,
                "Property: Cost centre": 14,
            },
            rows=BUILDINGS,
            choices={"Status": statuses},
            formats=text | {"Latitude": "0.0000", "Longitude": "0.0000", "Rentable sqft": "#,##0"},
        ),
        Table(
            sheet="Floors",
            headings={"External ID": 14, "Floor": 18, "Building": 18, **counts}
            | {"Effective from": 14},
            rows=list(_floors()),
            formats=text | {"Effective from": "yyyy-mm-dd"},
            colour="4A6B4F",
        ),
        Table(
            sheet="Spaces",
            headings={"External ID": 24, "Space": 18, **place, "Space type": 16, "Bookable": 12}
            | counts
            | {"Description": 34},
            rows=list(_spaces(chance)),
            choices=yes_no,
            formats=text,
            colour="7A4B2F",
        ),
        Table(
            sheet="Desks",
            headings={"External ID": 15, "Desk": 11, **place, "Space": 16, "Bookable": 12}
            | {"Property: Cost centre": 14, "Property: Monitor": 16},
            rows=list(_desks(chance)),
            choices=yes_no,
            formats=text,
            colour="5B4A73",
        ),
        Table(
            sheet="Sensor groups",
            headings={"Sensor group": 20, **place},
            rows=_SENSOR_GROUPS,
            colour="33686B",
        ),
        Table(
            sheet="Sensors",
            headings={"Sensor": 22, "Sensor ID": 20, "Sensor name": 18, **place}
            | {"Sensor group": 18},
            rows=list(_sensors()),
            formats={"Sensor ID": "@"},
            colour="6B6433",
        ),
    ]
