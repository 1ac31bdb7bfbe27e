"""A template whose rows make rooms, the sites they are in and the links they have."""

from __future__ import annotations

from tests.mapping.build import OPEN, template

HEAD = """
[kinds.site]
key = ["name"]
[kinds.room]
key = ["name"]
[kinds.link]
key = ["url"]
[[sheets]]
name = "Things"
"""


ROOM = """
[[sheets.entities]]
kind = "room"
columns = [
  { heading = "Room", path = "name", required = true },
  { heading = "Links" },
  { heading = "Action", type = "action" },
]
"""


WHEN = """
[[sheets.entities]]
kind = "site"
when = { Type = ["Site", "Building"] }
columns = [
  { heading = "Type", required = true },
  { heading = "Name", path = "name", required = true },
]
[[sheets.entities]]
kind = "room"
when = { Type = ["Room"] }
columns = [
  { heading = "Name", path = "name", required = true },
  { heading = "Site", required = true },
]
[[sheets.entities.references]]
path = "site"
to = ["site"]
by = ["Site"]
parent = true
required = true
[[sheets.entities]]
kind = "link"
when = { Type = ["Room"], Link = [] }
columns = [{ heading = "Link", path = "url" }]
"""


GROUPS = """
[[sheets.entities]]
kind = "link"
repeat = 3
when = { "URL {n}" = [] }
columns = [
  { heading = "URL {n}", aliases = ["Link {n}"], path = "url", type = "url" },
  { heading = "Title {n}", path = "title" },
]
"""


def load(folder, rules):
    return template(folder, HEAD + rules, site=OPEN, room=OPEN, link=OPEN)


def made_of(found, kind):
    """Row and payload of each entity of a kind."""
    return [(e.row, e.payload) for e in found.entities if e.bound.kind.name == kind]
