"""The files of the growth test, at sizes that a benchmark needs: a CSV file for each sheet.

`python -m tests.benchmarks.growing NAME FOLDER SIZE` makes them, in a process of its own.
"""

import csv
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.process import ROOT

GROWING = (
    "one_misspelt_parent",
    "many_misspelt_parents",
    "many_misspelt_scopes",
    "misspelt_places_in_many_places",
    "a_chain",
    "a_chain_from_below",
    "a_chain_in_no_glossary",
    "one_cycle",
    "many_cycles",
    "a_name_that_means_many",
    "names_that_mean_two_each",
    "equal_names_everywhere",
    "duplicates_of_one_key",
    "duplicates_of_one_code",
    "a_name_that_many_refer_to",
    "rows_below_what_is_deleted",
    "misspelt_words_of_a_list",
)
"""Cases that grow in their rows; those of one cell, of columns and of sheets have limits."""


def make_growing(place, name):
    """Return the files of a case, made where they are not there yet."""
    folder = place.folder / str(place.rows) / name
    if not folder.exists():
        new = folder.with_name(f"new-{name}")
        command = [sys.executable, "-m", "tests.benchmarks.growing", name, new, str(place.rows)]
        subprocess.run(command, check=True, cwd=ROOT)
        new.rename(folder)
    return sorted(folder.iterdir())


def write(name, folder, size):
    """Write the files of a case."""
    from tests.pipeline import test_growth

    folder.mkdir(parents=True, exist_ok=True)
    for sheet, rows in getattr(test_growth, name)(size).items():
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        with (folder / f"{sheet}.csv").open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, headings, "")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    write(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
