"""The interface between the pipeline and a target: queries, live entities, changes, replies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Protocol, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from importer.field_type import FieldType
from importer.model import Action, Key, Payload, Status


class Ref(Struct, frozen=True):
    """A reference to one entity of the target: its id, and the target's name of its type."""

    type: str
    id: str


Relations: TypeAlias = dict[str, tuple[Ref, ...]]
"""Payload path -> the entities referred to; a single reference is a tuple of length 1."""


class LiveEntity(Struct, frozen=True):
    """The live state of one entity of the target.

    `payload` has the shape of the template's schemas and holds every non-empty field that a
    template can map, references aside: those are in `relations`. `identities` are the values that
    identify the entity on their own (qualifiedName, externalId). `key` is built like the key of a
    row: the labels of its ancestors, outermost first, then its own.
    """

    type: str
    key: Key
    id: str
    payload: Payload
    relations: Relations = field(default_factory=dict)
    identities: tuple[str, ...] = ()
    archived: bool = False


class Query(Struct):
    """A query for live entities; the names of types are the target's.

    `keys` (type -> keys) are those that the file states or refers to, as far as its text goes;
    `ids` are the target's ids and `identities` (type -> values) the other identifying values found
    in cells. With `whole`, every entity of the types in `keys` is fetched, and what these are
    attached to. `paths` are the payload paths that the file states: a field that costs a request of
    its own is fetched only if its path is among them.
    """

    keys: dict[str, set[Key]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    identities: dict[str, set[str]] = field(default_factory=dict)
    whole: bool = False
    paths: set[str] = field(default_factory=set)


class Change(Struct, frozen=True):
    """One change to one entity, ready to encode: every reference is an id of the target.

    `seq` numbers the changes of a run. `payload` holds the fields to set (in an update only those
    that differ) and `relations` the references to set, whole; `append` and `remove` add and remove
    single references. `clears` are the paths to empty (`paths.DOT` stands for a full stop within
    a step). `id` is the target's id, None for a create. `before` is the before-image, None for a
    create or where it is not known. `parent` is the path in `relations` that leads to the parent.
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


class Landed(Struct, frozen=True):
    """The outcome of one change of a batch that was accepted; `id` is the target's id.

    `named`: the target's answer says what became of the entity. What an answer leaves out may have
    been dropped without a word, so that it must be read back before it has an outcome. `refused`
    are the target's words about a part of the change, where it refused that part and has carried
    out the rest.
    """

    seq: int
    status: Status
    id: str
    named: bool = True
    refused: str = ""


class Accepted(Struct, frozen=True):
    """The reply to a batch that was not refused: one Landed for each change, in their order."""

    landed: tuple[Landed, ...]


class Refused(Struct, frozen=True):
    """The reply to a batch that was rolled back: nothing of it was carried out.

    `words` is the target's message. `http_status` is 0 where the batch was not sent, since it
    cannot be encoded. `culprit` is the seq of the change the target blames, None where it blames
    none. `smaller`: the batch itself was too large, and half of it may be accepted.
    """

    words: str
    http_status: int
    culprit: int | None = None
    smaller: bool = False


class InDoubt(Struct, frozen=True):
    """The reply to a batch that may have been carried out: look it up before sending it again.

    `late`: the target was still silent when we stopped waiting. It may still be working on the
    batch, and later batches should be smaller. `ended`: the target itself has answered, though not
    what became of the batch: there is nothing to wait for before the look-up.
    """

    reason: str
    late: bool = False
    ended: bool = False


Reply: TypeAlias = Accepted | Refused | InDoubt


OUTCOME_OF: dict[Action, Status] = {
    Action.CREATE: Status.CREATED,
    Action.UPDATE: Status.UPDATED,
    Action.MOVE: Status.MOVED,
    Action.DELETE: Status.DELETED,
    Action.UNCHANGED: Status.UNCHANGED,
}
"""The outcome of a change that was carried out as planned."""


def with_write_only(live: LiveEntity, change: Change, write_only: Sequence[str]) -> LiveEntity:
    """Return the live entity with the fields of the change that its target stores and never shows.

    `write_only` are top-level names of the payload.
    """
    sent = {name: change.payload[name] for name in write_only if name in change.payload}
    return replace(live, payload={**live.payload, **sent})


class Target(Protocol):
    """A system that carries out changes in batches. Its methods may be called from any thread.

    `system` is the name of its System; `batch_size` is how many changes go into one batch unless
    the user asks for another number. With `lists_all`, `fetch` yields everything that it holds,
    whatever the query.
    """

    system: str
    batch_size: int
    lists_all: bool

    @property
    def identity(self) -> str:
        """System and normalised base URL: no two runs may change the same target at a time."""
        ...

    def catch_up(self, seconds: float) -> None:
        """Wait until whatever was saved so many seconds ago can be found by `fetch` and `find`."""
        ...

    def fetch(self, query: Query) -> Iterator[LiveEntity]:
        """Yield every live or archived entity the query may mean, parents before children.

        Raises TargetUnreachable or CredentialsRefused.
        """
        ...

    def names(self) -> Mapping[str, frozenset[str]]:
        """Return payload path -> the names the target accepts for it (tags, custom metadata).

        The names at a path may be read only when they are first asked for. Raises, then too,
        TargetUnreachable or CredentialsRefused.
        """
        ...

    def refuses(self, type_name: str, path: str, name: str) -> bool:
        """Return whether no entity of a type may have a name, of those that `names` has at a path.

        Raises TargetUnreachable or CredentialsRefused.
        """
        ...

    def fields(self) -> Mapping[str, FieldType]:
        """Return payload path -> the type of a field that the target's own users have defined.

        Raises TargetUnreachable or CredentialsRefused.
        """
        ...

    def lacks(self, type_name: str, paths: Collection[str]) -> frozenset[str]:
        """Return those payload paths that an entity of this type does not have.

        What is sent there, the target would drop without a word. Raises TargetUnreachable or
        CredentialsRefused.
        """
        ...

    def guard(self, check: Callable[[], None]) -> None:
        """Call `check` before each attempt to change something; if it raises, nothing is sent."""
        ...

    def submit(self, changes: Sequence[Change]) -> Reply:
        """Send one batch, either of deletes only or without any delete.

        Raises TargetUnreachable (nothing was carried out) or CredentialsRefused.
        """
        ...

    def find(self, changes: Sequence[Change]) -> dict[int, LiveEntity]:
        """Return seq -> live entity for those changes whose entity exists now.

        Settles a batch in doubt. Raises TargetUnreachable or CredentialsRefused.
        """
        ...

    def read_back(self, changes: Sequence[Change]) -> dict[int, LiveEntity]:
        """Return seq -> live entity as it is stored now, for those changes whose entity exists.

        Verifies a batch that was accepted, in one request where the system can do that. Every
        change has an id. Raises TargetUnreachable or CredentialsRefused.
        """
        ...

    def ping(self) -> None:
        """Raise TargetUnreachable or CredentialsRefused unless the target answers."""
        ...

    def close(self) -> None:
        """Close the connections; the next call opens new ones."""
        ...
