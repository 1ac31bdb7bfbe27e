"""What a field of the target cannot hold is an error on its cell; nothing of its row is sent."""

import pytest

from importer.finding_codes import FindingCode
from tests.pipeline.bench import glossary

TOO_MUCH = {
    "a whole number beyond 32 bits": ("Stewardship::priority", 3_000_000_000, "too_large"),
    "a text": ("Stewardship::steward", "x" * 51, "too_long"),
    "a text of several": ("Stewardship::reviewers", f"Ann; {'x' * 51}", "too_long"),
}


@pytest.mark.parametrize(("heading", "value", "code"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_apache_atlas_cannot_hold_is_an_error_before_sending(bench, heading, value, code):
    rows = [{"Glossary": "Finance", "Term": name} for name in ("Fits", "Is too much")]
    rows[0][heading], rows[1][heading] = ("1", value)
    sheets = {"Glossaries": [glossary()], "Terms": rows}
    result = bench.run(sheets, template="apache-atlas-workbook")
    assert bench.statuses(result) == {"Glossaries": ["created"], "Terms": ["created", "invalid"]}
    [finding] = [one for one in result.findings if one.code == FindingCode(code)]
    assert (finding.place.row, finding.place.heading) == (3, heading)


def test_what_custom_metadata_of_atlan_cannot_hold_is_an_error_before_sending(bench):
    long = {"Glossary": "Finance", "Term": "T", "Data Quality::Checks": "x" * 201}
    result = bench.glossary({"Glossaries": [glossary()], "Terms": [long]})
    assert bench.statuses(result) == {"Glossaries": ["created"], "Terms": ["invalid"]}
    [finding] = result.findings
    assert "has 201 characters; the target takes 200" in finding.message
