"""The mappings that people keep on the page: each has their own, and nobody else's list finds them.

The account of the system has those that it has kept on the command line.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from importer.atomic import private_folder
from importer.errors import UsageError
from importer.journal.upload import Upload
from importer.journal.upload_facts import Facts
from importer.people import By, accounts, links
from importer.template import Template, find, find_all, find_kept
from importer.template.find import kept_folder, kept_on_page, own_kept_folder, shipped_names
from importer.template.source import MAPPING
from importer.uploads.files import remove
from importer.uploads.site import Site
from importer.uploads.views import Named
from importer.way_out import read_on_page

KEPT, NONE_KEPT = "kept", "no mappings"


@contextmanager
def mappings_of(site: Site, person: str) -> Iterator[None]:
    """Let the mappings of a person be those that are found, as long as the block lasts.

    What is said meanwhile is for a page.
    """
    with kept_on_page(_folder(site, person)), read_on_page():
        yield


@contextmanager
def mappings_for(site: Site, upload: Upload, facts: Facts) -> Iterator[None]:
    """Let the mappings of an upload's owner be found, or none where it is read without them."""
    if not facts.without_kept:
        with mappings_of(site, upload.owner):
            yield
    else:
        with kept_on_page(site.folder(upload) / NONE_KEPT), read_on_page():
            yield


def templates(site: Site, person: str) -> list[Named]:
    """Return what a person can choose: the templates that ship, and mappings of their own."""
    return [*map(_named, find_all()), *kept(site, person)]


def template(site: Site, person: str, name: str) -> Template | None:
    """Return the template of this name that a person can choose, None where there is none."""
    if name not in {one.name for one in templates(site, person)}:
        return None
    with mappings_of(site, person):
        return find(name)


def kept(site: Site, person: str) -> list[Named]:
    """Return the mappings that a person has kept."""
    with mappings_of(site, person):
        return [*map(_named, find_kept())]


def remove_kept(site: Site, person: str, name: str) -> None:
    """Remove a mapping that a person has kept. Raises UsageError where there is none."""
    folder = _folder(site, person)
    if name not in {path.parent.name for path in folder.glob(f"*/{MAPPING}")}:
        raise UsageError("There is no such mapping of yours: it may be removed already.")
    remove(folder / name)


def remove_all_kept(uploads_folder: Path, person: str) -> None:
    """Remove all mappings that a person has kept on the page."""
    remove(_of_person(uploads_folder, person))


def copied(site: Site, upload: Upload, name: str) -> str:
    """Return what names a mapping of this name for an upload, nothing where none is kept by it.

    An upload has a copy: what is removed or kept anew changes nothing that was checked already.
    """
    mapping = kept_folder() / name / MAPPING
    if not name or name in shipped_names() or not mapping.is_file():
        return ""
    if kept_folder() == own_kept_folder():
        return name
    folder = new_folder(site, upload) / name
    private_folder(folder)
    shutil.copyfile(mapping, folder / MAPPING)
    return str(folder)


def new_folder(site: Site, upload: Upload) -> Path:
    """Return a new folder for a mapping of an upload."""
    mappings = site.folder(upload) / "mappings"
    number = sum(1 for _ in mappings.glob("*")) if mappings.exists() else 0
    return mappings / str(number)


def _named(one: Template) -> Named:
    return Named(one.name, one.title)


def _folder(site: Site, person: str) -> Path:
    """Return the folder of what a person has kept; a person may be called like the account."""
    is_account = person == links.system_account(By.LOOPBACK).name
    if is_account and accounts.person(site.store, person) is None:
        return own_kept_folder()
    return _of_person(site.settings.folder, person)


def _of_person(uploads_folder: Path, person: str) -> Path:
    """Return the folder of a person: their name is no part of its path."""
    return uploads_folder / KEPT / hashlib.sha256(person.encode()).hexdigest()
