"""Print how well lists are understood: `python -m tests.lists [seen|kept|FOLDER] [-v]`.

Without a folder both halves are measured. With -v each difference is shown, but never of `kept`.
README.md beside this says what the lists are.
"""

import sys
from pathlib import Path
from statistics import mean, median

from tests.lists.measure import measure

UNSEEN = "kept"
HALVES = ("seen", UNSEEN)

BARS = {
    "heading row": 0.95,
    "kind": 0.9,
    "name column": 0.8,
    "all columns": None,
    "columns with a target field": 0.8,
    "rows left out": None,
    "questions": None,
}


def main(*words):
    """Print a table for each folder; return 1 where a bar is missed."""
    folders = [word for word in words if word != "-v"] or HALVES
    return max(_printed(folder, explained="-v" in words) for folder in folders)


def _printed(folder, *, explained):
    here = Path(__file__).parent / folder
    lists = list(measure(here if here.is_dir() else Path(folder)))
    if explained and folder != UNSEEN:
        _explain(lists)
    rows = list(_rows(lists))
    sys.stdout.write(f"\n| {folder} | found | bar | |\n| --- | ---: | ---: | --- |\n")
    sys.stdout.writelines(f"| {' | '.join(map(str, row))} |\n" for row in rows)
    return int(any(row[-1] == "missed" for row in rows))


def _rows(lists):
    yield "lists", len(lists), "", ""
    for what, bar in BARS.items():
        hits = [hit for each in lists for hit in each.hits.get(what, ())]
        yield _row(what, mean(hits), bar, at_most=False)
    edits = [each.edits for each in lists]
    yield _row("edits a list", mean(edits), 0.7)
    yield "lists with no edit", edits.count(0), "", ""
    yield "lists with at most two", sum(count <= 2 for count in edits), "", ""
    yield _row("wrong kind at .6 or more", mean(each.misled for each in lists), 0.05)
    seconds = [each.seconds for each in lists]
    yield _row("seconds, median", median(seconds), 0.2)
    yield _row("seconds, most", max(seconds), 2.0)


def _row(what, found, bar, *, at_most=True):
    kept = (
        "" if bar is None else "kept" if (found <= bar if at_most else found >= bar) else "missed"
    )
    return what, f"{found:.2f}", "" if bar is None else bar, kept


def _explain(lists):
    for each in lists:
        sys.stdout.write(f"{each.name}: {each.edits} edits\n")
        sys.stdout.writelines(f"    {difference}\n" for difference in each.differences)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
