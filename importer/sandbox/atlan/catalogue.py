"""The types, tags and custom metadata of the sandbox's tenant; names follow pyatlan 11.6.

`ATTRIBUTES` maps a type to its own attributes: value type -> names, `!` marks a mandatory one.
A subtype has those of its supertypes too. What is not listed here is unknown to the sandbox.
"""

from __future__ import annotations

import base64
import hashlib

from msgspec import Struct

SUPERTYPES: dict[str, str | None] = {
    "Referenceable": None,
    "Asset": "Referenceable",
    "AtlasGlossary": "Asset",
    "AtlasGlossaryCategory": "Asset",
    "AtlasGlossaryTerm": "Asset",
    "Connection": "Asset",
    "Process": "Asset",
    "Catalog": "Asset",
    "Resource": "Catalog",
    "Link": "Resource",
    "Readme": "Resource",
    "SQL": "Catalog",
    "Database": "SQL",
    "Schema": "SQL",
    "Table": "SQL",
    "View": "SQL",
    "MaterialisedView": "SQL",
    "Column": "SQL",
    "BI": "Catalog",
    "PowerBI": "BI",
    "PowerBIReport": "PowerBI",
    "Tableau": "BI",
    "TableauWorkbook": "Tableau",
    "DataMesh": "Catalog",
    "DataDomain": "DataMesh",
    "DataProduct": "DataMesh",
}

ATTRIBUTES: dict[str, dict[str, str]] = {
    "Referenceable": {"string": "qualifiedName!"},
    "Asset": {
        "string": "name! displayName description userDescription certificateStatusMessage "
        "certificateUpdatedBy announcementType announcementTitle announcementMessage "
        "announcementUpdatedBy connectorName connectionName connectionQualifiedName assetIcon "
        "assetManagedBy tenantId subType sourceOwners sourceCreatedBy sourceUpdatedBy sourceURL "
        "sourceEmbedURL sampleDataUrl lexicographicalSortOrder assetCoverImage assetThemeHex "
        "assetUserDefinedType",
        "certificate_status": "certificateStatus",
        "array<string>": "ownerUsers ownerGroups adminUsers adminGroups adminRoles viewerUsers "
        "viewerGroups domainGUIDs productGUIDs assetTags starredBy",
        "boolean": "isPartial isDiscoverable isEditable hasLineage isAIGenerated",
        "date": "certificateUpdatedAt announcementUpdatedAt sourceCreatedAt sourceUpdatedAt "
        "lastSyncRunAt",
        "int": "starredCount",
        "float": "viewScore popularityScore",
    },
    "AtlasGlossary": {
        "string": "shortDescription longDescription language usage",
        "map<string,string>": "additionalAttributes",
    },
    "AtlasGlossaryCategory": {
        "string": "shortDescription longDescription",
        "map<string,string>": "additionalAttributes",
    },
    "AtlasGlossaryTerm": {
        "string": "shortDescription longDescription abbreviation usage",
        "array<string>": "examples",
        "map<string,string>": "additionalAttributes",
    },
    "Connection": {
        "string": "category subCategory host port",
        "boolean": "allowQuery allowQueryPreview",
        "long": "rowLimit",
    },
    "Process": {"string": "sql code ast", "array<string>": "additionalEtlContext"},
    "Resource": {
        "string": "link reference",
        "boolean": "isGlobal",
        "map<string,string>": "resourceMetadata",
    },
    "Link": {"string": "icon", "icon_type": "iconType"},
    "SQL": {
        "string": "databaseName databaseQualifiedName schemaName schemaQualifiedName tableName "
        "tableQualifiedName viewName viewQualifiedName calculationViewName",
        "long": "queryCount queryUserCount",
        "boolean": "isProfiled",
    },
    "Database": {"int": "schemaCount"},
    "Schema": {"int": "tableCount", "long": "viewsCount"},
    "Table": {
        "long": "columnCount rowCount sizeBytes partitionCount",
        "string": "alias externalLocation externalLocationRegion externalLocationFormat",
        "boolean": "isTemporary isQueryPreview isPartitioned",
    },
    "View": {
        "long": "columnCount rowCount sizeBytes",
        "string": "alias definition",
        "boolean": "isTemporary isQueryPreview",
    },
    "MaterialisedView": {
        "long": "columnCount rowCount sizeBytes",
        "string": "alias definition refreshMode refreshMethod staleness",
        "boolean": "isTemporary isQueryPreview",
    },
    "Column": {
        "string": "dataType subDataType defaultValue validations rawDataTypeDefinition",
        "int": "order precision nestedColumnCount",
        "long": "maxLength",
        "float": "numericScale",
        "boolean": "isNullable isPrimary isForeign isIndexed isSort isDist isPartition isPinned",
    },
    "PowerBIReport": {
        "string": "workspaceQualifiedName datasetQualifiedName webUrl",
        "long": "pageCount",
    },
    "TableauWorkbook": {
        "string": "siteQualifiedName projectQualifiedName topLevelProjectName "
        "topLevelProjectQualifiedName",
    },
    "DataMesh": {"string": "parentDomainQualifiedName superDomainQualifiedName"},
    "DataProduct": {
        "string": "dataProductAssetsDSL dataProductStatus dataProductCriticality "
        "dataProductSensitivity",
    },
}

PEOPLE = (
    "ownerUsers",
    "ownerGroups",
    "adminUsers",
    "adminGroups",
    "viewerUsers",
    "viewerGroups",
)
"""The attributes that name users and groups."""

ENUMS: dict[str, tuple[str, ...]] = {
    "certificate_status": ("DEPRECATED", "DRAFT", "VERIFIED"),
    "icon_type": ("image", "emoji"),
    "quality_level": ("Gold", "Silver", "Bronze"),
}


STRUCTS: dict[str, str] = {
    "BadgeCondition": "badgeConditionOperator badgeConditionValue badgeConditionColorhex",
}
"""Value types made of texts. pyatlan takes a tenant without any for one it may not read."""


class Relationship(Struct, frozen=True):
    """A relation between two types: the attribute at each end, and whether that holds a list.

    `owns`: entities at the second end are deleted with the entity at the first end.
    """

    name: str
    first_type: str
    first: str
    first_many: bool
    second_type: str
    second: str
    second_many: bool
    owns: bool = False


_TERM = "AtlasGlossaryTerm"
_CATEGORY = "AtlasGlossaryCategory"


def _between_terms(name: str, first: str, second: str) -> Relationship:
    return Relationship(name, _TERM, first, True, _TERM, second, True)


def _parent(first_type: str, first: str, second_type: str, second: str) -> Relationship:
    name = f"{first_type.lower()}_{first}"
    return Relationship(name, first_type, first, True, second_type, second, False)


RELATIONSHIPS: tuple[Relationship, ...] = (
    Relationship(
        "AtlasGlossaryTermAnchor", "AtlasGlossary", "terms", True, _TERM, "anchor", False, owns=True
    ),
    Relationship(
        "AtlasGlossaryCategoryAnchor",
        "AtlasGlossary",
        "categories",
        True,
        _CATEGORY,
        "anchor",
        False,
        owns=True,
    ),
    Relationship(
        "AtlasGlossaryCategoryHierarchyLink",
        _CATEGORY,
        "childrenCategories",
        True,
        _CATEGORY,
        "parentCategory",
        False,
    ),
    Relationship(
        "AtlasGlossaryTermCategorization", _CATEGORY, "terms", True, _TERM, "categories", True
    ),
    Relationship(
        "AtlasGlossarySemanticAssignment",
        "Referenceable",
        "meanings",
        True,
        _TERM,
        "assignedEntities",
        True,
    ),
    _between_terms("AtlasGlossaryRelatedTerm", "seeAlso", "seeAlso"),
    _between_terms("AtlasGlossarySynonym", "synonyms", "synonyms"),
    _between_terms("AtlasGlossaryAntonym", "antonyms", "antonyms"),
    _between_terms("AtlasGlossaryPreferredTerm", "preferredTerms", "preferredToTerms"),
    _between_terms("AtlasGlossaryReplacementTerm", "replacedBy", "replacementTerms"),
    _between_terms("AtlasGlossaryTranslation", "translatedTerms", "translationTerms"),
    _between_terms("AtlasGlossaryIsARelationship", "classifies", "isA"),
    _between_terms("AtlasGlossaryValidValue", "validValuesFor", "validValues"),
    Relationship("asset_links", "Asset", "links", True, "Link", "asset", False),
    Relationship("asset_readme", "Asset", "readme", False, "Readme", "asset", False),
    _parent("Database", "schemas", "Schema", "database"),
    _parent("Schema", "tables", "Table", "atlanSchema"),
    _parent("Schema", "views", "View", "atlanSchema"),
    _parent("Schema", "materialisedViews", "MaterialisedView", "atlanSchema"),
    _parent("Table", "columns", "Column", "table"),
    _parent("View", "columns", "Column", "view"),
    _parent("MaterialisedView", "columns", "Column", "materialisedView"),
    _parent("DataDomain", "subDomains", "DataDomain", "parentDomain"),
    _parent("DataDomain", "dataProducts", "DataProduct", "dataDomain"),
    Relationship("process_inputs", "Process", "inputs", True, "Catalog", "inputToProcesses", True),
    Relationship(
        "process_outputs", "Process", "outputs", True, "Catalog", "outputFromProcesses", True
    ),
)


def internal_name(kind: str, display_name: str) -> str:
    """Return the internal name, of 22 characters, that the API uses for `display_name`."""
    digest = hashlib.sha256(f"{kind}:{display_name}".encode()).digest()
    text = base64.b64encode(digest, altchars=b"xX").decode()
    return "s" + text[:21]


TAGS: dict[str, str] = {
    internal_name("tag", shown): shown for shown in ("PII", "Confidential", "Public", "GDPR")
}
"""Internal name of each tag -> its display name."""


class CustomAttribute(Struct, frozen=True):
    """An attribute of a set of custom metadata; `max_length` is in characters.

    Entities of `entity_types` and their subtypes have it.
    """

    display_name: str
    type_name: str
    max_length: int | None = None
    entity_types: tuple[str, ...] = ("Asset",)


CUSTOM_METADATA: dict[str, dict[str, CustomAttribute]] = {
    internal_name("set", "Data Quality"): {
        internal_name("attribute", attribute.display_name): attribute
        for attribute in (
            CustomAttribute("Score", "float"),
            CustomAttribute("Level", "quality_level"),
            CustomAttribute("Checks", "array<string>", max_length=200),
            CustomAttribute("Measured on", "date"),
        )
    }
}
"""Internal name of each set -> internal name of each attribute -> the attribute."""

CUSTOM_METADATA_NAMES: dict[str, str] = {internal_name("set", "Data Quality"): "Data Quality"}
