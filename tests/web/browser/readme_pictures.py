"""Makes the README's pictures of the page: what was found in a workbook, and the plan for it.

Run `python -m tests.web.browser.readme_pictures` in the top folder of the project, with Chromium
installed: a real `importer serve` with a fresh sandbox gets `data/mistakes.xlsx` through a browser.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tests.web.browser.browsers import FLAGS, chromium

DATA = Path(__file__).parents[3] / "data"
SAMPLE = DATA / "mistakes.xlsx"
SIZE = {"width": 1120, "height": 1120}
WITHIN = 120_000
"""Milliseconds in which a page of the way is there."""


def make(folder: Path) -> None:
    """Write both pictures."""
    with TemporaryDirectory() as state, served(Path(state)) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        page = browser.new_page(viewport=SIZE)
        page.set_default_timeout(WITHIN)
        page.goto(address)
        walk(page, folder)
        browser.close()


@contextmanager
def served(state: Path) -> Iterator[str]:
    """Run a server with a state of its own; yield the address that it prints."""
    folders = {f"XDG_{name}_HOME": str(state / name) for name in ("STATE", "CONFIG")}
    command = [sys.executable, "-m", "importer", "serve", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env={**os.environ, **folders}, text=True
    ) as server:
        assert server.stdout
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def walk(page: Page, folder: Path) -> None:
    """Go from the file to the plan, with a picture of what was found and of the plan."""
    page.locator("input[type=file]").set_input_files(SAMPLE)
    page.get_by_role("button", name="Upload and check").click()
    page.wait_for_url("**/findings")
    page.screenshot(path=folder / "findings.png")
    page.get_by_role("button", name="Plan the import").first.click()
    page.wait_for_url(re.compile("/plan$"))
    page.screenshot(path=folder / "plan.png")


if __name__ == "__main__":
    make(DATA / "readme")
