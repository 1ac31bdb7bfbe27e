"""The parts of the comparison with a real Apache Atlas that need no server."""

import hashlib
import json
import socket

import pytest
import requests

from importer import sandbox
from tests.atlas.__main__ import main
from tests.atlas.comparison import active, differences, table
from tests.atlas.configuration import ADMIN, Ports, application_properties, policy, users
from tests.atlas.reading import content
from tests.atlas.war import Unavailable, unpacked_war

TERM = ("AtlasGlossaryTerm", "Churn@Finance")
PORTS = Ports(21000, 1, 2, 3)


def test_equal_objects_have_no_differences():
    assert differences({TERM: {"status": "ACTIVE"}}, {TERM: {"status": "ACTIVE"}}) == []


def test_a_field_that_differs_is_named_with_both_values():
    real, ours = {TERM: {"labels": ["a"], "same": 1}}, {TERM: {"labels": [], "same": 1}}
    assert differences(real, ours) == [
        "AtlasGlossaryTerm 'Churn@Finance': labels is ['a'] in Apache Atlas, [] in the sandbox"
    ]


@pytest.mark.parametrize(
    ("real", "ours", "where"), [({TERM: {}}, {}, "Apache Atlas"), ({}, {TERM: {}}, "the sandbox")]
)
def test_an_object_of_one_server_only_is_a_difference(real, ours, where):
    assert differences(real, ours) == [f"AtlasGlossaryTerm 'Churn@Finance': only in {where}"]


def test_related_objects_are_named_by_type_and_qualified_name_in_no_order():
    entity = {
        "typeName": TERM[0],
        "guid": "1",
        "status": "ACTIVE",
        "attributes": {"qualifiedName": TERM[1]},
        "relationshipAttributes": {"seeAlso": [_end("3"), _end("2")], "anchor": _end("4")},
        "classifications": [
            {"typeName": "PII", "entityGuid": "1"},
            {"typeName": "Public", "entityGuid": "9"},
        ],
    }
    names = {"2": (TERM[0], "A@F"), "3": (TERM[0], "B@F"), "4": ("AtlasGlossary", "F")}
    found = content(entity, names)
    both = [("ACTIVE", TERM[0], "A@F"), ("ACTIVE", TERM[0], "B@F")]
    assert found["relationshipAttributes.seeAlso"] == both
    assert found["relationshipAttributes.anchor"] == ("ACTIVE", "AtlasGlossary", "F")
    assert found["classifications"] == [("PII", [])]  # the other is of another entity


def test_relations_marked_as_deleted_are_left_out_of_what_is_active():
    kept = ("ACTIVE", TERM[0], "A@F")
    fields = {"relationshipAttributes.meanings": [("DELETED", TERM[0], "A@F"), kept]}
    assert active({TERM: fields}) == {TERM: {"relationshipAttributes.meanings": [kept]}}


def _end(guid):
    return {"guid": guid, "typeName": TERM[0], "relationshipStatus": "ACTIVE"}


def test_every_address_in_the_settings_is_the_loopback_address(tmp_path):
    text = application_properties(tmp_path, PORTS)
    settings = dict(line.split("=", 1) for line in text.splitlines())
    assert settings["atlas.server.bind.address"] == "127.0.0.1"
    addresses = [value for value in settings.values() if ":" in value]
    assert len(addresses) == 4
    assert all(value.removeprefix("http://").startswith("127.0.0.1:") for value in addresses)


def test_passwords_stand_in_the_file_of_users_as_their_digest():
    digest = hashlib.sha256(b"admin").hexdigest()
    assert f"admin=ADMIN::{digest}" in users().splitlines()


def test_a_reader_may_read_and_no_more():
    reader = json.loads(policy())["roles"]["ROLE_READER"]
    assert reader["entityPermissions"][0]["privileges"] == ["entity-read"]
    assert "relationshipPermissions" not in reader


def test_a_table_has_a_line_for_each_row():
    assert (
        table(("step", "rows"), [("import", 3)])
        == "| step | rows |\n| --- | ---: |\n| import | 3 |\n"
    )


def test_without_maven_one_line_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="Maven"):
        unpacked_war(tmp_path)


def test_without_maven_the_command_ends_with_status_2(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert main(["--work", str(tmp_path / "work")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_server_that_does_not_answer_is_named_in_one_line(tmp_path, capsys):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        assert main(["--at", f"http://127.0.0.1:{port}", "--work", str(tmp_path)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert str(port) in line


def test_a_server_that_holds_something_is_not_compared(tmp_path, capsys):
    with sandbox.start() as held:
        glossary = {"typeName": "AtlasGlossary", "attributes": {"name": "F", "qualifiedName": "F"}}
        path = f"{held.url}/api/atlas/v2/entity/bulk"
        requests.post(
            path, json={"entities": [glossary]}, auth=ADMIN, timeout=10
        ).raise_for_status()
        assert main(["--at", held.url, "--work", str(tmp_path)]) == 2
    assert "holds 1 objects: it must be empty" in capsys.readouterr().err
