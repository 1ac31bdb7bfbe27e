"""The journal's JSON: changes, live entities, findings to bytes and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson

from importer.finding_codes import FindingCode
from importer.model import Finding, Payload, Place, Severity
from importer.targets.protocol import LiveEntity, Ref, Relations


def pack(value: Any) -> bytes:
    """JSON bytes of a plain value."""
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)


def unpack(data: bytes) -> Any:
    """The value of JSON bytes."""
    return orjson.loads(data)


def pack_finding(finding: Finding) -> bytes:
    """A finding with its place."""
    return pack(asdict(finding))


def unpack_finding(data: bytes) -> Finding:
    """The inverse of `pack_finding`."""
    raw = unpack(data)
    place = Place(**raw.pop("place"))
    code, severity = FindingCode(raw.pop("code")), Severity(raw.pop("severity"))
    return Finding(code, severity=severity, place=place, **raw)


def pack_live(live: LiveEntity) -> bytes:
    """A live entity as the target gave it."""
    return pack(asdict(live))


def unpack_live(data: bytes) -> LiveEntity:
    """The inverse of `pack_live`."""
    return live_of(unpack(data))


def live_of(raw: Payload) -> LiveEntity:
    """A live entity from its JSON object."""
    return LiveEntity(
        type=raw["type"],
        key=tuple(raw["key"]),
        id=raw["id"],
        payload=raw["payload"],
        relations=relations_of(raw["relations"]),
        identities=tuple(raw["identities"]),
        archived=raw["archived"],
    )


def relations_of(raw: Payload) -> Relations:
    """Relations from their JSON object."""
    return {path: tuple(Ref(**ref) for ref in refs) for path, refs in raw.items()}
