"""A finding as JSON, with its place; and back."""

from __future__ import annotations

from dataclasses import asdict

from importer.finding_codes import FindingCode
from importer.journal.serialize.plain import pack, unpack
from importer.model import Finding, Place, Severity


def pack_finding(finding: Finding) -> bytes:
    """Return a finding with its place as JSON."""
    return pack(asdict(finding))


def unpack_finding(data: bytes) -> Finding:
    """Return the inverse of `pack_finding`."""
    raw = unpack(data)
    code, severity = FindingCode(raw.pop("code")), Severity(raw.pop("severity"))
    return Finding(code=code, severity=severity, place=Place(**raw.pop("place")), **raw)
