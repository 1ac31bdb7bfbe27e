"""Reads assets as Trebellar lists them into live entities, keyed by the path of their labels.

GET /api/v2/assets lists "basic properties and immediate children" (trebellar-api 1.3), so nothing
here relies on how deep the list nests, nor on its order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from importer.errors import TargetUnreachable
from importer.model import Json, Key, Payload
from importer.targets.protocol import LiveEntity, Ref
from importer.targets.trebellar.vocabulary import ASSET_FIELDS, CHILDLESS, PARENT, ROOT, STATIC


@dataclass(slots=True)
class _Tree:
    """All assets by id, each once and without its children, which refer to it by parentId.

    `incomplete` are the ids of assets seen only inside another one and without a list of children;
    `complete` those whose children are known.
    """

    assets: dict[str, Json] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)
    complete: set[str] = field(default_factory=set)

    def add(self, asset: Json, parent: str | None = None) -> None:
        """Add an asset and everything nested in it, to what is known of them already."""
        known = self.assets.setdefault(asset["id"], {})
        known.update(asset)
        known.pop("children", None)
        if parent is not None and not known.get(PARENT):
            known[PARENT] = parent
        if parent is None or "children" in asset or asset.get("type") in CHILDLESS:
            self.complete.add(asset["id"])
            self.incomplete.discard(asset["id"])
        elif asset["id"] not in self.complete:
            self.incomplete.add(asset["id"])
        for child in asset.get("children") or []:
            self.add(child, asset["id"])


def live_assets(
    listed: Sequence[Json], get_whole: Callable[[str], Json | None]
) -> Iterator[LiveEntity]:
    """Yield every asset once, parents before children, however deep the list nests them.

    `get_whole` returns the asset with an id and all its descendants, None where it is gone; it is
    called for assets whose children the list leaves out. Raises what `get_whole` raises, and
    TargetUnreachable where it returns another asset.
    """
    tree = _Tree()
    for asset in listed:
        tree.add(asset)
    while tree.incomplete:
        asset_id = min(tree.incomplete)
        found = get_whole(asset_id) or {"id": asset_id}
        demand_same(asset_id, found)
        tree.add(found)
    children = _by_parent(tree.assets)
    waiting: list[tuple[Json, Key]] = [(asset, ()) for asset in reversed(children[None])]
    while waiting:
        asset, above = waiting.pop()
        key = above if asset.get("type") == ROOT else (*above, _label(asset))
        if asset.get("type") not in {None, ROOT}:
            yield live_entity(asset, key, tree.assets)
        if below := children.get(asset["id"]):
            waiting += [(child, key) for child in reversed(below)]


def _label(asset: Json) -> str:
    """Return the label of an asset, empty where it has none."""
    label = asset.get("label")
    return "" if label is None else str(label)


def demand_same(asset_id: str, found: Json) -> None:
    """Raise TargetUnreachable where a request for an asset was answered with another one."""
    if found["id"] != asset_id:
        raise TargetUnreachable(
            f"The target answers with the asset {found['id']} where {asset_id} was asked for, so "
            "what it holds cannot be read."
        )


def _by_parent(assets: dict[str, Json]) -> dict[str | None, list[Json]]:
    """Return parent id -> its children; None -> the assets whose parent is not visible."""
    found: dict[str | None, list[Json]] = defaultdict(list)
    for asset in assets.values():
        parent = asset.get(PARENT)
        found[parent if parent in assets else None].append(asset)
    return found


def live_entity(asset: Json, key: Key, assets: Mapping[str, Json]) -> LiveEntity:
    """Return an asset as a live entity; its parent's type is looked up in `assets` by id."""
    external_id = (asset.get(STATIC) or {}).get("externalId")
    parent = asset.get(PARENT)
    refs = (Ref(assets.get(parent, {}).get("type", ""), parent),) if parent else ()
    return LiveEntity(
        type=asset["type"],
        key=key,
        id=asset["id"],
        payload=_payload(asset),
        relations={PARENT: refs} if refs else {},
        identities=(str(external_id),) if external_id else (),
    )


def _payload(asset: Json) -> Payload:
    return {
        name: _without_nulls(value) if isinstance(value, dict) else value
        for name in ASSET_FIELDS
        if (value := asset.get(name)) is not None
    }


def _without_nulls(value: Mapping[str, Json]) -> Payload:
    return {
        name: _without_nulls(inner) if isinstance(inner, dict) else inner
        for name, inner in value.items()
        if inner is not None
    }
