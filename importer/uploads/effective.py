"""The files of an upload as they count: the user's own, with the fixes in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from importer.atomic import private_folder
from importer.journal.fixes import CellFix, counting, fixes_of, withdraw
from importer.journal.upload import Upload
from importer.model import Finding
from importer.pipeline import fixed_files
from importer.pipeline.fixed_files import FixRefused, write_fixed_file
from importer.uploads.error_cells import known_errors
from importer.uploads.files import FIXED, fixed_folder, originals, remove
from importer.uploads.site import Site


def effective_files(site: Site, upload: Upload) -> list[Path]:
    """Return the files to read: those with fixes are written anew, the user's own stay as they are.

    Raises FixRefused where a fix cannot be written.
    """
    folder = site.folder(upload)
    by_file = _by_file(counting(fixes_of(site.store, upload.name)).values())
    into = fixed_folder(folder, upload.version)
    errors = known_errors(site.store, upload.name) if by_file else []
    return [
        _effective(path, into, by_file.get(path.name), errors) for path in originals(folder, upload)
    ]


def known_files(site: Site, upload: Upload) -> list[Path]:
    """Return the files as they were last checked, without writing or reading any."""
    folder, version = site.folder(upload), upload.version if upload.current else upload.checked
    into = fixed_folder(folder, version or 0)
    found = []
    for path in originals(folder, upload):
        place = into / path.name
        found.append((_only(place) if place.is_dir() else None) or path)
    return found


def withdraw_unwritable(site: Site, upload: Upload) -> str:
    """Withdraw the fixes that cannot be written; return why, a sentence each."""
    whys: list[str] = []
    while True:
        try:
            effective_files(site, upload)
        except FixRefused as error:
            whys.append(str(error))
            withdraw(site.store, upload.name, _refused(site, upload, error))
        else:
            return " ".join(whys)


def _refused(site: Site, upload: Upload, error: FixRefused) -> list[CellFix]:
    """Return the fixes that were refused: those it names, else those made last."""
    fixes = counting(fixes_of(site.store, upload.name)).values()
    places = {(place.sheet, place.row, place.column) for place in error.places}
    if found := [fix for fix in fixes if fix.cell[1:] in places and not fix.formula]:
        return found
    newest = max(fix.bunch for fix in fixes)
    return [fix for fix in fixes if fix.bunch == newest]


def _effective(
    path: Path, into: Path, fixes: Sequence[CellFix] | None, errors: Sequence[Finding]
) -> Path:
    if not fixes:
        return path
    place = into / path.name
    private_folder(place)
    mine = [finding for finding in errors if finding.place.file == path.name]
    values = list(map(_value, fixes))
    return _only(place) or write_fixed_file(path, place / path.name, values, mine)


def _only(folder: Path) -> Path | None:
    """Return the file in a folder, None where there is none yet."""
    return next((path for path in folder.iterdir() if not path.name.startswith(".")), None)


def _value(fix: CellFix) -> fixed_files.CellFix:
    _, sheet, row, column = fix.cell
    return fixed_files.CellFix(sheet, row, column, fix.new, fix.formula)


def _by_file(fixes: Iterable[CellFix]) -> dict[str, list[CellFix]]:
    found: defaultdict[str, list[CellFix]] = defaultdict(list)
    for fix in fixes:
        found[fix.cell[0]].append(fix)
    return found


def remove_other_versions(site: Site, upload: Upload) -> None:
    """Remove the files with the fixes of other versions: nothing reads them any more."""
    kept = fixed_folder(site.folder(upload), upload.version)
    for folder in site.folder(upload).glob(f"{FIXED}*"):
        if folder != kept:
            remove(folder)
