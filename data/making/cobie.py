"""A COBie workbook of one building, with the sheets that are not imported too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import PatternFill

MADE = ["m.weber@example.com", "2026-02-03T10:00:00"]
TOOL = ["Modeller 4", "n/a"]
UNITS = ["millimeters", "squaremeters", "cubicmeters", "Euros", "NIA"]
MODEL = ["Modeller 4", "Project", "pr-1", "Site", "si-1", "Building", "fa-1"]
ABOUT = ["Offices", "n/a", "n/a", "Handover"]
REQUIRED, OTHER = PatternFill("solid", fgColor="FFFF99"), PatternFill("solid", fgColor="CC99FF")

HEADINGS = {
    "Instruction": "Title,Version,Release,Status",
    "Contact": "Email,CreatedBy,CreatedOn,Category,Company,Phone",
    "Facility": "Name,CreatedBy,CreatedOn,Category,ProjectName,SiteName,LinearUnits,AreaUnits,"
    "VolumeUnits,CurrencyUnit,AreaMeasurement,ExternalSystem,ExternalProjectObject,"
    "ExternalProjectIdentifier,ExternalSiteObject,ExternalSiteIdentifier,ExternalFacilityObject,"
    "ExternalFacilityIdentifier,Description,ProjectDescription,SiteDescription,Phase",
    "Floor": "Name,CreatedBy,CreatedOn,Category,ExtSystem,ExtObject,ExtIdentifier,Description,"
    "Elevation,Height",
    "Space": "Name,CreatedBy,CreatedOn,Category,FloorName,Description,ExtSystem,ExtObject,"
    "ExtIdentifier,RoomTag,UsableHeight,GrossArea,NetArea",
    "Zone": "Name,CreatedBy,CreatedOn,Category,SpaceNames,ExtSystem,ExtObject,ExtIdentifier,"
    "Description",
    "Type": "Name,CreatedBy,CreatedOn,Category,Description,AssetType,Manufacturer,ModelNumber",
    "Component": "Name,CreatedBy,CreatedOn,TypeName,Space,Description,ExtSystem,ExtObject,"
    "ExtIdentifier,SerialNumber,InstallationDate,WarrantyStartDate,TagNumber,BarCode,"
    "AssetIdentifier",
    "System": "Name,CreatedBy,CreatedOn,Category,ComponentNames,ExtSystem,ExtObject,"
    "ExtIdentifier,Description",
    "Document": "Name,CreatedBy,CreatedOn,Category,ApprovalBy,Stage,SheetName,RowName,Directory,"
    "File",
    "Attribute": "Name,CreatedBy,CreatedOn,Category,SheetName,RowName,Value,Unit,ExtSystem,"
    "ExtObject,ExtIdentifier,Description,AllowedValues",
    "PickLists": "ApprovalBy,AreaUnit,AssetType,Category-Facility",
}


def _floor(name: str, identifier: str, elevation: int) -> list[object]:
    return [name, *MADE, "Floor", *TOOL, identifier, "n/a", elevation, 3600]


def _space(name: str, category: str, floor: str, about: str, identifier: str) -> list[object]:
    return [name, *MADE, category, floor, about, *TOOL, identifier, name, "n/a", 24.5, 22]


def _component(name: str, type_name: str, space: str, identifier: str) -> list[object]:
    return [name, *MADE, type_name, space, "n/a", *TOOL, identifier, *["n/a"] * 6]


ROWS: Mapping[str, Sequence[Sequence[object]]] = {
    "Instruction": [["Handover", "2.4", "1", "Draft"]],
    "Contact": [[*MADE[:1], *MADE, "Architect", "Weber & Sons", "+49 30 000000"]],
    "Facility": [
        ["Campus Nord 4", *MADE, "Office", "New build", "Campus Nord", *UNITS, *MODEL, *ABOUT]
    ],
    "Floor": [_floor("00 Ground", "fl-0", 0), _floor("01 First", "fl-1", 3600)],
    "Space": [
        _space("0.01", "13-85 11 00: Lobby", "00 Ground", "Reception", "sp-1"),
        _space("1.01", "13-55 11 00 : Office", "01 First", "n/a", "sp-2"),
        _space("1.02", "13-55 11 00 : Office", "01 First", "Corner office", "sp-3"),
    ],
    "Zone": [["Fire zone 1", *MADE, "Fire Alarm Zone", "0.01,1.01", *TOOL, "n/a", "n/a"]],
    "Type": [["Desk 1600", *MADE, "Furniture", "A desk", "Moveable", "n/a", "D16"]],
    "Component": [
        _component("Desk 1.01-1", "Desk 1600", "1.01", "co-1"),
        _component("Desk 1.01-2", "Desk 1600", "1.01", "co-2"),
        _component("Lamp 1.01-1", "Desk lamp", "1.01", "co-3"),
        _component("WS 1.02-1", "Workstation, sit-stand", "1.02", "co-4"),
        _component("AHU-1", "Air handling unit", "0.01", "co-5"),
    ],
    "System": [["Air", *MADE, "HVAC", "AHU-1", *TOOL, "n/a", "n/a"]],
    "Document": [["Manual", *MADE, "Manual", "n/a", "As built", "Type", "Desk 1600", "n/a", "d"]],
    "Attribute": [["Colour", *MADE, "n/a", "Type", "Desk 1600", "White", "n/a", *TOOL, "n/a"]],
    "PickLists": [["All", "squaremeters", "Fixed", "Office"]],
}


def workbook() -> Workbook:
    """Return the workbook; COBie colours its headings by whether they are required."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, headings in HEADINGS.items():
        sheet = book.create_sheet(name)
        sheet.append(headings.split(","))
        for cell in sheet[1]:
            cell.fill = OTHER if str(cell.value).startswith("Ext") else REQUIRED
        for row in ROWS[name]:
            sheet.append(list(row))
    return book
