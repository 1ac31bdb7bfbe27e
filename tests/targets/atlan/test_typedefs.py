"""The names of a tenant's tags and custom metadata."""


def test_names_lists_tags_sets_and_their_attributes(atlan):
    names = atlan.names()
    assert names["classifications.typeName"] == {"PII", "Confidential", "Public", "GDPR"}
    assert names["businessAttributes"] == {"Data Quality"}
    assert "Score" in names["businessAttributes.Data Quality"]
