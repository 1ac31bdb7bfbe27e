"""A steward who drives the way over HTTP, as a browser without script does."""

import html
import re
import time
from dataclasses import dataclass

from tests.web.served import Browser, Served

DEADLINE = 60
_LINK = re.compile(r'href="([^"]*)"')
_PLAN = re.compile(r'name="plan" value="([^"]+)"')
TERMS = (
    "Glossary,Term,Certificate\r\nFinance,Margin,VERIFID\r\nFinance,Sales,VERIFID\r\n"
    "Finance,Cost,DRAFT\r\n"
)
GLOSSARIES = "Glossary\r\nFinance\r\n"
WITH_MISTAKES = (("Glossaries.csv", GLOSSARIES), ("Terms.csv", TERMS))
"""A glossary in which two rows have the same mistake, for which something is suggested."""


@dataclass
class Steward:
    """Somebody who is signed in, and the upload that they work on."""

    web: Served
    browser: Browser
    name: str = ""

    @classmethod
    def called(cls, web, who="ida"):
        """A steward who is signed in."""
        return cls(web, web.signed_in(who))

    def uploads(self, *files, **chosen):
        """Upload files, and wait until they are checked."""
        sent = [("files", (name, content)) for name, content in files]
        answer = self.browser.post("/uploads", files=sent, **chosen)
        assert answer.status_code == 303, answer.text
        self.name = answer.headers["Location"].rpartition("/")[2]
        return self.waits()

    def waits(self):
        """Wait until no task works on the upload; return it."""
        uploads, deadline = self.web.site.uploads, time.monotonic() + DEADLINE
        while (upload := uploads.get(self.name)).state.busy:
            assert time.monotonic() < deadline, upload
            time.sleep(0.02)
        return upload

    def sees(self, part=""):
        """The page of the upload, or a part of it, after all that it goes on to."""
        return self.browser.get(self.path(part))

    def does(self, part, **fields):
        """Post to a part of the upload and wait; return where that leads."""
        answer = self.browser.post(self.path(part), **fields)
        self.waits()
        return answer

    def imports(self, **fields):
        """Begin the import with the form that the page of the plan has."""
        shown = _PLAN.search(self.sees("plan").text)
        return self.does("import", plan=shown[1] if shown else "", **fields)

    def path(self, part=""):
        return f"/uploads/{self.name}{part and '/'}{part}"


def links(page, part):
    """The addresses in a page that have something in them."""
    return [html.unescape(one) for one in _LINK.findall(page.text) if part in one]
