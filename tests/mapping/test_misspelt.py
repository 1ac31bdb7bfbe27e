"""A required column under a misspelt heading is said once, at the heading, with the way out."""

from importer.finding_codes import FindingCode
from importer.mapping.absent import Absence
from importer.mapping.misspelt import with_misspelt
from importer.model import Finding, Place, Severity

HEADINGS, CELL = Place("Terms", 1), Place("Terms", 1, 2, "Trem")


def unknown(suggestion):
    words = "The heading `Trem` is not known; its column is not imported."
    code = FindingCode.UNKNOWN_HEADING
    return Finding(code, words, CELL, Severity.WARNING, "Trem", suggestion)


def lacking(*names):
    message = f"{names[0]} is required, and the sheet has no such column."
    finding = Finding(FindingCode.MISSING_COLUMN, message, HEADINGS)
    return Absence(message, True, frozenset(names)), finding


def test_a_required_column_that_is_most_likely_misspelt_is_one_error_at_its_heading():
    [found] = with_misspelt([unknown("Term")], [lacking("Term")])
    assert (found.code, found.severity, found.place) == ("missing_column", Severity.ERROR, CELL)
    assert (found.value, found.suggestion) == ("Trem", "Term")
    assert found.message == (
        "Term is required, and the sheet has no such column. The heading `Trem` is not known: if "
        "it means Term, rename it."
    )


def test_a_heading_that_is_like_a_column_nobody_needs_stays_a_warning():
    findings = [unknown("Tags")], [lacking("Term")]
    assert list(with_misspelt(*findings)) == [unknown("Tags"), lacking("Term")[1]]


def test_a_heading_that_is_an_error_already_is_said_once_for_all_ways_that_need_it():
    [found] = with_misspelt([owner := _owner()], [lacking("Building", "Parent external ID")])
    assert found == owner


def _owner():
    return Finding(FindingCode.MISSING_COLUMN, "rename it", CELL, suggestion="Building")
