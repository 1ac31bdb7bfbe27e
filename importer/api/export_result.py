"""What an export returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from importer.api.html import Shown, block

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Export:
    """What a target holds, as the rows of a template's sheets.

    `frames` are DataFrames by sheet, with the headings as columns: change them and run them. All
    cells are objects, as the template has them; a blank one is "", which leaves a field alone.
    `left_blank` are sentences about what no cell can hold. `files` are those that were written.
    """

    template: str
    target: str
    counts: Mapping[str, int]
    left_blank: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    _rows: Mapping[str, Sequence[dict[str, Any]]] = field(default_factory=dict, repr=False)
    _headings: Mapping[str, list[str]] = field(default_factory=dict, repr=False)

    @cached_property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """The DataFrames by sheet, of those that have rows."""
        import pandas as pd

        return {
            sheet: pd.DataFrame(
                [[row.get(name, "") for name in self._headings[sheet]] for row in rows],
                columns=self._headings[sheet],
                dtype=object,
            )
            for sheet, rows in self._rows.items()
        }

    def _repr_html_(self) -> str:
        table = Shown.of("frames", ("sheet", "rows"), self.counts.items(), len(self.counts))
        return block(f"{self.template}, exported from {self.target}", {}, self.left_blank, table)
