"""Finds the mapping that was made for a list, by the headings of the list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from importer.mapping.header import headed
from importer.mapping.recognition.evidence import Candidate
from importer.mapping.recognition.look import Look
from importer.mapping.recognition.recognise import Recogniser
from importer.model import LONGEST_HEADING, OWN_COLUMNS
from importer.pipeline.steps.open_sheet import open_sheets
from importer.read import open_input
from importer.spreadsheet import TextForm, column_number
from importer.template import Column, Template, find_kept, fold


def kept_for(looks: Sequence[Look], system: str) -> Template | None:
    """Return the mapping that the user has kept for a list with exactly these headings."""
    return _fitting(find_kept(system), looks)


def fitting(templates: Sequence[Template], files: Sequence[Path], form: TextForm) -> str:
    """Return the folder of the template that has just the headings of files, if there is one.

    Raises UnreadableInput.
    """
    opened = (one for path in files for one in open_sheets(open_input(path, form), {}))
    found = _fitting(templates, [one.look for one in opened])
    return str(found.folder) if found else ""


def _fitting(templates: Sequence[Template], looks: Sequence[Look]) -> Template | None:
    for template in templates:
        recogniser = Recogniser([template])
        verdicts = [recogniser.judge(look, alone=len(looks) == 1).taken for look in looks]
        if any(verdicts) and all(_fits(one) for one in verdicts if one):
            return template
    return None


def _fits(candidate: Candidate) -> bool:
    """Return whether a sheet has just the headings that the mapping names, and all that it needs.

    Of a list without headings nothing tells that it is the same. What stands under the heading of
    an answer would not be read.
    """
    rule, headings = candidate.rule, candidate.header.headings
    if candidate.missing or not candidate.header.row:
        return False
    columns = headed(rule).values()
    known = {fold(name) for c in columns if c.constant is None for name in c.names}
    known |= {fold(name) for name in (*rule.ignored, *OWN_COLUMNS)}
    read = [one for one in headings if 0 < len(one) <= LONGEST_HEADING]
    return all(fold(one) in known for one in read) and not any(
        _elsewhere(c, headings) for c in columns
    )


def _elsewhere(column: Column, headings: Sequence[str]) -> bool:
    """Return whether a column stands under another letter than the mapping says."""
    named = {fold(name) for name in column.names}
    at = column_number(column.letter) - 1 if column.letter and not column.in_sections else -1
    here = fold(headings[at]) if 0 <= at < len(headings) else ""
    return here not in named and not named.isdisjoint(map(fold, headings)) and at >= 0
