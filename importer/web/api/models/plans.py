"""The plan of an upload: totals, and what would happen to each row; an import is begun with it."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from importer.pipeline.results import Rows
from importer.uploads import Upload
from importer.uploads.views import PlanLine, PlanPage, PlanView
from importer.web.api.models.base import Answer, Sent
from importer.web.api.models.fixes import Version


class RowsAnswer(Answer):
    """What would become of the rows of the files: each that was read is one of the other three."""

    read: int
    imported: int
    reported: int
    skipped: int

    @classmethod
    def of(cls, rows: Rows) -> Self:
        """Return rows."""
        return cls(**rows.as_json())


class ObjectsAnswer(Answer):
    """How many objects of a kind have an action."""

    kind: str
    action: str
    objects: int


class PlanAnswer(Answer):
    """The totals of a plan, made for a version of the upload.

    `counts` are rows by action, `invalid`, `blocked` or `held`; `sendable` those that an import
    would change. `held` are kept by the guard until an admin releases them, `held_for` says why.
    `digest` names the plan, for an import of exactly it.
    """

    target: str
    made: str
    version: int
    counts: dict[str, int]
    objects: list[ObjectsAnswer]
    rows: RowsAnswer
    sendable: int
    held: int
    held_for: list[str]
    notes: list[str]
    digest: str

    @classmethod
    def of(cls, upload: Upload, view: PlanView) -> Self:
        """Return a plan."""
        return cls(
            target=view.target,
            made=view.made,
            version=upload.version,
            counts=dict(view.counts),
            objects=[
                ObjectsAnswer(kind=kind, action=action, objects=number)
                for kind, action, number in view.objects
            ],
            rows=RowsAnswer.of(view.rows),
            sendable=view.sendable,
            held=view.held,
            held_for=list(view.held_for),
            notes=list(view.notes),
            digest=view.digest,
        )


class FieldAnswer(Answer):
    """A field that changes, as text: null where there is nothing."""

    old: str | None
    new: str | None


class ChangeAnswer(Answer):
    """What would happen to a row, null for something that no row names; `fields` by heading."""

    file: str
    sheet: str
    row: int | None
    action: str
    key: str
    fields: dict[str, FieldAnswer]
    held: bool

    @classmethod
    def of(cls, line: PlanLine) -> Self:
        """Return a change."""
        fields = {
            one.heading: FieldAnswer(old=one.old or None, new=one.new or None)
            for one in line.changes
        }
        return cls(
            file=line.file,
            sheet=line.sheet,
            row=line.row or None,
            action=line.action,
            key=line.key,
            fields=fields,
            held=line.held,
        )


class ChangesAnswer(Answer):
    """A page of a plan."""

    changes: list[ChangeAnswer]
    page: int
    pages: int
    total: int

    @classmethod
    def of(cls, found: PlanPage) -> Self:
        """Return a page of a plan."""
        changes = [ChangeAnswer.of(line) for line in found.lines]
        return cls(changes=changes, page=found.page, pages=found.pages, total=found.total)


class ImportSent(Sent):
    """Which plan is imported, and what of it.

    With `version`, only the plan of that version; with `digest`, only the plan that was seen: a
    version is planned again where the target has changed meanwhile. With `release`, the number of
    rows that the guard holds, those are sent too: only an admin may say that.
    """

    version: Version | None = None
    digest: Annotated[str, Field(max_length=64)] | None = None
    release: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
