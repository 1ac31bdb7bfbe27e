"""All cases, each a row or two of the table."""

from math import ceil

from tests.benchmarks.case import (
    Case,
    Figure,
    cpu,
    less,
    less_memory,
    megabytes,
    memory,
    seconds,
)
from tests.benchmarks.ours import (
    WITH_PARENTS,
    beside,
    beside_in_place,
    beside_to_stub,
    check,
    fixed_loop,
    plan,
    plan_beside,
    run,
    runs,
    shown_help,
    write_report,
)

FEW, PEERS_ROWS, LIVE = 10, 10_000, 20_000
PLAIN = ("plain_terms.csv", "glossaries.csv")
BATCH, DELAY, ROWS_IN_FLIGHT = 20, 0.1, 2_000


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


def per_request(side, *without, **bar):
    """The CPU time of a request, in milliseconds: a run without its check and its report."""

    def of(turn):
        rest = turn[side].cpu - sum(turn[one].cpu for one in without)
        return rest / turn[side].counts["requests"] * 1e3

    return Figure(f"CPU of {side} without {' and '.join(without)}, a request", of, "ms", **bar)


def share(side, jobs, **bar):
    """The share of the latency bound that a run reaches.

    The bound is the time of all answers where each of `jobs` connections always awaits one. The
    time is that from the first request to the last answer; glossaries are a request before.
    """

    def of(turn):
        requests = turn[side].counts["requests"] - 1
        bound = (1 + ceil(requests / jobs)) * DELAY
        return bound / turn[side].counts["seconds"]

    return Figure(f"share of the bound, {jobs} in flight", of, "", **bar)


def _csv(name):
    kind = name.removesuffix(".csv")
    return Case(
        f"check-{kind}-csv",
        f"check {kind}, CSV, against csv.reader",
        {
            "csv.reader": beside("read_csv", name),
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


def _latency(jobs, least):
    return Case(
        f"latency-{jobs}",
        f"run terms into a target that takes {DELAY * 1000:.0f} ms, {jobs} in flight",
        {"run": run(*PLAIN, more=("--jobs", str(jobs)), delay=DELAY)},
        (share("run", jobs, least=least),),
        rows=ROWS_IN_FLIGHT * jobs,
        how="wall clock from the first request to the last answer, against the latency alone",
    )


CASES = (
    Case(
        "check-xlsx",
        "check terms, workbook, against bare calamine",
        {
            "calamine": beside("read_calamine", "terms.xlsx"),
            "check": check("terms.xlsx"),
        },
        (cpu("check", "calamine", most=1.8), memory("check", "calamine", most=1.0)),
    ),
    Case(
        "read-xlsx",
        "reading alone, workbook, against bare calamine",
        {
            "calamine": beside("read_calamine", "terms.xlsx"),
            "read": beside("read_ours", "terms.xlsx"),
        },
        (cpu("read", "calamine"), memory("read", "calamine")),
    ),
    _csv("terms.csv"),
    _csv("desks.csv"),
    Case(
        "frictionless-csv",
        "frictionless validate against check, CSV",
        {
            "frictionless": beside("frictionless_validate", "terms.csv"),
            "check": check(*WITH_PARENTS["terms.csv"]),
        },
        (less("check", "frictionless", least=2), less_memory("check", "frictionless")),
        needs=("frictionless",),
    ),
    Case(
        "frictionless-xlsx",
        "frictionless validate against check, workbook",
        {
            "frictionless": beside("frictionless_validate", "terms.xlsx"),
            "check": check("terms.xlsx"),
        },
        (less("check", "frictionless", least=6), less_memory("check", "frictionless")),
        needs=("frictionless",),
    ),
    Case(
        "pyapacheatlas",
        "pyapacheatlas ExcelReader against check, workbook",
        {
            "pyapacheatlas": beside("pyapacheatlas_read", "entities.xlsx"),
            "check": check("terms.xlsx"),
        },
        (less("check", "pyapacheatlas"), less_memory("check", "pyapacheatlas")),
        needs=("pyapacheatlas",),
        how="it reads and maps the same cells and does not validate them",
    ),
    Case(
        "import-terms",
        "whole import of terms with report, into a stub",
        {
            "fixed loop": fixed_loop,
            "check": check("terms.xlsx"),
            "report": write_report("terms.xlsx", "plain"),
            "run": run("terms.xlsx"),
        },
        (
            per_entity("run", most=150),
            per_request("run", "check", "report", most=2),
            megabytes("run"),
            journal("run"),
            cpu("run", "fixed loop"),
        ),
        how="a request of 20 entities costs what is left of a run without its check and its report",
    ),
    Case(
        "import-desks",
        "whole import of desks with report, into a stub",
        {"fixed loop": fixed_loop, "run": run(*WITH_PARENTS["desks.csv"])},
        (
            per_entity("run", most=150),
            megabytes("run"),
            journal("run", most=400),
            cpu("run", "fixed loop"),
        ),
    ),
    Case(
        "pyatlan",
        "pyatlan's Batch against run, 20 terms a request, into a stub",
        {
            "orjson and a socket": beside_to_stub("raw_send", "plain_terms.csv"),
            "pyatlan": beside_to_stub("pyatlan_send", *reversed(PLAIN)),
            "run": run(*PLAIN),
        },
        (
            less("run", "pyatlan", least=10),
            less_memory("run", "pyatlan"),
            cpu("run", "orjson and a socket"),
        ),
        rows=PEERS_ROWS,
        needs=("pyatlan",),
        how="whole processes: pyatlan's import alone takes seconds; a run has journal and report",
    ),
    Case(
        "naive",
        "a script of pandas, openpyxl and jsonschema against run, workbook, into a stub",
        {
            "script": beside_to_stub("naive_import", "plain_terms.xlsx"),
            "run": run("plain_terms.xlsx"),
        },
        (less("run", "script"), less_memory("run", "script")),
        rows=PEERS_ROWS,
    ),
    Case(
        "plan-unchanged",
        "plan terms against a target that holds them all",
        {
            "check": check("terms.xlsx"),
            "plan": plan_beside("terms.xlsx", held=("terms.xlsx",)),
        },
        (cpu("plan", "check", most=5), megabytes("plan", most=200)),
    ),
    _latency(1, 0.95),
    _latency(4, 0.93),
    _latency(16, 0.85),
    Case(
        "write-back",
        "a report in a workbook, verified, against openpyxl",
        {
            "inflate and deflate": beside("deflate", "terms.xlsx"),
            "openpyxl": beside_in_place("report_openpyxl", "terms.xlsx"),
            "report": write_report("terms.xlsx"),
            "not verified": write_report("terms.xlsx", "unverified"),
        },
        (
            less("report", "openpyxl", least=12),
            less("not verified", "openpyxl"),
            less_memory("report", "openpyxl"),
            cpu("report", "inflate and deflate"),
        ),
    ),
    Case(
        "small",
        f"what takes no time: a plan of {FEW} rows, runs, --help",
        {
            "plan": plan("desks.csv", "buildings.csv"),
            f"plan beside {LIVE:,} assets": plan_beside(
                "desks.csv", held=WITH_PARENTS["desks.csv"], rows=LIVE
            ),
            "runs": runs(*WITH_PARENTS["desks.csv"]),
            "--help": shown_help,
        },
        (
            seconds("plan", most=0.5),
            seconds(f"plan beside {LIVE:,} assets", most=1.0),
            seconds("runs", most=0.3),
            seconds("--help", most=0.1),
        ),
        rows=FEW,
    ),
)
