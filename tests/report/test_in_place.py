"""Whether a file may be replaced by its report."""

import os

import pytest

from importer.report.in_place import reason_not_in_place


def test_nothing_speaks_against_replacing_our_own_closed_file(source):
    assert reason_not_in_place(source) == ""


@pytest.mark.parametrize("owner", ["~$terms.xlsx", ".~lock.terms.xlsx#"], ids=["Excel", "Calc"])
def test_a_file_that_is_open_elsewhere_is_not_replaced(source, owner):
    source.with_name(owner).touch()
    assert reason_not_in_place(source) == (f"is open in another program ({owner} stands beside it)")


def test_a_link_to_a_file_that_is_open_elsewhere_is_not_replaced(source, tmp_path):
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "link.xlsx"
    link.symlink_to(source)
    source.with_name("~$terms.xlsx").touch()
    assert reason_not_in_place(link).startswith("is open in another program")


def test_a_file_of_another_user_is_replaced_by_root_only(source, monkeypatch):
    owner = source.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    assert reason_not_in_place(source) == "belongs to another user"
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert reason_not_in_place(source) == ""
