"""Measures CPU time and memory of reading a workbook, compared with the bare parser.

Run `python tests/benchmarks/measure_read.py terms.xlsx 5` from the project's folder. Both variants
run in processes of their own, alternately; the results are medians.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys

BARE = """
from python_calamine import CalamineWorkbook
CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
"""
OURS = """
from pathlib import Path
from importer.read import open_input
sheet = open_input(Path(path)).sheets[0]
sheet.head()
for chunk in sheet.chunks(1):
    pass
"""
USAGE = """
import json, resource
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def measured(code: str, path: str) -> list[float]:
    """Return CPU seconds and peak memory in MB of a process that runs the code."""
    program = f"import sys; sys.path.insert(0, ''); path = {path!r}{code}{USAGE}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    result: list[float] = json.loads(done.stdout)
    return result


def main(path: str, rounds: int) -> None:
    """Print the medians and the ratios."""
    turns = [(measured(BARE, path), measured(OURS, path)) for _ in range(rounds)]
    bare, ours = (
        [statistics.median(each) for each in zip(*way, strict=True)]
        for way in zip(*turns, strict=True)
    )
    for what, unit, place in (("CPU", "s", 0), ("memory", "MB", 1)):
        figures = f"parser {bare[place]:.2f} {unit}, ours {ours[place]:.2f} {unit}"
        sys.stdout.write(f"{what}: {figures}, {ours[place] / bare[place]:.2f}x\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
