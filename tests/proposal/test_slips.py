"""A heading that is one slip of the pen away from one of the template's is taken for that."""

import pytest

from importer.proposal.slips import slip_for

NAMES = ["term", "description", "status", "address", "tags", "qualifiedname"]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("descripton", "description"),
        ("deskription", "description"),
        ("trem", "term"),
        ("staus", "status"),
        ("termin", ""),
        ("address2", ""),
        ("tage", ""),
        ("tag", ""),
        ("subscription", ""),
        ("apifieldname", ""),
    ],
)
def test_a_slip_is_found_and_another_word_is_none(heading, name):
    assert slip_for(heading, NAMES) == name
