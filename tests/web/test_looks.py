"""What templates show: numbers, times, pages of a table, and counts as a bar."""

import pytest

from importer.web.looks import number, utc
from importer.web.page import local
from importer.web.pagination import Pagination
from importer.web.pictures.bar import WIDTH, bar
from importer.web.said import Said


def test_numbers_and_times_are_as_people_read_them():
    assert (number(1234567), utc("2026-11-09T08:05:00Z")) == ("1,234,567", "9 Nov 2026, 08:05 UTC")


def test_a_page_of_a_table_knows_its_neighbours_and_keeps_what_was_asked_for():
    pages = Pagination.of("/x", 2, 250, sheet=3, cause=None)
    assert (pages.first, pages.to, pages.last) == (101, 200, 3)
    assert (pages.before, pages.after) == ("/x?sheet=3&page=1", "/x?sheet=3&page=3")


@pytest.mark.parametrize(("asked", "total", "shown"), [(0, 5, 1), (9, 250, 3), (-1, 0, 1)])
def test_a_page_that_is_not_there_becomes_the_nearest(asked, total, shown):
    assert Pagination.of("/x", asked, total).page == shown


def test_a_bar_is_as_wide_as_its_box_and_shows_even_one_row():
    found = bar("Rows", {"created": 100_000, "rejected": 1, "held": 0})
    assert [part.name for part in found.parts] == ["created", "rejected"]
    last = found.segments[-1]
    assert last.width >= 1
    assert last.x + last.width <= WIDTH


def test_a_bar_of_nothing_is_nothing():
    assert bar("Rows", {}).segments == ()


@pytest.mark.parametrize("value", ["", "x", "bm90IGpzb24=", "e30=", "WzFd"])
def test_a_cookie_that_says_nothing_of_ours_is_not_shown(value):
    assert Said.unpacked(value) is None


def test_what_is_said_survives_the_cookie():
    said = Said("3 cells are fixed: “ä”.", "fine")
    assert Said.unpacked(said.packed()) == said


@pytest.mark.parametrize("path", ["/runs/1?page=2", "/", "/a%20b"])
def test_an_address_of_ours_is_kept(path):
    assert local(path) == path
