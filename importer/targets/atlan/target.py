"""The target Atlan: fetches entities, sends bulk requests, settles batches in doubt."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from importer.errors import StoppedEarly
from importer.field_type import FieldType
from importer.model import Action, Payload, Status
from importer.targets.answer import Answer, AnswerLost
from importer.targets.atlan.by_guid import (
    read_back,
    with_before,
    with_free_attributes,
    with_titles,
    without_before,
)
from importer.targets.atlan.decode import Decoder
from importer.targets.atlan.encode import EncodeOptions, entity, flags
from importer.targets.atlan.fetch import Fetcher
from importer.targets.atlan.lookup import look_up
from importer.targets.atlan.read_later import ReadLater
from importer.targets.atlan.removals import (
    both,
    first_part,
    from_other_ends,
    removals,
    removes_symmetric,
    still_there,
    taken_back,
)
from importer.targets.atlan.reply import deleted, refused, row_is_forbidden, saved
from importer.targets.atlan.search import ONLY_ACTIVE, of_type, search
from importer.targets.atlan.shapes import shape_of
from importer.targets.atlan.typedefs import TypeDefs, UnknownName, load, load_types
from importer.targets.atlan.vocabulary import (
    BULK,
    DOMAIN,
    DOMAINS,
    FREE,
    GLOSSARY,
    GLOSSARY_TYPES,
    UNSEEN,
    WITHOUT_DOMAIN,
    WRITE_ONLY,
)
from importer.targets.connection import ConnectionSettings
from importer.targets.protocol import (
    Accepted,
    Change,
    InDoubt,
    Landed,
    LiveEntity,
    Query,
    Refused,
    Reply,
    with_write_only,
)
from importer.targets.transport import Transport

ADVISED_BATCH = 20
"""What Atlan's developer docs, bulk requests, advise; the server takes up to 10,000."""

INDEX_LAG = 5.0
"""Seconds until what was saved can be found, since the search index follows the store."""


class Atlan:
    """An Atlan tenant.

    `options`: `link_asset`, `link_identity`, `references_in` (see EncodeOptions); `attributes`,
    names to fetch besides those the shipped templates map; `index_lag`, seconds until a search
    finds what was saved. Raises UsageError where base URL or token cannot be used.
    """

    system = "atlan"
    lists_all = False

    def __init__(
        self, settings: ConnectionSettings, options: Mapping[str, Any] | None = None
    ) -> None:
        options = options or {}
        self.batch_size = ADVISED_BATCH
        self._encode_options = EncodeOptions.of(options)
        self._extra = tuple(options.get("attributes", ()))
        self._index_lag = float(options.get("index_lag", INDEX_LAG))
        self._sleep = settings.sleep
        self._typedefs: TypeDefs | None = None
        self._above: Mapping[str, frozenset[str]] | None = None
        self._lock = threading.Lock()
        self._transport = Transport(
            settings, lambda token: {"Authorization": f"Bearer {token}"}, shape_of
        )

    @property
    def identity(self) -> str:
        """Return the system and its normalised base URL: `atlan https://tenant.atlan.com`."""
        return f"{self.system} {self._transport.base_url}"

    def catch_up(self, seconds: float) -> None:
        """See Target."""
        if seconds < self._index_lag:
            self._sleep(self._index_lag - seconds)

    def fetch(self, query: Query) -> Iterator[LiveEntity]:
        """See Target; a glossary is read whole if any object of it is wanted."""
        link_identity = self._encode_options.link_identity
        found = Fetcher(self._transport, self._decoder(), query, link_identity).run()
        if any(path.startswith(f"{FREE}.") for path in query.paths):
            found = with_free_attributes(self._transport, query, found)
        yield from found

    def names(self) -> Mapping[str, frozenset[str]]:
        """See Target; returns tags, domains, sets of custom metadata, and the attributes of each.

        Domains are searched for when they are first asked for.
        """
        return ReadLater(self._loaded_typedefs().by_path(), {DOMAINS: self._domains})

    def fields(self) -> Mapping[str, FieldType]:
        """See Target; returns the attributes of custom metadata."""
        return self._loaded_typedefs().fields()

    def refuses(self, type_name: str, path: str, name: str) -> bool:
        """See Target; reads what stands above a type when that first decides."""
        if path == DOMAINS:
            return type_name in WITHOUT_DOMAIN
        typedefs = self._loaded_typedefs()
        limit = typedefs.limit_of(path, name)
        return limit.refuses(type_name, self._types_above, typedefs.judged)

    def lacks(self, type_name: str, paths: Collection[str]) -> frozenset[str]:  # noqa: ARG002
        """Return nothing: what a template maps, Atlan has, or refuses."""
        return frozenset()

    def guard(self, check: Callable[[], None]) -> None:
        """See Target."""
        self._transport.guard = check

    def submit(self, changes: Sequence[Change]) -> Reply:
        """See Target."""
        try:
            if all(change.action is Action.DELETE for change in changes):
                return self._delete(changes)
            return self._save(changes)
        except AnswerLost as lost:
            return InDoubt(str(lost), late=lost.late)

    def find(self, changes: Sequence[Change]) -> dict[int, LiveEntity]:
        """See Target; waits first until the search index has caught up."""
        self.catch_up(0.0)
        by_seq = {change.seq: change for change in changes}
        found = look_up(self._transport, self._decoder(), changes)
        return {seq: with_write_only(live, by_seq[seq], WRITE_ONLY) for seq, live in found}

    def read_back(self, changes: Sequence[Change]) -> dict[int, LiveEntity]:
        """See Target; reads the store, which is ahead of the search index."""
        found = read_back(self._transport, self._decoder(), changes)
        by_seq = {change.seq: change for change in changes}
        return {seq: with_write_only(live, by_seq[seq], UNSEEN) for seq, live in found.items()}

    def ping(self) -> None:
        """See Target."""
        next(search(self._transport, [ONLY_ACTIVE, of_type(GLOSSARY)], ["name"], page=1), None)

    def close(self) -> None:
        """See Target."""
        self._transport.close()

    def _loaded_typedefs(self) -> TypeDefs:
        """Return the tenant's names, read at the first call."""
        with self._lock:
            if self._typedefs is None:
                self._typedefs = load(self._transport)
            return self._typedefs

    def _types_above(self, type_name: str) -> frozenset[str] | None:
        if type_name in GLOSSARY_TYPES:
            return frozenset()
        with self._lock:
            if self._above is None:
                self._above = load_types(self._transport)
            return self._above.get(type_name)

    def _domains(self) -> frozenset[str]:
        """Return the guids of all domains."""
        found = search(self._transport, [ONLY_ACTIVE, of_type(DOMAIN)], ["name"])
        return frozenset(hit["guid"] for hit in found)

    def _decoder(self) -> Decoder:
        return Decoder(self._loaded_typedefs(), self._extra)

    def _save(self, changes: Sequence[Change]) -> Reply:
        """Save a batch: first all but what must not share a request with it, then the rest."""
        parts = [list(map(first_part, changes))]
        reply = self._post(parts[0])
        if later := removals(changes):
            reply = self._then(reply, lambda: self._post(later), parts)
            parts.append(later)
        if symmetric := [change for change in changes if removes_symmetric(change)]:
            reply = self._then(reply, lambda: self._post_from_other_ends(symmetric), parts)
        return reply

    def _then(
        self, first: Reply, send: Callable[[], Reply], parts: Sequence[Sequence[Change]]
    ) -> Reply:
        """Return the reply to two requests for one batch; the second only follows a success.

        Where the second is refused, `parts`, which were carried out, are taken back: a batch lands
        whole or not at all. A failure leaves a doubt.
        """
        if not isinstance(first, Accepted):
            return first
        try:
            second = send()
            if isinstance(second, Refused) and not all(map(self._take_back, reversed(parts))):
                return InDoubt(f"{second.words} What it had carried out could not be taken back.")
        except StoppedEarly as stopped:
            return InDoubt(str(stopped))
        if not isinstance(second, Accepted):
            return second
        return Accepted(both(first.landed, second.landed))

    def _take_back(self, part: Sequence[Change]) -> bool:
        """Take back what a request did to relations; returns whether the answer confirms it."""
        back = taken_back(part)
        if not back:
            return back is not None
        reply = self._post(back)
        return isinstance(reply, Accepted) and all(one.named for one in reply.landed)

    def _post_from_other_ends(self, changes: Sequence[Change]) -> Reply:
        """Remove the symmetric relations that are still there from their other ends."""
        edges = list(still_there(changes, self.read_back(changes)))
        if not edges:
            return Accepted(())
        reply = self._post(from_other_ends(edges))
        if not isinstance(reply, Accepted):
            return reply
        seqs = {change.seq for change, _, _ in edges}
        silent = (Landed(one.seq, Status.UPDATED, one.id or "", named=False) for one in changes)
        return Accepted(tuple(one for one in silent if one.seq in seqs))

    def _post(self, changes: Sequence[Change]) -> Reply:
        if without_before(changes):
            changes = with_before(self._transport, self._decoder(), changes)
        changes = with_titles(self._transport, changes)
        entities: list[Payload] = []
        for change in changes:
            try:
                entities.append(entity(change, self._needed_typedefs(change), self._encode_options))
            except UnknownName as error:
                return Refused(str(error), 0, culprit=change.seq)
        query = flags(entities, list(changes))
        answer = self._transport.write("POST", BULK, query=query, body={"entities": entities})
        if not answer.ok:
            return self._refused(changes, answer)
        return saved(changes, answer)

    def _needed_typedefs(self, change: Change) -> TypeDefs:
        """Return the tenant's names; they are not read for a change without tags or metadata."""
        paths = (*change.payload, *change.clears)
        uses = any(path.startswith(("classifications", "businessAttributes")) for path in paths)
        return self._loaded_typedefs() if uses else TypeDefs()

    def _delete(self, changes: Sequence[Change]) -> Reply:
        guids = [("guid", change.id) for change in changes if change.id]
        answer = self._transport.write("DELETE", BULK, query=[("deleteType", "SOFT"), *guids])
        return deleted(changes, answer) if answer.ok else self._refused(changes, answer)

    def _refused(self, changes: Sequence[Change], answer: Answer) -> Reply:
        if not row_is_forbidden(answer):
            self._transport.demand_access(answer)
        return refused(changes, answer)
