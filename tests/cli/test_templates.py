"""`importer template`: templates listed, a blank workbook, a first mapping."""

import json
import shutil

from openpyxl import load_workbook

from importer.template import find_all
from importer.template.find import kept_folder


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


def test_a_kept_mapping_for_a_system_that_nobody_offers_says_so(importer, home):
    template = next(one for one in find_all() if one.name == "room-list")
    kept = kept_folder() / "rooms"
    shutil.copytree(template.folder, kept)
    mapping = kept / "mapping.toml"
    text = mapping.read_text("utf-8")
    mapping.write_text(text.replace('system = "trebellar"', 'systems = ["trebellar", "alas"]'))
    out = importer("template", "list").out
    assert out.count("No installed package offers") == 1
    assert "  No installed package offers the system alas. Did you mean atlas?\n" in out
