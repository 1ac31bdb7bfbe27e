"""`importer export` and `template new --live` write workbooks of the live state."""

import json

import openpyxl
import pytest

from importer.sandbox import start

TERMS = "Glossary,Term,Description\nFinance,Revenue,What comes in\nFinance,Cost,What goes out\n"


def test_an_export_changes_nothing_when_planned_and_is_not_replaced(importer, write):
    write("Glossaries.csv", "Glossary\nFinance\n")
    write("terms.csv", TERMS)
    files = ("Glossaries.csv", "terms.csv")
    assert importer("run", *files, "--template", "atlan-glossary", "--yes").status == 0
    result = importer("export", "atlan-glossary", "-o", "live.xlsx")
    assert (result.status, result.out) == (0, "live.xlsx\n")
    assert "Terms: 2" in result.err
    plan = json.loads(importer("plan", "live.xlsx", "--format", "json").out)
    assert plan["counts"] == {"unchanged": 3}
    again = importer("export", "atlan-glossary", "-o", "live.xlsx")
    assert again.status == 2
    assert "live.xlsx exists already" in again.err


def test_the_assets_that_a_file_names_are_exported(importer, write):
    """None of them exists: the sheet stays empty, which is no error."""
    write("assets.csv", "Type,Qualified name,Name\nTable,default/x,x\n")
    result = importer("export", "atlan-glossary", "-o", "live.xlsx", "--assets", "assets.csv")
    assert (result.status, result.out) == (0, "live.xlsx\n")
    assert openpyxl.load_workbook("live.xlsx")["Assets"].max_row == 1


def test_a_new_workbook_offers_the_names_of_the_target(importer, write):
    file = write("buildings.csv", "Building,Timezone\nNorth,Europe/Berlin\n")
    assert importer("run", file, "--yes").status == 0
    assert (
        importer("template", "new", "trebellar-portfolio", "-o", "new.xlsx", "--live").status == 0
    )
    book = openpyxl.load_workbook("new.xlsx")
    [offer] = [one for one in book["Floors"].data_validations.dataValidation if "A2" in one]
    column = offer.formula1.split("$")[1]
    listed = [cell.value for cell in book["Lists"][column]][2:4]
    assert listed == ["North", "=IF('Buildings'!$A$2=\"\",\"\",'Buildings'!$A$2)"]


def test_a_new_workbook_is_made_in_a_language_that_there_is(importer):
    made = importer("template", "new", "atlan-glossary", "-o", "de.xlsx", "--language", "de")
    assert made.status == 0
    assert openpyxl.load_workbook("de.xlsx").sheetnames[:2] == ["Anleitung", "Glossare"]
    refused = importer("template", "new", "atlan-glossary", "-o", "fr.xlsx", "--language", "fr")
    assert refused.status == 2
    assert "its languages are: en, de." in refused.err


def test_as_csv_each_sheet_is_a_file_of_its_own(importer, write, tmp_path):
    write("Glossaries.csv", "Glossary\nFinance\n")
    write("terms.csv", TERMS + "Finance,'=Sum,'+1 to it\n")
    files = ("Glossaries.csv", "terms.csv")
    assert importer("run", *files, "--template", "atlan-glossary", "--yes").status == 0
    result = importer("export", "atlan-glossary", "-o", "live.csv")
    written = ["live-Glossaries.csv", "live-Terms.csv"]
    assert (result.status, result.out.split()) == (0, written)
    assert ",'=Sum,'+1 to it," in (tmp_path / "live-Terms.csv").read_text()
    plan = json.loads(importer("plan", *written, "--format", "json").out)
    assert plan["counts"] == {"unchanged": 4}
    assert importer("export", "atlan-glossary", "-o", "live.csv").status == 2


@pytest.mark.parametrize(
    "template", ["atlan-csv", "cobie", "collibra-terms", "openmetadata", "room-list"]
)
def test_a_template_that_cannot_round_trip_is_not_exported(importer, template):
    result = importer("export", template, "-o", "live.xlsx")
    assert (result.status, result.out) == (2, "")
    assert f"{template} cannot be exported: " in result.err
    assert "Export apache-atlas or atlan-glossary" in result.err or "Export trebellar" in result.err


READING = {
    "check": ("check", "buildings.csv", "--target", "trebellar"),
    "export": ("export", "trebellar-portfolio", "-o", "live.xlsx", "--target", "trebellar"),
    "new": ("template", "new", "trebellar-portfolio", "--live", "--target", "trebellar"),
}


@pytest.mark.parametrize("command", READING.values(), ids=READING)
def test_a_command_that_only_reads_names_the_address_first(
    command, importer, buildings, monkeypatch
):
    assert buildings
    with start() as system:
        monkeypatch.setenv("TREBELLAR_BASE_URL", system.url)
        monkeypatch.setenv("TREBELLAR_API_KEY", "any")
        result = importer(*command)
    where = f"the target trebellar is {system.url} (TREBELLAR_BASE_URL); its key is in"
    assert (result.status, result.err) == (0, f"importer: {where} TREBELLAR_API_KEY.\n")
