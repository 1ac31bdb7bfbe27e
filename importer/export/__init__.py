"""The live state of a target as a filled template workbook: mapping, backwards."""

from importer.export.csv_files import ENDINGS, places, write_texts
from importer.export.exportable import one_way
from importer.export.rows import Filled, filled

__all__ = ["ENDINGS", "Filled", "filled", "one_way", "places", "write_texts"]
