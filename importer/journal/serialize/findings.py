"""A finding as JSON, with its place; and back."""

from __future__ import annotations

from sys import intern
from typing import Any

from msgspec.json import encode

from importer.finding_codes import FindingCode
from importer.journal.serialize.plain import unpack
from importer.model import Finding, Place, Severity


def pack_finding(finding: Finding) -> bytes:
    """Return a finding with its place as JSON."""
    return encode(finding)


def unpack_finding(data: bytes) -> Finding:
    """Return the inverse of `pack_finding`."""
    raw = unpack(data)
    code, severity = FindingCode(raw.pop("code")), Severity(raw.pop("severity"))
    return Finding(code=code, severity=severity, place=_place(raw.pop("place")), **raw)


def _place(raw: dict[str, Any]) -> Place:
    """Return a place; the names that many findings have are kept once."""
    for name in ("sheet", "heading", "file"):
        if raw[name]:
            raw[name] = intern(raw[name])
    return Place(**raw)
