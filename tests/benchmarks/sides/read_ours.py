"""Read a workbook's first sheet with ours, which sees errors, formulas and where each row is."""

import sys
from collections import deque
from pathlib import Path

from importer.read import open_input

sheet = open_input(Path(sys.argv[1])).sheets[0]
sheet.head()
deque(sheet.chunks(1), maxlen=0)
