"""`importer template`: templates listed, a blank workbook, a first mapping."""

import json

from openpyxl import load_workbook

from importer.template import find_all


def test_every_template_is_listed_with_its_title_and_sheets(importer):
    text = importer("template", "list").out
    found = json.loads(importer("template", "list", "--format", "json").out)["templates"]
    assert [one["template"] for one in found] == [template.name for template in find_all()]
    for one in found:
        assert one["title"] in text
        assert f"Sheets: {', '.join(one['sheets'])}" in text


def test_a_blank_workbook_is_written_and_never_replaces_a_file(importer, home):
    template = find_all()[0]
    result = importer("template", "new", template.name)
    assert (result.status, result.out) == (0, f"{template.name}.xlsx\n")
    names = load_workbook(home / f"{template.name}.xlsx").sheetnames
    assert {sheet.name for sheet in template.sheets} <= set(names)
    again = importer("template", "new", template.name)
    assert (again.status, again.out) == (2, "")
    assert "exists already and is left as it is" in again.err
