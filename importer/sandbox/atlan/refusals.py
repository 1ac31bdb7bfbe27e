"""The errors of Atlan's API: status, code and message of each (atlas-metastore AtlasErrorCode).

The digits in a code do not tell the status: validation errors are 404, a bad URL is 500.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from importer.sandbox.metastore_errors import INVALID, SHARED, Case

if TYPE_CHECKING:
    from collections.abc import Iterator


CASES: dict[str, Case] = {
    **SHARED,
    "no_entities": (
        400,
        "ATLAS-400-00-01A",
        "invalid parameters: no entities to create/update.",
    ),
    "too_many": (400, "ATLAS-400-00-212", "Bulk requests are limited to {} entities, got {}"),
    "relation_twice": (
        400,
        "ATLAS-400-00-108",
        "Attribute {} is in relationshipAttributes and in append or remove as well",
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
    "missing_value": (
        404,
        "ATLAS-404-00-007",
        INVALID + "{}.{}: mandatory attribute value missing in type {}",
    ),
    "bad_value": (404, "ATLAS-404-00-007", INVALID + "{}.{}={}: invalid value for type {}"),
    "bad_custom_metadata": (
        404,
        "ATLAS-404-00-007",
        INVALID + "{}: invalid business-metadata for entity type {}",
    ),
    "bad_custom_value": (
        404,
        "ATLAS-404-00-007",
        INVALID + "{}={}: invalid value for business attribute of type {}",
    ),
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
