"""What a mapping says of how the numbers and dates of a column are written."""

from __future__ import annotations

from typing import Any

DAY_FIRST = ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y")
MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y")

FORMS: dict[str, dict[str, Any]] = {
    "decimal comma": {"decimal": ","},
    "decimal point": {"decimal": "."},
    "day first": {"formats": DAY_FIRST},
    "month first": {"formats": MONTH_FIRST},
}
"""What the keys of a column say of how its numbers or dates are written."""

WANTED = {"decimal": ("number", "integer"), "formats": ("date",)}
"""The types of columns for which each key says something."""


def keys_of(form: str, type_: str | None) -> dict[str, Any]:
    """Return the keys of a column whose cells are written in a form."""
    return {key: value for key, value in FORMS.get(form, {}).items() if type_ in WANTED[key]}
