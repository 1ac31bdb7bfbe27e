"""Atlan's own Python client works against the sandbox as it does against a tenant."""

from types import SimpleNamespace

import pytest

import importer.sandbox as sandbox

# the client calls much that Python and httpx will drop one day; nothing of ours is deprecated here
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def sdk():
    """What the tests need of the client, which takes seconds to import."""
    from pyatlan import errors
    from pyatlan.client.asset import Batch
    from pyatlan.client.atlan import AtlanClient
    from pyatlan.model import assets, enums
    from pyatlan.model.core import AtlanTag, AtlanTagName
    from pyatlan.model.custom_metadata import CustomMetadataDict
    from pyatlan.model.fluent_search import FluentSearch

    return SimpleNamespace(
        errors=errors,
        enums=enums,
        Batch=Batch,
        AtlanClient=AtlanClient,
        AtlanTag=AtlanTag,
        AtlanTagName=AtlanTagName,
        CustomMetadataDict=CustomMetadataDict,
        FluentSearch=FluentSearch,
        Asset=assets.Asset,
        Glossary=assets.AtlasGlossary,
        Category=assets.AtlasGlossaryCategory,
        Term=assets.AtlasGlossaryTerm,
        Link=assets.Link,
        Readme=assets.Readme,
        Table=assets.Table,
        View=assets.View,
    )


@pytest.fixture(scope="module")
def client(sdk):
    with sandbox.start() as box:
        connected = sdk.AtlanClient(base_url=box.url, api_key="any")
        yield connected
        connected._session.close()


@pytest.fixture(scope="module")
def finance(sdk, client):
    return created(client, sdk.Glossary.creator(name="Finance"))


def created(client, asset):
    [made] = client.asset.save(asset).assets_created(type(asset))
    return made


def new_term(sdk, client, glossary, name, **rest):
    anchor = sdk.Glossary.ref_by_guid(glossary.guid)
    return created(client, sdk.Term.creator(name=name, anchor=anchor, **rest))


def test_a_glossary_is_made_and_found_by_name(client, finance):
    assert len(finance.qualified_name) == 21
    assert client.asset.find_glossary_by_name("Finance").guid == finance.guid


def test_what_is_not_there_is_not_found(sdk, client):
    with pytest.raises(sdk.errors.NotFoundError):
        client.asset.find_glossary_by_name("Nothing")
    with pytest.raises(sdk.errors.NotFoundError):
        client.asset.get_by_guid("no-such-guid", sdk.Table)


def test_categories_are_made_found_and_listed_as_a_tree(sdk, client, finance):
    anchor = sdk.Glossary.ref_by_guid(finance.guid)
    top = created(client, sdk.Category.creator(name="Top", anchor=anchor))
    below = sdk.Category.ref_by_guid(top.guid)
    inner = created(
        client, sdk.Category.creator(name="Inner", anchor=anchor, parent_category=below)
    )
    [found] = client.asset.find_category_by_name("Inner", "Finance")
    assert found.guid == inner.guid
    tree = client.asset.get_hierarchy(finance)
    assert [one.guid for one in tree.root_categories] == [top.guid]
    assert [one.name for one in tree.depth_first] == ["Top", "Inner"]


def test_a_term_is_made_found_updated_and_read(sdk, client, finance):
    term = new_term(sdk, client, finance, "Revenue")
    assert client.asset.find_term_by_name("Revenue", "Finance").guid == term.guid
    change = sdk.Term.updater(term.qualified_name, "Turnover", finance.guid)
    change.certificate_status = sdk.enums.CertificateStatus.VERIFIED
    change.owner_users = {"ann"}
    [changed] = client.asset.save(change).assets_updated(sdk.Term)
    assert changed.guid == term.guid
    whole = client.asset.get_by_guid(term.guid, sdk.Term, ignore_relationships=False)
    assert whole.name == "Turnover"
    assert whole.certificate_status == sdk.enums.CertificateStatus.VERIFIED
    assert whole.owner_users == {"ann"}
    assert whole.anchor.guid == finance.guid


def test_clearing_a_field_reaches_the_server(sdk, client, finance):
    term = new_term(sdk, client, finance, "Cleared")
    change = sdk.Term.updater(term.qualified_name, "Cleared", finance.guid)
    change.user_description = "text"
    client.asset.save(change)
    change.user_description = None
    client.asset.save(change)
    assert client.asset.get_by_guid(term.guid, sdk.Term).user_description is None


def test_a_name_that_is_taken_is_a_conflict(sdk, client, finance):
    new_term(sdk, client, finance, "Taken")
    with pytest.raises(sdk.errors.ConflictError, match="ATLAS-409-00-009"):
        new_term(sdk, client, finance, "Taken")


def test_terms_are_related_and_categorised(sdk, client, finance):
    anchor = sdk.Glossary.ref_by_guid(finance.guid)
    category = created(client, sdk.Category.creator(name="Related", anchor=anchor))
    other = new_term(sdk, client, finance, "Other")
    inside = [sdk.Category.ref_by_guid(category.guid)]
    term = new_term(sdk, client, finance, "One", categories=inside)
    change = sdk.Term.updater(term.qualified_name, "One", finance.guid)
    change.see_also = [sdk.Term.ref_by_guid(other.guid)]
    assert len(client.asset.save(change).assets_updated(sdk.Term)) == 2
    whole = client.asset.get_by_guid(other.guid, sdk.Term, ignore_relationships=False)
    assert [one.guid for one in whole.see_also] == [term.guid]
    whole = client.asset.get_by_guid(term.guid, sdk.Term, ignore_relationships=False)
    assert [one.guid for one in whole.categories] == [category.guid]


def test_a_link_is_made_changed_archived_and_purged(sdk, client, finance):
    term = new_term(sdk, client, finance, "Linked")
    asset = sdk.Term.ref_by_guid(term.guid)
    link = created(client, sdk.Link.creator(asset=asset, name="Def", link="https://x.org/a"))
    change = sdk.Link.updater(qualified_name=link.qualified_name, name="Definition")
    change.link = "https://x.org/b"
    [changed] = client.asset.save(change).assets_updated(sdk.Link)
    assert changed.guid == link.guid
    [gone] = client.asset.delete_by_guid(link.guid).assets_deleted(sdk.Link)
    assert gone.status == sdk.enums.EntityStatus.DELETED
    assert len(client.asset.purge_by_guid(link.guid).assets_deleted(sdk.Link)) == 1


def test_a_readme_is_attached(sdk, client, finance):
    term = new_term(sdk, client, finance, "Read me")
    whole = client.asset.get_by_guid(term.guid, sdk.Term)
    readme = created(client, sdk.Readme.creator(asset=whole, content="<b>text</b>"))
    assert readme.qualified_name == f"{term.guid}/readme"
    whole = client.asset.get_by_guid(term.guid, sdk.Term, ignore_relationships=False)
    assert whole.readme.guid == readme.guid


def tables(sdk, count, prefix="default/db", kind=None):
    kind = kind or sdk.Table
    return [
        kind.updater(qualified_name=f"{prefix}/T{number}", name=f"T{number}")
        for number in range(count)
    ]


def sent(sdk, client, assets, **rest):
    batch = sdk.Batch(client, 20, track=True, **rest)
    for asset in assets:
        batch.add(asset)
    batch.flush()
    return batch


def test_a_batch_creates_then_finds_nothing_changed(sdk, client):
    first = sent(sdk, client, tables(sdk, 45))
    assert (first.num_created, first.num_updated, first.num_restored) == (45, 0, 0)
    second = sent(sdk, client, tables(sdk, 45))
    assert (second.num_created, second.num_updated, second.num_restored) == (0, 0, 45)


def test_a_batch_that_only_updates_skips_what_is_not_there(sdk, client):
    sent(sdk, client, tables(sdk, 5, "default/Upd"))
    others = tables(sdk, 8, "DEFAULT/upd")
    for table in others:
        table.description = "new"
    batch = sent(sdk, client, others, update_only=True, case_insensitive=True)
    assert (batch.num_created, batch.num_updated, batch.num_skipped) == (0, 5, 3)


def test_a_batch_that_fails_is_reported_and_saves_nothing(sdk, client):
    assets = tables(sdk, 3, "default/failing")
    assets[1].owner_users = {"<b>"}
    batch = sent(sdk, client, assets, capture_failures=True)
    [failed] = batch.failures
    assert isinstance(failed.failure_reason, sdk.errors.InvalidRequestError)
    search = sdk.FluentSearch().where(sdk.Asset.QUALIFIED_NAME.startswith("default/failing"))
    assert search.count(client) == 0


def test_an_archived_table_is_restored(sdk, client):
    table = created(client, tables(sdk, 1, "default/restored")[0])
    client.asset.delete_by_guid(table.guid)
    assert client.asset.restore(sdk.Table, table.qualified_name) is True
    whole = client.asset.get_by_guid(table.guid, sdk.Table)
    assert whole.status == sdk.enums.EntityStatus.ACTIVE


def test_tags_are_set_by_the_name_people_see(sdk, client):
    [table] = tables(sdk, 1, "default/tagged")
    client.asset.save(table)
    table.atlan_tags = [sdk.AtlanTag(type_name=sdk.AtlanTagName("PII"))]
    client.asset.save(table, replace_atlan_tags=True)
    whole = client.asset.get_by_qualified_name(table.qualified_name, sdk.Table)
    [tag] = whole.atlan_tags
    assert (str(tag.type_name), tag.propagate) == ("PII", False)


def test_custom_metadata_is_set_by_the_names_people_see(sdk, client):
    [table] = tables(sdk, 1, "default/measured")
    values = sdk.CustomMetadataDict(client=client, name="Data Quality")
    values.update({"Score": 4.5, "Level": "Gold", "Checks": ["a", "b"]})
    table.set_custom_metadata(client, values)
    client.asset.save_merging_cm(table)
    whole = client.asset.get_by_qualified_name(table.qualified_name, sdk.Table)
    held = whole.get_custom_metadata(client, "Data Quality")
    assert {name: held[name] for name in values} == dict(values)


def test_terms_are_assigned_and_taken_away(sdk, client, finance):
    term = new_term(sdk, client, finance, "Assigned")
    table = created(client, tables(sdk, 1, "default/assigned")[0])

    def assigned():
        whole = client.asset.get_by_guid(table.guid, sdk.Table, ignore_relationships=False)
        ends = whole.assigned_terms or []
        return [one.guid for one in ends if one.relationship_status != "DELETED"]

    reference = [sdk.Term.ref_by_guid(term.guid)]
    client.asset.append_terms(asset_type=sdk.Table, guid=table.guid, terms=reference)
    assert assigned() == [term.guid]
    client.asset.remove_terms(asset_type=sdk.Table, guid=table.guid, terms=reference)
    assert assigned() == []


@pytest.mark.parametrize("bulk", [False, True])
def test_a_search_goes_through_all_pages(sdk, client, bulk):
    sent(sdk, client, tables(sdk, 25, f"default/paged {bulk}"))
    search = sdk.FluentSearch.select().where(
        sdk.Asset.QUALIFIED_NAME.startswith(f"default/paged {bulk}/")
    )
    found = list(search.page_size(7).execute(client, bulk=bulk))
    assert len({asset.guid for asset in found}) == len(found) == 25


def test_the_client_defines_tags_options_and_custom_metadata_and_uses_them(sdk, client):
    from pyatlan.model import typedef
    from pyatlan.model.enums import AtlanCustomAttributePrimitiveType as Kind

    client.typedef.create(typedef.AtlanTagDef.create(name="Retail"))
    client.typedef.create(typedef.EnumDef.create("colours", ["red", "blue"]))
    paint = typedef.CustomMetadataDef.create(display_name="Paint")
    paint.attribute_defs = [
        typedef.AttributeDef.create(client, "Colour", Kind.OPTIONS, options_name="colours"),
        typedef.AttributeDef.create(client, "Counts", Kind.INTEGER, multi_valued=True),
    ]
    client.typedef.create(paint)
    table = tables(sdk, 1, "default/defined")[0]
    table.atlan_tags = [sdk.AtlanTag(type_name=sdk.AtlanTagName("Retail"))]
    guid = created(client, table).guid
    values = sdk.CustomMetadataDict(client=client, name="Paint")
    values["Colour"], values["Counts"] = "red", [1, 2]
    client.asset.update_custom_metadata_attributes(guid, values)
    whole = client.asset.get_by_guid(guid, sdk.Table, ignore_relationships=False)
    held = whole.get_custom_metadata(client, "Paint")
    assert (held["Colour"], held["Counts"]) == ("red", [1, 2])
    assert [str(tag.type_name) for tag in whole.atlan_tags] == ["Retail"]
    client.asset.remove_custom_metadata(guid, "Paint")
    whole = client.asset.get_by_guid(guid, sdk.Table, ignore_relationships=False)
    assert whole.get_custom_metadata(client, "Paint")["Colour"] is None


def test_the_client_deletes_a_tag_and_custom_metadata_that_nothing_uses(sdk, client):
    from pyatlan.errors import ConflictError, NotFoundError
    from pyatlan.model import typedef
    from pyatlan.model.enums import AtlanCustomAttributePrimitiveType as Kind

    client.typedef.create(typedef.AtlanTagDef.create(name="Passing"))
    passing = typedef.CustomMetadataDef.create(display_name="Passing")
    passing.attribute_defs = [typedef.AttributeDef.create(client, "Days", Kind.INTEGER)]
    client.typedef.create(passing)
    table = tables(sdk, 1, "default/passing")[0]
    table.atlan_tags = [sdk.AtlanTag(type_name=sdk.AtlanTagName("Passing"))]
    guid = created(client, table).guid
    with pytest.raises(ConflictError):
        client.typedef.purge("Passing", typedef.AtlanTagDef)
    client.asset.purge_by_guid(guid)
    client.typedef.purge("Passing", typedef.AtlanTagDef)
    client.typedef.purge("Passing", typedef.CustomMetadataDef)
    for kind in (typedef.AtlanTagDef, typedef.CustomMetadataDef):
        with pytest.raises(NotFoundError):
            client.typedef.purge("Passing", kind)


def test_a_certificate_is_set_by_the_key_of_an_asset(sdk, client):
    made = created(client, tables(sdk, 1, "default/certified")[0])
    verified = sdk.enums.CertificateStatus.VERIFIED
    client.asset.update_certificate(sdk.Table, made.qualified_name, made.name, verified)
    assert client.asset.get_by_guid(made.guid, sdk.Table).certificate_status is verified


def test_users_and_groups_are_found_by_their_names(client):
    assert client.user_cache.get_id_for_name("ann")
    assert client.user_cache.get_id_for_email("ben@example.org")
    assert client.group_cache.get_id_for_alias("Data stewards")
