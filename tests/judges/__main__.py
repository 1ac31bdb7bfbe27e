"""Print what the vendors' own models refuse of all that importer sends for the samples of `data/`.

`python -m tests.judges [--openapi FILE]` imports the samples into a sandbox, changes and deletes
some of their rows, undoes all of it, and puts every body on its way before two judges: pyatlan's
models, and Prism as a proxy that validates Trebellar's OpenAPI document FILE. Prism is installed
from npm into a folder of the user's cache. Status 1: something is refused; 2: a judge is missing.
"""

import argparse
import sys
from pathlib import Path

from tests.judges.models import Models
from tests.judges.prism import Prism
from tests.judges.samples import recorded

HEAD = ("judge", "requests", "operations or entities", "refused")


def main(words):
    """Print the table; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.judges")
    parser.add_argument("--openapi", type=Path, help="Trebellar's OpenAPI document, for Prism")
    judges = [Models(), Prism(parser.parse_args(words).openapi)]
    rows = [_row(judge) for judge in judges]
    table = [HEAD, ("---", *["---:"] * (len(HEAD) - 1)), *rows]
    sys.stdout.writelines("| " + " | ".join(map(str, line)) + " |\n" for line in table)
    missing = any(judge.missing for judge in judges)
    return 1 if any(judge.refused for judge in judges) else 2 * missing


def _row(judge):
    """Let a judge see the imports into its system; return its line of the table."""
    if judge.missing:
        sys.stderr.write(f"{judge.name}: not run: {judge.missing}\n")
        return judge.name, "not run", "", ""
    recorded(judge)
    for note in judge.refused:
        sys.stderr.write(f"{judge.name}: refused: {note}\n")
    return judge.name, judge.requests, judge.parts, len(judge.refused)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
