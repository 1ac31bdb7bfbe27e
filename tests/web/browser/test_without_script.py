"""The whole way without script: forms, links and pages that load themselves again."""

import pytest

from tests.uploads.lists import glossary

pytestmark = pytest.mark.slow(30)


def test_everything_but_editing_in_the_table_works_without_script(serve, window, tmp_path):
    name, content = glossary(["Margin", "Verfied"], ["Turnover", "DRAFFT"], ["Cost", "DRAFFT"])
    (tmp_path / name).write_bytes(content)
    ida = window(serve(), java_script_enabled=False)
    ida.upload(tmp_path / name)
    ida.reads("3 cannot be imported")
    ida.follow("Change Terms!C2")
    ida.sees("Terms!C2")
    ida.fill("What the cell should hold", "VERIFIED")
    ida.press("Change the cell")
    ida.reads("2 cannot be imported")
    ida.press("Take DRAFT for all 2")
    ida.reads("nothing is wrong with them")
    ida.follow("3 cells fixed")
    ida.press("Undo all 2")
    ida.follow("Back to what was found")
    ida.reads("2 cannot be imported")
    ida.press("Plan the import")
    ida.sees("2 rows change something")
    ida.press("Import 2 rows")
    ida.sees("is imported")
    assert ida.download("Download glossary.result.xlsx")[0] == "glossary.result.xlsx"
    ida.follow("Undo")
    ida.press("Undo 2 rows")
    ida.sees("is undone")
