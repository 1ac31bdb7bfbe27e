"""The document of the API: what it says is there, is said in plain words, and is kept to."""

import re

import pytest

from importer.web.api import REFUSALS
from tests.web.api.begun import begun
from tests.web.api.fuzz import run

REFUSED = {str(status) for status in REFUSALS}


@pytest.fixture
def document(program):
    """The document, as an admin reads it."""
    return program("ann").get("/openapi.json")


def operations(document):
    """Every operation of a document."""
    return [about for methods in document["paths"].values() for about in methods.values()]


def test_every_answer_is_described(document):
    """Each operation has a name and a sentence of its own, what it answers and each refusal."""
    found = operations(document)
    assert len({one["operationId"] for one in found}) == len(found) > 40
    for one in found:
        assert re.fullmatch(r"[a-z_]+", one["operationId"])
        assert re.fullmatch(r"[A-Z][^.]+", one["summary"])
        assert set(one["responses"]) >= REFUSED
        fine = [status for status in one["responses"] if status.startswith("2")]
        assert len(fine) == 1
        for status in REFUSED:
            [content] = one["responses"][status]["content"].values()
            assert content["schema"]["$ref"].endswith("/ErrorAnswer"), one["operationId"]
    assert document["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"


def test_no_answer_is_an_object_of_unknown_keys(document):
    """Every model of the document says which keys it has, and that each is always there."""
    models = document["components"]["schemas"]
    for name, model in models.items():
        if name.endswith("Answer"):
            assert set(model["required"]) == set(model["properties"]), name
            assert model["description"], name


@pytest.mark.slow(35)
def test_requests_of_every_shape_are_answered_as_documented(web, program, tmp_path):
    """No 500, no answer that is not documented, no wrong type: `python -m tests.web.api.fuzz`."""
    names = begun(web.site, "ann")
    brief = ("--phases", "coverage", "--max-time", "60", "--seed", "1")
    ended = run(program("ann"), tmp_path, names, *brief, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
