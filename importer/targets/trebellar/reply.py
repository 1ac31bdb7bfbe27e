"""Reads Trebellar's answers to a batch: the outcome of each change, or why it was refused.

The OpenAPI of POST /api/v2/assets/bulk documents 400 and 500 as rolled back and gives them no body;
trebellar-api 1.3 reads both as `{code, message, error?, details?}`. No operation is ever blamed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from importer.model import Json
from importer.targets.answer import Answer
from importer.targets.classify import refused_or_in_doubt
from importer.targets.protocol import OUTCOME_OF, Change, InDoubt, Landed, Refused


def refused(answer: Answer) -> Refused | InDoubt:
    """Return the reply to a batch that failed."""
    return refused_or_in_doubt(answer.status, own_message(answer))


def own_message(answer: Answer) -> str | None:
    """Return Trebellar's message, or that it gives none; None where something else answered.

    A JSON object is Trebellar's own answer; an empty 500 may be any gateway's.
    """
    if isinstance(answer.body, dict):
        return _message(answer.body, answer.status)
    if answer.empty and answer.status < 500:
        return _message({}, answer.status)
    return None


def not_carried_out(answer: Answer, body: Json) -> Refused:
    """Return the refusal in a 200 with `success: false`; `body` is its JSON, the token masked."""
    return Refused(_message(body, answer.status), answer.status)


def _message(body: Json, status: int) -> str:
    parts = [str(body[name]) for name in ("message", "error") if body.get(name)]
    reason = ": ".join(dict.fromkeys(parts))
    return f"{reason or 'Trebellar refused the batch and gave no reason'} (HTTP {status})"


def ids_from_echo(sent: Sequence[Json], answer: Answer) -> dict[int, str]:
    """Return index of each add -> the new id, where the answer echoes the operations with ids.

    The OpenAPI does not say who assigns ids; an echo that does not match is ignored.
    """
    echoed = answer.body.get("operations") or []
    if len(echoed) != len(sent):
        return {}
    pairs = enumerate(zip(sent, echoed, strict=True))
    found = {index: _new_id(ours, theirs) for index, (ours, theirs) in pairs}
    return {index: asset_id for index, asset_id in found.items() if asset_id}


def _new_id(ours: Json, theirs: Json) -> str:
    asset = theirs.get("asset") if isinstance(theirs, dict) else None
    if not isinstance(asset, dict):
        return ""
    same = all(ours.get("asset", {}).get(name) == asset.get(name) for name in ("type", "label"))
    return str(asset.get("id") or "") if ours["type"] == "add" and same else ""


def landed(changes: Sequence[Change], ids: Mapping[int, str]) -> tuple[Landed, ...]:
    """Return every change as carried out; `ids` holds the ids of new assets by seq."""
    return tuple(
        Landed(change.seq, OUTCOME_OF[change.action], change.id or ids[change.seq])
        for change in changes
    )
