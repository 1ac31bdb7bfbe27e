"""Results as a notebook shows them: nothing in them is taken for markup."""

from html.parser import HTMLParser

import pandas as pd

from importer import api

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\u202e'


class Tags(HTMLParser):
    """Notes the elements of a page, and its text."""

    def __init__(self):
        super().__init__()
        self.seen, self.text = set(), ""

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)

    def handle_data(self, data):
        self.text += data


def shown(result):
    """The elements and the text of a result."""
    found = Tags()
    found.feed(result._repr_html_())
    return found


def test_hostile_cells_are_text(sheets):
    """Whatever a cell holds, a notebook runs nothing of it, and nothing is turned round."""
    terms = sheets["Terms"].assign(Certificate=HOSTILE, Description=HOSTILE)
    terms.index = [HOSTILE, "b", "c"]
    for result in (
        api.check({**sheets, "Terms": terms}),
        api.plan({**sheets, "Terms": terms.drop(columns="Certificate")}),
        api.run({**sheets, "Terms": terms}),
    ):
        page = shown(result)
        assert page.seen <= {"div", "b", "span", "table", "thead", "tbody", "tr", "th", "td"}
        assert "<script>alert(1)" in page.text
        assert "\u202e" not in page.text


def test_a_long_result_shows_its_first_rows(sheets):
    """It says how many there are, and where."""
    terms = pd.DataFrame({"Glossary": "Finance", "Term": [f"T{n}" for n in range(99)]})
    page = shown(api.plan({**sheets, "Terms": terms}))
    assert "Plan for sandbox: 100 rows" in page.text
    assert "and 90 more: see `changes`" in page.text


def test_an_export_shows_its_sheets(sheets):
    """With the number of rows of each."""
    api.run(sheets)
    page = shown(api.export("atlan-glossary"))
    assert "Glossaries1Terms2" in page.text


def test_a_label_that_is_missing_is_shown(sheets):
    """As pandas shows it: what is missing is equal to nothing, not even to a position."""
    terms = sheets["Terms"].set_axis(pd.array([None, 1, 2], dtype="Int64"))
    terms.loc[:, "Certificate"] = "Verfied"
    assert "index" in shown(api.check({**sheets, "Terms": terms})).text
