"""Cases of files alone: reading, checking and writing reports, beside parsers and peers."""

from tests.benchmarks.case import Case
from tests.benchmarks.figures import cpu, less, less_memory, megabytes, memory
from tests.benchmarks.ours import WITH_PARENTS, beside, beside_in_place, check, write_report


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


FILE_CASES = (
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
)
