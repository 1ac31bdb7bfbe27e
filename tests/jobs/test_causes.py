"""What is the same cause night after night is told once; what is another one is told again."""

from importer.finding_codes import FindingCode
from importer.jobs.causes import causes, over
from importer.jobs.pass_end import PassEnd
from importer.jobs.pass_message import event_of, may_be_told, message_of
from importer.model import Finding, Place
from importer.notify import Event


def end(**more):
    usual = {
        "job": "glossary",
        "target": "atlan",
        "no": 7,
        "status": 1,
        "counts": {},
        "before": {},
        "why": "",
        "code": "not_all_imported",
        "reports": (),
        "held": 0,
        "runs": ("r-1",),
        "started": 10.0,
        "ended": 12.5,
    }
    return PassEnd(**{**usual, **more})


def missing(row, heading="Owners"):
    return Finding(FindingCode.MISSING, "", Place("Terms", row, 3, heading))


def test_rows_are_the_same_cause_while_problems_are_in_the_same_columns():
    one, two = end(counts={"invalid": 3}), end(counts={"invalid": 4})
    assert causes(one, [missing(2), missing(3)]) == causes(two, [missing(9)])
    assert causes(one, [missing(2)]) != causes(one, [missing(2, "Term")])


def test_ten_times_as_many_rows_are_another_cause():
    assert causes(end(counts={"invalid": 3}), []) != causes(end(counts={"invalid": 30}), [])


def test_numbers_dates_and_runs_in_a_sentence_make_no_other_cause():
    one = end(code="not_expected", why="terms-2026-11-28.xlsx has 12 rows; `importer runs a`.")
    two = end(code="not_expected", why="terms-2026-11-29.xlsx has 9 rows; `importer runs b`.")
    other = end(code="not_expected", why="There is no sheet Terms.")
    assert causes(one, []) == causes(two, [])
    assert causes(one, []) != causes(other, [])


def test_a_target_that_is_away_in_another_way_is_the_same_cause():
    one = end(status=3, code="target_unreachable", why="No connection.")
    two = end(status=3, code="target_unreachable", why="It answered HTTP 502.")
    assert causes(one, []) == causes(two, []) == ["target_unreachable"]


def test_causes_of_other_families_are_over_and_those_of_rows_when_rows_were_read():
    known = ["rows:1:a", "held:1", "target_unreachable"]
    nothing_new = end(status=0, code="", runs=())
    assert over(known, nothing_new, []) == ["held:1", "target_unreachable"]
    assert over(known, end(), ["rows:2:b"]) == ["held:1", "target_unreachable"]


def test_rows_that_only_wait_for_approval_are_no_failure():
    assert event_of(end(counts={"held": 4}, held=4)) is Event.HELD
    assert event_of(end(counts={"held": 4, "rejected": 1}, held=4)) is Event.FAILED
    assert event_of(end(status=3, code="target_unreachable", held=4)) is Event.FAILED


def test_words_of_a_target_are_not_told():
    why = 'https://atlan.example gave no usable answer to POST /x (HTTP 500): {"name": "Secret"}.'
    assert may_be_told("target_unreachable", why).endswith("(HTTP 500).")
    stopped = "The target refused 5 rows one after the other, the last with: Secret."
    assert may_be_told("stopped_early", stopped) == "The run ended before its last row."
    assert may_be_told("mapping_needed", "The headings Secret are unknown.").startswith("No temp")


def test_no_more_than_ten_rows_go_into_a_message():
    findings = (missing(row) for row in range(2, 10_000))
    assert len(message_of(end(), Event.FAILED, findings).rows) == 10


def test_what_comes_after_a_run_is_over_once_an_idle_pass_has_made_up_for_it():
    idle = end(status=0, code="", runs=(), late=1)
    assert over(["report_not_written", "rows:1:a"], idle, []) == ["report_not_written"]
    assert over(["report_not_written"], end(status=1, runs=(), late=1), []) == []


def test_a_report_that_is_not_written_is_told_beside_rows_and_not_over_by_an_idle_pass():
    failed = end(counts={"invalid": 3}, code="report_not_written", why="The report is here.")
    assert causes(failed, [])[1:] == ["report_not_written"]
    assert over(["report_not_written"], end(status=0, code="", runs=()), []) == []
    assert over(["report_not_written"], end(status=0, code=""), []) == ["report_not_written"]


def test_a_pass_that_read_nothing_is_compared_with_none():
    found = message_of(end(runs=(), before={"created": 2}, status=0, code=""), Event.FINISHED)
    assert found.lines[0] == "Changed: nothing."
