"""An entity as JSON, as the target has it; and back."""

from __future__ import annotations

from msgspec.json import Decoder, Encoder

from importer.targets.protocol import LiveEntity

_encode = Encoder().encode
_decode = Decoder(LiveEntity).decode


def pack_live(live: LiveEntity) -> bytes:
    """Return a live entity as JSON."""
    return _encode(live)


def unpack_live(data: bytes) -> LiveEntity:
    """Return the inverse of `pack_live`."""
    return _decode(data)
