"""Names of which some are read from the tenant only when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping


class ReadLater(Mapping[str, frozenset[str]]):
    """A mapping of payload paths to names; those of `later` are read at the first look."""

    def __init__(
        self,
        known: Mapping[str, frozenset[str]],
        later: Mapping[str, Callable[[], frozenset[str]]],
    ) -> None:
        self._known = dict(known)
        self._later = later

    def __getitem__(self, path: str) -> frozenset[str]:
        """Return the names at a path. Raises TargetUnreachable or CredentialsRefused."""
        if path in self._later and path not in self._known:
            self._known[path] = self._later[path]()
        return self._known[path]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._known, **self._later})

    def __len__(self) -> int:
        return len({**self._known, **self._later})
