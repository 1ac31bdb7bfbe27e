"""What the pipeline and a target say to each other: wanted and live entities, changes, replies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeAlias

from importer.model import Action, Key, Payload, Status


@dataclass(frozen=True, slots=True)
class Ref:
    """One entity of the target by its id, with the target's name of its type."""

    type: str
    id: str


Relations: TypeAlias = dict[str, tuple[Ref, ...]]
"""Payload path -> the entities referred to there; a single reference is a tuple of one."""


@dataclass(frozen=True, slots=True)
class LiveEntity:
    """One entity as the target holds it now.

    `payload` has the shape of the template's schemas and names every set field the templates can
    map, without references; those stand in `relations`. `identities` are the values that identify
    it on their own (qualifiedName, externalId). `key` is built as ours: labels of ancestors, then
    its own.
    """

    type: str
    key: Key
    id: str
    payload: Payload
    relations: Relations = field(default_factory=dict)
    identities: tuple[str, ...] = ()
    archived: bool = False


@dataclass(slots=True)
class Query:
    """What a fetch is asked for, by the target's type names.

    `keys` are the keys the file states or refers to, as far as its texts tell; `ids` the target's
    ids and `identities` the other identifying values found in cells. With `whole`, every entity of
    the types in `keys` is wanted, whatever their keys, and what else they are attached to.
    `paths` are the payload paths that the file states, so that what takes a look of its own is
    looked up only where it is needed.
    """

    keys: dict[str, set[Key]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    identities: dict[str, set[str]] = field(default_factory=dict)
    whole: bool = False
    paths: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Change:
    """What one entity will do to the target, ready to encode: every reference is an id by now.

    `payload` holds the fields to set (on update only those that differ), `relations` those to set,
    `append` and `remove` single ends to add or take away, `clears` the paths to empty (within a
    step `paths.DOT` stands for a full stop). `before` is the live entity (None for a create).
    `parent` says which path of `relations` is the parent.
    """

    seq: int
    type: str
    action: Action
    key: Key
    payload: Payload
    relations: Relations = field(default_factory=dict)
    append: Relations = field(default_factory=dict)
    remove: Relations = field(default_factory=dict)
    clears: tuple[str, ...] = ()
    id: str | None = None
    before: LiveEntity | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Landed:
    """One change is in the target; `id` is the target's id of the entity."""

    seq: int
    status: Status
    id: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The target took the whole batch: one Landed per change."""

    landed: tuple[Landed, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The target took nothing of the batch. `culprit` is the seq it names, where it names one.

    `http_status` is 0 where the batch was not sent: it cannot be written as the target asks.
    """

    words: str
    http_status: int
    culprit: int | None = None
    smaller: bool = False
    """The batch itself was too large: halve the batch size."""


@dataclass(frozen=True, slots=True)
class InDoubt:
    """Nobody knows whether the batch landed: look up before anything is sent again.

    `late`: the target was still silent when we stopped waiting. It may yet be at work on the batch,
    and those to come had better be smaller.
    """

    reason: str
    late: bool = False


Reply: TypeAlias = Accepted | Refused | InDoubt


OUTCOME_OF: dict[Action, Status] = {
    Action.CREATE: Status.CREATED,
    Action.UPDATE: Status.UPDATED,
    Action.MOVE: Status.MOVED,
    Action.DELETE: Status.DELETED,
    Action.UNCHANGED: Status.UNCHANGED,
}
"""The outcome of a change that was carried out as planned."""


def as_said(live: LiveEntity, change: Change, unreadable: Sequence[str]) -> LiveEntity:
    """A live entity with those parts of a change that its target takes and never shows."""
    said = {name: change.payload[name] for name in unreadable if name in change.payload}
    return replace(live, payload={**live.payload, **said})


class Target(Protocol):
    """A system that takes changes in bulk. Calls may come from several threads."""

    system: str
    batch_size: int

    @property
    def identity(self) -> str:
        """System and normalised base URL: what two runs must not hold at the same time."""
        ...

    def catch_up(self, seconds: float) -> None:
        """Wait until what was saved so many seconds ago can be found."""
        ...

    def fetch(self, wanted: Query) -> Iterator[LiveEntity]:
        """Every live (or archived) entity that `wanted` may mean, parents before children.

        Raises TargetUnreachable or CredentialsRefused.
        """
        ...

    def names(self) -> Mapping[str, frozenset[str]]:
        """Payload path -> the names the target knows there (tags, custom metadata)."""
        ...

    def guard(self, check: Callable[[], None]) -> None:
        """Call `check` before each attempt to change something; what it raises stops it."""
        ...

    def submit(self, changes: Sequence[Change]) -> Reply:
        """Send one batch: all deletes, or none. Raises TargetUnreachable or CredentialsRefused."""
        ...

    def find(self, changes: Sequence[Change]) -> dict[int, LiveEntity]:
        """What of these changes' entities is in the target now, by seq.

        Settles a batch in doubt. Raises TargetUnreachable or CredentialsRefused.
        """
        ...

    def ping(self) -> None:
        """Raise TargetUnreachable or CredentialsRefused unless the target answers."""
        ...

    def close(self) -> None:
        """Give the connections back."""
        ...
