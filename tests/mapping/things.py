"""A template of things in groups, with every way in which a column may be bound."""

from __future__ import annotations

from tests.mapping.build import TEXT, mapped, reported

THINGS = """
[kinds.group]
key = ["name"]
identities = ["code"]
[kinds.thing]
word = "thing"
type = "Thing"
key = ["name"]
constants = { "fixed.kind" = "x" }
[[sheets]]
name = "Things"
aliases = ["Stuff"]
ignored = ["Notes"]
[[sheets.entities]]
kind = "thing"
columns = [
  { heading = "Name", aliases = ["Title"], path = "name", required = true },
  { heading = "Group", required = true },
  { heading = "Group code" },
  { heading = "Size", path = "size.width", type = "number", required = true },
  { heading = "Colour", path = "colour" },
  { heading = "Street" },
  { heading = "City" },
  { headings = ["Street", "City"], join = ", ", path = "address" },
  { heading = "Sheet", path = "sheet", default = "{sheet} of {file}" },
  { constant = ["a", "b"], path = "always" },
  { heading = "Property: *", aliases = ["[Free] *"], path = "free.*" },
  { heading = "*::*", path = "sets.*.*" },
  { heading = "GUID", type = "id" },
  { heading = "Action", type = "action" },
]
[[sheets.entities.references]]
path = "group"
to = ["group"]
by = ["Group code"]
via = "code"
parent = true
required = true
[[sheets.entities.references]]
path = "group"
to = ["group"]
by = ["Group"]
parent = true
required = true
"""

SIZE = {"type": "object", "properties": {"width": {"type": "number"}}}

THING = {"type": "object", "required": ["size"], "properties": {"name": TEXT, "size": SIZE}}

TOP = ["Name", "Group", "Size"]


FIXED = {"fixed": {"kind": "x"}, "always": ["a", "b"], "sheet": "Things of things.xlsx"}


def payload(things, headings, cells):
    found = mapped(things, [headings, cells])
    assert not reported(found.findings), [f.message for f in found.findings]
    return found.entities[0].payload
