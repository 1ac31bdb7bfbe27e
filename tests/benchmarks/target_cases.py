"""Cases of a target: imports and plans, beside peers, floors and the latency bound."""

from tests.benchmarks.case import Case
from tests.benchmarks.figures import (
    cpu,
    journal,
    less,
    less_memory,
    megabytes,
    of_stage,
    per_entity,
    per_request,
    seconds,
    share,
)
from tests.benchmarks.ours import (
    WITH_PARENTS,
    beside_to_stub,
    check,
    fixed_loop,
    plan,
    plan_beside,
    run,
    runs,
    shown_help,
    stages,
)

FEW, PEERS_ROWS, LIVE = 10, 10_000, 20_000
PLAIN = ("plain_terms.csv", "glossaries.csv")
DELAY, ROWS_IN_FLIGHT = 0.1, 2_000


def _latency(jobs, least):
    return Case(
        f"latency-{jobs}",
        f"run terms into a target that takes {DELAY * 1000:.0f} ms, {jobs} in flight",
        {"run": run(*PLAIN, more=("--jobs", str(jobs)), delay=DELAY)},
        (share("run", jobs, DELAY, least=least),),
        rows=ROWS_IN_FLIGHT * jobs,
        how="wall clock from the first request to the last answer, against the latency alone",
    )


TARGET_CASES = (
    Case(
        "import-terms",
        "whole import of terms with report, into a stub",
        {
            "fixed loop": fixed_loop,
            "run": run("terms.xlsx"),
            "run by stages": stages("terms.xlsx"),
        },
        (
            per_entity("run", most=150),
            per_request("run by stages", "Sending", most=2),
            of_stage("run by stages", "Reading"),
            of_stage("run by stages", "Planning"),
            of_stage("run by stages", "Sending"),
            megabytes("run"),
            journal("run"),
            cpu("run", "fixed loop"),
        ),
        how="20 terms a request; a run by stages writes no report",
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
        "start",
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
