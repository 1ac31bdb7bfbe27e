"""Glossaries as other tools write them: Atlan, Apache Atlas, OpenMetadata, with all relations."""

from __future__ import annotations

import json

from data.making.table import Row


def _names(text: str) -> list[str]:
    return text.split(",")


def _link(name: str, page: str) -> str:
    attributes = {"name": name, "link": f"https://wiki.example.com/{page}"}
    return json.dumps({"typeName": "Link", "attributes": attributes}, separators=(",", ":"))


ATLAN_HEADINGS = _names(
    "qualifiedName,typeName,name,anchor,parentCategory,categories,displayName,description,"
    "userDescription,ownerUsers,ownerGroups,certificateStatus,certificateStatusMessage,"
    "announcementType,announcementTitle,announcementMessage,atlanTags,links,readme,"
    "starredDetails,seeAlso,preferredTerms,preferredToTerms,synonyms,antonyms,translatedTerms,"
    "translationTerms,validValuesFor,validValues,classifies,isA,replacedBy,replacementTerms"
)
ATLAN: list[Row] = [
    {
        "typeName": "AtlasGlossary",
        "name": "Mobility",
        "userDescription": "Words of the car sharing service.",
        "ownerUsers": "a.rossi\nj.brandt",
        "certificateStatus": "VERIFIED",
        "readme": "<h2>Mobility</h2>",
        "links": _link("Wiki", "mobility"),
    },
    {
        "typeName": "AtlasGlossaryCategory",
        "name": "Vehicle",
        "anchor": "Mobility",
        "userDescription": "What moves.",
        "links": _link("Fleet", "mobility/fleet"),
    },
    {
        "typeName": "AtlasGlossaryCategory",
        "name": "Electric",
        "anchor": "Mobility",
        "parentCategory": "Vehicle@@@Mobility",
        "userDescription": "What moves without petrol.",
    },
    {"typeName": "AtlasGlossaryCategory", "name": "Trip", "anchor": "Mobility"},
    {
        "typeName": "AtlasGlossaryTerm",
        "name": "Range",
        "anchor": "Mobility",
        "categories": "Vehicle@Electric@@@Mobility\nTrip@@@Mobility",
        "userDescription": "Kilometres until the battery is empty.",
        "certificateStatus": "VERIFIED",
        "certificateStatusMessage": "As measured by the maker",
        "announcementType": "information",
        "announcementTitle": "Winter",
        "announcementMessage": "Count on a third less.",
        "atlanTags": "Public>>FULL\nGDPR<<PROPAGATED",
        "links": "\n".join((_link("Tests", "mobility/range"), _link("Makers", "mobility/makers"))),
        "readme": "<p>In kilometres.</p>",
        "seeAlso": "State of charge@@@Mobility",
        "antonyms": "Range anxiety@@@Mobility",
    },
    {
        "typeName": "AtlasGlossaryTerm",
        "name": "Range anxiety",
        "anchor": "Mobility",
        "antonyms": "Range@@@Mobility",
    },
    {
        "typeName": "AtlasGlossaryTerm",
        "name": "State of charge",
        "anchor": "Mobility",
        "categories": "Vehicle@Electric@@@Mobility",
        "displayName": "State of charge (SoC)",
        "synonyms": "Battery level@@@Mobility",
        "preferredToTerms": "Battery level@@@Mobility",
    },
    {
        "typeName": "AtlasGlossaryTerm",
        "name": "Battery level",
        "anchor": "Mobility",
        "synonyms": "State of charge@@@Mobility",
        "preferredTerms": "State of charge@@@Mobility",
        "replacedBy": "State of charge@@@Mobility",
    },
    {
        "typeName": "AtlasGlossaryTerm",
        "name": "Trip state",
        "anchor": "Mobility",
        "categories": "Trip@@@Mobility",
        "validValues": "Reserved@@@Mobility\nDriving@@@Mobility",
    },
    {
        "typeName": "AtlasGlossaryTerm",
        "name": "Reserved",
        "anchor": "Mobility",
        "validValuesFor": "Trip state@@@Mobility",
    },
    {"typeName": "AtlasGlossaryTerm", "name": "Driving", "anchor": "Mobility"},
    {
        "typeName": "AtlasGlossaryTerm",
        "name": "Fahrt",
        "anchor": "Mobility",
        "translatedTerms": "Journey@@@Mobility",
    },
    {
        "typeName": "AtlasGlossaryTerm",
        "name": "Journey",
        "anchor": "Mobility",
        "categories": "Trip@@@Mobility",
        "classifies": "One-way journey@@@Mobility",
        "atlanTags": "PII",
    },
    {
        "typeName": "AtlasGlossaryTerm",
        "name": "One-way journey",
        "anchor": "Mobility",
        "isA": "Journey@@@Mobility",
    },
]

ATLAS_HEADINGS = _names(
    "GlossaryName,TermName,ShortDescription,LongDescription,Examples,Abbreviation,Usage,"
    "AdditionalAttributes,TranslationTerms,ValidValuesFor,Synonyms,ReplacedBy,ValidValues,"
    "ReplacementTerms,SeeAlso,TranslatedTerms,IsA,Antonyms,Classifies,PreferredToTerms,"
    "PreferredTerms"
)
ATLAS: list[Row] = [
    {
        "GlossaryName": "Energy",
        "TermName": "Meter reading",
        "ShortDescription": "A number on a meter",
        "LongDescription": "The number a meter shows at one moment.",
        "Examples": "004711 kWh|004816 kWh",
        "Abbreviation": "MR",
        "Usage": "Billing only",
        "AdditionalAttributes": "unit:kWh|source:field crew",
        "SeeAlso": "Energy:Consumption|Billing:Invoice",
    },
    {
        "GlossaryName": "Energy",
        "TermName": "Consumption",
        "LongDescription": "The difference of two meter readings.",
        "Synonyms": "Energy:Usage of power",
        "Antonyms": "Energy:Feed-in",
    },
    {
        "GlossaryName": "Energy",
        "TermName": "Usage of power",
        "Synonyms": "Energy:Consumption",
        "PreferredTerms": "Energy:Consumption",
        "ReplacedBy": "Energy:Consumption",
    },
    {"GlossaryName": "Energy", "TermName": "Feed-in", "Antonyms": "Energy:Consumption"},
    {
        "GlossaryName": "Energy",
        "TermName": "Tariff",
        "Classifies": "Energy:Night tariff",
        "ValidValues": "Energy:Basic|Energy:Green",
    },
    {"GlossaryName": "Energy", "TermName": "Night tariff", "IsA": "Energy:Tariff"},
    {"GlossaryName": "Energy", "TermName": "Basic", "ValidValuesFor": "Energy:Tariff"},
    {"GlossaryName": "Energy", "TermName": "Green"},
    {
        "GlossaryName": "Billing",
        "TermName": "Invoice",
        "TranslationTerms": "Billing:Rechnung",
        "ReplacementTerms": "Billing:Bill",
        "PreferredToTerms": "Billing:Bill",
    },
    {"GlossaryName": "Billing", "TermName": "Rechnung", "TranslatedTerms": "Billing:Invoice"},
    {"GlossaryName": "Billing", "TermName": "Bill"},
]

OPEN_METADATA_HEADINGS = _names(
    "parent,name*,displayName,description,synonyms,relatedTerms,references,tags,reviewers,owner,"
    "glossaryStatus,color,iconURL,extension,glossary"
)
_OPEN_METADATA: list[Row] = [
    {
        "name*": "Sale",
        "displayName": "Sale",
        "description": "Goods change hands for money.",
        "synonyms": "deal;purchase",
        "owner": "user:m.ferreira;team:crm_stewards",
        "glossaryStatus": "Approved",
    },
    {
        "parent": "Retail.Sale",
        "name*": "OnlineSale",
        "displayName": "Online sale",
        "description": "A sale in the web shop.",
        "relatedTerms": "Retail.Sale.StoreSale;Retail.Receipt",
        "references": "Dashboard;https://wiki.example.com/online;Handbook;https://wiki.example.com/book",
        "tags": "Public",
        "glossaryStatus": "In Review",
        "extension": "channel:web;ledger:0047",
    },
    {
        "parent": "Retail.Sale",
        "name*": "StoreSale",
        "displayName": "Store sale",
        "description": "A sale at a till.",
        "relatedTerms": "Retail.Sale.OnlineSale",
        "reviewers": "user:i.lindqvist",
        "color": "#2F4B5C",
    },
    {
        "parent": "Retail.Sale.StoreSale",
        "name*": "CafeSale",
        "displayName": "Café sale",
        "description": "A sale at the counter of a café.",
        "glossaryStatus": "Draft",
    },
    {
        "name*": "Receipt",
        "description": "The proof of a sale.",
        "tags": "PII;GDPR",
        "owner": "user:t.okafor",
        "glossaryStatus": "Deprecated",
    },
]

OPEN_METADATA: list[Row] = [{**row, "glossary": "Retail"} for row in _OPEN_METADATA]
