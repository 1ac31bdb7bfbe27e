"""A SharePoint library: found by exact names, with an application of the tenant."""

import pytest

from importer.errors import UsageError
from importer.sources import SourceUnreachable, open_source
from importer.sources.sharepoint import _only


def test_an_application_is_asked_for_by_the_names_of_its_variables(tmp_path, monkeypatch):
    for name in ("CLIENT_ID", "TENANT_ID", "CLIENT_SECRET"):
        monkeypatch.delenv(f"MSGRAPHFS_{name}", raising=False)
        monkeypatch.delenv(f"AZURE_{name}", raising=False)
    with pytest.raises(UsageError, match="set MSGRAPHFS_CLIENT_ID, MSGRAPHFS_TENANT_ID and"):
        open_source("sharepoint://Finance/Documents/in/*", tmp_path).files()


@pytest.mark.parametrize("address", ["sharepoint://Finance", "sharepoint:///Documents/x"])
def test_a_site_and_a_library_are_needed(tmp_path, address):
    with pytest.raises(UsageError, match="write sharepoint://SITE/LIBRARY/FOLDER"):
        open_source(address, tmp_path)


def test_a_site_is_the_one_of_exactly_that_name():
    sites = [{"id": "1", "name": "Finance Archive"}, {"id": "2", "displayName": "finance"}]
    assert _only(sites, "Finance", ("name", "displayName"), "site") == "2"
    with pytest.raises(SourceUnreachable, match="is no site called Sales"):
        _only(sites, "Sales", ("name", "displayName"), "site")
    with pytest.raises(SourceUnreachable, match="are several sites called Finance"):
        _only([*sites, {"id": "3", "name": "Finance"}], "Finance", ("name", "displayName"), "site")


def test_what_is_deleted_goes_to_the_recycle_bin(at_sharepoint):
    at_sharepoint.write("inbox/a.xlsx", b"first")
    source = at_sharepoint.open("inbox/*")
    source.delete(*source.files())
    assert at_sharepoint.server.library.deleted == [b"first"]
