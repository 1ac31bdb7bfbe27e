"""Where tags and custom metadata may stand: on which types of entities.

atlas-metastore refuses a tag on a type that is not among its `entityTypes` or below one of them,
and an attribute of custom metadata likewise by its option `applicableEntityTypes`. The other
options (pyatlan 11.6, AttributeDef.Options) list the types on which Atlan shows an attribute.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from importer.model import Json
from importer.targets.atlan.vocabulary import GLOSSARY_TYPES

ABOVE_ALL = frozenset({"Asset", "Referenceable"})
"""The types above every type of asset, so that nobody has to look that up."""

GLOSSARY_LIST = "glossaryTypeList"
ASSET_LIST = "assetTypesList"
LISTS = (ASSET_LIST, "domainTypesList", "aiAssetsTypeList", "otherAssetTypeList")

Above = Callable[[str], frozenset[str] | None]
"""Returns the types above a type, None where that is not known."""


class Limit(Struct, frozen=True):
    """The types that may have a tag or an attribute, None where nothing is said.

    `types` count with all types below them; `glossary` are the glossary types, `others` the other
    types that Atlan shows it on.
    """

    types: frozenset[str] | None = None
    glossary: frozenset[str] | None = None
    others: frozenset[str] | None = None

    @classmethod
    def of_tag(cls, definition: Json) -> Limit:
        """Return where a tag may stand; on everything where it names no types."""
        return cls(frozenset(definition.get("entityTypes") or ()) or None)

    @classmethod
    def of_attribute(cls, options: Json) -> Limit:
        """Return where an attribute of custom metadata may stand."""
        lists = [listed for name in LISTS if (listed := _listed(options.get(name))) is not None]
        known = _listed(options.get(ASSET_LIST)) is not None
        others = frozenset[str]().union(*lists) if known else None
        types, glossary = (
            _listed(options.get(name)) for name in ("applicableEntityTypes", GLOSSARY_LIST)
        )
        return cls(types, glossary, others)

    def refuses(self, type_name: str, above: Above, judged: frozenset[str]) -> bool:
        """Return whether entities of a type cannot have it, as far as that is known.

        `above` is asked only where that decides; `judged` are the types that any list names: lists
        are as old as their definition, and a type that none of them names may be newer.
        """
        if self.types is not None and not self.types & {type_name, *ABOVE_ALL}:
            over = above(type_name)
            if over is not None and not self.types & over:
                return True
        if type_name in GLOSSARY_TYPES:
            return self.glossary is not None and type_name not in self.glossary
        return self.others is not None and type_name in judged - self.others


def _listed(text: Json) -> frozenset[str] | None:
    """Return the types in an option, a list as JSON in a text; None where it is none."""
    try:
        found = json.loads(text)
    except (TypeError, ValueError):
        return None
    return frozenset(map(str, found)) if isinstance(found, list) else None


def types_above(definitions: Iterable[Json]) -> Mapping[str, frozenset[str]]:
    """Return each type of entity -> all types above it."""
    direct = {one["name"]: tuple(one.get("superTypes") or ()) for one in definitions}
    return {name: frozenset(_above(name, direct)) for name in direct}


def _above(name: str, direct: Mapping[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    waiting = list(direct[name])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += direct.get(one, ())
    return found
