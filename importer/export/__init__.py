"""The live state of a target as a filled template workbook: mapping, backwards."""

from importer.export.filled import Filled, filled

__all__ = ["Filled", "filled"]
