"""What one person keeps is bounded over all of their uploads; the page says so, and the way out."""

import pytest

from importer.people import Role
from tests.web.served import serving

HALF = ("files", ("Terms.csv", "x" * 600_000))


@pytest.fixture
def web(write):
    """A page where a person may keep one megabyte."""
    with serving(write("importer.toml", "[web]\nperson_mb = 1\n")) as served:
        for name in ("ida", "ian"):
            served.add(name, Role.IMPORTER, password=None)
        yield served


@pytest.mark.usefixtures("home")
def test_the_files_of_all_uploads_of_a_person_together_have_a_limit(web):
    ida = web.signed_in("ida")
    assert ida.post("/uploads", files=[HALF]).status_code == 303
    refused = ida.post("/uploads", files=[HALF])
    assert refused.status_code == 422
    assert "0.6 of the 1 MB that one person may keep" in refused.text
    assert "Remove some of your uploads" in refused.text
    assert len(web.site.uploads.mine("ida")) == 1
    assert web.signed_in("ian").post("/uploads", files=[HALF]).status_code == 303
