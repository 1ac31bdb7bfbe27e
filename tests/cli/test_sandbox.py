"""`importer sandbox` and the settings of the target sandbox: its assets and its answers."""

import csv
import json
import re
import signal

import pytest
import requests
from openpyxl import load_workbook

import importer.sandbox as sandbox
from tests.forked import Forked

ASSETS = "Type,Qualified name,Name\nTable,db/orders,orders\nColumn,db/orders/id,id\n"
CONFIG = '[targets.sandbox]\nassets = "assets.csv"\nupdates = "{}"\n'
DESCRIBED = "Type,Qualified name,Name,Description\nTable,db/orders,orders,What was sold\n"
LINKS = (
    "Asset type,Asset qualified name,Title,URL\nColumn,db/orders/id,Wiki,https://example.org/id\n"
)
HEADERS = {"Authorization": "Bearer any"}


@pytest.fixture
def seeded(write):
    write("assets.csv", ASSETS)


def statuses(path):
    with path.open(newline="") as stream:
        return [row["import_status"] for row in csv.DictReader(stream)]


@pytest.mark.usefixtures("seeded")
def test_descriptions_and_links_of_the_assets_in_a_file_are_rehearsed(importer, write, home):
    write("importer.toml", CONFIG.format("update"))
    write("Assets.csv", DESCRIBED)
    write("Links.csv", LINKS)
    result = importer("run", "Assets.csv", "Links.csv", "--yes")
    assert result.status == 0, result.err
    assert statuses(home / "Assets.result.csv") == ["updated"]
    assert statuses(home / "Links.result.csv") == ["created"]
    again = importer("plan", "Assets.csv", "Links.csv", "--format", "json")
    assert json.loads(again.out)["counts"] == {"unchanged": 2}


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("updates", ["update", "partial", "top-level"])
def test_the_server_has_the_assets_and_answers_as_its_options_say(write, updates):
    options = ["--port", "0", "--assets", "assets.csv", "--updates", updates]
    with Forked("importer", "sandbox", *options) as process:
        url = re.search(r"http://\S+", process.stderr.readline())[0]
        attributes = {"name": "orders", "qualifiedName": "db/orders", "description": "d"}
        body = {"entities": [{"typeName": "Table", "guid": "-1", "attributes": attributes}]}
        path = f"{url}/api/meta/entity/bulk"
        answer = requests.post(path, json=body, headers=HEADERS, timeout=10).json()
        process.send_signal(signal.SIGTERM)
    place = {"top-level": "partialUpdatedEntities"}.get(updates, "mutatedEntities")
    assert set(answer) == {"guidAssignments", place}


def test_the_server_tells_how_each_system_is_reached():
    with Forked("importer", "sandbox", "--port", "0") as process:
        url = re.search(r"http://\S+", process.stderr.readline())[0]
        told = [process.stderr.readline().strip() for _ in sandbox.SYSTEMS]
        process.send_signal(signal.SIGTERM)
    assert told == [
        f"ATLAN_BASE_URL={url} ATLAN_API_KEY=sandbox",
        f"ATLAS_BASE_URL={url} ATLAS_TOKEN=sandbox",
        f"TREBELLAR_BASE_URL={url} TREBELLAR_API_KEY=sandbox",
    ]


MISTAKES = [
    (CONFIG.format("sometimes"), "targets.sandbox.updates: Input should be 'update'"),
    ('[targets.atlan]\nupdates = "partial"\n', "updates and assets are keys of the target sandbox"),
    ('[targets.sandbox]\nassets = "none.csv"\n', "none.csv: cannot be read (No such file"),
]


@pytest.mark.parametrize(("config", "words"), MISTAKES)
def test_a_setting_that_cannot_be_used_is_a_line(importer, write, buildings, config, words):
    write("importer.toml", config)
    result = importer("plan", buildings)
    assert result.status == 2
    assert words in result.err


def test_assets_that_cannot_be_read_are_a_line(importer):
    result = importer("sandbox", "--port", "0", "--assets", "none.csv")
    assert result.status == 2
    assert "none.csv: cannot be read" in result.err


def post(box, path, body):
    answer = requests.post(f"{box.url}/api/meta{path}", json=body, headers=HEADERS, timeout=10)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def tenant(monkeypatch):
    """A tenant with a tag and custom metadata of its own, and an asset that has both."""
    with sandbox.start() as box:
        sets = [
            {"displayName": "Paint", "attributeDefs": [{"displayName": "Coats", "typeName": "int"}]}
        ]
        body = {"classificationDefs": [{"name": "Retail"}], "businessMetadataDefs": sets}
        made = post(box, "/types/typedefs", body)
        [tag], [paint] = made["classificationDefs"], made["businessMetadataDefs"]
        asset = {
            "typeName": "Table",
            "guid": "-1",
            "attributes": {"name": "orders", "qualifiedName": "db/orders"},
            "classifications": [{"typeName": tag["name"]}],
            "businessAttributes": {paint["name"]: {paint["attributeDefs"][0]["name"]: 3}},
        }
        post(box, "/entity/bulk", {"entities": [asset]})
        monkeypatch.setenv("ATLAN_BASE_URL", box.url)
        monkeypatch.setenv("ATLAN_API_KEY", "sandbox")
        yield box


@pytest.mark.usefixtures("tenant")
def test_a_blank_workbook_offers_the_tags_that_were_posted(importer, home):
    live = ["--live", "--target", "atlan", "-o", "blank.xlsx"]
    assert importer("template", "new", "atlan-glossary", *live).status == 0
    offered = load_workbook(home / "blank.xlsx")["Assets"].data_validations.dataValidation
    assert '"Confidential,GDPR,PII,Public,Retail"' in {one.formula1 for one in offered}


@pytest.mark.usefixtures("tenant")
def test_an_export_has_the_tags_and_the_custom_metadata_that_were_posted(importer, home, write):
    exported = ["--target", "atlan", "--assets", write("assets.csv", ASSETS), "-o", "live.xlsx"]
    result = importer("export", "atlan-glossary", *exported)
    assert result.status == 0, result.err
    headings, row = load_workbook(home / "live.xlsx")["Assets"].iter_rows(
        max_row=2, values_only=True
    )
    held = dict(zip(headings, row, strict=True))
    assert (held["Tags"], held["Paint::Coats"]) == ("Retail", 3)
