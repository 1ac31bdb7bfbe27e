"""Read every row of a CSV file and keep none."""

import csv
import sys
from collections import deque

with open(sys.argv[1], newline="", encoding="utf-8") as file:
    deque(csv.reader(file), maxlen=0)
