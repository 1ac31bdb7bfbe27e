"""The forms of answers to choose from: where an answer names what it updated."""

import pytest

import importer.sandbox as sandbox
from importer.sandbox import Updates, Variants
from tests.sandbox.build import glossary, term
from tests.sandbox.conftest import Atlan

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
