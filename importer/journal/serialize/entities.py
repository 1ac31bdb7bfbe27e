"""An entity as JSON, as the target has it; and back."""

from __future__ import annotations

from msgspec.json import Decoder, encode

from importer.targets.protocol import LiveEntity

_decode = Decoder(LiveEntity).decode


def pack_live(live: LiveEntity) -> bytes:
    """Return a live entity as JSON."""
    return encode(live)


def unpack_live(data: bytes) -> LiveEntity:
    """Return the inverse of `pack_live`."""
    return _decode(data)
