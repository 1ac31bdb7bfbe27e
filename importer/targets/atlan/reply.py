"""Atlan's answer to a batch in, what became of each change out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from importer.model import Action, Json, Status
from importer.targets.atlan.encode import sent_guid
from importer.targets.atlan.vocabulary import name_of
from importer.targets.classify import refused_or_in_doubt
from importer.targets.protocol import Accepted, Change, InDoubt, Landed, Refused, Reply
from importer.targets.transport import Answer

FORBIDDEN_ROW = "ATLAS-403-00-001"
TOO_MANY_ENTITIES = "ATLAS-400-00-212"

QUOTED = (
    re.compile(r"with name (.+) already exists"),
    re.compile(r"with name (.+) does not exist"),
)


def saved(changes: Sequence[Change], answer: Answer) -> Reply:
    """What a bulk save did, matched by guid: the order of the answer says nothing.

    Entities touched only through a relation are in the answer too, and unchanged ones are not.
    """
    if not isinstance(answer.body, dict):
        return InDoubt("the target's answer could not be read")
    assigned = answer.body.get("guidAssignments") or {}
    created, updated = _mutated(answer.body, "CREATE"), _mutated(answer.body, "UPDATE")
    landed = []
    for change in changes:
        guid = change.id or assigned.get(sent_guid(change))
        if guid is None:
            return InDoubt("the target's answer does not name every entity of the batch")
        landed.append(Landed(change.seq, _status(change, guid, created, updated), guid))
    return Accepted(tuple(landed))


def deleted(changes: Sequence[Change], answer: Answer) -> Reply:
    """What a deletion did; an entity the answer does not name was gone already."""
    if not isinstance(answer.body, dict):
        return InDoubt("the target's answer could not be read")
    gone = _mutated(answer.body, "DELETE")
    return Accepted(
        tuple(
            Landed(one.seq, Status.DELETED if one.id in gone else Status.UNCHANGED, one.id or "")
            for one in changes
        )
    )


def _mutated(body: Json, operation: str) -> set[str]:
    headers = (body.get("mutatedEntities") or {}).get(operation) or []
    return {header["guid"] for header in headers}


def _status(change: Change, guid: str, created: set[str], updated: set[str]) -> Status:
    if guid in created:
        return Status.CREATED
    if guid in updated:
        return Status.MOVED if change.action is Action.MOVE else Status.UPDATED
    return Status.UNCHANGED


def refused(changes: Sequence[Change], answer: Answer) -> Refused | InDoubt:
    """An answer that is no 2xx, with the change it blames where it names one."""
    words = own_words(answer)
    reply = refused_or_in_doubt(
        answer.status, words, culprit=_culprit(changes, answer, words or "")
    )
    if isinstance(reply, Refused) and _code(answer) == TOO_MANY_ENTITIES:
        return Refused(reply.words, reply.http_status, smaller=True)
    return reply


def row_is_forbidden(answer: Answer) -> bool:
    """Whether a 403 is about one entity, not about the key."""
    return answer.status == 403 and _code(answer) == FORBIDDEN_ROW


def own_words(answer: Answer) -> str | None:
    """Atlan's message with its code in brackets; None where something else answered.

    A 500 is Atlan's own only with a code: without, an exception may have come after the save.
    """
    code, body = _code(answer), answer.body
    if code:
        return f"{body.get('errorMessage') or 'Atlan gives no reason'} ({code})"
    if answer.status >= 500 or not (isinstance(body, dict) or answer.empty):
        return None
    said = body.get("errorMessage") or body.get("message") if isinstance(body, dict) else None
    return f"{said or 'Atlan gives no reason'} (HTTP {answer.status})"


def _code(answer: Answer) -> str:
    return str(answer.body.get("errorCode") or "") if isinstance(answer.body, dict) else ""


def _culprit(changes: Sequence[Change], answer: Answer, words: str) -> int | None:
    """By the guid it names, else by the one entity that has the name or type it quotes."""
    guid = answer.body.get("entityGuid") if isinstance(answer.body, dict) else None
    by_guid = {sent_guid(change): change.seq for change in changes}
    if guid in by_guid:
        return by_guid[guid]
    quoted = [match.group(1) for pattern in QUOTED if (match := pattern.search(words))]
    named = [one.seq for one in changes if quoted and quoted[0] in {name_of(one), one.type}]
    return named[0] if len(named) == 1 else None
