"""The keys that a mapping may have, by their published JSON Schema; what is wrong in one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from importer.suggest import nearest
from importer.template.files import Raw, short
from importer.template.locate import Location, Mistake


@cache
def vocabulary() -> Raw:
    """Return the published JSON Schema of mapping.toml."""
    found: Raw = json.loads(Path(__file__).with_name("mapping.schema.json").read_text("utf-8"))
    return found


def vocabulary_mistakes(raw: Raw) -> list[Mistake]:
    """Return each key that there is not, and each value that it cannot have."""
    if _validator().is_valid(raw):
        return []
    import jsonschema

    validator = jsonschema.Draft202012Validator(vocabulary())
    return [
        mistake
        for error in validator.iter_errors(raw)
        for mistake in _explain(error, tuple(error.absolute_path))
    ]


@cache
def _validator() -> Any:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(vocabulary())


def _explain(error: Any, location: Location) -> Iterator[Mistake]:
    if error.validator == "additionalProperties":
        known = list(error.schema["properties"])
        for key in sorted(error.instance.keys() - set(known)):
            near = nearest(key, known)
            hint = f"did you mean {near}?" if near else f"known are {', '.join(known)}."
            yield (*location, key), f"unknown key; {hint}"
    elif error.validator == "anyOf":
        yield location, "needs one of heading, headings, part, constant."
    elif error.validator == "oneOf":
        yield location, "needs system or systems, and not both."
    elif error.validator == "dependentRequired":
        yield location, "needs both sheet and heading, or neither."
    elif error.validator == "pattern":
        yield location, f"`{error.instance}` {error.schema['x-says']}."
    else:
        yield location, f"{short(error.message)}."
