"""Two people at once on one file: what one has changed, the other does not overwrite unseen."""

import pytest

from tests.uploads.lists import glossary

pytestmark = pytest.mark.slow(15)


def test_the_second_fix_of_a_cell_is_refused_with_what_stands_there_now(serve, window, tmp_path):
    name, content = glossary(["Margin", "Verfied"], ["Turnover", "DRAFT"])
    (tmp_path / name).write_bytes(content)
    server = serve()
    ida, ben = window(server), window(server, "ben")
    ida.upload(tmp_path / name)
    ida.reads("1 cannot be imported")
    share(ida, "ben")
    ben.open()
    ben.follow("glossary.xlsx")
    ben.shows("Terms!C2", "Verfied")
    change(ida, "Terms!C2", "VERIFIED")
    ida.reads("nothing is wrong with them")

    change(ben, "Terms!C2", "DEPRECATED")
    ben.refused("VERIFIED")
    ben.looks("refused")
    ben.keys("Escape")
    ben.shows("Terms!C2", "Verfied")
    ben.open(ben.path)
    ben.reads("nothing is wrong with them")
    ben.follow("1 cell fixed")
    ben.reads("ida")


def share(window, with_whom):
    """Share an upload with somebody, on its page, and come back."""
    findings = window.path
    window.follow("Files")
    window.follow("Share")
    window.fill("Name", with_whom)
    window.press("Share")
    window.reads(f"It is shared with {with_whom}.")
    window.looks("sharing")
    window.open(findings)


def change(window, cell, value):
    """Change a cell where it stands."""
    window.edit(cell)
    window.type(value)
    window.keys("Enter")
