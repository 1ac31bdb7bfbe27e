"""Parse a workbook of entities with pyapacheatlas, as its documentation shows it."""

import sys

from pyapacheatlas.readers import ExcelConfiguration, ExcelReader

found = ExcelReader(ExcelConfiguration()).parse_bulk_entities(sys.argv[1])
sys.stdout.write(f"{len(found['entities'])}\n")
