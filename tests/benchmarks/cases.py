"""All cases, each a row or two of the table."""

from tests.benchmarks.case import Case, Figure, cpu, megabytes, memory
from tests.benchmarks.ours import WITH_PARENTS, check, floor, plan_unchanged, run


def per_entity(side, **bar):
    """The CPU time that a run takes for an entity, in microseconds."""

    def of(turn):
        return turn[side].cpu / turn[side].counts["entities"] * 1e6

    return Figure(f"CPU of {side}, an entity", of, "us", **bar)


def journal(side, **bar):
    """The bytes that the journal of a run holds for an entity."""

    def of(turn):
        return turn[side].counts["journal"] / turn[side].counts["entities"]

    return Figure(f"journal of {side}, an entity", of, "bytes", **bar)


def _csv(name):
    kind = name.removesuffix(".csv")
    return Case(
        f"check-{kind}-csv",
        f"check {kind}, CSV, against csv.reader",
        {
            "csv.reader": floor("read_csv", name),
            "check": check(*WITH_PARENTS[name]),
            "check without parents": check(name),
        },
        (
            cpu("check", "csv.reader", most=6),
            cpu("check without parents", "csv.reader", most=6),
            megabytes("check", most=80),
            megabytes("check without parents", most=80),
        ),
    )


def _import(kind, names):
    side = f"run {kind}"
    return Case(
        f"import-{kind}",
        f"whole import of {kind} with report, into a stub",
        {side: run(*names)},
        (per_entity(side, most=150), megabytes(side), journal(side)),
    )


CASES = (
    Case(
        "check-xlsx",
        "check terms, workbook, against bare calamine",
        {
            "calamine": floor("read_calamine", "terms.xlsx"),
            "check": check("terms.xlsx"),
        },
        (cpu("check", "calamine", most=1.8), memory("check", "calamine", most=1.0)),
    ),
    _csv("terms.csv"),
    _csv("desks.csv"),
    _import("terms", ("terms.xlsx",)),
    _import("desks", WITH_PARENTS["desks.csv"]),
    Case(
        "plan-unchanged",
        "plan terms against a target that holds them all",
        {"check": check("terms.xlsx"), "plan": plan_unchanged},
        (cpu("plan", "check", most=5), megabytes("plan", most=200)),
    ),
)
