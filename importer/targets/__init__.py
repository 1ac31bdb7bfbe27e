"""Targets: the systems that take changes, by name.

`SYSTEMS[name](base_url, token, rate=..., jobs=..., options=..., token_name=...)` makes one; `rate`
is requests a minute (None: no limit), `jobs` the connections kept open, `token_name` the
environment variable that holds the token, which messages name instead of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importer.targets.atlan.target import Atlan
    from importer.targets.trebellar.target import Trebellar

    SYSTEMS: dict[str, type[Atlan] | type[Trebellar]]

__all__ = ["SYSTEMS"]


def __getattr__(name: str) -> Any:
    """`SYSTEMS`, made when it is first asked for: who needs only the protocol loads no system."""
    if name != "SYSTEMS":
        raise AttributeError(name)
    from importer.targets.atlan.target import Atlan
    from importer.targets.trebellar.target import Trebellar

    globals()[name] = {"atlan": Atlan, "trebellar": Trebellar}
    return globals()[name]
