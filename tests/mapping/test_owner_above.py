"""A row that belongs to what stands above, for want of a closer name, is told of."""

import pytest

from importer.template import find
from tests.mapping.build import Rows, only, taken

URL = "https://example.com"


def findings(*rows, sheet="Links", template="atlan-glossary"):
    found = taken(find(template), Rows(sheet, list(rows))).findings
    return [one for one in found if one.code == "owner_above"]


def test_a_link_without_a_term_beside_links_with_one_is_said_to_be_the_glossarys():
    rows = [["Books", "Cash", "T", URL], ["Books", "", "T", URL], ["Books", "", "U", URL]]
    finding = only(findings(["Glossary", "Term", "Title", "URL"], *rows))
    assert (finding.severity, finding.place.row) == ("info", 1)
    assert finding.message == (
        "Term is blank in rows 3 and 4: the link belongs to what Glossary names."
    )


def test_where_no_row_names_more_nothing_is_said():
    rows = [["Books", "", "T", URL], ["Sites", "", "T", URL]]
    assert findings(["Glossary", "Term", "Title", "URL"], *rows) == []


@pytest.mark.parametrize(("heading", "severity"), [("Asset", "warning"), ("Icon", None)])
def test_a_column_that_is_not_known_may_be_the_one_that_names_more(heading, severity):
    found = findings(["Glossary", heading, "Title", "URL"], ["Books", "x", "T", URL])
    assert [one.severity for one in found] == ([severity] if severity else [])
    assert all(one.message.startswith("There is no column Term or Category:") for one in found)


def test_a_desk_that_may_stay_where_it_is_further_down_only_says_less():
    headings = ["Building", "Floor", "Space", "Desk"]
    rows = [["HQ", "1", "Lab", "D1"], ["HQ", "1", "", "D2"]]
    assert findings(headings, *rows, sheet="Desks", template="trebellar-portfolio") == []


def test_a_row_that_names_its_owner_another_way_is_not_meant():
    headings = ["Glossary", "Term", "Asset type", "Asset qualified name", "Title", "URL"]
    rows = [["Books", "Cash", "", "", "T", URL], ["", "", "Table", "a/b", "T", URL]]
    assert findings(headings, *rows) == []
