"""A list without our headings: its columns are matched on the page, and known the next time."""

import pytest

from tests.uploads.test_matching import ROOMS, SITES

pytestmark = pytest.mark.slow(18)


def test_columns_are_matched_by_choosing_and_kept_for_next_time(serve, window, tmp_path):
    source = tmp_path / "Räume.csv"
    source.write_bytes(ROOMS)
    ida = window(serve())
    ida.upload(source)
    ida.sees("What are the columns of Räume.csv?")
    ida.looks("columns")
    ida.choose("Field for Bemerkung", "")
    ida.press("Propose again from my choices")
    ida.reads("This is what follows from your choices.")
    ida.chosen("Field for Bemerkung", "")
    ida.tick("Keep this matching")
    ida.fill("In which time zone is each building?", "Nowhere/Else")
    ida.press("Take it like this, and check")
    ida.reads("Nowhere/Else")
    ida.looks("question")
    ida.fill("In which time zone is each building?", "Europe/Berlin")
    ida.press("Go on")
    ida.reads("6 rows read")
    ida.upload(source)
    ida.arrives("findings", "questions")


def test_what_a_sheet_is_asked_once_is_chosen_and_shown(serve, window, tmp_path):
    source = tmp_path / "sites.csv"
    source.write_bytes(SITES)
    ida = window(serve())
    ida.upload(source)
    ida.reads("What is chosen here is only likely.")
    ida.looks("columns-asked")
    ida.choose("Day or month first in Valid from?", "month")
    ida.press("Take it like this, and check")
    ida.reads("2 rows read")
