"""Writes the blank workbook into the folder of each shipped template."""

from __future__ import annotations

from importer.template.blank import write_blank
from importer.template.find import find_all

if __name__ == "__main__":
    for template in find_all():
        write_blank(template, template.folder / f"{template.name}.xlsx")
