"""Pages in states that the way does not pass: every kind of mistake, no table, files that went."""

import pytest

from tests.pipeline.bench import book, building, desk, floor, space

pytestmark = pytest.mark.slow(25)
PORTFOLIO = {
    "Buildings": [building()],
    "Floors": [floor("1"), floor("2")],
    "Spaces": [space("A", "1")],
    "Desks": [desk("a", "1"), desk("b", "2")],
}


def test_every_kind_of_mistake_is_shown_and_what_is_right_is_imported(serve, window):
    ida = window(serve())
    ida.open()
    ida.press("Use mistakes.xlsx")
    ida.sees("mistakes.xlsx")
    for sheet in ("Categories", "Links", "Terms"):
        ida.follow(sheet)
        ida.looks(f"findings-{sheet}")
    findings = ida.path
    ida.open(ida.cell("Terms!E3").get_by_role("link").get_attribute("href"))
    ida.sees("Terms!E3")
    ida.looks("cell")
    ida.open(findings)
    ida.press("Plan the import")
    ida.sees("change something")
    ida.looks("plan")
    ida.press("Import")
    ida.sees("is imported")
    ida.looks("run")


def test_files_that_cannot_be_read_or_went_say_so(serve, window, tmp_path):
    source = tmp_path / "broken.xlsx"
    source.write_bytes(b"%PDF-1.4 no table")
    ida = window(serve())
    ida.upload(source)
    ida.sees("broken.xlsx could not be checked")
    ida.looks("failed")
    ida.upload(book(tmp_path / "portfolio.xlsx", PORTFOLIO))
    ida.press("Plan the import")
    ida.sees("change something")
    ida.looks("plan-of-portfolio")
    ida.follow("Files")
    ida.looks("files")
    ida.follow("Remove the files")
    ida.looks("remove")
    ida.press("Remove the files")
    ida.reads("The files are removed.")
    ida.looks("start-again")
    ida.follow("portfolio.xlsx")
    ida.looks("removed")
