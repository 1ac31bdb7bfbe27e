"""The target Trebellar: fetches assets, sends bulk requests, settles batches in doubt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any
from urllib.parse import quote

from importer.errors import StoppedEarly
from importer.field_type import FieldType
from importer.model import Json
from importer.targets.answer import Answer, AnswerLost, TooMuchToRead
from importer.targets.body import LONGEST_LIST, LongList
from importer.targets.connection import ConnectionSettings
from importer.targets.protocol import (
    Accepted,
    Change,
    InDoubt,
    LiveEntity,
    Query,
    Reply,
    with_write_only,
)
from importer.targets.transport import Transport
from importer.targets.trebellar.decode import (
    AssetsInMemory,
    demand_same,
    live_assets,
    live_entity,
)
from importer.targets.trebellar.encode import operations, parent_of
from importer.targets.trebellar.on_disk import AssetsOnDisk
from importer.targets.trebellar.reply import ids_from_echo, landed, not_carried_out, refused
from importer.targets.trebellar.shapes import shape_of
from importer.targets.trebellar.vocabulary import ASSETS, BULK, PARENT, STATIC, WRITE_ONLY

BATCH = 100
"""Trebellar's OpenAPI names no limit."""

FEW = 20
"""Up to so many assets are looked up one by one; for more, a single list is cheaper, if it is not
long.
"""

BYTES_FOR_ONE = 1 << 20
"""So many bytes of a list cost as much as a request for a single asset, or less: reading them takes
a tenth of a second, and at the usual rate a request waits two tenths for its turn.
"""


class Trebellar:
    """A Trebellar account. It takes no options.

    Raises UsageError where base URL or token cannot be used.
    """

    system = "trebellar"
    lists_all = True

    def __init__(
        self,
        settings: ConnectionSettings,
        options: Mapping[str, Any] | None = None,  # noqa: ARG002 - every system takes some
    ) -> None:
        self.batch_size = BATCH
        self._transport = Transport(
            settings, lambda token: {"X-Trebellar-Api-Key": token}, shape_of
        )

    @property
    def identity(self) -> str:
        """Return the system and its normalised base URL: `trebellar https://api.trebellar.app`."""
        return f"{self.system} {self._transport.base_url}"

    def catch_up(self, seconds: float) -> None:
        """Return at once: the list shows what was saved."""

    def fetch(self, query: Query) -> Iterator[LiveEntity]:  # noqa: ARG002 - there is only one list
        """See Target; yields every asset the token can see, whatever the query."""
        yield from self._list()

    def names(self) -> Mapping[str, frozenset[str]]:
        """Return nothing: no field takes names that an account defines."""
        return {}

    def refuses(self, type_name: str, path: str, name: str) -> bool:  # noqa: ARG002
        """Return False: there are no such names."""
        return False

    def fields(self) -> Mapping[str, FieldType]:
        """Return nothing: dynamic properties have no types."""
        return {}

    def lacks(self, type_name: str, paths: Collection[str]) -> frozenset[str]:  # noqa: ARG002
        """Return nothing: it has every field of the templates."""
        return frozenset()

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
        handles = {change.seq: _handle(change) for change in changes}
        found = self._found(changes, handles)
        return {seq: with_write_only(one, by_seq[seq], WRITE_ONLY) for seq, one in found.items()}

    def read_back(self, changes: Sequence[Change]) -> dict[int, LiveEntity]:
        """See Target."""
        return self.find(changes)

    def ping(self) -> None:
        """See Target; asks for an asset that need not exist."""
        self._get("eid:importer")

    def close(self) -> None:
        """See Target."""
        self._transport.close()

    def _list(self, most: int = LONGEST_LIST) -> Iterator[LiveEntity]:
        """Yield all assets. Raises TooMuchToRead where their list is longer than `most` bytes."""
        long = LongList(AssetsOnDisk.of, most)
        listed = self._transport.read("GET", ASSETS, long=long)
        whole = isinstance(listed, dict)
        with closing(AssetsInMemory.of(listed["data"]) if whole else listed) as assets:
            yield from live_assets(assets, self._get)

    def _get(self, handle: str) -> Json | None:
        """Return the asset with an id or `eid:<externalId>` (trebellar-api 1.3), None on a 404."""
        path = f"{ASSETS}/{quote(handle, safe=':')}"
        return self._transport.read("GET", path, absent=True)

    def _carried_out(
        self, changes: Sequence[Change], sent: Sequence[tuple[Change, Json]], answer: Answer
    ) -> Reply:
        if not isinstance(answer.body, dict):
            return InDoubt("the target's answer could not be read")
        if answer.body.get("success") is False:
            return not_carried_out(answer, self._transport.redact(answer.body))
        echoed = ids_from_echo([operation for _, operation in sent], answer)
        ids = {sent[index][0].seq: asset_id for index, asset_id in echoed.items()}
        unknown = [one for one in changes if one.id is None and one.seq not in ids]
        try:
            ids |= {seq: found.id for seq, found in self.find(unknown).items()}
        except StoppedEarly as stopped:
            return InDoubt(str(stopped))
        if any(one.seq not in ids for one in unknown):
            return InDoubt("the target does not tell the ids of the new assets")
        return Accepted(landed(changes, ids))

    def _found(
        self, changes: Sequence[Change], handles: Mapping[int, str]
    ) -> dict[int, LiveEntity]:
        """Return seq -> live asset, in the way that asks for less; `handles` are ids by seq."""
        known = all(handles.values())
        if known and len(changes) <= FEW:
            return self._find_each(changes, handles)
        most = len(changes) * BYTES_FOR_ONE if known else LONGEST_LIST
        try:
            return self._find_in_list(changes, most)
        except TooMuchToRead:
            if not known:
                raise
        return self._find_each(changes, handles)

    def _find_each(
        self, changes: Sequence[Change], handles: Mapping[int, str]
    ) -> dict[int, LiveEntity]:
        """Return seq -> live asset, by a request for each; `handles` are their ids by seq."""
        found = [(change, self._get(handles[change.seq])) for change in changes]
        for change, asset in found:
            if change.id and asset is not None:
                demand_same(change.id, asset)
        return {
            change.seq: live_entity(asset, change.key)
            for change, asset in found
            if asset is not None
        }

    def _find_in_list(self, changes: Sequence[Change], most: int) -> dict[int, LiveEntity]:
        """Return seq -> live asset, by one list of all assets; no other of them is kept."""
        wanted = {change.seq: _list_identity(change) for change in changes}
        asked = frozenset(wanted.values())
        found: dict[tuple[str, ...], LiveEntity] = {}
        for one in self._list(most):
            own = {("id", one.id), *(("eid", name) for name in one.identities)}
            found.update(dict.fromkeys(own & asked, one))
            if (place := _place(one)) in asked:
                found.setdefault(place, one)
        return {seq: found[identity] for seq, identity in wanted.items() if identity in found}


def _place(live: LiveEntity) -> tuple[str, ...]:
    """Return what finds an asset without an id in the list: its label below its parent."""
    parent = next((ref.id for ref in live.relations.get(PARENT, ())), "")
    return ("place", live.type, parent, live.payload.get("label", ""))


def _external_id(change: Change) -> str:
    return str(change.payload.get(STATIC, {}).get("externalId") or "")


def _handle(change: Change) -> str:
    """Return what an asset can be requested by: its id, else its externalId, else nothing."""
    external_id = _external_id(change)
    return change.id or (f"eid:{external_id}" if external_id else "")


def _list_identity(change: Change) -> tuple[str, ...]:
    """Return what finds an asset in the list: id, externalId, else its label below its parent."""
    if change.id:
        return ("id", change.id)
    if external_id := _external_id(change):
        return ("eid", external_id)
    return ("place", change.type, parent_of(change) or "", change.payload.get("label", ""))
