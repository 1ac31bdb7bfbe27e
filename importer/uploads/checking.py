"""The check of an upload: its files with the fixes in them are read, and what is found is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import to_builtins
from msgspec.structs import replace

from importer.errors import AnswersNeeded, ImporterError, MappingNeeded, StoppedEarly, UsageError
from importer.finding_codes import FindingCode
from importer.journal.upload import Upload, UploadState
from importer.journal.upload_facts import Facts
from importer.journal.upload_findings import drop_found, write_pages, write_part
from importer.journal.uploads import move
from importer.model import Finding
from importer.pipeline.check import check
from importer.pipeline.questions import asked_by
from importer.pipeline.results import CheckResult
from importer.pipeline.steps.intake import collector_resting
from importer.uploads.effective import (
    effective_files,
    remove_other_versions,
    withdraw_unwritable,
)
from importer.uploads.error_cells import note_errors
from importer.uploads.found import CAUSE, CHOICES, PLAN, ROWS, SHEET, Found
from importer.uploads.kept_mappings import copied
from importer.uploads.match_json import keep_match
from importer.uploads.noting import Noting
from importer.uploads.site import Site, options_of

OF_VERSION = (ROWS, SHEET, CAUSE, CHOICES, *PLAN)
"""The parts that go with a version."""

CHECKING = (UploadState.CHECKING,)


def check_upload(site: Site, upload: Upload, facts: Facts, noting: Noting) -> None:
    """Check an upload as it is now, and move it to what follows from that."""
    with collector_resting():  # what is found is one large heap that stays until the end
        _check(site, upload, facts, noting)


def _check(site: Site, upload: Upload, facts: Facts, noting: Noting) -> None:
    noting.stage("Checking", None)
    withdrawn = withdraw_unwritable(site, upload)
    files = effective_files(site, upload)
    try:
        result = _checked(site, upload, files)
    except MappingNeeded as needed:
        _propose(site, upload, facts, needed)
    except ImporterError as error:
        _not_checked(site, upload, facts, error)
    else:
        noting.stage("Sorting what was found", None)
        names = {path.name: file.stored for path, file in zip(files, upload.files, strict=True)}
        result = replace(result, findings=_besides_mapping(result.findings))
        _keep(site, upload, facts, result, Found.of(result, names), withdrawn)


def _besides_mapping(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings without that on a kept mapping: every page of the upload names it."""
    return [one for one in findings if one.code != FindingCode.KEPT_MAPPING]


def _checked(site: Site, upload: Upload, files: Sequence[Path]) -> CheckResult:
    with site.connector(upload) as connect:
        return check(files, connect.dry_run_options(options_of(upload)), connect)


def _propose(site: Site, upload: Upload, facts: Facts, needed: MappingNeeded) -> None:
    """Propose a mapping, where anything is known of the list."""
    from importer.uploads.matching import first_proposed

    try:
        match = first_proposed(site, upload, facts, needed)
    except ImporterError as error:
        move(site.store, upload.name, CHECKING, UploadState.FAILED, why=str(error))
    else:
        keep_match(site.store, upload.name, to_builtins(match))
        move(site.store, upload.name, CHECKING, UploadState.MAPPING_NEEDED, why=needed.instead)


def _not_checked(site: Site, upload: Upload, facts: Facts, error: ImporterError) -> None:
    asked = asked_by(error) if isinstance(error, UsageError) else []
    if asked:
        facts = _asked_by_kept(site, upload, facts, error)
        facts = replace(facts, questions=tuple(to_builtins(one) for one in asked))
        move(site.store, upload.name, CHECKING, UploadState.ANSWERS_NEEDED, facts=facts)
        return
    again = " Check it again once that is mended." if isinstance(error, StoppedEarly) else ""
    move(site.store, upload.name, CHECKING, UploadState.FAILED, why=f"{error}{again}")


def _asked_by_kept(site: Site, upload: Upload, facts: Facts, error: ImporterError) -> Facts:
    """Return facts with the kept mapping that asks, where one does: who answers may leave it."""
    name = error.template if isinstance(error, AnswersNeeded) else ""
    if facts.mapping or not name:
        return facts
    found = _with_mapping(site, upload, replace(facts, template=name))
    return found if found.mapping else facts


def _keep(
    site: Site, upload: Upload, facts: Facts, result: CheckResult, found: Found, why: str
) -> None:
    """Write what was found; the findings of the version before stay until all of it is there."""
    store, name, version = site.store, upload.name, upload.version
    drop_found(store, name, version=version, parts=OF_VERSION)
    note_errors(store, name, result.findings, found.names)
    write_pages(store, name, version, found.pages())
    write_part(store, name, version, SHEET, found.tabs)
    write_part(store, name, version, CAUSE, found.cause_parts, first=1)
    known = _with_mapping(site, upload, _known(facts, result))
    newer = site.upload(name).version != version
    to = UploadState.CHECKING if newer else UploadState.CHECKED
    if move(store, name, CHECKING, to, checked=version, why=why, facts=known):
        drop_found(store, name, before=version, parts=OF_VERSION)
        remove_other_versions(site, upload)


def _with_mapping(site: Site, upload: Upload, facts: Facts) -> Facts:
    """Return facts with the kept mapping that the files were read by, where they were."""
    if facts.mapping:
        by_it = facts.kept == facts.template
        return facts if by_it else replace(facts, kept="", kept_by="")
    if mapping := copied(site, upload, facts.template):
        return replace(facts, mapping=mapping, kept=facts.template, kept_by=upload.owner)
    return facts


def _known(facts: Facts, result: CheckResult) -> Facts:
    formats = {file.path.name: file.format for file in result.inputs}
    files = tuple(replace(one, format=formats.get(one.stored, "")) for one in facts.files)
    return replace(
        facts,
        files=files,
        template=result.template,
        sheets=tuple(result.sheets),
        counts=result.counts,
        questions=(),
    )
