"""Reads assets as Trebellar lists them into live entities, keyed by the path of their labels.

GET /api/v2/assets lists "basic properties and immediate children" (trebellar-api 1.3), so nothing
here relies on how deep the list nests, nor on its order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from msgspec import Struct, field

from importer.errors import TargetUnreachable
from importer.model import Json, Key, Payload
from importer.targets.protocol import LiveEntity, Ref
from importer.targets.trebellar.vocabulary import ASSET_FIELDS, CHILDLESS, PARENT, ROOT, STATIC


class Assets(Protocol):
    """All assets by id, each once and without its children, which refer to it by parentId."""

    def add(self, asset: Json, parent: str | None = None) -> None:
        """Add an asset and everything nested in it, to what is known of them already."""
        ...

    def incomplete(self) -> str | None:
        """Return the first id of those seen only inside another one, without a list of children."""
        ...

    def top(self) -> Iterable[tuple[Json, bool]]:
        """Return the assets whose parent is not visible, and whether there are any below each."""
        ...

    def below(self, asset_id: str) -> Iterable[tuple[Json, bool]]:
        """Return the children of an asset, and whether there are any below each."""
        ...

    def close(self) -> None:
        """Let go of them."""
        ...


class AssetsInMemory(Struct):
    """The assets of a list that is not long; `_complete` are those whose children are known."""

    _assets: dict[str, Json] = field(default_factory=dict)
    _incomplete: set[str] = field(default_factory=set)
    _complete: set[str] = field(default_factory=set)
    _children: dict[str | None, list[Json]] = field(default_factory=dict)

    @classmethod
    def of(cls, listed: Iterable[Json]) -> AssetsInMemory:
        """Return the assets of a list."""
        found = cls()
        for asset in listed:
            found.add(asset)
        return found

    def add(self, asset: Json, parent: str | None = None) -> None:
        """See Assets."""
        known = self._assets.setdefault(asset["id"], {})
        known.update(asset)
        known.pop("children", None)
        if parent is not None and not known.get(PARENT):
            known[PARENT] = parent
        if parent is None or "children" in asset or asset.get("type") in CHILDLESS:
            self._complete.add(asset["id"])
            self._incomplete.discard(asset["id"])
        elif asset["id"] not in self._complete:
            self._incomplete.add(asset["id"])
        for child in asset.get("children") or []:
            self.add(child, asset["id"])

    def incomplete(self) -> str | None:
        """See Assets."""
        return min(self._incomplete, default=None)

    def top(self) -> Iterable[tuple[Json, bool]]:
        """See Assets; nothing may be added from now on."""
        self._children = _by_parent(self._assets)
        return self._of(None)

    def below(self, asset_id: str) -> Iterable[tuple[Json, bool]]:
        """See Assets."""
        return self._of(asset_id)

    def close(self) -> None:
        """See Assets."""

    def _of(self, parent: str | None) -> Iterator[tuple[Json, bool]]:
        return ((one, one["id"] in self._children) for one in self._children.get(parent, ()))


def live_assets(assets: Assets, get_whole: Callable[[str], Json | None]) -> Iterator[LiveEntity]:
    """Yield every asset once, parents before children, however deep the list nested them.

    `get_whole` returns the asset with an id and all its descendants, None where it is gone; it is
    called for assets whose children the list leaves out. Raises what `get_whole` raises, and
    TargetUnreachable where it returns another asset.
    """
    while (asset_id := assets.incomplete()) is not None:
        found = get_whole(asset_id) or {"id": asset_id}
        demand_same(asset_id, found)
        assets.add(found)
    waiting: list[tuple[Iterator[tuple[Json, bool]], Key, str]] = [(iter(assets.top()), (), "")]
    while waiting:
        beside, above, parent_type = waiting[-1]
        asset, has_children = next(beside, (None, False))
        if asset is None:
            waiting.pop()
            continue
        type_name = asset.get("type")
        key = above if type_name == ROOT else (*above, _label(asset))
        if type_name not in {None, ROOT}:
            yield live_entity(asset, key, parent_type)
        if has_children:
            waiting.append((iter(assets.below(asset["id"])), key, asset.get("type", "")))


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


def live_entity(asset: Json, key: Key, parent_type: str = "") -> LiveEntity:
    """Return an asset as a live entity; `parent_type` is that of its parent, where it is known."""
    external_id = (asset.get(STATIC) or {}).get("externalId")
    parent = asset.get(PARENT)
    refs = (Ref(parent_type, parent),) if parent else ()
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
