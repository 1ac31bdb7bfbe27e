"""A page served over real HTTP on loopback, in a thread, and browsers that are signed in there."""

import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

import requests
import uvicorn

from importer.people import By, Visitor, accounts, sign_ins
from importer.sandbox.server import _Server  # ends at once
from importer.session import open_session
from importer.uploads import Uploads, UploadSettings
from importer.web.app import PATIENCE as OF_BODIES
from importer.web.app import application
from importer.web.pages import ROUTERS
from importer.web.security.cookies import session_cookie
from importer.web.server import listening
from importer.web.site import Serving, Site
from importer.work import open_queue

PATIENCE = 60
PASSWORD = "correct horse battery"
_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]+)"|name="csrf-token" content="([0-9a-f]+)"')


@dataclass
class Browser:
    """What a browser does: keeps cookies, follows what it is told, sends the token of its page."""

    url: str
    session: requests.Session = field(default_factory=requests.Session)
    origin: str = ""

    def get(self, path, **more):
        return self.session.get(self.url + path, timeout=PATIENCE, **more)

    def post(self, path, page="/account", headers=None, csrf=None, files=None, **fields):
        """Post a form as a page of ours has it."""
        token = self.token(page) if csrf is None else csrf
        sent = {"Origin": self.origin or self.url, **(headers or {})}
        data = {"csrf": token, **fields}
        address = self.url + path
        return self.session.post(
            address, data=data, files=files, headers=sent, allow_redirects=False, timeout=PATIENCE
        )

    def token(self, page="/account"):
        found = _TOKEN.search(self.get(page).text)
        return (found[1] or found[2]) if found else ""


@dataclass
class Served:
    """A site that is served at `url`."""

    site: Site
    url: str

    def browser(self):
        """A browser in which nobody is signed in."""
        scheme = self.site.serving.scheme  # a browser sees that of the proxy
        return Browser(self.url, origin=self.url.replace("http", scheme, 1))

    def signed_in(self, name="ann", role=None, by=By.SESSION):
        """A browser in which somebody is signed in."""
        person = accounts.person(self.site.store, name)
        visitor = Visitor(name, role or person.role, by)
        made = self.browser()
        key = sign_ins.begin(self.site.store, visitor, self.site.limits)
        made.session.cookies.set(session_cookie(self.site.serving), key)
        return made

    def add(self, name, role, password=PASSWORD):
        """Add a person."""
        admin = Visitor("tests", "admin", By.TERMINAL)
        return accounts.add(self.site.store, admin, name, role, password)


@contextmanager
def serving(config=None, pages=ROUTERS, patience=OF_BODIES, **how):
    """Serve a page at a free port of this machine."""
    with listening("127.0.0.1", 0) as listens, open_session(config) as session:
        port = listens.getsockname()[1]
        settings = UploadSettings.of(session.settings)
        queue = open_queue(settings.queue)
        uploads = Uploads(session, queue, settings, config)
        site = Site(session, Serving(port=port, **how), uploads)
        app = application(site, pages=pages, patience=patience)
        server = _Server(uvicorn.Config(app, log_level="error", ws="none", lifespan="off"))
        thread = threading.Thread(target=server.run, args=([listens],), daemon=True)
        thread.start()
        try:
            with queue.embedded(uploads.performer):
                yield Served(site, f"http://127.0.0.1:{port}")
        finally:
            server.stop()
            thread.join()
