"""The headings under which a plan shows the fields of the entities of one sheet and kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from importer.cache import Cache
from importer.mapping import BoundEntity
from importer.mapping.conversion.dates import moment_text
from importer.payload_path import split, value_at
from importer.plan import Planned
from importer.plan.headings import Headings
from importer.targets.planned_change import FieldDiff
from importer.template import Template
from importer.template.schema_fields import MOST


class ShownHeadings:
    """Shows changes as a plan does; a heading is looked for once."""

    def __init__(self, template: Template, bound: BoundEntity) -> None:
        self._template = template
        self._bound = bound
        self._hidden = bound.kind.constants
        self._moments = {one.rule.path for one in bound.columns if one.rule.unit == "ms"}
        self._headings = Cache[str, str](self._heading, MOST)
        self._of_new = Cache[tuple[str, ...], dict[str, str]](self._all, MOST)

    def show(self, planned: Planned) -> None:
        """Give the changes of an entity what a plan shows of them.

        Of something new a heading alone says it, where the change itself says the rest.
        """
        fields, change, later = self._diffs(planned.fields), planned.change, planned.later
        if change and not (later or change.before or self._moments):
            change.new = self._of_new[planned.new]
        elif change:
            values = {path: (None, value_at(change.payload, split(path))) for path in planned.new}
            fields = {**self._diffs(values), **fields}
        if change:
            change.fields |= fields
        if later:
            later.fields = fields

    def _all(self, paths: Iterable[str]) -> dict[str, str]:
        """Return the headings of paths, without constants."""
        return {path: self._headings[path] for path in paths if path not in self._hidden}

    def _diffs(self, fields: Mapping[str, tuple[Any, Any]]) -> dict[str, FieldDiff]:
        """Return the diffs of payload paths with old and new value, without constants."""
        return {
            path: FieldDiff(self._headings[path], _moment(old), _moment(new))
            if path in self._moments
            else FieldDiff(self._headings[path], old, new)
            for path, (old, new) in fields.items()
            if path not in self._hidden
        }

    def _heading(self, path: str) -> str:
        """Return the heading that a payload path comes from, or would come from."""
        bound = self._bound
        if path not in bound.origins:  # emptied with another path; the sheet may lack its column
            for column in bound.rule.columns:
                if column.path == path and column.heading:
                    return column.heading
            if any(path == one.rule.kept_at for one in bound.references):
                return Headings(self._template).of(bound.kind.name, path)
        return bound.origin(path)[1] or path


def _moment(value: Any) -> Any:
    """Return milliseconds since 1970, or a list of such, as a plan shows them."""
    if isinstance(value, list):
        return list(map(_moment, value))
    return moment_text(value) if isinstance(value, int) else value
