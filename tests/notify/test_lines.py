"""A message is three lines that a person can read, and holds no cell's value."""

import datetime as dt

from importer.notify import MOST_ROWS, BadRow, Event, Message

_NOW = dt.datetime(2026, 11, 29, 3, tzinfo=dt.UTC)


def message(**more):
    return Message(**{"event": Event.FINISHED, "job": "glossary", "target": "atlan", **more})


def test_a_good_night_is_compared_with_the_one_before():
    said = message(
        counts={"created": 2, "unchanged": 498},
        before={"created": 490},
        reports=("/reports/2026-11-29-7-terms.result.xlsx",),
    )
    assert said.title == "glossary into atlan: finished"
    assert said.lines == (
        "Changed: 2 created, 498 unchanged. The time before: 490 created (10 rows more now).",
        "Failed: nothing.",
        "Report: /reports/2026-11-29-7-terms.result.xlsx",
    )


def test_what_failed_is_said_with_its_place_and_kind():
    said = message(
        event=Event.FAILED,
        counts={"updated": 1, "unchanged": 5, "invalid": 1, "rejected": 1},
        rows=(BadRow("Terms", 17, "Owners", "missing"), BadRow("Links", 4, "", "rejected")),
        runs=("r-1",),
    )
    assert said.lines == (
        "Changed: 1 updated, 5 unchanged.",
        "Failed: 1 invalid, 1 rejected. Terms row 17, Owners: A required value is missing: "
        "its cell is blank, or its column is absent. "
        "Links row 4: The target refused the row.",
        "Report: none; `importer runs r-1` tells more.",
    )


def test_a_night_in_which_nothing_was_read_says_why():
    said = message(event=Event.FAILED, status=3, why="The inbox cannot be reached.")
    assert said.lines == (
        "Changed: nothing.",
        "Failed: The inbox cannot be reached.",
        "Report: none; nothing was read.",
    )


def test_no_more_than_ten_rows_are_named():
    rows = tuple(BadRow("Terms", no, "Owners", "missing") for no in range(2, 500))
    said = message(counts={"invalid": 498}, rows=rows)
    assert said.text.count("Terms row") == MOST_ROWS == 10
    assert len(said.as_json(_NOW)["rows"]) == MOST_ROWS


def test_a_message_is_three_lines_whatever_is_in_it():
    said = message(why="a\nb\r\nc", rows=(BadRow("Te\nrms", 2, "Ow\u2028ners", "missing"),))
    assert len(said.text.splitlines()) == 3


def test_a_pass_of_many_files_is_still_three_short_lines():
    many = tuple(f"/reports/{number}.xlsx" for number in range(1000))
    said = message(status=3, why="It went wrong. " * 1000, reports=many, counts={"invalid": 3})
    assert said.lines[2] == "Report: /reports/0.xlsx, /reports/1.xlsx, /reports/2.xlsx and 997 more"
    assert len(said.lines[1]) < 1100
