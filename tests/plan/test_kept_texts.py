"""Names that nothing has stand as texts at the path that the template names."""

import pytest

from importer.plan.kept_texts import with_texts

TEXT = {"type": "string"}
SCHEMA = {
    "type": "object",
    "properties": {
        "usage": TEXT,
        "facts": {
            "type": "object",
            "properties": {"words": {"type": ["array", "null"], "items": TEXT}},
        },
    },
}


@pytest.mark.parametrize(
    ("payload", "live", "texts", "expected"),
    [
        ({}, {"usage": "kept"}, {"usage": ["a"]}, {"usage": "kept; a"}),
        ({}, {"usage": "kept; a"}, {"usage": ["a"]}, {"usage": "kept; a"}),
        ({"usage": "x"}, {"usage": "kept"}, {"usage": ["a"]}, {"usage": "x; a"}),
        (
            {},
            {"facts": {"words": ["b"]}},
            {"facts.words": ["a", "b"]},
            {"facts": {"words": ["b", "a"]}},
        ),
        ({}, {}, {"usage": ["a", "b", "a"]}, {"usage": "a; b"}),
        ({"usage": "x"}, {}, {"usage": ["a"]}, {"usage": "x; a"}),
        ({"usage": "a"}, {}, {"usage": ["a"]}, {"usage": "a"}),
        ({}, {}, {"facts.words": ["a", "b"]}, {"facts": {"words": ["a", "b"]}}),
        (
            {"facts": {"words": ["b"]}},
            {},
            {"facts.words": ["a", "b"]},
            {"facts": {"words": ["b", "a"]}},
        ),
        ({"usage": "x"}, {}, {}, {"usage": "x"}),
    ],
)
def test_texts_stand_beside_what_is_there(payload, live, texts, expected):
    assert with_texts(payload, texts, SCHEMA, live) == expected


def test_the_payload_itself_stays_as_it_is():
    payload = {"usage": "x"}
    with_texts(payload, {"usage": ["a"]}, SCHEMA, {})
    assert payload == {"usage": "x"}
