"""A parent that is named once, above blank cells, counts for the rows below it."""

from __future__ import annotations

import pytest

from importer.proposal import propose
from importer.proposal.mapping_file import mapping_files
from tests.proposal.build import sheet, templates

HEADINGS = ("Building", "Floor", "Room no.", "Capacity")


def rooms(*parents):
    rows = [(*each, f"A{at:03}", 4) for at, each in enumerate(parents)]
    return propose([sheet(HEADINGS, *rows, name="Rooms")], templates())


ONCE = (("A", "1"), ("", ""), ("", "2"), ("", ""), ("B", "1"), ("", ""), ("", "2"), ("", ""))


def test_parents_named_once_are_carried_down():
    assert rooms(*ONCE).sheets[0].carried == {"A", "B"}


def test_the_reason_says_so():
    building = rooms(*ONCE).sheets[0].columns[0]
    assert building.reason.endswith("blank cells count as the one above")


def test_the_mapping_carries_them():
    text = mapping_files("x", rooms(*ONCE), templates())["trebellar-portfolio"]
    assert '{ heading = "Floor", required = true, carry = "down" }' in text


@pytest.mark.parametrize(
    "parents",
    [
        (("A", "1"),) * 8,
        (("A", "1"), ("", ""), ("A", "1"), ("", ""), ("B", "2"), ("", ""), ("A", "1"), ("", "")),
        (("", ""), ("A", "1"), ("", ""), ("B", "2"), ("", ""), ("C", "3"), ("", ""), ("", "")),
    ],
)
def test_full_repeated_or_late_parents_are_not(parents):
    assert rooms(*parents).sheets[0].carried == frozenset()
