"""The headings that the two main templates promise: names, required marks, no gaps."""

from __future__ import annotations

import pytest

from importer.template import SheetRule, find
from importer.template.paths import node_at

TEMPLATES = {name: find(name) for name in ("atlan-glossary", "trebellar-portfolio")}


def sheet_of(template: str, name: str) -> SheetRule:
    return next(sheet for sheet in TEMPLATES[template].sheets if sheet.name == name)


# The headings that are promised; * marks those that must be filled.
COMMON = (
    "Description, Certificate, Certificate message, Announcement type, Announcement title, "
    "Announcement message, Owners, Owner groups, Tags, Readme"
)
IDENTITY = "GUID, Qualified name, Action"
ROW = "ID, Parent external ID, Action, Effective from, Removed from, Location, Property: *"
HEADINGS = [
    ("atlan-glossary", "Glossaries", f"Glossary*, {COMMON}, Language, Usage, {IDENTITY}"),
    (
        "atlan-glossary",
        "Categories",
        f"Glossary*, Category*, Parent category, {COMMON}, {IDENTITY}",
    ),
    (
        "atlan-glossary",
        "Terms",
        f"Glossary*, Term*, {COMMON}, {IDENTITY}, Categories, Abbreviation, Examples, Usage, "
        "Synonyms, Antonyms, See also, Preferred terms, Replaced by, Translated terms, "
        "Valid values for, Is a, Classifies",
    ),
    (
        "atlan-glossary",
        "Links",
        f"Glossary, Term, Asset type, Asset qualified name, Title*, URL*, {IDENTITY}",
    ),
    (
        "atlan-glossary",
        "Assets",
        f"Type*, Qualified name*, Name*, {COMMON}, Terms, GUID, Action",
    ),
    (
        "trebellar-portfolio",
        "Buildings",
        "External ID, Building*, Address, Timezone*, Latitude, Longitude, Status, Seats, Capacity, "
        "Headcount, Rentable sqft, Business hours start, Business hours end, Business days, "
        f"Holidays, Location group, Photos, {ROW}",
    ),
    (
        "trebellar-portfolio",
        "Floors",
        f"External ID, Floor*, Building*, Seats, Capacity, Headcount, Image, Scale, {ROW}",
    ),
    (
        "trebellar-portfolio",
        "Spaces",
        "External ID, Space*, Building*, Floor*, Space type, Bookable, Seats, Capacity, Headcount, "
        f"Photos, Description, {ROW}",
    ),
    (
        "trebellar-portfolio",
        "Desks",
        "External ID, Desk*, Building*, Floor*, Space, Bookable, Seats, Capacity, Headcount, "
        f"{ROW}",
    ),
    (
        "trebellar-portfolio",
        "Sensor groups",
        f"External ID, Sensor group*, Building*, Floor, Space, {ROW}",
    ),
    (
        "trebellar-portfolio",
        "Sensors",
        "External ID, Sensor*, Building*, Floor, Space, Sensor ID*, Sensor name, Sensor group, "
        f"{ROW}",
    ),
]


@pytest.mark.parametrize(("template", "sheet", "headings"), HEADINGS)
def test_every_promised_heading_is_there_and_required_as_promised(template, sheet, headings):
    columns = sheet_of(template, sheet).columns
    for heading in headings.split(", "):
        name = heading if heading.endswith(": *") else heading.rstrip("*")
        assert columns[name].required == (heading != name), heading


ASSET = [
    "displayName",
    "description",
    "userDescription",
    "certificateStatus",
    "certificateStatusMessage",
    "announcementType",
    "announcementTitle",
    "announcementMessage",
    "ownerUsers",
    "ownerGroups",
    "adminUsers",
    "adminGroups",
    "viewerUsers",
    "viewerGroups",
    "assetIcon",
    "domainGUIDs",
    "name",
]
TOP = ["classifications", "businessAttributes.*.*", "customAttributes.*", "labels", "starred"]
RELATIONS = [
    "seeAlso",
    "synonyms",
    "antonyms",
    "preferredTerms",
    "preferredToTerms",
    "replacedBy",
    "replacementTerms",
    "translatedTerms",
    "translationTerms",
    "classifies",
    "isA",
    "validValuesFor",
    "validValues",
]
WORDING = ["shortDescription", "longDescription", "additionalAttributes"]
ATTRIBUTES = {
    "Glossaries": [*ASSET, *WORDING, "language", "usage"],
    "Categories": [*ASSET, *WORDING],
    "Terms": [*ASSET, *WORDING, "abbreviation", "examples", "usage"],
    "Assets": [*ASSET, "qualifiedName"],
    "Links": ["name", "link", "icon", "iconType", "qualifiedName"],
}
RELATIONSHIPS = {
    "Glossaries": [],
    "Categories": ["anchor", "parentCategory"],
    "Terms": ["anchor", "categories", *RELATIONS],
    "Assets": ["meanings"],
    "Links": ["asset"],
}


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_every_attribute_that_atlan_documents_has_a_heading(name):
    entity = sheet_of("atlan-glossary", name).entities[0]
    paths = {column.path for column in entity.columns if column.heading}
    wanted = {f"attributes.{attribute}" for attribute in ATTRIBUTES[name]}
    assert wanted | (set() if name == "Links" else set(TOP)) <= paths
    relations = {reference.path for reference in entity.references}
    assert relations == {f"relationshipAttributes.{name}" for name in RELATIONSHIPS[name]}


@pytest.mark.parametrize("sheet", TEMPLATES["trebellar-portfolio"].sheets, ids=lambda one: one.name)
def test_every_property_of_an_asset_has_a_heading(sheet: SheetRule):
    """The type is the sheet's; children are rows of their own; the ID is looked up, not mapped."""
    entity = sheet.entities[0]
    schema = TEMPLATES["trebellar-portfolio"].kinds[entity.kind].schema
    wanted = {
        f"staticProperties.{name}"
        for name in node_at(schema, "staticProperties").get("properties", ())
    }
    wanted |= {f"operation.{name}" for name in node_at(schema, "operation")["properties"]}
    wanted |= {
        name for name in schema["properties"] if name not in ("staticProperties", "operation")
    }
    filled = {column.path for column in entity.columns} | {rule.path for rule in entity.references}
    reached = {path for path in filled if path} | {
        path.rpartition(".")[0] for path in filled if path
    }
    assert wanted - reached == {"id", "type", "children"}
    assert any(column.type == "id" for column in entity.columns)
