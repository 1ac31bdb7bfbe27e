"""Templates: folders whose mapping.toml says how a kind of workbook is imported."""

from importer.template.columns import Column, Each, Reference
from importer.template.find import find, find_all, find_kept
from importer.template.folded import fold, fold_all
from importer.template.load import load
from importer.template.model import Kind, Template
from importer.template.sheet_rule import EntityRule, SheetRule

__all__ = [
    "Column",
    "Each",
    "EntityRule",
    "Kind",
    "Reference",
    "SheetRule",
    "Template",
    "find",
    "find_all",
    "find_kept",
    "fold",
    "fold_all",
    "load",
]
