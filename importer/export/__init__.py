"""The live state of a target as a filled template workbook: mapping, backwards."""

from importer.export.backwards import one_way
from importer.export.filled import Filled, filled
from importer.export.texts import ENDINGS, places, write_texts

__all__ = ["ENDINGS", "Filled", "filled", "one_way", "places", "write_texts"]
