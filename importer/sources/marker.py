"""Markers: a file beside another that says that the other is whole."""

from __future__ import annotations

from collections.abc import Mapping


def is_marked(name: str, marker: str, changed: Mapping[str, float | None]) -> bool:
    """Return whether a file has its marker; `changed` says when each file there was changed.

    A marker that is older than its file stands for what was there before: it says nothing of
    somebody who writes over that now.
    """
    beside = name + marker
    if not marker or beside not in changed:
        return not marker
    then, since = changed[beside], changed[name]
    return then is None or since is None or since <= then
