"""What an address may be, and what is said of one that is none."""

import subprocess
import sys

import pytest

from importer.errors import UsageError
from importer.sources import open_source


@pytest.mark.parametrize(
    ("address", "package", "extra"),
    [
        ("s3://bucket/in/*", "s3fs", "s3"),
        ("sftp://host/in/*", "sshfs", "sftp"),
        ("gs://bucket/in/*", "gcsfs", "gcs"),
        ("az://container/in/*", "adlfs", "azure"),
        ("sharepoint://Site/Documents/in/*", "msgraphfs", "sharepoint"),
        ("gsheets://1AbC", "gspread", "google-sheets"),
    ],
)
def test_what_a_source_needs_is_named_where_it_is_missing(
    tmp_path, monkeypatch, address, package, extra
):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UsageError, match=rf"pip install 'importer\[{extra}\]'"):
        open_source(address, tmp_path)


@pytest.mark.parametrize(
    "address",
    [
        "sftp://anna:s3cr3t@host/in/*.xlsx",
        "sftp://anna:a/2#s3cr3t@x@host/in/*.xlsx",
        "https://s3cr3t@host/a.xlsx",
        "https://host/a.xlsx?token=s3cr3t",
        "https://host/a.xlsx?v=1&sig=s3cr3t",
        "https://b.s3.amazonaws.com/a.xlsx?X-Amz-Signature=s3cr3t",
        "https://host/a.xlsx?API_KEY=s3cr3t#x",
    ],
)
def test_an_address_with_a_secret_is_refused_and_not_shown(tmp_path, address):
    with pytest.raises(UsageError, match="holds a password or a key") as refused:
        open_source(address, tmp_path)
    assert "s3cr3t" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("sftp://anna@host:2222/in/a@b.xlsx", "sftp://anna@host:2222/in/a@b.xlsx"),
        ("s3://bucket/in/a:b@c/*.xlsx", "s3://bucket/in/a:b@c/*.xlsx"),
        ("s3a://bucket/", "s3://bucket"),
        ("s3://bucket", "s3://bucket"),
    ],
)
def test_a_name_with_signs_of_a_password_is_none(tmp_path, address, shown):
    assert open_source(address, tmp_path).address == shown


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("s3:///in/*", "names no bucket"),
        ("s3://buck*/in/*", "names no bucket"),
        ("sftp:///in/*", "names no host"),
        ("sftp://host:port/in/*", "names no host"),
        ("sftp://[::1/in/*", "names no host"),
        ("gopher://host/in", "gopher:// is no kind of source"),
        ("memory://in", "memory:// is no kind of source"),
    ],
)
def test_an_address_that_is_none_is_refused_with_the_right_form(tmp_path, address, says):
    with pytest.raises(UsageError, match=says):
        open_source(address, tmp_path)


@pytest.mark.parametrize("folder", ["../../other", "s3://other/done", "../bucket2/x"])
def test_a_folder_outside_the_bucket_is_refused(tmp_path, folder):
    source = open_source("s3://bucket/in/*", tmp_path, apart=[folder])
    with pytest.raises(UsageError, match="is not in s3://bucket"):
        source.put(tmp_path, folder, "a.xlsx")


@pytest.mark.parametrize(
    ("folder", "place"),
    [
        ("done/", "bucket/x/done"),
        ("/done", "bucket/done"),
        ("s3://bucket/y/", "bucket/y"),
        ("", "bucket/x/in"),
        ("../done", "bucket/done"),
    ],
)
def test_a_folder_of_the_same_store_may_be_named_in_full(tmp_path, folder, place):
    assert open_source("s3://bucket/x/in/*", tmp_path)._folder(folder) == place


def test_at_the_root_of_a_bucket_folders_stand_in_it(tmp_path):
    assert open_source("s3://bucket/*", tmp_path)._folder("done") == "bucket/done"


def test_a_local_folder_loads_nothing_that_stores_elsewhere_need():
    program = (
        "import sys; from pathlib import Path; from importer.sources import open_source;"
        "open_source('in/*', Path('/srv'));"
        "print(sorted({'fsspec', 'asyncio', 'requests', 'openpyxl'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert said.stdout == b"[]\n"
