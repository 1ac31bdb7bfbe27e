"""What a page is given: the site, who asks, and how to answer. A page module is written with these.

A GET shows state (`page.show`); a POST does something and goes on (`page.go`), so that reloading
does nothing twice. Who asks is known by then, and that a form is from a page of ours.
"""

from __future__ import annotations

from typing import Annotated, Any, cast
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from importer.people import Visitor, access
from importer.web.caller import Caller, caller_of
from importer.web.looks import render
from importer.web.said import Said, name_of_cookie
from importer.web.security.cookies import device_cookie, drop, keep
from importer.web.security.proxy import client_address
from importer.web.site import Site

SECONDS = 120


class Page(Struct, frozen=True):
    """One request for a page."""

    request: Request

    @property
    def site(self) -> Site:
        """Return what every page works with."""
        return cast("Site", self.request.app.state.site)

    @property
    def caller(self) -> Caller:
        """Return how the visitor is known. Raises a 401 where nobody is signed in."""
        found = caller_of(self.request.scope)
        if found is None:
            raise HTTPException(401)
        return found

    @property
    def visitor(self) -> Visitor:
        """Return who asks. Raises a 401 where nobody is signed in."""
        return self.caller.visitor

    @property
    def address(self) -> str:
        """Return the network address that the request came from."""
        return client_address(self.request, self.site)

    @property
    def device(self) -> str:
        """Return what the browser says of an earlier sign-in, blank where it says nothing."""
        return self.request.cookies.get(device_cookie(self.site.serving), "")

    def url_of(self, path: str) -> str:
        """Return the whole address of a page, by the name that this browser knows."""
        return f"{self.site.serving.scheme}://{self.request.headers['host'].strip()}{path}"

    def show(self, template: str, status: int = 200, **facts: Any) -> Response:
        """Answer with a page; what was said by the post before it is shown once."""
        cookie = name_of_cookie(self.site.serving)
        given = self.request.cookies.get(cookie, "")
        more = {"said": Said.unpacked(given)} if given and "said" not in facts else {}
        answer = HTMLResponse(render(template, self.request.scope, **more, **facts), status)
        if given:
            drop(answer, cookie, self.site.serving)
        return answer

    def go(self, path: str, said: str = "", tone: str = "fine") -> Response:
        """Go on to a page after a post; `said` is what it then shows at its top."""
        answer = RedirectResponse(path, 303)
        if said:
            serving = self.site.serving
            keep(answer, name_of_cookie(serving), Said(said, tone).packed(), serving, SECONDS)
        return answer


def page(request: Request) -> Page:
    """Return the page of a request."""
    return Page(request)


def page_of_admin(request: Request) -> Page:
    """Return the page of a request of an admin. Raises NotThere for others."""
    found = Page(request)
    access.demand_administration(found.visitor)
    return found


Here = Annotated[Page, Depends(page)]
"""What a page's function takes: whoever is signed in may see it, as far as it does not refuse."""

AdminHere = Annotated[Page, Depends(page_of_admin)]
"""The same for pages of admins only."""


def local(path: str) -> str:
    """Return an address of this page, `/` for anything that would lead elsewhere."""
    parts = urlsplit(path)
    elsewhere = parts.scheme or parts.netloc or not path.startswith("/")
    odd = path.startswith("//") or "\\" in path or any(ord(sign) < 33 for sign in path)
    return "/" if elsewhere or odd else path
