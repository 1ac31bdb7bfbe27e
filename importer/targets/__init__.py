"""Targets: the systems that changes are sent to, by name.

`SYSTEMS[name](ConnectionSettings(...), options)` opens one; `options` are those of the template.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importer.targets.atlan.target import Atlan
    from importer.targets.trebellar.target import Trebellar

    SYSTEMS: dict[str, type[Atlan] | type[Trebellar]]

__all__ = ["SYSTEMS"]


def __getattr__(name: str) -> Any:
    """Return `SYSTEMS`, built at first use: who imports only the protocol loads no system."""
    if name != "SYSTEMS":
        raise AttributeError(name)
    from importer.targets.atlan.target import Atlan
    from importer.targets.trebellar.target import Trebellar

    globals()[name] = {"atlan": Atlan, "trebellar": Trebellar}
    return globals()[name]
