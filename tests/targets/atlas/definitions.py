"""Type definitions, as far as the tests with literals need them."""

from importer.targets.atlas.definitions import parsed


def attribute(name, type_name="string", *, optional=True, **options):
    return {"name": name, "typeName": type_name, "isOptional": optional, "options": options}


def end(type_name, name, cardinality="SET", *, container=False):
    return {"type": type_name, "name": name, "cardinality": cardinality, "isContainer": container}


def relation(name, one, two, category="ASSOCIATION"):
    return {"name": name, "relationshipCategory": category, "endDef1": one, "endDef2": two}


TERM = "AtlasGlossaryTerm"
NAMES = [attribute("qualifiedName", optional=False), attribute("name", optional=False)]

DEFINITIONS = {
    "enumDefs": [{"name": "level", "elementDefs": [{"value": "Gold"}, {"value": "Silver"}]}],
    "classificationDefs": [{"name": "PII"}, {"name": "Columns", "entityTypes": ["Table"]}],
    "entityDefs": [
        {"name": "AtlasGlossary", "attributeDefs": NAMES},
        {"name": "AtlasGlossaryCategory", "attributeDefs": NAMES},
        {
            "name": TERM,
            "attributeDefs": [*NAMES, attribute("longDescription"), attribute("usage")],
        },
        {"name": "Asset", "attributeDefs": [*NAMES, attribute("description")]},
        {"name": "Table", "superTypes": ["Asset"], "attributeDefs": []},
        {
            "name": "Column",
            "superTypes": ["Asset"],
            "attributeDefs": [attribute("position", "int")],
        },
    ],
    "relationshipDefs": [
        relation(
            "TermAnchor",
            end("AtlasGlossary", "terms", container=True),
            end(TERM, "anchor", "SINGLE"),
            "COMPOSITION",
        ),
        relation(
            "Hierarchy",
            end("AtlasGlossaryCategory", "childrenCategories", container=True),
            end("AtlasGlossaryCategory", "parentCategory", "SINGLE"),
            "AGGREGATION",
        ),
        relation(
            "Categorization",
            end("AtlasGlossaryCategory", "terms", container=True),
            end(TERM, "categories"),
            "AGGREGATION",
        ),
        relation("Synonym", end(TERM, "synonyms"), end(TERM, "synonyms")),
        relation("IsA", end(TERM, "classifies"), end(TERM, "isA")),
        relation("Meaning", end(TERM, "assignedEntities"), end("Asset", "meanings")),
        relation(
            "Columns",
            end("Table", "columns", container=True),
            end("Column", "table", "SINGLE"),
            "COMPOSITION",
        ),
    ],
    "businessMetadataDefs": [
        {
            "name": "Quality",
            "attributeDefs": [
                attribute("score", "float", applicableEntityTypes='["Asset"]'),
                attribute("level", "array<level>", applicableEntityTypes='["Table"]'),
            ],
        }
    ],
}
TYPEDEFS = parsed(DEFINITIONS)
