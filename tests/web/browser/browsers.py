"""The system's Chromium, driven by Playwright; pictures go where IMPORTER_PICTURES says."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES = {"wide": (1280, 900), "narrow": (360, 740)}
SCHEMES = ("light", "dark")


def chromium():
    """The path of the system's Chromium, None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def picture(page, name):
    """Save a picture of the whole page, where somebody wants to look at it."""
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
