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


def test_a_first_mapping_is_written_for_a_file_of_a_new_kind(importer, write, home):
    write("fruit.csv", "Fruit,Colour\napple,red\npear,green\n")
    result = importer("template", "init", "fruit.csv", "-o", "mine")
    assert result.status == 0
    assert (home / "mine" / "mapping.toml").is_file()
    assert "Next: complete mine/mapping.toml" in result.out
    assert importer("template", "init", "fruit.csv", "-o", "mine").status == 2
