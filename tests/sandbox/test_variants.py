"""The forms of answers to choose from: where updates are named, what a refusal holds."""

import pytest

import importer.sandbox as sandbox
from importer.sandbox import Refusals, Updates, Variants
from tests.sandbox.build import add, asset, glossary, term
from tests.sandbox.conftest import Api, Atlan

PLAIN, RELATED, NEW = "plain", "related", "new"

# variant | where the answer names a glossary changed (no relation) and a term (its anchor is one)
FORMS = [
    (Updates.UPDATE, {"UPDATE": [PLAIN, RELATED]}, None),
    (Updates.PARTIAL, {"UPDATE": [PLAIN], "PARTIAL_UPDATE": [RELATED]}, None),
    (Updates.TOP_LEVEL, {"PARTIAL_UPDATE": [RELATED]}, [PLAIN]),
]


@pytest.mark.parametrize(("updates", "mutated", "beside"), FORMS)
def test_an_answer_names_updates_where_the_variant_says(updates, mutated, beside):
    with sandbox.start(variants=Variants(updates=updates)) as box:
        atlan = Atlan(box.url + "/api/meta", box.database, {"Authorization": "Bearer any"})
        with atlan.session:
            names = {"finance": atlan.guid(glossary("-1", "Finance"))}
            names[PLAIN] = atlan.guid(glossary("-1", "Plain"))
            atlan.names = names
            names[RELATED] = atlan.guid(term("-1", "Revenue"))
            answer = atlan.save(
                glossary("<plain>", "Plain", shortDescription="new"),
                term("<related>", "Revenue", attributes={"abbreviation": "R"}),
                glossary("-9", "New"),
            )
    names[NEW] = answer["guidAssignments"]["-9"]
    assert _named(answer["mutatedEntities"], names) == {"CREATE": [NEW], **mutated}
    found = answer.get("partialUpdatedEntities")
    assert (found and _named({"": found}, names)[""]) == beside


def _named(lists, names):
    by_guid = {guid: name for name, guid in names.items()}
    return {key: [by_guid[one["guid"]] for one in headers] for key, headers in lists.items()}


TOLD = {"code": 400, "message": "a FLOOR needs a parent"}


@pytest.mark.parametrize(("refusals", "body"), [(Refusals.EMPTY, {}), (Refusals.TOLD, TOLD)])
def test_a_refused_batch_says_why_or_nothing_as_the_variant_says(refusals, body):
    with sandbox.start(variants=Variants(refusals=refusals)) as box:
        api = Api(box.url + "/api/v2/assets", box.database, {"X-Trebellar-Api-Key": "any"})
        with api.session:
            answer = api.send("POST", "/bulk", {"operations": [add(asset("FLOOR", "x"))]})
    assert (answer.status_code, answer.json()) == (400, body)
