"""The qualifiedNames of links and readmes: a later release must find what an earlier one made."""

import pytest

from importer.targets.atlan.identity import qualified_name, resource_name
from importer.targets.protocol import Ref
from tests.targets.build import ASSET, CATEGORY, GLOSSARY, TERM, create

GUID = "11111111-2222-3333-4444-555555555555"
URL = "https://wiki.example.com/a"
LINK_NAME = "26bada94-b070-547c-ac00-b98927bb95bd"


def test_the_name_of_a_link_is_the_same_in_every_release():
    assert resource_name("Link", GUID, URL) == LINK_NAME


@pytest.mark.parametrize(("guid", "url"), [(GUID, f"{URL}b"), (GUID[::-1], URL)])
def test_another_asset_or_url_gives_another_name(guid, url):
    assert resource_name("Link", guid, url) != LINK_NAME


def test_a_new_link_or_readme_is_named_by_its_asset():
    relations = {ASSET: Ref("Table", GUID)}
    assert qualified_name(create("Link", "T", URL, relations=relations)) == LINK_NAME
    readme = create("Readme", "T", "Readme", relations=relations)
    assert qualified_name(readme) == f"{GUID}/readme"


def test_a_name_in_the_file_is_kept_except_for_glossary_objects():
    stated = {"attributes": {"qualifiedName": "mine"}}
    assert qualified_name(create("Link", "T", URL, relations={ASSET: Ref("T", "g")}, **stated)) == (
        "mine"
    )
    assert qualified_name(create("Table", "Table", "mine", **stated)) == "mine"
    for type_name in (GLOSSARY, CATEGORY, TERM):
        assert qualified_name(create(type_name, "G", **stated)) is None
