"""Changes in, bulk requests to Trebellar and what they did out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from importer.errors import StoppedEarly
from importer.model import Json
from importer.targets.protocol import Accepted, Change, InDoubt, LiveEntity, Query, Reply, as_said
from importer.targets.transport import TIMEOUT, Answer, AnswerLost, Transport
from importer.targets.trebellar.decode import live, live_assets
from importer.targets.trebellar.encode import operations, parent_of
from importer.targets.trebellar.reply import ids_from_echo, landed, not_carried_out, refused
from importer.targets.trebellar.vocabulary import ASSETS, BULK, STATIC, UNREADABLE

BATCH = 100
FEW = 20
"""Up to so many assets are looked up one by one; for more, one list is cheaper."""


class Trebellar:
    """A Trebellar account. It takes no options.

    Raises UsageError where base URL or token cannot be used.
    """

    system = "trebellar"

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        rate: int | None,
        jobs: int = 4,
        timeout: float = TIMEOUT,
        options: Mapping[str, Any] | None = None,  # noqa: ARG002 - the same for every system
        token_name: str = "TREBELLAR_API_KEY",  # noqa: S107 - the name of a variable
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.batch_size = BATCH
        self._transport = Transport(
            base_url,
            token,
            headers=lambda key: {"X-Trebellar-Api-Key": key},
            token_name=token_name,
            rate=rate,
            jobs=jobs,
            timeout=timeout,
            sleep=sleep,
        )

    @property
    def identity(self) -> str:
        """`trebellar https://api.trebellar.app`."""
        return f"{self.system} {self._transport.base_url}"

    def catch_up(self, seconds: float) -> None:
        """What was saved is in the list."""

    def fetch(self, wanted: Query) -> Iterator[LiveEntity]:  # noqa: ARG002 - one list holds them all
        """See Target: every asset the key can see, whatever is wanted."""
        yield from self._all()

    def names(self) -> Mapping[str, frozenset[str]]:
        """There are no names to look up."""
        return {}

    def guard(self, check: Callable[[], None]) -> None:
        """See Target."""
        self._transport.guard = check

    def submit(self, changes: Sequence[Change]) -> Reply:
        """See Target."""
        sent = [(change, operation) for change in changes for operation in operations(change)]
        body = {"operations": [operation for _, operation in sent]}
        try:
            answer = self._transport.write("POST", BULK, body=body)
        except AnswerLost as lost:
            return InDoubt(str(lost), late=lost.late)
        if not answer.ok:
            self._transport.demand_access(answer)
            return refused(answer)
        return self._carried_out(changes, sent, answer)

    def find(self, changes: Sequence[Change]) -> dict[int, LiveEntity]:
        """See Target."""
        by_seq = {change.seq: change for change in changes}
        found = self._looked_up(changes)
        return {seq: as_said(one, by_seq[seq], UNREADABLE) for seq, one in found.items()}

    def _looked_up(self, changes: Sequence[Change]) -> dict[int, LiveEntity]:
        handles = {change.seq: _handle(change) for change in changes}
        if len(changes) > FEW or not all(handles.values()):
            return self._found_in_list(changes)
        found = {change.seq: self._one(handles[change.seq]) for change in changes}
        by_seq = {change.seq: change for change in changes}
        return {
            seq: live(asset, by_seq[seq].key, {})
            for seq, asset in found.items()
            if asset is not None
        }

    def ping(self) -> None:
        """See Target: asks for an asset that need not be there."""
        self._one("eid:importer")

    def close(self) -> None:
        """Give the connections back."""
        self._transport.close()

    def _all(self) -> Iterator[LiveEntity]:
        listed = self._transport.read("GET", ASSETS)
        yield from live_assets(listed.get("data") or [], self._one)

    def _one(self, handle: str) -> Json | None:
        """The asset with this id or `eid:<externalId>`, None where there is none."""
        path = f"{ASSETS}/{quote(handle, safe=':')}"
        return self._transport.read("GET", path, absent=True)

    def _carried_out(
        self, changes: Sequence[Change], sent: Sequence[tuple[Change, Json]], answer: Answer
    ) -> Reply:
        if not isinstance(answer.body, dict):
            return InDoubt("the target's answer could not be read")
        if answer.body.get("success") is False:
            return not_carried_out(answer, self._transport.redact(answer.body))
        told = ids_from_echo([operation for _, operation in sent], answer)
        ids = {sent[place][0].seq: asset_id for place, asset_id in told.items()}
        unknown = [one for one in changes if one.id is None and one.seq not in ids]
        try:
            ids |= {seq: found.id for seq, found in self.find(unknown).items()}
        except StoppedEarly as stopped:
            return InDoubt(str(stopped))
        if any(one.seq not in ids for one in unknown):
            return InDoubt("the target does not tell the ids of the new assets")
        return Accepted(landed(changes, ids))

    def _found_in_list(self, changes: Sequence[Change]) -> dict[int, LiveEntity]:
        by_id: dict[tuple[str, ...], LiveEntity] = {}
        for one in self._all():
            for handle in (("id", one.id), *(("eid", name) for name in one.identities)):
                by_id[handle] = one
            by_id.setdefault(("place", one.type, _parent(one), one.payload["label"]), one)
        found = {change.seq: by_id.get(_place(change)) for change in changes}
        return {seq: one for seq, one in found.items() if one is not None}


def _external_id(change: Change) -> str:
    return str(change.payload.get(STATIC, {}).get("externalId") or "")


def _handle(change: Change) -> str:
    """What one asset can be asked for by: its id, else its externalId."""
    external_id = _external_id(change)
    return change.id or (f"eid:{external_id}" if external_id else "")


def _place(change: Change) -> tuple[str, ...]:
    """What finds a change's asset in the list: id, externalId, else label below its parent."""
    if change.id:
        return ("id", change.id)
    if external_id := _external_id(change):
        return ("eid", external_id)
    return ("place", change.type, parent_of(change) or "", change.payload.get("label", ""))


def _parent(one: LiveEntity) -> str:
    return next((ref.id for ref in one.relations.get("parentId", ())), "")
