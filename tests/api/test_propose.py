"""`api.propose`: a list that no template knows becomes a mapping of the caller's own."""

import pandas as pd
import pytest

from importer import api


@pytest.fixture
def rooms():
    """A list of rooms with headings of its own."""
    return pd.DataFrame(
        {
            "Gebäude": ["Haus 1", "Haus 1", "Haus 2", "Haus 2"],
            "Etage": ["EG", "1. OG", "EG", "EG"],
            "Raumnummer": ["1.001", "1.101", "2.001", "2.002"],
            "Raumart": ["Büro", "Besprechung", "Büro", "Teeküche"],
            "Plätze": [12, 4, 6, 8],
        }
    )


def test_a_list_is_proposed_and_kept_and_found_again(rooms):
    """By its headings, in a DataFrame as in a file; what each run asks is answered there."""
    found = api.propose({"raumliste": rooms})
    fields = found.fields.set_index("column")["field"]
    assert fields["Gebäude"] == "Building"
    assert fields["Raumnummer"] == "Space"
    assert list(found.asks) == ["time_zone"]
    assert "time_zone" in found._repr_html_()
    assert found.keep("rooms") == "rooms"
    with pytest.raises(api.ImporterError, match=r'set=\{"time_zone": "\.\.\."\}'):
        api.plan(rooms)
    plan = api.plan(rooms, set={"time_zone": "Europe/Berlin"})
    assert plan.counts == {"create": 4}


def test_a_mapping_is_written_into_a_folder(rooms, home):
    """To be changed, and named."""
    [path] = api.propose({"raumliste": rooms}).write(home / "mine")
    plan = api.plan(rooms, template=path, set={"time_zone": "Europe/Berlin"})
    assert plan.counts == {"create": 4}


def test_a_list_of_which_nothing_is_known_is_not_kept():
    """It says so, and what to do."""
    found = api.propose(pd.DataFrame({"a": [1, 2], "b": [3, 4]}))
    assert found.confidence < 0.5
    with pytest.raises(api.ImporterError, match="too unsure"):
        found.keep("nothing")


def test_what_no_template_knows_names_the_way_out():
    """A call, not a command."""
    with pytest.raises(api.ImporterError, match=r"`api\.propose\(source\)`"):
        api.check(pd.DataFrame({"a": [1], "b": [2]}))
