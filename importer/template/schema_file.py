"""Read the schema of a kind: valid, of this draft, and standing for itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from importer.errors import TemplateError
from importer.template.files import TOO_DEEP, Raw, demand_shallow, short
from importer.template.schema_rules import SchemaError, demand_2020_12, demand_local
from importer.template.shipped import is_ours


def checked_schema(path: Path, text: str) -> Raw:
    """Return a schema that is valid and stands for itself, without its own address."""
    try:
        schema = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise TemplateError(f"{path}:{error.lineno}: not valid JSON: {error.msg}.") from None
    except ValueError as error:
        raise TemplateError(f"{path}: not valid JSON: {error}.") from None
    except RecursionError:
        raise TemplateError(f"{path}: {TOO_DEEP}") from None
    demand_shallow(path, schema)
    return _local(path, schema)


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _local(path: Path, schema: Any) -> Raw:
    import jsonschema_rs

    try:
        demand_2020_12(schema)
        own = {key: value for key, value in schema.items() if key not in {"$schema", "$id"}}
        if not jsonschema_rs.meta.is_valid(own):
            _explain_schema(path, own)
        if not is_ours(path):
            demand_local(own)
    except SchemaError as problem:
        raise TemplateError(f"{path}: {problem.where}: {problem}.") from None
    except ValueError as problem:  # a text that is no Unicode
        raise TemplateError(f"{path}: not a JSON Schema: {short(problem)}.") from None
    return own


def _explain_schema(path: Path, schema: Raw) -> None:
    """Raise TemplateError with the explanation of the reference implementation."""
    import jsonschema

    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        where = ".".join(map(str, error.absolute_path)) or "file"
        raise TemplateError(
            f"{path}: {where}: not a JSON Schema: {short(error.message)}."
        ) from None
