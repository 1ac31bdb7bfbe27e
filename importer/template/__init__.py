"""Templates: folders whose mapping.toml says how a kind of workbook is imported."""

from importer.template.find import find, find_all, find_kept
from importer.template.load import load
from importer.template.model import (
    Column,
    Each,
    EntityRule,
    Kind,
    Reference,
    SheetRule,
    Template,
    fold,
    fold_all,
)

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
