"""Read a workbook's first sheet into lists, with nothing but python-calamine."""

import sys

from python_calamine import CalamineWorkbook

CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
