"""A link that holds a user name or a password is imported with a warning."""

import pytest

from importer.mapping.conversion.links import link_reader, watching
from importer.mapping.conversion.values import Doubt

LINK = "https://me:hunter2@x.org/a"


@pytest.mark.parametrize("value", [LINK, ["https://x.org", LINK]], ids=["one", "among others"])
def test_credentials_in_a_link_are_doubted_without_repeating_them(value):
    found = watching(lambda cell: cell)(value)
    assert isinstance(found, Doubt)
    assert found.value == value
    [reason] = found.reasons
    assert "holds a user name or a password" in reason.message
    assert "hunter2" not in reason.message


@pytest.mark.parametrize("link", ["https://x.org/@me", "mailto:jo@x.org", "https://x.org?a=b@c"])
def test_a_link_without_credentials_is_as_before(link):
    assert watching(link_reader({}))(link) == link
