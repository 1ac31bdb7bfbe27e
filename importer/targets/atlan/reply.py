"""Reads Atlan's answers to a batch: the outcome of each change, or why it was refused.

The shapes and error codes are those of atlas-metastore (EntityMutationResponse, AtlasErrorCode).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from importer.model import Json
from importer.targets.answer import Answer
from importer.targets.atlan.encode import sent_guid
from importer.targets.atlan.vocabulary import stated_name
from importer.targets.classify import refused_or_in_doubt
from importer.targets.mutated import gone, mutated, saved_as
from importer.targets.protocol import Accepted, Change, InDoubt, Refused, Reply

FORBIDDEN_ROW = "ATLAS-403-00-001"
TOO_MANY_ENTITIES = "ATLAS-400-00-212"

NAMED = (
    re.compile(r"with name (.+) already exists"),
    re.compile(r"with name (.+) does not exist"),
)
"""Messages that name the entity (a taken name) or the type (unknown) they are about."""


def saved(changes: Sequence[Change], answer: Answer) -> Reply:
    """Return the reply to a bulk save, matched by guid, since the order of the answer is arbitrary.

    The answer also lists entities touched only through a relation. It leaves out those that stay as
    they were, whether they were so already or were ignored.
    """
    if not isinstance(answer.body, dict):
        return InDoubt("the target's answer could not be read")
    assigned = answer.body.get("guidAssignments") or {}
    created, updated = mutated(answer.body, "CREATE"), _updated(answer.body)
    landed = []
    for change in changes:
        guid = change.id or assigned.get(sent_guid(change))
        if guid is None:
            return InDoubt("the target's answer does not name every entity of the batch")
        landed.append(saved_as(change, guid, created, updated))
    return Accepted(tuple(landed))


def deleted(changes: Sequence[Change], answer: Answer) -> Reply:
    """Return the reply to a deletion."""
    if not isinstance(answer.body, dict):
        return InDoubt("the target's answer could not be read")
    return gone(changes, mutated(answer.body, "DELETE"))


def _updated(body: Json) -> set[str]:
    """Return the guids of updated entities, wherever an answer names them.

    Tenants name some under `PARTIAL_UPDATE`, or in a list beside `mutatedEntities` (pyatlan 11.6,
    AssetMutationResponse).
    """
    beside = {header["guid"] for header in body.get("partialUpdatedEntities") or ()}
    return mutated(body, "UPDATE", "PARTIAL_UPDATE") | beside


def refused(changes: Sequence[Change], answer: Answer) -> Refused | InDoubt:
    """Return the reply to a batch that failed, with the change the answer blames, if any."""
    message = own_message(answer)
    reply = refused_or_in_doubt(
        answer.status, message, culprit=_culprit(changes, answer, message or "")
    )
    if isinstance(reply, Refused) and _code(answer) == TOO_MANY_ENTITIES:
        return Refused(reply.words, reply.http_status, smaller=True)
    return reply


def row_is_forbidden(answer: Answer) -> bool:
    """Return whether a 403 is about a single entity, not about the token."""
    return answer.status == 403 and _code(answer) == FORBIDDEN_ROW


def own_message(answer: Answer) -> str | None:
    """Return Atlan's message with its code in brackets; None where something else answered.

    A 500 without a code does not count as Atlan's: an exception may have come after the save.
    """
    code, body = _code(answer), answer.body
    if code:
        return f"{body.get('errorMessage') or 'Atlan gives no reason'} ({code})"
    if answer.status >= 500 or not (isinstance(body, dict) or answer.empty):
        return None
    message = body.get("errorMessage") or body.get("message") if isinstance(body, dict) else None
    return f"{message or 'Atlan gives no reason'} (HTTP {answer.status})"


def _code(answer: Answer) -> str:
    return str(answer.body.get("errorCode") or "") if isinstance(answer.body, dict) else ""


def _culprit(changes: Sequence[Change], answer: Answer, message: str) -> int | None:
    """Return the seq of the change an answer blames: by guid, else by a name only one change has.

    atlas-metastore sets `entityGuid` for validation errors, not for taken names or permissions.
    """
    guid = answer.body.get("entityGuid") if isinstance(answer.body, dict) else None
    by_guid = {sent_guid(change): change.seq for change in changes}
    if guid in by_guid:
        return by_guid[guid]
    names = [match.group(1) for pattern in NAMED if (match := pattern.search(message))]
    blamed = [one.seq for one in changes if names and names[0] in {stated_name(one), one.type}]
    return blamed[0] if len(blamed) == 1 else None
