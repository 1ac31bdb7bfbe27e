"""What one person keeps is bounded; removing something makes room, and others have their own."""

import pytest

from importer.uploads import UploadRefused
from tests.uploads.desk import Desk
from tests.uploads.lists import FINE

LIST = ("Terms.csv", b"x" * 400)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"person_bytes": 1000}, "no room for this. Remove some"),
        ({"most_open": 2}, "2 open uploads.*Remove some"),
    ],
)
def test_who_keeps_too_much_is_refused_until_something_is_removed(home, limits, words):
    with Desk(home, **limits) as desk:
        first, second = desk.receive(LIST), desk.receive(LIST)
        with pytest.raises(UploadRefused, match=words):
            desk.receive(LIST)
        assert [one.name for one in desk.uploads.mine("ada")] == [second, first]
        assert len(list(desk.settings.folder.iterdir())) == 2
        desk.by = "bob"
        desk.receive(LIST)
        desk.by = "ada"
        desk.uploads.cancel(first, "ada")
        desk.uploads.remove(first, "ada")
        desk.receive(LIST)


def test_what_is_imported_is_open_no_more(home):
    with Desk(home, most_open=1) as desk, desk.working():
        desk.imported(*FINE)
        desk.receive(*FINE)
