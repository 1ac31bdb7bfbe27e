"""Changes in, bulk requests to an Atlan tenant and what they did out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from importer.model import Action, Payload
from importer.targets.atlan.by_guid import recall, unknown, with_free_attributes
from importer.targets.atlan.decode import Decoder
from importer.targets.atlan.encode import Style, entity, flags
from importer.targets.atlan.fetch import Fetcher
from importer.targets.atlan.lookup import look_up
from importer.targets.atlan.reply import deleted, refused, row_is_forbidden, saved
from importer.targets.atlan.search import ONLY_ACTIVE, of_type, search
from importer.targets.atlan.typedefs import Dictionary, UnknownName, load
from importer.targets.atlan.vocabulary import BULK, FREE, GLOSSARY, UNREADABLE
from importer.targets.protocol import Change, InDoubt, LiveEntity, Query, Refused, Reply, as_said
from importer.targets.transport import TIMEOUT, Answer, AnswerLost, Transport

ADVISED_BATCH = 20
INDEX_LAG = 5.0
"""Seconds until what was saved can be found: Atlan's search index follows its store."""


class Atlan:
    """An Atlan tenant.

    `options`: `link_asset`, `link_identity`, `references_in` (see Style); `attributes`, names to
    look up besides those the shipped templates map; `index_lag`, seconds until a
    search finds what was saved. Raises UsageError where base URL or token cannot be used.
    """

    system = "atlan"

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        rate: int | None,
        jobs: int = 4,
        timeout: float = TIMEOUT,
        options: Mapping[str, Any] | None = None,
        token_name: str = "ATLAN_API_KEY",  # noqa: S107 - the name of a variable
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        options = options or {}
        self.batch_size = ADVISED_BATCH
        self._style = Style.of(options)
        self._extra = tuple(options.get("attributes", ()))
        self._index_lag = float(options.get("index_lag", INDEX_LAG))
        self._sleep = sleep
        self._dictionary: Dictionary | None = None
        self._lock = threading.Lock()
        self._transport = Transport(
            base_url,
            token,
            headers=lambda key: {"Authorization": f"Bearer {key}"},
            token_name=token_name,
            rate=rate,
            jobs=jobs,
            timeout=timeout,
            sleep=sleep,
        )

    @property
    def identity(self) -> str:
        """`atlan https://tenant.atlan.com`."""
        return f"{self.system} {self._transport.base_url}"

    def catch_up(self, seconds: float) -> None:
        """See Target."""
        if seconds < self._index_lag:
            self._sleep(self._index_lag - seconds)

    def fetch(self, wanted: Query) -> Iterator[LiveEntity]:
        """See Target; a whole glossary is looked at where one object of it is wanted."""
        decoder = Decoder(self._names(), self._extra)
        found = Fetcher(self._transport, decoder, wanted, self._style.link_identity).run()
        if any(path.startswith(f"{FREE}.") for path in wanted.paths):
            found = with_free_attributes(self._transport, wanted, found)
        yield from found

    def names(self) -> Mapping[str, frozenset[str]]:
        """Tags, sets of custom metadata, and under each set's path its attributes."""
        return self._names().by_path()

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
        decoder = Decoder(self._names(), self._extra)
        by_seq = {change.seq: change for change in changes}
        found = look_up(self._transport, decoder, changes)
        return {seq: as_said(live, by_seq[seq], UNREADABLE) for seq, live in found}

    def ping(self) -> None:
        """See Target."""
        next(search(self._transport, [ONLY_ACTIVE, of_type(GLOSSARY)], ["name"], page=1), None)

    def close(self) -> None:
        """Give the connections back."""
        self._transport.close()

    def _names(self) -> Dictionary:
        with self._lock:
            if self._dictionary is None:
                self._dictionary = load(self._transport)
            return self._dictionary

    def _save(self, changes: Sequence[Change]) -> Reply:
        if unknown(changes):
            changes = recall(self._transport, Decoder(self._names(), self._extra), changes)
        entities: list[Payload] = []
        for change in changes:
            try:
                entities.append(entity(change, self._needed_names(change), self._style))
            except UnknownName as error:
                return Refused(str(error), 0, culprit=change.seq)
        query = flags(entities, list(changes))
        answer = self._transport.write("POST", BULK, query=query, body={"entities": entities})
        if not answer.ok:
            return self._refused(changes, answer)
        return saved(changes, answer)

    def _needed_names(self, change: Change) -> Dictionary:
        """The names of tags and custom metadata, asked for only by changes that use them."""
        paths = (*change.payload, *change.clears)
        uses = any(path.startswith(("classifications", "businessAttributes")) for path in paths)
        return self._names() if uses else Dictionary()

    def _delete(self, changes: Sequence[Change]) -> Reply:
        guids = [("guid", change.id) for change in changes if change.id]
        answer = self._transport.write("DELETE", BULK, query=[("deleteType", "SOFT"), *guids])
        return deleted(changes, answer) if answer.ok else self._refused(changes, answer)

    def _refused(self, changes: Sequence[Change], answer: Answer) -> Reply:
        if not row_is_forbidden(answer):
            self._transport.demand_access(answer)
        return refused(changes, answer)
