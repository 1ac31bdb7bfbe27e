"""An entity as JSON, as the target has it; and back."""

from __future__ import annotations

from importer.journal.serialize.plain import pack, unpack
from importer.model import Payload
from importer.targets.protocol import LiveEntity, Ref


def pack_live(live: LiveEntity) -> bytes:
    """Return a live entity as JSON."""
    return pack(live)


def unpack_live(data: bytes) -> LiveEntity:
    """Return the inverse of `pack_live`."""
    return live_entity(unpack(data))


def live_entity(raw: Payload) -> LiveEntity:
    """Return the live entity of the values that `pack_live` wrote."""
    return LiveEntity(
        type=raw["type"],
        key=tuple(raw["key"]),
        id=raw["id"],
        payload=raw["payload"],
        relations={
            path: tuple(Ref(**ref) for ref in refs) for path, refs in raw["relations"].items()
        },
        identities=tuple(raw["identities"]),
        archived=raw["archived"],
    )
