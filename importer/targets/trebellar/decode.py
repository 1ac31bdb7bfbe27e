"""The assets Trebellar lists in, Live entities with the path of their labels as key out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from importer.model import Json, Key, Payload
from importer.targets.protocol import LiveEntity, Ref
from importer.targets.trebellar.vocabulary import CHILDLESS, HELD, PARENT, ROOT, STATIC


@dataclass(slots=True)
class _Tree:
    """All assets by id, each once, without what is nested in it.

    `open` are those seen only inside another one and without a word on their own children.
    """

    assets: dict[str, Json] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)

    def add(self, asset: Json, parent: str | None = None) -> None:
        """Take an asset and everything nested in it."""
        known = self.assets.setdefault(asset["id"], {})
        known.update({name: value for name, value in asset.items() if name != "children"})
        if parent is not None and not known.get(PARENT):
            known[PARENT] = parent
        self._settle(asset, parent)
        for child in asset.get("children") or []:
            self.add(child, asset["id"])

    def _settle(self, asset: Json, parent: str | None) -> None:
        complete = parent is None or "children" in asset or asset.get("type") in CHILDLESS
        if complete or asset["id"] in self.settled:
            self.settled.add(asset["id"])
            self.open.discard(asset["id"])
        else:
            self.open.add(asset["id"])


def live_assets(
    listed: Sequence[Json], whole: Callable[[str], Json | None]
) -> Iterator[LiveEntity]:
    """Every asset once, parents before children, however deep the list nests them.

    `whole` gives one asset with all that is under it, for those the list cuts short.
    """
    tree = _Tree()
    for asset in listed:
        tree.add(asset)
    while tree.open:
        name = min(tree.open)
        tree.add(whole(name) or {"id": name})
    children = _by_parent(tree.assets)
    waiting: list[tuple[Json, Key]] = [(asset, ()) for asset in reversed(children[None])]
    yield from _walk(waiting, children, tree.assets)


def _by_parent(assets: dict[str, Json]) -> dict[str | None, list[Json]]:
    found: dict[str | None, list[Json]] = defaultdict(list)
    for asset in assets.values():
        parent = asset.get(PARENT)
        found[parent if parent in assets else None].append(asset)
    return found


def _walk(
    waiting: list[tuple[Json, Key]],
    children: dict[str | None, list[Json]],
    assets: dict[str, Json],
) -> Iterator[LiveEntity]:
    while waiting:
        asset, above = waiting.pop()
        key = above if asset.get("type") == ROOT else (*above, str(asset.get("label", "")))
        if asset.get("type") not in {None, ROOT}:
            yield live(asset, key, assets)
        waiting += [(child, key) for child in reversed(children.get(asset["id"], []))]


def live(asset: Json, key: Key, assets: dict[str, Json]) -> LiveEntity:
    """One asset; `assets` tells the type of its parent, where it is known."""
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
    found = {name: asset[name] for name in HELD if asset.get(name) is not None}
    return {name: _without_nulls(value) for name, value in found.items()}


def _without_nulls(value: Json) -> Json:
    if not isinstance(value, dict):
        return value
    return {name: _without_nulls(inner) for name, inner in value.items() if inner is not None}
