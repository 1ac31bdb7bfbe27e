"""`export`: what a target holds of a template, as DataFrames and, where asked, as files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from importer.api.asked import at_least_one
from importer.api.export_result import Export
from importer.api.follow import followed
from importer.api.words import python_words

if TYPE_CHECKING:
    from importer.api.progress import Tell
    from importer.api.target import Target
    from importer.export import Export as Exported


def export(
    template: str | os.PathLike[str],
    *,
    target: str | Target = "sandbox",
    out: str | os.PathLike[str] | None = None,
    assets: str | os.PathLike[str] | None = None,
    rate: int | None = None,
    config: str | os.PathLike[str] | None = None,
    allow_http: bool = False,
    progress: bool | Tell | None = None,
) -> Export:
    """Return what a target holds as the rows of a template's sheets, ready to be changed and run.

    `out` writes them too: a filled workbook, or text files for `NAME.csv`. `assets` is a file that
    lists assets by Type and Qualified name, to be exported as well. Raises ImporterError.
    """
    from importer.api.target import connected, name_of, settings_of
    from importer.pipeline.export import export as export_live
    from importer.pipeline.export_files import ExportFiles, refuse_one_way
    from importer.template import find

    with python_words():
        at_least_one(rate=rate)
        found = find(str(template))
        refuse_one_way(found)
        files = ExportFiles.at(found, Path(out)) if out is not None else None
        settings = settings_of(config, allow_http=allow_http)
        with connected(settings, target, rate=rate) as connect, followed(progress, connect):
            live = export_live(found, connect, Path(assets) if assets is not None else None)
        written = files.write(live) if files else []
        return _result(found.name, name_of(target), live, written)


def _result(template: str, target: str, live: Exported, written: list[Path]) -> Export:
    rows = {sheet: some for sheet, some in live.rows.items() if some}
    return Export(
        template=template,
        target=target,
        counts={sheet: len(some) for sheet, some in rows.items()},
        left_blank=tuple(live.left_blank),
        files=tuple(written),
        _rows=rows,
        _headings={sheet: list(some.headings) for sheet, some in rows.items()},
    )
