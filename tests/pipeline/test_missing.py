"""A name that nothing has is an error, or is kept as a text where the mapping says so."""

from pathlib import Path

import pytest

from importer.options import Options
from tests.pipeline.raw_api import TERM

USAGE = '  { heading = "Usage", path = "attributes.usage" },\n'
MAPPING = """
title = "Terms whose related words may be no terms"
system = "atlan"
extends = "atlan-glossary"
[[sheets]]
name = "Terms"
[[sheets.entities]]
kind = "term"
columns = [
  { heading = "Glossary", required = true },
  { heading = "Term", path = "attributes.name", required = true },
  { heading = "Usage", path = "attributes.usage" },
  { heading = "Related" },
]
references = [
  { path = "relationshipAttributes.anchor", to = ["glossary"], by = ["Glossary"], parent = true, required = true },
  { path = "relationshipAttributes.seeAlso", to = ["term"], by = ["Related"], within = ["Glossary"], many = true, MISSING inverse = "relationshipAttributes.seeAlso" },
]
"""  # noqa: E501


@pytest.fixture
def template(bench):
    bench.glossary({"Glossaries": [{"Glossary": "G"}]})

    def made(missing):
        folder = bench.folder / "related"
        folder.mkdir(exist_ok=True)
        (folder / "mapping.toml").write_text(MAPPING.replace("MISSING", missing), "utf-8")
        return str(folder)

    return made


def term(name, related="", **more):
    return {"Glossary": "G", "Term": name, "Related": related, **more}


def test_the_text_goes_to_the_path_and_the_terms_that_are_there_are_referred_to(bench, template):
    rows = [term("net"), term("gross", "net; fees; old fees", Usage="reports")]
    made = template('missing = "attributes.usage",')
    result = bench.run({"Terms": rows}, template=made)
    assert bench.statuses(result) == {"Terms": ["created", "created"]}
    gross = bench.atlan.named(TERM)["gross"]
    assert gross["attributes"]["usage"] == "reports; fees; old fees"
    assert [one["displayText"] for one in gross["relationshipAttributes"]["seeAlso"]] == ["net"]
    again = bench.run({"Terms": rows}, template=made)
    assert bench.statuses(again) == {"Terms": ["unchanged", "unchanged"]}


def test_what_is_referred_to_stays_where_a_cell_has_only_texts(bench, template):
    made = template('missing = "attributes.usage",')
    bench.run({"Terms": [term("net"), term("gross", "net")]}, template=made)
    bench.run({"Terms": [term("gross", "fees")]}, template=made)
    gross = bench.atlan.named(TERM)["gross"]
    assert [one["displayText"] for one in gross["relationshipAttributes"]["seeAlso"]] == ["net"]
    assert gross["attributes"]["usage"] == "fees"


def test_the_text_that_the_target_has_stays(bench, template):
    made = template('missing = "attributes.usage",')
    bench.run({"Terms": [term("gross", Usage="Keep me")]}, template=made)
    rows = [term("gross", "fees", Usage="")]
    bench.run({"Terms": rows}, template=made)
    assert bench.atlan.named(TERM)["gross"]["attributes"]["usage"] == "Keep me; fees"
    again = bench.run({"Terms": rows}, template=made)
    assert bench.statuses(again) == {"Terms": ["unchanged"]}
    cleared = [term("gross", "fees", Usage="<clear>")]
    bench.run({"Terms": cleared}, template=made)
    assert bench.atlan.named(TERM)["gross"]["attributes"]["usage"] == "fees"


def test_a_plan_names_the_field_that_takes_the_text(bench, template):
    made = template('missing = "attributes.usage",')
    mapping = Path(made) / "mapping.toml"
    mapping.write_text(mapping.read_text("utf-8").replace(USAGE, ""), "utf-8")
    bench.run({"Terms": [term("gross")]}, template=made)
    book = bench.book({"Terms": [term("gross", "fees")]})
    [change] = bench.plan_files([book], Options(template=made)).changes
    assert list(change.fields) == ["usage"]


def test_without_it_the_row_is_an_error(bench, template):
    result = bench.run({"Terms": [term("gross", "fees")]}, template=template(""))
    assert bench.statuses(result) == {"Terms": ["invalid"]}


def test_a_name_that_is_left_out_leaves_the_rest_of_its_row_as_it_is(bench, template):
    made = template('missing = "left_out",')
    rows = [term("net"), term("gross", "net; fees", Usage="reports")]
    result = bench.run({"Terms": rows}, template=made)
    assert bench.statuses(result) == {"Terms": ["created", "created"]}
    gross = bench.atlan.named(TERM)["gross"]
    assert gross["attributes"]["usage"] == "reports"
    assert [one["displayText"] for one in gross["relationshipAttributes"]["seeAlso"]] == ["net"]
    bench.run({"Terms": [term("gross", "fees", Usage="reports")]}, template=made)
    gross = bench.atlan.named(TERM)["gross"]
    assert [one["displayText"] for one in gross["relationshipAttributes"]["seeAlso"]] == ["net"]
