"""What Apache Atlas cannot store is not sent."""

import pytest

from importer.targets.atlas.definitions import parsed
from importer.targets.atlas.limits import has_whole_numbers, unstorable
from importer.targets.protocol import Refused
from tests.targets.atlas.definitions import DEFINITIONS, attribute
from tests.targets.build import create
from tests.targets.scripted import Says

NOTES = {
    "name": "Notes",
    "attributeDefs": [attribute("text", maxStrLength="5"), attribute("count", "short")],
}
TYPEDEFS = parsed({**DEFINITIONS, "businessMetadataDefs": [NOTES]})
LARGE = "is too large: the target's whole numbers end here at"
TOO_MUCH = {
    "an attribute": (
        {"attributes": {"position": 3_000_000_000}},
        f"position: 3000000000 {LARGE} 2,147,483,647",
    ),
    "one of a list": ({"attributes": {"position": [1, 2**40]}}, f"position: {2**40} {LARGE}"),
    "business metadata": (
        {"businessAttributes": {"Notes": {"count": 40_000}}},
        f"Notes::count {LARGE} 32,767",
    ),
    "a text": (
        {"businessAttributes": {"Notes": {"text": "x" * 6}}},
        "Notes::text has 6 characters; the target takes 5",
    ),
}


@pytest.mark.parametrize(("payload", "words"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_the_change_that_is_too_much_is_blamed(payload, words):
    fits = create("Column", "a", attributes={"position": 2**31 - 1, "other": 2**60})
    wrong = create("Column", "b", **payload)
    found = unstorable([fits, wrong], TYPEDEFS)
    assert (found.culprit, found.http_status) == (wrong.seq, 0)
    assert found.words.startswith(words)


def test_of_what_no_definition_tells_nothing_is_refused():
    other = create("Nix", "a", attributes={"x": 2**60}, businessAttributes={"Nix": {"y": 2**60}})
    assert unstorable([other], TYPEDEFS) is None


def test_a_new_asset_with_a_number_is_not_sent_before_its_definition_is_read(against, scripted):
    scripted.will_say(Says(200, DEFINITIONS))
    reply = against("atlas").submit([create("Column", "a", attributes={"position": 2**31})])
    assert isinstance(reply, Refused)
    assert [method for method, _, _ in scripted.requests] == ["GET"]


def test_only_whole_numbers_need_the_definitions():
    assert not has_whole_numbers(create("Column", "a", attributes={"name": "1", "size": 1.5}))
    assert has_whole_numbers(create("Column", "a", attributes={"sizes": [1.5, 2]}))
