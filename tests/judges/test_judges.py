"""The judges refuse what is wrong, and the samples are altered as they say."""

import pytest
from openpyxl import load_workbook

from tests.fuzz.wire import Answer, Asked
from tests.judges.__main__ import main
from tests.judges.models import WRONG, Models, refusal
from tests.judges.prism import violations
from tests.judges.samples import DATA, altered

# the client calls much that Python will drop one day; nothing of ours is deprecated here
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

TERM = {
    "typeName": "AtlasGlossaryTerm",
    "guid": "-1",
    "attributes": {"name": "Cash", "qualifiedName": "-1", "certificateStatus": "VERIFIED"},
    "relationshipAttributes": {"anchor": {"typeName": "AtlasGlossary", "guid": "-2"}},
}


class Out:
    """A connection that nobody reads."""

    def write(self, content):
        """Take what is written."""


def test_pyatlan_refuses_other_types_values_and_attributes_and_no_right_entity():
    assert [bool(refusal(entity)) for entity in (*WRONG, TERM)] == [True] * len(WRONG) + [False]


def test_entities_and_deletions_are_counted_and_judged():
    models = Models()
    for method, path, body in [
        (
            "POST",
            "/api/meta/entity/bulk",
            b'{"entities": [{"typeName": "Link"}, {"typeName": "X"}]}',
        ),
        ("DELETE", "/api/meta/entity/bulk?guid=a&guid=b&deleteType=SOFT", b""),
        ("DELETE", "/api/meta/entity/bulk?guid=a&deleteType=GENTLY", b""),
        ("POST", "/api/meta/search/indexsearch", b"{}"),
    ]:
        models(Asked(method, path, body), lambda: Answer(200, b"{}"), Out())
    assert (models.requests, models.parts, len(models.refused)) == (3, 5, 2)


def test_what_prism_finds_stands_in_a_header():
    found = '[{"message": "Request body must have required property \'operations\'"}]'
    [one] = violations(Answer(200, b"{}", (("sl-violations", found),)))
    assert "operations" in one["message"]
    assert violations(Answer(200, b"{}")) == []


def test_a_sample_comes_again_with_rows_changed_cleared_moved_and_deleted(tmp_path):
    book = load_workbook(altered(DATA / "portfolio.xlsx", tmp_path))
    desks = list(book["Desks"].iter_rows(min_row=2, values_only=True))
    assert sum(row[-1] == "delete" for row in desks) > 20
    assert sum("<clear>" in row for row in desks) > 20
    assert book["Floors"]["E9"].value == 12


def test_without_a_document_prism_is_not_run_which_is_said(monkeypatch, capsys):
    monkeypatch.setattr("tests.judges.__main__.recorded", lambda judge: None)
    assert main([]) == 2
    printed = capsys.readouterr()
    assert "| Prism | not run |" in printed.out
    assert "there is no OpenAPI document (--openapi FILE)" in printed.err
