"""The base of targets that stand in front of another target."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from importer.field_type import FieldType
from importer.targets.protocol import Change, LiveEntity, Query, Reply, Target


class ForwardingTarget:
    """A target that forwards every call to `inner`; subclasses replace single methods.

    `identity` replaces the inner target's, where it is given.
    """

    def __init__(self, inner: Target, identity: str | None = None) -> None:
        self.inner = inner
        self.system = inner.system
        self.batch_size = inner.batch_size
        self.lists_all = inner.lists_all
        self.identity = identity or inner.identity

    def catch_up(self, seconds: float) -> None:
        """See Target."""
        self.inner.catch_up(seconds)

    def fetch(self, query: Query) -> Iterator[LiveEntity]:
        """See Target."""
        return self.inner.fetch(query)

    def names(self) -> Mapping[str, frozenset[str]]:
        """See Target."""
        return self.inner.names()

    def refuses(self, type_name: str, path: str, name: str) -> bool:
        """See Target."""
        return self.inner.refuses(type_name, path, name)

    def fields(self) -> Mapping[str, FieldType]:
        """See Target."""
        return self.inner.fields()

    def lacks(self, type_name: str, paths: Collection[str]) -> frozenset[str]:
        """See Target."""
        return self.inner.lacks(type_name, paths)

    def guard(self, check: Callable[[], None]) -> None:
        """See Target."""
        self.inner.guard(check)

    def submit(self, changes: Sequence[Change]) -> Reply:
        """See Target."""
        return self.inner.submit(changes)

    def find(self, changes: Sequence[Change]) -> dict[int, LiveEntity]:
        """See Target."""
        return self.inner.find(changes)

    def read_back(self, changes: Sequence[Change]) -> dict[int, LiveEntity]:
        """See Target."""
        return self.inner.read_back(changes)

    def ping(self) -> None:
        """See Target."""
        self.inner.ping()

    def close(self) -> None:
        """See Target."""
        self.inner.close()
