"""The errors that Apache Atlas answers with, and Atlan too, whose metastore grew out of it."""

Case = tuple[int, str, str]
"""The status, the code and the text of an error."""

INVALID = "Invalid instance creation/updation parameters passed : "
"""How the text of an error about one value begins."""

SHARED: dict[str, Case] = {
    "unknown_type": (400, "ATLAS-400-00-014", "Type ENTITY with name {} does not exist"),
    "invalid_parameters": (400, "ATLAS-400-00-01A", "invalid parameters: {}"),
    "malformed_reference": (400, "ATLAS-400-00-021", "ObjectId is not valid {}"),
    "bad_request": (400, "ATLAS-400-00-029", "{}"),
    "wrong_end": (
        400,
        "ATLAS-400-00-036",
        "invalid relationshipDef: {}: end type 1: {}, end type 2: {}",
    ),
    "unknown_type_name": (404, "ATLAS-404-00-001", "Given typename {} was invalid"),
    "unknown_guid": (404, "ATLAS-404-00-005", "Given instance guid {} is invalid/not found"),
    "unknown_tag": (404, "ATLAS-404-00-008", "Given classification {} was invalid"),
    "unknown_key": (404, "ATLAS-404-00-009", "Instance {} with unique attribute {} does not exist"),
    "reference_not_found": (404, "ATLAS-404-00-00A", "Referenced entity {} is not found"),
    "type_in_use": (409, "ATLAS-409-00-002", "Given type {} has references"),
}
