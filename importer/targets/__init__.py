"""Targets: the systems that take changes, by name.

`SYSTEMS[name](base_url, token, rate=..., jobs=..., options=..., token_name=...)` makes one; `rate`
is requests a minute (None: no limit), `jobs` the connections kept open, `token_name` the
environment variable that holds the token, which messages name instead of it.
"""

from __future__ import annotations

from importer.targets.atlan.target import Atlan
from importer.targets.trebellar.target import Trebellar

SYSTEMS: dict[str, type[Atlan] | type[Trebellar]] = {"atlan": Atlan, "trebellar": Trebellar}
