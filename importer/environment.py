"""What the `IMPORTER_*` variables say: a value as it stands, a table by JSON or by nested names."""

from __future__ import annotations

import os
from typing import Any

from pydantic import BaseModel

from importer.errors import UsageError

PREFIX, NESTED = "IMPORTER_", "__"


def stated(settings: type[BaseModel], tables: frozenset[str]) -> dict[str, Any]:
    """Return what the variables say of these settings; blank ones say nothing.

    pydantic_settings is loaded for `tables` only, where a variable says something of one: it takes
    as long as all the rest of the settings. Raises UsageError for what should be JSON and is not.
    """
    names = {name.upper(): value for name, value in os.environ.items() if value}
    found = {key: names.get(PREFIX + key.upper()) for key in settings.model_fields}
    if any(_is_of(name, table) for name in names for table in tables):
        return _nested(settings)
    return {key: value for key, value in found.items() if value}


def _is_of(name: str, table: str) -> bool:
    """Whether a variable sets a table, or something in it."""
    whole = PREFIX + table.upper()
    return name == whole or name.startswith(whole + NESTED)


def _nested(settings: type[Any]) -> dict[str, Any]:
    from pydantic_settings import EnvSettingsSource, SettingsError

    form = {"env_prefix": PREFIX, "env_nested_delimiter": NESTED, "env_ignore_empty": True}
    try:
        return EnvSettingsSource(settings, **form)()  # type: ignore[arg-type]
    except SettingsError:
        raise UsageError("IMPORTER_TARGETS: is not JSON.") from None
