"""The list of all assets is one answer, however long it is."""

from tests.sandbox.build import add, asset, structure


def test_a_long_list_is_what_each_asset_is_on_its_own(trebellar, monkeypatch):
    floors = [asset("FLOOR", str(n), children=[asset("DESK", "D")] * n) for n in range(3)]
    operations = [add(structure(f"Long {n}", children=floors)) for n in range(3)]
    trebellar.ok("POST", "/bulk", {"operations": operations})
    short = trebellar.send("GET", "")
    monkeypatch.setattr("importer.sandbox.answer.PIECE", 100)
    long = trebellar.send("GET", "")
    assert long.content == short.content
    assert int(long.headers["Content-Length"]) == len(long.content)
    listed = long.json()["data"]
    assert [one["label"] for one in listed] == ["Long 0", "Long 1", "Long 2"]
    assert listed == [trebellar.ok("GET", f"/{one['id']}") for one in listed]
