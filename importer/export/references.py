"""Writes the cells by which a row names other entities."""

from __future__ import annotations

from collections.abc import Sequence

from importer.export.cells import joined
from importer.mapping.key_text import show
from importer.model import Key
from importer.template import Reference


def fits(rule: Reference, kind: str, key: Key) -> bool:
    """Return whether the cells of a rule can name an entity of this kind with this key."""
    return bool(rule.by) and not rule.via and kind in rule.to and len(key) >= len(rule.by)


def cells_of(rule: Reference, keys: Sequence[Key], own: Key) -> dict[str, str]:
    """Return heading -> text that names the `keys`; `own` is the key of the row's entity."""
    if rule.many:
        texts = [_listed(rule, key, own) for key in keys]
        return {rule.by[-1]: joined(texts, rule.separators)} if texts else {}
    if not keys:
        return {}
    key = keys[0][len(rule.within) :] or keys[0][-1:]
    outer = len(rule.by) - 1
    return {
        **dict(zip(rule.by, key[:outer], strict=False)),
        rule.by[-1]: _path(rule, key[outer:]),
    }


def _listed(rule: Reference, key: Key, own: Key) -> str:
    """Return a list item: its path, with its scope if that differs from the row's own."""
    if not rule.within:
        return _path(rule, key)
    outer = len(rule.within)
    path = _path(rule, key[outer:])
    if key[:outer] == own[:outer]:
        return path
    form = next(form for form in rule.forms if "{scope}" in form)
    return form.replace("{path}", path).replace("{scope}", _path(rule, key[:outer]))


def _path(rule: Reference, labels: Key) -> str:
    return show(labels, next(iter(rule.path_separators), " > "))
