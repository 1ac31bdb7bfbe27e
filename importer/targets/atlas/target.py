"""The target Apache Atlas: fetches entities, sends bulk requests and the calls that follow them."""

from __future__ import annotations

import threading
from base64 import b64encode
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from importer.field_type import FieldType
from importer.model import Action, Status
from importer.targets.answer import Answer, AnswerLost
from importer.targets.atlas.definitions import load
from importer.targets.atlas.encode import entity, is_sent, needs_typedefs, unknown_metadata
from importer.targets.atlas.fetch import Fetcher
from importer.targets.atlas.follow import Follower
from importer.targets.atlas.limits import has_whole_numbers, unstorable
from importer.targets.atlas.lookup import fitting_names, look_up, taken
from importer.targets.atlas.read import Reader
from importer.targets.atlas.reply import deleted, refused, row_is_forbidden, saved
from importer.targets.atlas.shapes import shape_of
from importer.targets.atlas.typedefs import TypeDefs
from importer.targets.atlas.vocabulary import BULK, HEADERS, PREFIX, existing_id
from importer.targets.connection import ConnectionSettings, normal_url
from importer.targets.protocol import (
    Accepted,
    Change,
    InDoubt,
    Landed,
    LiveEntity,
    Query,
    Reply,
)
from importer.targets.transport import Transport

BATCH = 50
"""Apache Atlas advises no size; its transactions hold locks on all that they refer to."""

INDEX_LAG = 2.0
"""Seconds until a search finds what was saved."""


class Atlas:
    """A server of Apache Atlas, or of what speaks its protocol.

    `options`: `index_lag`, seconds until a search finds what was saved. Raises UsageError where
    base URL or credentials cannot be used.
    """

    system = "atlas"
    lists_all = False

    def __init__(
        self, settings: ConnectionSettings, options: Mapping[str, Any] | None = None
    ) -> None:
        self.batch_size = BATCH
        self._index_lag = float((options or {}).get("index_lag", INDEX_LAG))
        self._sleep = settings.sleep
        self._typedefs: TypeDefs | None = None
        self._lock = threading.Lock()
        self._saving = threading.Lock()
        path = (settings.path or PREFIX).strip("/")
        self._base_url = normal_url(settings.base_url).removesuffix(f"/{path}")
        self._transport = Transport(
            settings.at(f"{self._base_url}/{path}"),
            lambda token: _authorization(settings.user, token),
            shape_of,
        )

    @property
    def identity(self) -> str:
        """Return the system and its normalised base URL: `atlas https://atlas.example.com`."""
        return f"{self.system} {self._base_url}"

    def catch_up(self, seconds: float) -> None:
        """See Target."""
        if seconds < self._index_lag:
            self._sleep(self._index_lag - seconds)

    def fetch(self, query: Query) -> Iterator[LiveEntity]:
        """See Target; a glossary is read whole if any object of it is wanted."""
        return Fetcher(self._reader(), query).run()

    def names(self) -> Mapping[str, frozenset[str]]:
        """See Target; returns classifications, business metadata, and the attributes of each."""
        return self._loaded_typedefs().by_path()

    def refuses(self, type_name: str, path: str, name: str) -> bool:
        """See Target; classifications and business metadata may be limited to some types."""
        return self._loaded_typedefs().refuses(type_name, path, name)

    def fields(self) -> Mapping[str, FieldType]:
        """See Target; returns the attributes of business metadata."""
        return self._loaded_typedefs().fields()

    def lacks(self, type_name: str, paths: Collection[str]) -> frozenset[str]:
        """See Target; what a type does not define is dropped without a word."""
        return self._loaded_typedefs().lacks(type_name, paths)

    def guard(self, check: Callable[[], None]) -> None:
        """See Target."""
        self._transport.guard = check

    def submit(self, changes: Sequence[Change]) -> Reply:
        """See Target; two batches at a time gain nothing: each locks the glossary it is about.

        2.1 answers a deadlock with a 500, which leaves the batch in doubt.
        """
        try:
            with self._saving:
                deletes = changes[0].action is Action.DELETE
                return self._delete(changes) if deletes else self._save(changes)
        except AnswerLost as lost:
            return InDoubt(str(lost), late=lost.late)

    def find(self, changes: Sequence[Change]) -> dict[int, LiveEntity]:
        """See Target."""
        return dict(look_up(self._reader(), changes))

    def read_back(self, changes: Sequence[Change]) -> dict[int, LiveEntity]:
        """See Target."""
        return self.find([replace(change, before=None) for change in changes])

    def ping(self) -> None:
        """See Target."""
        self._transport.read("GET", HEADERS)

    def close(self) -> None:
        """See Target."""
        self._transport.close()

    def _loaded_typedefs(self) -> TypeDefs:
        """Return the type definitions, read at the first call."""
        with self._lock:
            if self._typedefs is None:
                self._typedefs = load(self._transport)
            return self._typedefs

    def _needed_typedefs(self, changes: Sequence[Change]) -> TypeDefs:
        """Return the type definitions; they are not read for new assets of texts alone."""
        needed = any(needs_typedefs(one) or has_whole_numbers(one) for one in changes)
        return self._loaded_typedefs() if needed else TypeDefs()

    def _reader(self) -> Reader:
        return Reader(self._transport, self._loaded_typedefs())

    def _save(self, changes: Sequence[Change]) -> Reply:
        """Save a batch: first the entities in one transaction, then what has calls of its own."""
        typedefs = self._needed_typedefs(changes)
        reader = Reader(self._transport, typedefs)
        names = fitting_names(reader, changes)
        refusal = (
            unknown_metadata(changes, typedefs)
            or unstorable(changes, typedefs)
            or taken(reader, changes, names)
        )
        if refusal:
            return refusal
        sent = [change for change in changes if is_sent(change, typedefs)]
        reply = self._post(sent, typedefs, names) if sent else Accepted(())
        if not isinstance(reply, Accepted):
            return reply
        landed = {one.seq: one for one in reply.landed}
        outcomes = [landed.get(one.seq) or _not_sent(one) for one in changes]
        return Follower(self._transport, typedefs).follow(changes, outcomes)

    def _post(
        self, changes: Sequence[Change], typedefs: TypeDefs, names: Mapping[int, str]
    ) -> Reply:
        entities = [entity(change, typedefs, names.get(change.seq, "")) for change in changes]
        answer = self._transport.write("POST", BULK, body={"entities": entities})
        return saved(changes, answer) if answer.ok else self._refused(changes, answer)

    def _delete(self, changes: Sequence[Change]) -> Reply:
        guids = [("guid", change.id) for change in changes if change.id]
        answer = self._transport.write("DELETE", BULK, query=guids)
        return deleted(changes, answer) if answer.ok else self._refused(changes, answer)

    def _refused(self, changes: Sequence[Change], answer: Answer) -> Reply:
        if not row_is_forbidden(answer):
            self._transport.demand_access(answer)
        return refused(changes, answer)


def _authorization(user: str, token: str) -> dict[str, str]:
    """Return basic authentication where there is a user, whose password the token is."""
    if not user:
        return {"Authorization": f"Bearer {token}"}
    pair = b64encode(f"{user}:{token}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


def _not_sent(change: Change) -> Landed:
    """Return the outcome of a change of which a bulk request has nothing to say."""
    return Landed(change.seq, Status.UNCHANGED, existing_id(change) or "")
