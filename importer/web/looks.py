"""How pages look: Jinja's environment, what every template knows, addresses of static files."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct
from starlette.types import Scope

from importer import __version__
from importer.people import Role
from importer.web.caller import caller_of
from importer.web.words import FILTERS

STATIC = Path(__file__).parent / "static"

TONES = {
    **dict.fromkeys(("created", "updated", "moved", "deleted", "finished", "create"), "fine"),
    **dict.fromkeys(("held", "unknown", "warning", "interrupted", "blocked"), "wait"),
    **dict.fromkeys(("invalid", "rejected", "error", "failed", "stopped"), "wrong"),
    **dict.fromkeys(("update", "move"), "now"),
    "delete": "wrong",
    **dict.fromkeys(("running", "checking", "planning", "importing"), "now"),
}
"""Outcomes, states and severities -> the look of their badge; the others are plain."""


class Place(Struct, frozen=True):
    """A page that the top of every page links to."""

    name: str
    path: str
    roles: frozenset[Role]


EVERYBODY, ADMINS = frozenset(Role), frozenset({Role.ADMIN})
NAVIGATION = (
    Place("Start", "/", EVERYBODY),
    Place("History", "/runs", EVERYBODY),
    Place("Jobs", "/jobs", ADMINS),
    Place("People", "/people", ADMINS),
    Place("Audit log", "/audit", ADMINS),
)


def render(template: str, scope: Scope, **facts: Any) -> str:
    """Return a page as HTML; the facts of the frame are added to those of the page."""
    return environment().get_template(template).render(_frame(scope) | facts)


def _frame(scope: Scope) -> dict[str, Any]:
    """Return what the frame of every page shows: who is signed in, and where they are."""
    caller, path = caller_of(scope), scope["path"]
    role = caller.visitor.role if caller else None
    places = [one for one in NAVIGATION if role in one.roles]
    return {
        "visitor": caller.visitor if caller else None,
        "csrf": caller.csrf if caller else "",
        "may_sign_out": bool(caller and caller.session),
        "path": path,
        "navigation": [
            {"name": one.name, "path": one.path, "here": _is_within(path, one.path)}
            for one in places
        ],
        "said": None,
    }


def _is_within(path: str, place: str) -> bool:
    return path == place or (place != "/" and path.startswith(f"{place}/"))


@cache
def environment() -> Environment:
    """Return Jinja's environment: everything is escaped, and what is not there is an error."""
    made = Environment(
        loader=PackageLoader("importer.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {"static": static, "version": __version__, "tones": TONES}
    made.filters |= {"number": number, "utc": utc, "iso": iso, **FILTERS}
    return made


@cache
def static(name: str) -> str:
    """Return the address of a static file; it changes with the file, so that it may be kept."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def number(value: float) -> str:
    """Return a number with its thousands apart."""
    return f"{value:,}"


def iso(seconds: float) -> str:
    """Return a time in seconds since 1970 as ISO 8601 in UTC, to the second."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc(time: str) -> str:
    """Return a time in ISO 8601 as people read it; what is none stays as it is."""
    try:
        at = dt.datetime.fromisoformat(time).astimezone(dt.UTC)
    except ValueError:
        return time
    return f"{at.day} {at:%b %Y, %H:%M} UTC"
