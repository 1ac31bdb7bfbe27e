"""Sides of a case: our commands as the README's users run them, and what stands beside them."""

from dataclasses import replace

from tests.benchmarks.place import SYSTEMS, granted, live

SIDES = "tests.benchmarks.sides"
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


def stages(*names):
    """Import files into a stub, with no report; counts the CPU seconds of its stages."""

    def side(place):
        with place.stub() as url:
            used = place.stages(template_of(names[0]), *map(place.file, names), url=url)
            return replace(used, counts={**used.counts, **granted(url)})

    return side


def plan(*names):
    """Plan files against a target that holds nothing."""

    def side(place):
        with place.stub() as url:
            return _plan(place, url, names)

    return side


def plan_beside(*names, held, rows=None):
    """Plan files against a sandbox that holds what an import of other files made."""

    def side(place):
        with live(_held(place.sized(rows) if rows else place, held)) as url:
            return _plan(place, url, names)

    return side


def _plan(place, url, names):
    template = template_of(names[0])
    files, system = map(place.file, names), SYSTEMS[template]
    return place.importer("plan", *files, "--template", template, url=url, system=system)


def _held(place, names):
    """The database of a sandbox that holds files, made by an import where it is not there."""
    path = place.folder / str(place.rows) / f"live-{names[0]}.db"
    if not path.exists():
        new = path.with_name(f"new-{path.name}")
        new.unlink(missing_ok=True)
        with live(new) as url:
            template = template_of(names[0])
            few_requests = ("--batch-size", "500")
            arguments = (*map(place.own, names), "--yes", "--template", template, *few_requests)
            place.importer("run", *arguments, url=url, system=SYSTEMS[template])
        new.rename(path)
    return path


def runs(*names):
    """List the runs of a journal that holds an import."""

    def side(place):
        folder, template = place.fresh(), template_of(names[0])
        with place.stub() as url:
            arguments = (*map(place.own, names), "--yes", "--template", template)
            place.importer("run", *arguments, folder=folder, url=url, system=SYSTEMS[template])
        return place.importer("runs", journal=folder / "journal.db")

    return side


def shown_help(place):
    """Print the help."""
    return place.importer("--help")


def write_report(name, *more):
    """Write a report into a workbook of terms, and verify it."""

    def side(place):
        path = place.own(name)
        module = "tests.benchmarks.sides.report_ours"
        return place.python("-m", module, path, "Terms", place.rows, *more)

    return side


def beside(script, name):
    """What a script beside ours does with a file."""
    return lambda place: place.python("-m", f"{SIDES}.{script}", place.file(name))


def beside_in_place(script, name):
    """What a script beside ours does with a file that it changes."""
    return lambda place: place.python("-m", f"{SIDES}.{script}", place.own(name))


def beside_to_stub(script, *names):
    """What a script beside ours sends of files into a stub."""

    def side(place):
        with place.stub() as url:
            return place.python("-m", f"{SIDES}.{script}", url, *map(place.own, names))

    return side


def fixed_loop(place):
    """A fixed piece of work, to compare what was measured at two times."""
    return place.python("-m", f"{SIDES}.fixed_loop")
