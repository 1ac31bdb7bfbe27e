"""Each heading that users of other tools have means exactly one column of ours."""

from __future__ import annotations

import pytest

from importer.template import SheetRule, find, fold

OURS = (*find("atlan-glossary").sheets, *find("trebellar-portfolio").sheets)

# Headings of other tools, with the column of ours that they fill; blank: known and passed over.
RELATION_WORDS = {
    "SeeAlso": "See also",
    "Synonyms": "Synonyms",
    "Antonyms": "Antonyms",
    "PreferredTerms": "Preferred terms",
    "PreferredToTerms": "Preferred to terms",
    "ReplacedBy": "Replaced by",
    "ReplacementTerms": "Replacement terms",
    "TranslatedTerms": "Translated terms",
    "TranslationTerms": "Translation terms",
    "ValidValuesFor": "Valid values for",
    "ValidValues": "Valid values",
    "IsA": "Is a",
    "Classifies": "Classifies",
}
ATLAN = {
    "typeName": "",
    "qualifiedName": "Qualified name",
    "displayName": "Display name",
    "userDescription": "Description",
    "ownerUsers": "Owners",
    "ownerGroups": "Owner groups",
    "adminUsers": "Admins",
    "viewerUsers": "Viewers",
    "certificateStatus": "Certificate",
    "certificateStatusMessage": "Certificate message",
    "announcementType": "Announcement type",
    "announcementTitle": "Announcement title",
    "announcementMessage": "Announcement message",
    "atlanTags": "Tags",
    "readme": "Readme",
    "assetIcon": "Icon",
    "domainGUIDs": "Domain GUID",
    "Data Quality::Score": "*::*",
}
ALIASES = [
    ("Glossaries", {"name": "Glossary", **ATLAN}),
    (
        "Categories",
        {"name": "Category", "anchor": "Glossary", "parentCategory": "Parent category", **ATLAN},
    ),
    (
        "Terms",
        {
            "name": "Term",
            "anchor": "Glossary",
            "categories": "Categories",
            "starredDetails": "",
            **ATLAN,
        },
    ),
    ("Terms", RELATION_WORDS),
    ("Terms", {name[0].lower() + name[1:]: heading for name, heading in RELATION_WORDS.items()}),
    (
        "Terms",
        {
            "GlossaryName": "Glossary",
            "TermName": "Term",
            "ShortDescription": "Short description",
            "LongDescription": "Long description",
            "Examples": "Examples",
            "Abbreviation": "Abbreviation",
            "Usage": "Usage",
            "AdditionalAttributes": "Additional attributes",
        },
    ),
    (
        "Terms",
        {
            "name*": "Term",
            "displayName": "Display name",
            "description": "Description",
            "synonyms": "Synonyms",
            "relatedTerms": "See also",
            "tags": "Tags",
            "owner": "Owners",
            "glossaryStatus": "Certificate",
            "color": "",
            "iconURL": "",
            "extension": "Additional attributes",
        },
    ),
    (
        "Terms",
        {
            "[Relationship] anchor": "Glossary",
            "[root] classifications": "Tags",
            "[root] labels": "Labels",
            "[custom] origin": "Custom: *",
            "[Business][Quality] Score": "*::*",
            "[Managed][Quality] Score": "*::*",
            "owners": "Owners",
        },
    ),
    (
        "Assets",
        {**ATLAN, "typeName": "Type", "assignedTerms": "Terms", "[Relationship] meanings": "Terms"},
    ),
    (
        "Assets",
        {
            "resource": "Qualified name",
            "subresource": "",
            "glossary_terms": "Terms",
            "tags": "Tags",
            "owners": "Owners",
            "ownership_type": "",
            "description": "Description",
            "domain": "Domain GUID",
        },
    ),
    (
        "Buildings",
        {
            "Structure": "Building",
            "Address": "Address",
            "Timezone": "Timezone",
            "Floors": "Floors",
            "Headcount": "Headcount",
            "Seats": "Seats",
            "Square Feet": "Rentable sqft",
            "External ID": "External ID",
        },
    ),
    ("Floors", {"Structure": "Building", "Floor": "Floor"}),
    (
        "Spaces",
        {
            "Structure": "Building",
            "Building Name": "Building",
            "Floor": "Floor",
            "Room": "Space",
            "Space Type": "Space type",
            "Capacity": "Capacity",
            "Reservable": "Bookable",
        },
    ),
    (
        "Desks",
        {"Structure": "Building", "Workpoint": "Desk", "Room": "Space", "Reservable": "Bookable"},
    ),
]


def resolved(sheet: SheetRule, heading: str) -> set[str]:
    """The columns that a heading could mean; blank for one that is known and passed over."""
    plain, patterned = set(), set()
    for entity in sheet.entities:
        for column in entity.columns:
            for name in column.names if column.heading else ():
                if fold(name) == fold(heading):
                    plain.add(column.heading)
                elif "*" in name and _matches(name, heading):
                    patterned.add(column.heading)
    if fold(heading) in map(fold, sheet.ignored):
        plain.add("")
    return plain or patterned


def _matches(name: str, heading: str) -> bool:
    first, *rest = name.split("*")
    if not heading.startswith(first):
        return False
    at = len(first)
    for piece in rest:
        at = len(heading) if not piece else heading.find(piece, at + 1)
        if at < 0:
            return False
    return True


@pytest.mark.parametrize(("sheet", "aliases"), ALIASES)
def test_a_peers_heading_means_exactly_one_column(sheet, aliases):
    rule = next(rule for rule in OURS if rule.name == sheet)
    assert {name: resolved(rule, name) for name in aliases} == {
        name: {column} for name, column in aliases.items()
    }


FILES = [
    (
        "atlan-csv",
        "glossary",
        "qualifiedName,typeName,name,anchor,parentCategory,categories,displayName,description,"
        "userDescription,ownerUsers,ownerGroups,certificateStatus,certificateStatusMessage,"
        "announcementType,announcementTitle,announcementMessage,atlanTags,links,readme,"
        "starredDetails,seeAlso,preferredTerms,synonyms,antonyms,translatedTerms,validValuesFor,"
        "classifies",
    ),
    (
        "atlan-csv",
        "assets",
        "qualifiedName,typeName,name,displayName,description,userDescription,ownerUsers,"
        "ownerGroups,adminUsers,viewerUsers,certificateStatus,atlanTags,assignedTerms,links,readme",
    ),
    (
        "apache-atlas",
        "Glossary terms",
        "GlossaryName, TermName, ShortDescription, LongDescription, Examples, Abbreviation, Usage, "
        "AdditionalAttributes, TranslationTerms, ValidValuesFor, Synonyms, ReplacedBy, "
        "ValidValues, ReplacementTerms, SeeAlso, TranslatedTerms, IsA, Antonyms, Classifies, "
        "PreferredToTerms, PreferredTerms",
    ),
    (
        "openmetadata",
        "glossary",
        "parent,name*,displayName,description,synonyms,relatedTerms,references,tags,reviewers,"
        "owner,glossaryStatus,color,iconURL,extension",
    ),
    (
        "purview-terms",
        "Purview terms",
        "Nick Name,Name,Status,Definition,Acronym,Resources,Related Terms,Synonyms,Stewards,"
        "Experts,Parent Term Name,Term Template Names",
    ),
    (
        "datahub-enricher",
        "csv-enricher",
        "resource,subresource,glossary_terms,tags,owners,ownership_type,description,domain,"
        "ownership_type_urn",
    ),
    (
        "alation-dictionary",
        "Alation dictionary",
        "al_datadict_item_properties,al_datadict_item_column_data_type,key,3|title,4|description,"
        "steward:user",
    ),
    ("collibra-terms", "Business terms", "Name,Full Name,Asset Type,Community,Domain,Definition"),
    (
        "cobie",
        "Space",
        "Name,CreatedBy,CreatedOn,Category,FloorName,Description,ExtSystem,ExtObject,"
        "ExtIdentifier,RoomTag,UsableHeight,GrossArea,NetArea",
    ),
    (
        "cobie",
        "Component",
        "Name,CreatedBy,CreatedOn,TypeName,Space,Description,ExtSystem,ExtObject,ExtIdentifier,"
        "SerialNumber,InstallationDate,WarrantyStartDate,TagNumber,BarCode,AssetIdentifier",
    ),
    ("envoy-desks", "Envoy desks", "Floor Name,Desk,Enabled,Neighborhood,Assigned To"),
    ("envoy-desks", "Envoy desks", "Floor,Desk,Is Assignable,Neighborhood,Assigned To"),
    (
        "eptura-spaces",
        "Space data",
        "Building Name,Building Code,State Code,Address,Address2,City,Zip,Floor,Room,Space Type,"
        "Occupiable,Capacity,Description,Square Feet,Reservable,Rentable Square Feet",
    ),
    (
        "snipeit-locations",
        "Locations",
        "Name,Currency,Address 1,Address 2,City,State,Zip,Parent Name,Country,OU",
    ),
    (
        "snipeit-locations",
        "Sites",
        "name,address,address2,city,state,country,zip,manager,manager username,currency",
    ),
    (
        "microsoft-places",
        "ResourceAccountsMapped",
        "InferredBuildingName,InferredFloorName,CurrentBuildingLabel,CurrentFloorNumber,"
        "CurrentFloorLabel,PrimarySmtpAddress,Name,RoomList,ResourceType,StreetAddress,City,"
        "StateOrProvince,CountryOrRegion,Confidence",
    ),
    (
        "robin-desks",
        "Desk export",
        "Organization,Building,Floor,Work Area,Desk Group,Desk ID,Desk Name,Reservation ID",
    ),
]


@pytest.mark.parametrize(("template", "sheet", "headings"), FILES)
def test_the_template_of_a_peers_file_knows_all_its_headings(template, sheet, headings):
    rule = next(rule for rule in find(template).sheets if rule.name == sheet)
    for heading in headings.split(","):
        assert len(resolved(rule, heading.strip())) == 1, heading
