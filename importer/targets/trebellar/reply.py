"""Trebellar's answer to a batch in, what became of each change out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from importer.model import Action, Json, Status
from importer.targets.classify import refused_or_in_doubt
from importer.targets.protocol import Change, InDoubt, Landed, Refused
from importer.targets.transport import Answer

STATUS = {
    Action.CREATE: Status.CREATED,
    Action.UPDATE: Status.UPDATED,
    Action.MOVE: Status.MOVED,
    Action.DELETE: Status.DELETED,
}


def refused(answer: Answer) -> Refused | InDoubt:
    """An answer that is no 2xx. It never says which operation was at fault."""
    return refused_or_in_doubt(answer.status, own_words(answer))


def own_words(answer: Answer) -> str | None:
    """Trebellar's message, or that it gives none; None where something else answered.

    Its page documents a 400 and a 500 as rolled back and shows no body for them. An empty 500 may
    be anybody's; an object is Trebellar's.
    """
    if isinstance(answer.body, dict):
        return _said(answer.body, answer.status)
    if answer.empty and answer.status < 500:
        return _said({}, answer.status)
    return None


def not_carried_out(answer: Answer, body: Json) -> Refused:
    """An answer 200 that says `success: false`; `body` is what may be shown of it."""
    return Refused(_said(body, answer.status), answer.status)


def _said(body: Json, status: int) -> str:
    parts = [str(body[name]) for name in ("message", "error") if body.get(name)]
    reason = ": ".join(dict.fromkeys(parts))
    return f"{reason or 'Trebellar refused the batch and gave no reason'} (HTTP {status})"


def ids_from_echo(sent: Sequence[Json], answer: Answer) -> dict[int, str]:
    """Position of each add -> the id the answer tells, where the answer repeats what was sent."""
    echoed = answer.body.get("operations") or []
    if len(echoed) != len(sent):
        return {}
    pairs = enumerate(zip(sent, echoed, strict=True))
    told = {place: _id(ours, theirs) for place, (ours, theirs) in pairs}
    return {place: asset_id for place, asset_id in told.items() if asset_id}


def _id(ours: Json, theirs: Json) -> str:
    asset = theirs.get("asset") or {} if isinstance(theirs, dict) else {}
    same = all(ours.get("asset", {}).get(name) == asset.get(name) for name in ("type", "label"))
    return str(asset.get("id") or "") if ours["type"] == "add" and same else ""


def landed(changes: Sequence[Change], ids: Mapping[int, str]) -> tuple[Landed, ...]:
    """All changes as carried out; `ids` are those of new assets, by seq."""
    return tuple(
        Landed(change.seq, STATUS[change.action], change.id or ids[change.seq])
        for change in changes
    )
