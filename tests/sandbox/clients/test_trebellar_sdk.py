"""Trebellar's own Python client works against the sandbox."""

import httpx
import pytest
from pydantic import ValidationError
from trebellar import TrebellarApi
from trebellar.assets.types import AddAssetTagRequestAssetTag, UpdateAssetTagRequestAssetTag
from trebellar.core.api_error import ApiError
from trebellar.types import AssetInput_Floor, AssetInput_Structure
from trebellar.types import asset_operations as operations
from trebellar.types.floor_static_properties import FloorStaticProperties
from trebellar.types.structure_static_properties import StructureStaticProperties

import importer.sandbox as sandbox
from importer.sandbox import Refusals, Variants


@pytest.fixture(scope="module")
def assets(box):
    with httpx.Client(timeout=10) as connection:
        yield TrebellarApi(base_url=box.url, api_key="any", httpx_client=connection).assets


def building(label, external_id, **rest):
    properties = StructureStaticProperties(timezone="UTC", external_id=external_id)
    return AssetInput_Structure(label=label, static_properties=properties, **rest)


def floor(label, external_id, **rest):
    properties = FloorStaticProperties(external_id=external_id, seats=3)
    return AssetInput_Floor(label=label, static_properties=properties, **rest)


def test_all_five_operations_list_and_get(assets):
    done = assets.bulk_operations(
        operations=[
            operations.AssetOperations_Add(
                asset=building("HQ", "sdk-hq", children=[floor("1", "sdk-floor")])
            ),
            operations.AssetOperations_Add(asset=building("Annex", "sdk-annex")),
        ]
    )
    assert done.success is True
    headquarters, annex = (one.asset.id for one in done.operations)
    [first_floor] = assets.get_asset_by_id(headquarters).children
    done = assets.bulk_operations(
        operations=[
            operations.AssetOperations_Update(asset=floor("First", "sdk-1", id=first_floor.id)),
            operations.AssetOperations_Move(id="eid:sdk-1", new_parent_id=annex),
            operations.AssetOperations_Get(id=annex, embed_children=True),
            operations.AssetOperations_Delete(id=headquarters),
        ]
    )
    assert [one.type for one in done.operations] == ["update", "move", "get", "delete"]
    moved = assets.get_asset_by_id("eid:sdk-1")
    assert (moved.label, moved.parent_id_path) == ("First", [annex])
    listed = {one.id: one for one in assets.list_all().data}
    assert headquarters not in listed
    assert [child.id for child in listed[annex].children] == [first_floor.id]
    assert moved.id in {one.id for one in assets.list_all(from_asset_type="FLOOR").data}


def test_one_asset_is_added(assets):
    answer = assets.add_single(
        asset=building("Single", "sdk-single", children=[floor("1", "sdk-single-1")])
    )
    assert answer.success is True
    assert answer.asset == assets.get_asset_by_id("eid:sdk-single")


def test_mistakes_are_reported(assets):
    with pytest.raises(ApiError) as missing:
        assets.get_asset_by_id("eid:none")
    assert (missing.value.status_code, missing.value.body.code) == (404, 404)
    with pytest.raises(ApiError) as refused:
        assets.add_single(asset=floor("Lost", "sdk-lost", parent_id="none"))
    assert refused.value.status_code == 400
    assert "none" in refused.value.body.message


@pytest.mark.parametrize(("refusals", "error"), [("told", ApiError), ("empty", ValidationError)])
def test_the_client_reads_a_refused_batch_only_where_the_refusal_says_why(refusals, error):
    variants = Variants(refusals=Refusals(refusals))
    with sandbox.start(variants=variants) as box, httpx.Client(timeout=10) as connection:
        client = TrebellarApi(base_url=box.url, api_key="any", httpx_client=connection)
        lost = operations.AssetOperations_Add(asset=floor("Lost", "sdk-lost"))
        with pytest.raises(error):
            client.assets.bulk_operations(operations=[lost])


def test_tags_are_added_listed_and_bound(assets):
    made = assets.add_single(asset=building("Tagged", "sdk-tagged")).asset
    tag = AddAssetTagRequestAssetTag(
        id="quiet", name="Quiet", description="", asset_types=["STRUCTURE"]
    )
    assert assets.add_asset_tag(asset_tag=tag).data.id == "quiet"
    assert [one.name for one in assets.list_asset_tags(asset_types="STRUCTURE").data] == ["Quiet"]
    assets.bind_asset_tags(asset_id=made.id, asset_tag_ids=["quiet"])
    assert assets.get_asset_by_id(made.id).asset_tags == ["quiet"]
    assets.unbind_asset_tags(asset_id=made.id, asset_tag_ids=["quiet"])
    assert assets.get_asset_by_id(made.id).asset_tags == []


def test_a_tag_is_changed_and_deleted(assets):
    tag = AddAssetTagRequestAssetTag(id="loud", name="Loud", description="", asset_types=["SPACE"])
    assets.add_asset_tag(asset_tag=tag)
    change = UpdateAssetTagRequestAssetTag(id="loud", name="Noisy")
    assert assets.update_asset_tag(asset_tag=change).data.name == "Noisy"
    assert assets.delete_asset_tag("loud").data.id == "loud"
    assert "loud" not in {one.id for one in assets.list_asset_tags().data}
