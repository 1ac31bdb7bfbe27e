"""demo, doctor and template: what they show, what they leave behind, how they end."""

import json

from openpyxl import load_workbook

from importer.cli.demo import SAMPLES
from importer.template import find_all
from importer.template.source import shipped

SECRET = "s3cr3t-value"


def by_target(said):
    return {one["target"]: one for one in json.loads(said.out)["targets"]}


def test_the_demo_imports_both_samples_and_then_finds_everything_unchanged(importer, home):
    said = importer("demo", "--out", "shown")
    assert said.status == 0
    first, second = said.out.split("The same files once more")
    counts = [line.strip() for line in first.splitlines() if "rows: " in line]
    again = [line.strip() for line in second.splitlines() if "rows: " in line]
    assert [line.replace("created", "unchanged") for line in counts] == again
    assert len(counts) == 2
    assert all(line.endswith("created") for line in counts)
    assert said.err.splitlines()[0].startswith("Sandbox: ")
    assert said.err.splitlines()[-1].startswith("That was the sandbox.")
    reports = sorted((home / "shown").glob("*.result.xlsx"))
    assert [str(report) in said.out for report in reports] == [True, True]
    assert all("Report" in load_workbook(report).sheetnames for report in reports)
    assert not (home / "state").exists()


def test_the_demo_depends_on_no_settings_and_keeps_a_workbook_that_is_there(importer, write, home):
    write("importer.toml", "nonsense")
    name = SAMPLES.read_text().split()[0]
    book = load_workbook(shipped("data") / name)
    book.properties.title = "mine"
    (home / "importer-demo").mkdir()
    book.save(home / "importer-demo" / name)
    said = importer("demo")
    assert (said.status, said.out.count("created")) == (0, 2)
    assert load_workbook(home / "importer-demo" / name).properties.title == "mine"
    assert f"importer-demo/{name} is there already and is used as it is." in said.err


def test_doctor_is_content_with_nothing_but_what_is_built_in(importer, home):
    said = importer("doctor", "--format", "json")
    found = json.loads(said.out)
    assert (said.status, found["ok"], found["config"]) == (0, True, None)
    assert found["journal"] == {
        "where": str(home / "state" / "importer" / "journal.db"),
        "state": "ok",
        "origin": "built in",
    }
    states = {name: one["state"] for name, one in by_target(said).items()}
    assert states == {"sandbox": "ok", "atlan": "not set up", "trebellar": "not set up"}


def test_doctor_tells_where_each_value_came_from_and_never_shows_a_key(
    importer, write, monkeypatch
):
    write("importer.toml", "[targets.atlan]\nrate = 100\n")
    monkeypatch.setenv("ATLAN_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("ATLAN_API_KEY", SECRET)
    for args in (["--format", "json"], []):
        said = importer("doctor", *args)
        assert SECRET not in said.out + said.err
    assert "rate         100  (importer.toml)" in said.out
    assert "base_url     http://127.0.0.1:9  (ATLAN_BASE_URL)" in said.out
    assert "ATLAN_API_KEY, which is set  (built in)" in said.out


def test_doctor_is_exit_3_where_a_target_that_is_set_up_does_not_answer(importer, monkeypatch):
    monkeypatch.setenv("ATLAN_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("ATLAN_API_KEY", "any")
    said = importer("doctor", "--format", "json")
    assert said.status == 3
    assert by_target(said)["atlan"]["state"].startswith("No connection to http://127.0.0.1:9")


def test_doctor_is_exit_3_where_a_target_is_set_up_by_half(importer, monkeypatch):
    monkeypatch.setenv("ATLAN_BASE_URL", "http://127.0.0.1:9")
    said = importer("doctor", "--format", "json")
    assert said.status == 3
    assert "set the environment variable ATLAN_API_KEY" in by_target(said)["atlan"]["state"]
    assert by_target(said)["atlan"]["api_key"] == "not set"


def test_doctor_is_exit_3_where_the_journal_cannot_be_written(importer, write, monkeypatch):
    write("runs.db", "no database " * 100)
    monkeypatch.setenv("IMPORTER_JOURNAL", "runs.db")
    said = importer("doctor", "--format", "json")
    journal = json.loads(said.out)["journal"]
    assert (said.status, journal["origin"]) == (3, "IMPORTER_JOURNAL")
    assert "cannot be opened" in journal["state"]


def test_every_template_is_listed_with_its_title_and_sheets(importer):
    text = importer("template", "list").out
    found = json.loads(importer("template", "list", "--format", "json").out)["templates"]
    assert [one["template"] for one in found] == [template.name for template in find_all()]
    for one in found:
        assert one["title"] in text
        assert f"Sheets: {', '.join(one['sheets'])}" in text


def test_a_blank_workbook_is_made_and_none_that_is_there_replaced(importer, home):
    template = find_all()[0]
    said = importer("template", "new", template.name)
    assert (said.status, said.out) == (0, f"{template.name}.xlsx\n")
    names = load_workbook(home / f"{template.name}.xlsx").sheetnames
    assert {sheet.name for sheet in template.sheets} <= set(names)
    again = importer("template", "new", template.name)
    assert (again.status, again.out) == (2, "")
    assert "exists already and is left as it is" in again.err


def test_a_first_mapping_is_written_for_a_file_of_a_new_kind(importer, write, home):
    write("fruit.csv", "Fruit,Colour\napple,red\npear,green\n")
    said = importer("template", "init", "fruit.csv", "-o", "mine")
    assert said.status == 0
    assert (home / "mine" / "mapping.toml").is_file()
    assert "Next: complete mine/mapping.toml" in said.out
    assert importer("template", "init", "fruit.csv", "-o", "mine").status == 2
