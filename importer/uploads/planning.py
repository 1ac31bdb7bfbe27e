"""The plan of an upload: what an import would do, row by row, kept until it is done or stale."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from importer.atomic import private_folder
from importer.errors import ImporterError
from importer.journal.serialize import pack
from importer.journal.upload import Upload, UploadState
from importer.journal.upload_facts import Facts
from importer.journal.upload_findings import (
    Page,
    drop_found,
    read_pages,
    read_part,
    write_pages,
    write_part,
)
from importer.journal.uploads import move
from importer.model import Action, Severity
from importer.now import utc_now
from importer.pieces import pieces
from importer.pipeline.plan import plan
from importer.pipeline.request import ImportRequest
from importer.pipeline.results import PlannedRow, PlanResult, Rows
from importer.pipeline.saved_plan import write_plan
from importer.uploads.effective import effective_files
from importer.uploads.errors import NotNow
from importer.uploads.files import PLANS
from importer.uploads.found import ACTION, PLAN, PLANNED, TOTALS
from importer.uploads.noting import Noting
from importer.uploads.site import Site, options_of
from importer.uploads.views import PAGE, FieldChange, PlanLine, PlanPage, PlanView

HELD, CHANGING = "held", ""
"""What a page of the plan may be asked for besides an action: held rows, all that change."""


def plan_upload(site: Site, upload: Upload, facts: Facts, noting: Noting) -> None:  # noqa: ARG001
    """Plan an upload as it is now, and move it to what follows from that."""
    noting.stage("Planning", None)
    states, store = (UploadState.PLANNING,), site.store
    try:
        with site.connector(upload) as connect:
            options = connect.dry_run_options(options_of(upload))
            request = ImportRequest(effective_files(site, upload), options, upload.target, connect)
            result = plan(request, save=True, progress=noting)
    except ImporterError as error:
        move(store, upload.name, states, UploadState.CHECKED, why=str(error))
        return
    _keep(site, upload, result)
    move(store, upload.name, states, UploadState.PLANNED, why="")


def saved_plan(site: Site, upload: Upload) -> Path:
    """Return where the plan of an upload is saved."""
    return site.folder(upload) / PLANS / f"{upload.version}.json"


def _keep(site: Site, upload: Upload, result: PlanResult) -> None:
    store, version = site.store, upload.version
    drop_found(store, upload.name, version=version, parts=PLAN)
    saved = saved_plan(site, upload)
    private_folder(saved.parent)
    if result.saved is not None:
        write_plan(saved, result.saved)
    write_pages(store, upload.name, version, _pages(result))
    write_part(store, upload.name, version, ACTION, [_by_action(result)])
    write_part(store, upload.name, version, TOTALS, [_totals(result)])


def _pages(result: PlanResult) -> Iterator[Page]:
    for number, some in enumerate(pieces(result.changes, PAGE)):
        content = [_packed(one) for one in some]
        yield Page(PLANNED, 0, number, 0, 0, content)


def _packed(one: PlannedRow) -> list[Any]:
    changes = [[name, as_text(diff.old), as_text(diff.new)] for name, diff in one.fields.items()]
    return [one.file, one.sheet, max(one.row, 0), one.action, one.key, changes]


def as_text(value: Any) -> str:
    """Return a value of a payload as people read it; nothing for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return "; ".join(map(as_text, value))
    return str(value)


def _by_action(result: PlanResult) -> dict[str, list[int]]:
    """Return where the rows of each action stand, those that change, and those that are held."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(result.changes):
        found[one.action].append(at)
        if one.action != Action.UNCHANGED:
            found[CHANGING].append(at)
        if (one.file, one.sheet, one.row) in result.held:
            found[HELD].append(at)
    return dict(found)


def _totals(result: PlanResult) -> dict[str, Any]:
    rows = result.rows
    return {
        "made": utc_now(),
        "target": result.target,
        "counts": result.counts,
        "objects": [[kind, action, number] for (kind, action), number in result.objects.items()],
        "rows": [rows.read, rows.imported, rows.reported, rows.skipped],
        "held": len(result.held),
        "held_for": result.held_for,
        "notes": _notes(result),
        "digest": _digest(result),
    }


def _digest(result: PlanResult) -> str:
    """Return what names a plan: one that does the same has the same, whenever it was made."""
    saved, held = result.saved, sorted(map(list, result.held))
    if saved is None:
        return ""
    known = [saved.identity, saved.template, sorted(map(list, saved.files.items())), held]
    rows = sorted(hashlib.sha256(line).digest() for line in saved.rows.lines())  # in any order
    return hashlib.sha256(b"".join((pack(known), *rows))).hexdigest()


def _notes(result: PlanResult) -> list[str]:
    """Return what the plan warns of besides what the check has found."""
    notes = (f.message for f in result.findings if not f.place.row and f.severity != Severity.INFO)
    return list(dict.fromkeys(notes))


def view(site: Site, upload: Upload) -> PlanView:
    """Return the totals of a plan. Raises NotNow before there is one."""
    [raw] = _part(site, upload, TOTALS)
    changing = sum(raw["counts"].get(action, 0) for action in Action if action != "unchanged")
    return PlanView(
        made=raw["made"],
        target=raw["target"],
        counts=raw["counts"],
        objects=tuple((kind, action, number) for kind, action, number in raw["objects"]),
        rows=Rows(*raw["rows"]),
        sendable=changing,
        held=raw["held"],
        held_for=tuple(raw["held_for"]),
        notes=tuple(raw["notes"]),
        digest=raw.get("digest", raw["made"]),
    )


def lines(site: Site, upload: Upload, page: int, action: str) -> PlanPage:
    """Return a page of the rows of a plan: of an action, held, or all that change."""
    [by_action] = _part(site, upload, ACTION)
    held = frozenset(by_action.get(HELD, ()))
    at = by_action.get(action, [])
    pages = max(1, -(-len(at) // PAGE))
    page = min(max(page, 1), pages)
    some = at[(page - 1) * PAGE : page * PAGE]
    wanted = {one // PAGE for one in some}
    found = read_pages(site.store, upload.name, upload.version, PLANNED, 0, wanted)
    shown = (_line(found[one // PAGE][one % PAGE], held=one in held) for one in some)
    return PlanPage(tuple(shown), page, pages, len(at))


def _line(raw: Sequence[Any], *, held: bool) -> PlanLine:
    file, sheet, row, action, key, changes = raw
    fields = tuple(FieldChange(*one) for one in changes)
    return PlanLine(file, sheet, row, action, key, fields, held)


def _part(site: Site, upload: Upload, part: str) -> list[Any]:
    found = read_part(site.store, upload.name, upload.version, part)
    if not found:
        raise NotNow("There is no plan of it yet: make one first.")
    return found
