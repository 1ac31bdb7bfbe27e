"""A package, what was meant to change and the file written in, nothing out; or what is wrong.

It is asked before the file takes anybody's place: a report that cannot be trusted is none.
"""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from importer.report.ooxml.archive import raw_members
from importer.report.ooxml.markup import demand_well_formed
from importer.report.ooxml.package import Package
from importer.report.ooxml.refused import Refused


def verify(package: Package, written: BinaryIO) -> None:
    """Raise Refused unless just what was patched and added differs from the original."""
    written.seek(0)
    data = written.read()
    try:
        with zipfile.ZipFile(written) as archive:
            _members(package, data, archive)
    except zipfile.BadZipFile:
        raise Refused("what was written is no archive") from None


def _members(package: Package, data: bytes, archive: zipfile.ZipFile) -> None:
    now = raw_members(data, archive.infolist())
    before = raw_members(package.data, package.infos)
    if list(now) != [*before, *package.added]:
        raise Refused("parts are missing or were added")
    for name, member in now.items():
        if name in package.added:
            _demand_readable(name, archive.read(name))
        elif name in package.parts and package.parts[name].edits:
            _demand_patched(package, name, archive.read(name))
        elif (member.crc, bytes(member.packed)) != (before[name].crc, bytes(before[name].packed)):
            raise Refused(f"{name} is not what it was")


def _demand_patched(package: Package, name: str, content: bytes) -> None:
    part = package.parts[name]
    if part.taken_back(content) != part.data:
        raise Refused(f"{name} differs where nothing was to be changed")
    _demand_readable(name, content)


def _demand_readable(name: str, content: bytes) -> None:
    if name.lower().endswith((".xml", ".rels")):
        demand_well_formed(name, content)
