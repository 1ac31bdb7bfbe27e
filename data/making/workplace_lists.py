# ruff: noqa: E501 - these are the lines of files
"""Lists of rooms and desks as other workplace tools write them: text of CSV files by name."""

from __future__ import annotations

from openpyxl import Workbook

LISTS = {
    "envoy-desks": """\
Floor Name,Desk,Enabled,Neighborhood,Assigned To
Second floor,2-01,Yes,Design,
Second floor,2-02,Yes,Design,n.adeyemi@example.com
Second floor,2-03,No,,
Third floor,3-01,Yes,Support,
""",
    "snipeit-locations": """\
Location Name,Parent Name,Address,Address 2,City,State,Zip,Country,Currency,OU
Quay House,,12 Quay St,Suite 100,Boston,MA,02110,US,USD,"OU=Boston,DC=example"
Mill,,4 Mill Lane,,Salem,MA,01970,US,USD,
Quay Floor 1,Quay House,,,,,,,,
Quay Floor 2,Quay House,,,,,,,,
Store 1.4,Quay Floor 1,,,,,,,,
Lab 2.2,Quay Floor 2,,,,,,,,
Mill Basement,Mill,,,,,,,,
Loading bay,Mill Basement,,,,,,,,
""",
    "snipeit-sites": """\
name,address,address2,city,state,country,zip,manager,manager username,currency
Depot North,8 Canal Rd,,Leeds,,GB,LS1 4AB,Una Bright,ubright,GBP
Depot South,21 Harbour Way,Unit 6,Poole,,GB,BH15 1AA,,,GBP
""",
    "eptura-workpoints": """\
Building Number,Building Name,Floor Number,Floor Name,Workpoint,Space Type,Seats,Charge Rule,Team,Is Flexi?
B-017,Park Tower,B-017-01,Level 1,1.01,Workspace,1,Dedicated Allocation,Legal,Yes
B-017,Park Tower,B-017-01,Level 1,1.02,Workspace,1,Dedicated Allocation,Legal,Yes
B-017,Park Tower,B-017-01,Level 1,1.20,Meeting Room,8,Floor Common,,No
B-017,Park Tower,B-017-02,Level 2,2.01,,1,Dedicated Allocation,Tax,No
""",
    "microsoft-places": """\
InferredBuildingName,InferredFloorName,CurrentBuildingLabel,CurrentFloorNumber,CurrentFloorLabel,PrimarySmtpAddress,Name,RoomList,ResourceType,StreetAddress,City,StateOrProvince,CountryOrRegion,Confidence
Elm Court,1,Elm Court,1,1,room.birch@example.com,Birch,elm@example.com,Room,3 Elm Ave,Dublin,,IE,High
Elm Court,1,Elm Court,1,1,room.alder@example.com,Alder,elm@example.com,Room,3 Elm Ave,Dublin,,IE,High
Elm Court,2,Elm Court,2,2,ws.west@example.com,West desks,elm@example.com,Space,3 Elm Ave,Dublin,,IE,Medium
Oak Yard,,,,,room.root@example.com,Root,oak@example.com,Room,,Cork,,IE,Low
""",
    "robin-desks": """\
Organization,Building,Floor,Work Area,Desk Group,Desk ID,Desk Name,Reservation ID,Series ID
Acme,25 Broadway,Floor 3,North wing,Product,48213,3-N-01,r-1001,
Acme,25 Broadway,Floor 3,North wing,Product,48214,3-N-02,r-1002,s-77
Acme,25 Broadway,Floor 3,North wing,Product,48213,3-N-01,r-1003,
Acme,25 Broadway,Floor 4,,Sales,48300,4-01,r-1004,
""",
}

EPTURA = """\
Building Name,Building Code,State Code,Address,Address2,City,Zip,Floor,Room,Space Type,Occupiable,Capacity,Description,Square Feet,Reservable,Rentable Square Feet
Harbor One,HO,WA,1 Pier Rd,,Seattle,98101,1,101,Conference,yes,8,Has a screen,220,yes,240
Harbor One,HO,WA,1 Pier Rd,,Seattle,98101,1,102,Office,yes,1,,110,no,120
Harbor One,HO,WA,1 Pier Rd,,Seattle,98101,2,201,Open space,yes,24,,900,,960
"""


def eptura() -> Workbook:
    """Return the workbook of Eptura Workplace: notes, new names of fields, headings in row 4."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Space Data"
    sheet.append(["Space Data Template"])
    sheet.append(["Do not change the headings in row 4."])
    sheet.append([None] * 8 + ["Room number"])
    for line in EPTURA.splitlines():
        sheet.append([int(text) if text.isdigit() else text for text in line.split(",")])
    return book
