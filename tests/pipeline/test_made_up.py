"""A template folder alone defines a new kind of import: no Python is needed."""

import shutil
from pathlib import Path

FOLDER = str(Path(__file__).with_name("made_up_template"))
KIND = "PowerBIReport"
ROWS = [
    {"Path": "pbi/1", "Report": "Sales", "Owner": "ann; bob", "Pages": 3},
    {"Path": "pbi/2", "Report": "Stock", "Owner": "", "Pages": 0},
    {"Path": "pbi/3", "Report": "Cash", "Owner": "cy", "Pages": None},
]


def test_a_template_in_a_folder_of_its_own_is_imported(bench):
    """Created, checked by its schema, found again by its key, updated: as any other kind."""
    result = bench.run({"Reports": ROWS}, template=FOLDER)
    assert bench.statuses(result) == {"Reports": ["created", "invalid", "created"]}
    [found] = result.findings
    assert (found.place.cell, found.place.heading) == ("D3", "Pages")
    live = bench.atlan.named(KIND)
    assert set(live) == {"Sales", "Cash"}
    assert live["Sales"]["attributes"]["ownerUsers"] == ["ann", "bob"]
    assert live["Sales"]["attributes"]["pageCount"] == 3
    assert live["Sales"]["attributes"]["connectorName"] == "powerbi"
    assert live["Sales"]["attributes"]["qualifiedName"] == "pbi/1"


def test_the_made_up_kind_is_found_again(bench):
    """The same file sends nothing; a changed cell sends that cell; a crawled one is adopted."""
    guid = bench.atlan.add(KIND, "Old name", qualifiedName="pbi/3")
    rows = [ROWS[0], ROWS[2]]
    assert bench.run({"Reports": rows}, template=FOLDER).counts == {"created": 1, "updated": 1}
    assert bench.atlan.named(KIND)["Cash"]["guid"] == guid
    again = bench.silent(lambda: bench.run({"Reports": rows}, template=FOLDER))
    assert again.counts == {"unchanged": 2}
    before = len(bench.bodies())
    changed = [ROWS[0] | {"Pages": 4}, ROWS[2]]
    assert bench.run({"Reports": changed}, template=FOLDER).counts == {"updated": 1, "unchanged": 1}
    [[entity]] = [body["entities"] for body in bench.bodies()[before:]]
    assert entity["attributes"] == {"qualifiedName": "pbi/1", "name": "Sales", "pageCount": 4}


def test_a_kind_keyed_by_its_identifying_label_is_found_again(bench, tmp_path):
    """The target's own key may be longer: our label identifies the entity."""
    folder = shutil.copytree(FOLDER, tmp_path / "keyed")
    mapping = folder / "mapping.toml"
    text = mapping.read_text("utf-8")
    assert '"typeName", ' in text
    mapping.write_text(text.replace('"typeName", ', ""), "utf-8")
    assert bench.run({"Reports": [ROWS[0]]}, template=str(folder)).counts == {"created": 1}
    again = bench.silent(lambda: bench.run({"Reports": [ROWS[0]]}, template=str(folder)))
    assert again.counts == {"unchanged": 1}
