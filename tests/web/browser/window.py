"""A browser window, and what a person does in it: words that they see, keys that they press."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.web.browser.looks import look

REFUSED = "Failed to load resource"
"""What the console says of an answer that refuses: the page says it in words."""


@dataclass
class Window:
    """A window of one person; whatever its console says besides refusals is kept in `said`."""

    page: Page
    url: str
    name: str
    said: list = field(default_factory=list)

    def __post_init__(self):
        """Listen to what goes wrong in the page."""
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("console", lambda one: self.said.append(one.text))

    def open(self, path="/"):
        """Open a page by its path, or by an address that was shown."""
        return self.page.goto(path if path.startswith("http") else self.url + path)

    def sees(self, words):
        """Wait until the heading of the page holds these words."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def reads(self, words):
        """Wait until the page holds these words."""
        expect(self.page.locator("main")).to_contain_text(words)

    def looks(self, name):
        """Look at the page in all its sizes and schemes."""
        look(self.page, f"{self.name}-{name}")

    def press(self, name):
        """Press a button, by its words or the beginning of them."""
        self.page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first.click()

    def follow(self, name):
        """Follow a link, by its words or the beginning of them."""
        self.page.get_by_role("link", name=re.compile(f"^{re.escape(name)}")).first.click()

    def upload(self, *files, **chosen):
        """Drop files on the start page, and wait for what comes of it."""
        self.open("/")
        for label, value in chosen.items():
            self.page.locator(f"#field-{label}").select_option(value)
        self.page.get_by_label("Drop spreadsheets here").set_input_files(list(files))
        self.press("Upload and check")

    def fill(self, label, text):
        """Fill in a field by its label."""
        self.page.get_by_label(label, exact=True).first.fill(text)

    def fill_release(self, number):
        """Type how many held rows are to be sent too, and say so."""
        self.page.locator("#field-release").fill(number)
        self.press("Release and import")

    def buttons(self):
        """The words of all buttons of the page."""
        return self.page.get_by_role("button").all_inner_texts()

    def tick(self, words):
        """Tick a box by the beginning of its words."""
        self.page.get_by_label(words).check()

    def arrives(self, *pages):
        """Wait until an upload goes on at one of these pages of it."""
        self.page.wait_for_url(re.compile(f"/({'|'.join(pages)})$"))

    def choose(self, label, value):
        """Choose from a list by its label."""
        self.page.get_by_label(label).select_option(value)

    def chosen(self, label, value):
        """Wait until this is chosen from a list."""
        expect(self.page.get_by_label(label)).to_have_value(value)

    def counts(self, done, total):
        """Wait until the progress is so far."""
        bar = self.page.locator("progress").first
        expect(bar).to_have_attribute("value", str(done))
        expect(bar).to_have_attribute("max", str(total))

    def cell(self, name):
        """A cell of the table of findings, by the name that is shown: `Terms!C17`."""
        return self.page.locator(f'td[data-cell="{name}"]')

    def edit(self, name):
        """Open a cell in its place: before the page has its script, it leads to a form instead."""
        self.is_ready()
        self.cell(name).get_by_role("link").click()

    def is_ready(self):
        """Wait until cells can be reached by keys, which they can once the script has begun."""
        expect(self.page.locator("[data-keys]")).to_be_visible()

    def keys(self, *pressed):
        """Press keys, wherever the focus is."""
        for key in pressed:
            self.page.keyboard.press(key)

    def type(self, text):
        """Type a text over what is selected."""
        self.page.keyboard.type(text)

    def tab_to_cell(self):
        """Press Tab until a cell has the focus."""
        self.is_ready()
        for _ in range(100):
            self.keys("Tab")
            if self.focused():
                return
        raise AssertionError("No cell is reached by Tab.")

    def shows(self, cell, words):
        """Wait until a cell shows these words."""
        expect(self.cell(cell)).to_contain_text(words)

    def refused(self, words):
        """Wait until the cell that is open says why it was not changed."""
        expect(self.page.locator("td .field-wrong")).to_contain_text(words)

    def offers(self, choice):
        """Wait until a value is offered for the cell that is open."""
        expect(self.page.locator(f'datalist option[value="{choice}"]')).to_have_count(1)

    def focused(self):
        """The cell that has the focus, "" where none has."""
        return self.page.evaluate("document.activeElement.closest('td')?.dataset.cell ?? ''")

    def download(self, name):
        """Follow a link to a file; return its name and its bytes."""
        with self.page.expect_download() as started:
            self.follow(name)
        return started.value.suggested_filename, started.value.path().read_bytes()

    @property
    def path(self):
        """Where the window is."""
        return self.page.url.removeprefix(self.url)

    def wrong(self):
        """What the console has said, but for what was refused."""
        return [one for one in self.said if not one.startswith(REFUSED)]
