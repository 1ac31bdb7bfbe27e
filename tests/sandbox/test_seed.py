"""Assets from a CSV file: put in once, found by their key, and mistakes named with file and row."""

import pytest

import importer.sandbox as sandbox
from importer.sandbox.seed import Seed, SeedError, read_assets
from tests.sandbox.conftest import JSON, Atlan, Atlas

ORDERS = Seed("Table", "db/orders", "orders")
HEADINGS = "Type,Qualified name,Name\n"


def opened(box):
    return Atlan(box.url + "/api/meta", box.database, {"Authorization": "Bearer any"})


def test_assets_are_there_from_the_beginning_and_put_in_once(tmp_path):
    found = []
    for seeds in ([ORDERS], [ORDERS, Seed("Column", "db/orders/id", "id")]):
        with sandbox.start(tmp_path / "kept.db", assets=seeds) as box, opened(box).session:
            hits = opened(box).find({"prefix": {"qualifiedName": "db/"}})["entities"]
        found.append([(one["typeName"], one["attributes"], one["guid"]) for one in hits])
    assert found[0][0][:2] == ("Table", {"name": "orders", "qualifiedName": "db/orders"})
    assert found[1][0] == found[0][0]
    assert [one[0] for one in found[1]] == ["Table", "Column"]


def test_an_asset_that_is_there_keeps_what_it_has(tmp_path):
    with sandbox.start(tmp_path / "kept.db", assets=[ORDERS]) as box, opened(box).session:
        attributes = {"name": "orders", "qualifiedName": "db/orders", "description": "mine"}
        opened(box).save({"typeName": "Table", "guid": "-1", "attributes": attributes})
    with sandbox.start(tmp_path / "kept.db", assets=[ORDERS]) as box, opened(box).session:
        path = "/entity/uniqueAttribute/type/Table?attr:qualifiedName=db/orders"
        held = opened(box).ok("GET", path)["entity"]
    assert held["attributes"]["description"] == "mine"


def in_apache_atlas(box, type_name, qualified_name):
    api = Atlas(box.url + "/api/atlas/v2", box.database, {**JSON, "Authorization": "Bearer any"})
    path = f"/entity/uniqueAttribute/type/{type_name}?attr:qualifiedName={qualified_name}"
    with api.session:
        return api.send("GET", path)


def test_an_asset_is_put_into_every_system_that_has_its_type(tmp_path):
    seeds = [ORDERS, Seed("hive_table", "hive/t", "t"), Seed("Process", "etl", "etl")]
    with sandbox.start(tmp_path / "kept.db", assets=seeds) as box, opened(box).session:
        in_atlan = opened(box).find({"match_all": {}})["entities"]
        held = in_apache_atlas(box, "hive_table", "hive/t").json()["entity"]["attributes"]
        both = in_apache_atlas(box, "Process", "etl").status_code
        other = in_apache_atlas(box, "DataSet", "db/orders").status_code
    assert [one["typeName"] for one in in_atlan] == ["Table", "Process"]
    assert (held["name"], held["retention"]) == ("t", 0)
    assert (both, other) == (200, 404)


def test_an_asset_of_apache_atlas_is_put_in_once_even_if_it_was_deleted(tmp_path):
    seeds = [Seed("hive_table", "hive/t", "t")]
    with sandbox.start(tmp_path / "kept.db", assets=seeds) as box:
        guid = in_apache_atlas(box, "hive_table", "hive/t").json()["entity"]["guid"]
        api = Atlas(box.url + "/api/atlas/v2", box.database, {"Authorization": "Bearer any"})
        with api.session:
            api.ok("DELETE", f"/entity/guid/{guid}")
    with sandbox.start(tmp_path / "kept.db", assets=seeds) as box:
        assert in_apache_atlas(box, "hive_table", "hive/t").status_code == 404


def test_columns_may_stand_in_any_order_among_others(write):
    text = "\ufeffOwner,NAME,Qualified Name,type\nann,orders, db/orders ,Table\n,,,\n"
    assert read_assets(write("assets.csv", text)) == [ORDERS]


MISTAKES = [
    ("", "there is no heading type, qualified name, name"),
    ("Type,Name\n", "there is no heading qualified name"),
    (HEADINGS + "Table,db/a,A\nTabel,db/b,B\n", "row 3: the sandbox does not know the type Tabel"),
    (HEADINGS + "Table,,A\n", "row 2: an asset needs a type, a qualified name and a name"),
    (HEADINGS + "Table\n", "row 2: an asset needs a type, a qualified name and a name"),
    (HEADINGS + "AtlasGlossary,g,G\n", "row 2: a AtlasGlossary is made by an import"),
    (HEADINGS.encode() + b"Table,db/\xff,A\n", "is no CSV file in UTF-8"),
]


@pytest.mark.parametrize(("text", "words"), MISTAKES)
def test_a_mistake_names_the_file_the_row_and_what_is_wrong(write, text, words):
    file = write("assets.csv", text)
    with pytest.raises(SeedError) as error:
        read_assets(file)
    assert str(error.value).startswith(f"{file}")
    assert words in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SeedError, match=r"none\.csv: cannot be read \(No such file"):
        read_assets(tmp_path / "none.csv")
