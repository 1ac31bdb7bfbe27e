"""Our commands as sides of a case, as the README's users run them."""

from dataclasses import replace
from pathlib import Path

from tests.benchmarks.place import SYSTEMS, granted, live

SIDES = Path(__file__).parent / "sides"
TERMS, DESKS = "atlan-glossary", "trebellar-portfolio"
WITH_PARENTS = {
    "terms.csv": ("terms.csv", "glossaries.csv", "categories.csv"),
    "desks.csv": ("desks.csv", "buildings.csv"),
}


def template_of(name):
    """The template of a file by its name."""
    return DESKS if name.startswith("desks") else TERMS


def check(*names, statuses=(0,)):
    """Check files."""

    def side(place):
        files = map(place.file, names)
        template = template_of(names[0])
        return place.importer("check", *files, "--template", template, statuses=statuses)

    return side


def run(*names, statuses=(0,), more=(), delay=0.0):
    """Import files into a stub, with a report."""

    def side(place):
        with place.stub(delay) as url:
            files, template = map(place.own, names), template_of(names[0])
            used = place.importer(
                *("run", *files, "--yes", "--template", template, *more),
                statuses=statuses,
                url=url,
                system=SYSTEMS[template],
            )
            return replace(used, counts={**used.counts, **granted(url)})

    return side


def plan_unchanged(place):
    """Plan what a sandbox holds already."""
    with live(held(place)) as url:
        return _plan(place, url, "terms.xlsx")


def _plan(place, url, name):
    template = template_of(name)
    system = SYSTEMS[template]
    return place.importer("plan", place.file(name), "--template", template, url=url, system=system)


def held(place):
    """The database of a sandbox that holds the terms, made by an import where it is not there."""
    path = place.folder / str(place.rows) / "live.db"
    if not path.exists():
        new = path.with_name("new-live.db")
        new.unlink(missing_ok=True)
        with live(new) as url:
            arguments = ("--yes", "--template", TERMS)
            place.importer("run", place.own("terms.xlsx"), *arguments, url=url, system="atlan")
        new.rename(path)
    return path


def floor(name, file):
    """What a script beside ours does with a file."""
    return lambda place: place.python(SIDES / f"{name}.py", place.file(file))
