"""A system that changes can be sent to: what opens a target of it, and what its settings are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

from msgspec import Struct

if TYPE_CHECKING:
    from importer.targets.connection import ConnectionSettings
    from importer.targets.protocol import Target

Open: TypeAlias = "Callable[[ConnectionSettings, Mapping[str, Any]], Target]"


class System(Struct, frozen=True, kw_only=True):
    """A system, as the entry point of a package names it.

    `open` takes the settings of a connection and the options of a template and returns a target; it
    should import what it needs when it is called. `title` is the system's name for people.

    The others are defaults of its targets: `rate` in requests a minute, and `path`, what stands
    between the address and each call, where that differs among installations. `address`, `key`,
    `user`, `password` and `token_command` name the environment variables of the target that is
    called like the system: its address, its API key or token, a user and the password, and a
    command that prints a token. `object_page` is the path of the page of an object with an `{id}`,
    below the address, nothing where people have no such page.
    """

    name: str
    title: str
    open: Open
    address: str
    key: str
    user: str = ""
    password: str = ""
    token_command: str = ""
    base_url: str = ""
    path: str = ""
    rate: int | None = 300
    object_page: str = ""

    def page_of(self, base_url: str, id_: str) -> str:
        """Return the address at which people see an object, nothing where there is none."""
        known = self.object_page and base_url and id_
        return (
            f"{base_url.rstrip('/')}{self.object_page.format(id=quote(id_, ''))}" if known else ""
        )
