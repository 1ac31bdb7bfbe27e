"""`export`: what a target holds of a template, as the rows of its sheets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from importer.export import Export, export_rows
from importer.options import Options
from importer.pipeline.request import Connect
from importer.pipeline.steps.intake import NullSink
from importer.pipeline.steps.opening import open_intake
from importer.template import Template


def export(template: Template, connect: Connect, assets: Path | None = None) -> Export:
    """Return the live state of a target as rows of the template's sheets.

    Entities that the template only updates are exported where the file `assets` names them. Raises
    UsageError, TargetUnreachable or CredentialsRefused.
    """
    named = list(_named(assets, template)) if assets else []
    return export_rows(template, connect(template.systems, template.options), named)


def _named(file: Path, template: Template) -> Iterator[tuple[str, str]]:
    """Yield type and name of the entities in a file that are only updated, never created."""
    intake = open_intake([file], Options(template=str(template.folder)))
    intake.read(NullSink())
    for entity in intake.registry.entities:
        if entity.bound.kind.mode == "update" and len(entity.labels) > 1:
            yield entity.labels[0], entity.labels[-1]
