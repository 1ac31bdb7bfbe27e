"""The errors of Apache Atlas 2.1: status, code and message of each (tried on the real server)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from importer.sandbox.metastore_errors import INVALID, SHARED, Case

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEY = "Invalid key: {} in custom attribute, "

CASES: dict[str, Case] = {
    **SHARED,
    "long_label": (
        400,
        "ATLAS-400-00-08F",
        "Invalid label: {}, label size should not be greater than 50",
    ),
    "bad_label": (
        400,
        "ATLAS-400-00-090",
        "Invalid label: {}, label should contain alphanumeric characters, _ or -",
    ),
    "long_key": (400, "ATLAS-400-00-08C", _KEY + "key size should not be greater than 50"),
    "bad_key": (
        400,
        "ATLAS-400-00-08D",
        _KEY + "key should only contain alphanumeric characters, _ or -",
    ),
    "tag_not_there": (
        400,
        "ATLAS-400-00-06D",
        "Classification {} is not associated with entity",
    ),
    "tag_not_for_type": (
        400,
        "ATLAS-400-00-055",
        "Entity (guid=‘{0}‘,typename=‘{1}‘) cannot be classified by Classification ‘{2}‘, because"
        " ‘{1}‘ is not in the ClassificationDefs restricted by",
    ),
    "circular_type": (
        400,
        "ATLAS-400-00-002",
        "{}: invalid supertypes - circular reference back to self",
    ),
    "incompatible_type": (400, "ATLAS-400-00-003", "{}: incompatible supertype {}"),
    "unknown_search_type": (400, "ATLAS-400-00-00A", "{}: Unknown/invalid typename"),
    "bad_type_name": (
        400,
        "ATLAS-400-00-019",
        "{}: invalid name for {}.  Names must consist of a letter followed by a sequence of letter,"
        " number, space, or _ characters",
    ),
    "missing_part": (400, "ATLAS-400-00-02B", "Mandatory field {} has empty/null value"),
    "attribute_mandatory": (400, "ATLAS-400-00-00C", "{}.{} : can not add mandatory attribute"),
    "attribute_lost": (400, "ATLAS-400-00-00D", "{}.{} : attribute delete not supported"),
    "no_key": (400, "ATLAS-400-00-013", "Type {} with unique attribute {} does not exist"),
    "unknown_attribute": (400, "ATLAS-400-00-023", "Attribute {} not found for type {}"),
    "attribute_alone": (400, "ATLAS-400-00-027", "{}.{} : attribute update not supported"),
    "nothing_to_search": (
        400,
        "ATLAS-400-00-047",
        "No search parameter was found. One of the following MUST be specified in the request;"
        " typeName, classification, termName or queryText",
    ),
    "relationship_gone": (
        404,
        "ATLAS-404-00-00F",
        "Attempting to delete a relationship which is already deleted : {}",
    ),
    "unknown_relationship_type": (
        400,
        "ATLAS-400-00-028",
        "invalid value: unknown relationship type'{}'",
    ),
    "no_end": (
        400,
        "ATLAS-400-00-07D",
        "Relationship end is invalid. Expected {} but is NULL",
    ),
    "invalid_relationship": (
        404,
        "ATLAS-404-00-00D",
        "Invalid relationship creation/updation parameters passed : {}",
    ),
    "unknown_tag_type": (
        400,
        "ATLAS-400-00-014",
        "Type CLASSIFICATION with name {} does not exist",
    ),
    "no_tags": (404, "ATLAS-404-00-003", "No classifications associated with entity: {}"),
    "invalid": (404, "ATLAS-404-00-007", INVALID + "{}"),
    "unknown_relationship": (
        404,
        "ATLAS-404-00-00C",
        "Given relationship guid {} is invalid/not found",
    ),
    "type_exists": (409, "ATLAS-409-00-001", "Given type {} already exists"),
    "relationship_exists": (
        409,
        "ATLAS-409-00-004",
        "relationship {} already exists between entities {} and {}",
    ),
}


class Refused(Exception):
    """An error of the API; nothing of the request is saved. `case` is a key of CASES.

    It never says which entity of a request is to blame.
    """

    def __init__(self, case: str, *values: object) -> None:
        self.status, self.code, text = CASES[case]
        super().__init__(text.format(*values))

    def body(self) -> dict[str, Any]:
        """Return the JSON body."""
        return {"errorCode": self.code, "errorMessage": str(self)}


class Crashed(Exception):
    """An unexpected exception in the real server: a 500 in plain text."""


@contextmanager
def crashing() -> Iterator[None]:
    """Make a crash of every Refused in the block: a create checks some values too late."""
    try:
        yield
    except Refused as refused:
        raise Crashed(str(refused)) from None
