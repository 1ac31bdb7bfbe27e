"""A program that imports lists, and prints what the processes that it forks load themselves."""

import sys
from pathlib import Path

from importer.uploads import child

SEEN = "loaded.txt"


def work(kind, name, given):
    """Do what a process of an upload does, and note what that has loaded."""
    before = set(sys.modules)
    status = child.work(kind, name, given)
    with Path(SEEN).open("a") as seen:
        seen.writelines(f"{kind} {one}\n" for one in sys.modules if one not in before)
        seen.writelines(f"{kind} {one}\n" for one in ("numpy", "pandas") if one in sys.modules)
    return status


def main():
    """Check, plan, import and undo lists of several kinds."""
    from importer.uploads import children
    from tests.uploads.desk import Desk, text
    from tests.uploads.lists import glossary

    children.CHILD = __spec__.name
    with Desk(Path.cwd()) as desk, desk.working():
        rows = [["Glossary", "Term"], ["Finance", "Cost"]]
        done = [desk.imported(one) for one in (glossary(("Margin",)), ("Terms.csv", text(rows)))]
        desk.uploads.undo(done[-1].name, "ada")
        done.append(desk.until(done[-1].name))
        done.append(desk.checked(("unknown.csv", b"Begriff;Beschreibung\nUmsatz;alles\n")))
    states = " ".join(one.state for one in done)
    sys.stdout.write(f"{states}\n{Path(SEEN).read_text()}")


if __name__ == "__main__":
    main()
