"""The errors of Atlan's API: status, code and message of each (atlas-metastore AtlasErrorCode).

The digits in a code do not tell the status: validation errors are 404, a bad URL is 500.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_INVALID = "Invalid instance creation/updation parameters passed : "

CASES: dict[str, tuple[int, str, str]] = {
    "no_entities": (
        400,
        "ATLAS-400-00-01A",
        "invalid parameters: no entities to create/update.",
    ),
    "invalid_parameters": (400, "ATLAS-400-00-01A", "invalid parameters: {}"),
    "too_many": (400, "ATLAS-400-00-212", "Bulk requests are limited to {} entities, got {}"),
    "bad_request": (400, "ATLAS-400-00-029", "{}"),
    "unknown_type": (400, "ATLAS-400-00-014", "Type ENTITY with name {} does not exist"),
    "malformed_reference": (400, "ATLAS-400-00-021", "ObjectId is not valid {}"),
    "relation_twice": (
        400,
        "ATLAS-400-00-108",
        "Attribute {} is in relationshipAttributes and in append or remove as well",
    ),
    "wrong_end": (
        400,
        "ATLAS-400-00-036",
        "invalid relationshipDef: {}: end type 1: {}, end type 2: {}",
    ),
    "long_key": (
        400,
        "ATLAS-400-00-08C",
        "Invalid key: {} in custom attribute, longer than 50 characters",
    ),
    "bad_key": (
        400,
        "ATLAS-400-00-08D",
        "Invalid key: {} in custom attribute, only letters, digits, '_' and '-' are allowed",
    ),
    "long_label": (400, "ATLAS-400-00-08F", "Invalid label: {}, longer than 50 characters"),
    "bad_label": (
        400,
        "ATLAS-400-00-090",
        "Invalid label: {}, only letters, digits, '_' and '-' are allowed",
    ),
    "bad_name": (
        400,
        "ATLAS-400-00-083",
        "name cannot be empty and must not contain the character @",
    ),
    "reference_not_found": (404, "ATLAS-404-00-00A", "Referenced entity {} is not found"),
    "unknown_guid": (404, "ATLAS-404-00-005", "Given instance guid {} is invalid/not found"),
    "unknown_key": (404, "ATLAS-404-00-009", "Instance {} with unique attribute {} does not exist"),
    "unknown_type_name": (404, "ATLAS-404-00-001", "Given typename {} was invalid"),
    "unknown_tag": (404, "ATLAS-404-00-008", "Given classification {} was invalid"),
    "missing_value": (
        404,
        "ATLAS-404-00-007",
        _INVALID + "{}.{}: mandatory attribute value missing in type {}",
    ),
    "bad_value": (404, "ATLAS-404-00-007", _INVALID + "{}.{}={}: invalid value for type {}"),
    "bad_custom_metadata": (
        404,
        "ATLAS-404-00-007",
        _INVALID + "{}: invalid business-metadata for entity type {}",
    ),
    "bad_custom_value": (
        404,
        "ATLAS-404-00-007",
        _INVALID + "{}={}: invalid value for business attribute of type {}",
    ),
    "type_in_use": (409, "ATLAS-409-00-002", "Given type {} has references"),
    "type_exists": (409, "ATLAS-409-00-012", "Given type {} already exists"),
    "glossary_exists": (409, "ATLAS-409-00-007", "Glossary with name {} already exists"),
    "term_exists": (409, "ATLAS-409-00-009", "Glossary term with name {} already exists"),
    "category_exists": (
        409,
        "ATLAS-409-00-00A",
        "Glossary category with name {} already exists on this level",
    ),
    "foreign_parent": (409, "ATLAS-400-00-0015", "Parent category {} is of another glossary"),
    "self_relation": (409, "ATLAS-409-00-014", "A relation needs two ends, both are {}"),
    "no_tags": (409, "ATLAS-409-00-015", "Operation not supported: tags on a {}"),
    "same_request": (500, "ATLAS-500-00-001", "{} of the same request has no qualifiedName yet"),
    "no_url": (500, "ATLAS-500-00-001", "Link is empty for operation: {}"),
    "bad_url": (500, "ATLAS-500-00-001", "Please provide a valid URL for operation: {}"),
    "too_long": (500, "ATLAS-500-00-001", "{}"),
}


class Refused(Exception):
    """An error of the API; nothing of the request is saved. `case` is a key of CASES."""

    def __init__(self, case: str, *values: object, guid: str | None = None) -> None:
        self.status, self.code, text = CASES[case]
        self.message = text.format(*values)
        self.guid = guid
        super().__init__(self.message)

    def body(self) -> dict[str, Any]:
        """Return the JSON body; it has an `entityGuid` only if the culprit is known."""
        named = {} if self.guid is None else {"entityGuid": self.guid}
        return {"errorCode": self.code, "errorMessage": self.message, **named}


class Crashed(Exception):
    """An unexpected exception in the real server: a 500 without an error code."""

    status = 500

    def body(self) -> dict[str, Any]:
        """Return the JSON body."""
        cause = {"errorType": "NullPointerException", "errorMessage": str(self), "location": ""}
        return {
            "errorId": "0" * 16,
            "message": "There was an error processing your request.",
            "causes": [cause],
        }


@contextmanager
def blamed_on(guid: str) -> Iterator[None]:
    """Set `guid` as the culprit of every Refused that is raised in the block."""
    try:
        yield
    except Refused as refused:
        refused.guid = guid
        raise
