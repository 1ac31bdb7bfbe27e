"""Reads Apache Atlas's answers to a batch: the outcome of each change, or why it was refused.

Its own errors are JSON with `errorCode` and `errorMessage`, and no guid that would say which entity
they are about. A 500 in plain text comes from anywhere, perhaps from behind the commit.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from importer.targets.answer import Answer
from importer.targets.atlas.encode import sent_guid
from importer.targets.classify import refused_or_in_doubt
from importer.targets.mutated import gone, mutated, saved_as
from importer.targets.protocol import Accepted, Change, InDoubt, Refused, Reply

FORBIDDEN_ROW = "ATLAS-403-00-001"

OWN_500 = "It has been logged (ID"
"""What stands in a 500 of its own, whose cause only its log has."""


def saved(changes: Sequence[Change], answer: Answer) -> Reply:
    """Return the reply to a bulk save, matched by guid.

    The answer leaves out what stays as it was, whether it was so already or was ignored.
    """
    if not isinstance(answer.body, dict):
        return InDoubt("the target's answer could not be read")
    assigned = answer.body.get("guidAssignments") or {}
    created = mutated(answer.body, "CREATE")
    updated = mutated(answer.body, "UPDATE", "PARTIAL_UPDATE")
    landed = []
    for change in changes:
        guid = sent_guid(change)
        guid = assigned.get(guid, guid)
        if guid.startswith("-"):
            return InDoubt("the target's answer does not name every entity of the batch")
        landed.append(saved_as(change, guid, created, updated))
    return Accepted(tuple(landed))


def deleted(changes: Sequence[Change], answer: Answer) -> Reply:
    """Return the reply to a deletion."""
    if not isinstance(answer.body, dict):
        return InDoubt("the target's answer could not be read")
    return gone(changes, mutated(answer.body, "DELETE", "PURGE"))


def refused(changes: Sequence[Change], answer: Answer) -> Refused | InDoubt:
    """Return the reply to a batch that failed, with the change the message names, if it does."""
    return refusal(answer, _culprit(changes, own_message(answer) or ""))


def refusal(answer: Answer, culprit: int | None = None) -> Refused | InDoubt:
    """Return what a failed request says: the server's own 500, as for a deadlock, ends it."""
    reply = refused_or_in_doubt(answer.status, own_message(answer), culprit=culprit)
    if isinstance(reply, InDoubt) and answer.status == 500 and OWN_500 in answer.text:
        return replace(reply, ended=True)
    return reply


def own_message(answer: Answer) -> str | None:
    """Return the server's message with its code in brackets; None where something else answered."""
    body = answer.body if isinstance(answer.body, dict) else {}
    if code := body.get("errorCode"):
        return f"{body.get('errorMessage') or 'Apache Atlas gives no reason'} ({code})"
    if answer.status >= 500 or not (body or answer.empty):
        return None
    return f"{body.get('errorMessage') or 'Apache Atlas gives no reason'} (HTTP {answer.status})"


def row_is_forbidden(answer: Answer) -> bool:
    """Return whether a 403 is about a single entity, not about the user."""
    code = answer.body.get("errorCode") if isinstance(answer.body, dict) else None
    return answer.status == 403 and code == FORBIDDEN_ROW


def _culprit(changes: Sequence[Change], message: str) -> int | None:
    """Return the seq of the only change whose entity or type a message names."""
    blamed = [
        change.seq
        for change in changes
        if _names(message, sent_guid(change)) or f"with name {change.type} does not" in message
    ]
    return blamed[0] if len(blamed) == 1 else None


def _names(message: str, guid: str) -> bool:
    """Return whether a message names a guid as a word of its own."""
    words = message.translate(str.maketrans("{}()[]'\",:=", " " * 11)).split()
    return guid in words
