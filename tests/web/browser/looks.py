"""What must hold of every page: nothing that axe finds, nothing wider than the window.

Each page is looked at in light and dark, wide and narrow; a picture of each goes where the variable
PICTURES says.
"""

import os

SIZES = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 360, "height": 740}}
ALL_RULES = {"resultTypes": ["violations"]}
COLOURS = {**ALL_RULES, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
NO_COLOURS = {**ALL_RULES, "rules": {"color-contrast": {"enabled": False}}}
RULES = {("wide", "light"): ALL_RULES, ("wide", "dark"): COLOURS, ("narrow", "light"): NO_COLOURS}
"""The rules of axe for each look; colours do not depend on the size, nor the rest on the scheme."""
FOUND = """async (rules) => (await axe.run(rules)).violations.flatMap(
    (one) => one.nodes.map((node) => `${one.id}: ${node.html}`))"""


def look(page, name):
    """Look at a page in every size and scheme, and leave it wide and light."""
    found = wrong(page, name)
    assert not found, f"{name}: {found}"


def wrong(page, name):
    """What is wrong with a page in any size and scheme; it is left wide and light."""
    found = []
    for size, scheme in sorted(RULES, key=("wide", "light").__eq__):
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme=scheme)
        picture(page, f"{name}-{size}-{scheme}")
        found += [f"{size}, {scheme}: {one}" for one in violations(page, RULES[size, scheme])]
        if wider(page) > 0:
            found.append(f"wider than a {size} window")
    return found


def picture(page, name):
    """Save a picture of the whole page, where somebody wants to look at it."""
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def wider(page):
    """By how much a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def violations(page, rules=ALL_RULES):
    """What axe finds: the name of each rule that is broken, and by what."""
    from axe_playwright_python.base import AXE_SCRIPT

    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(FOUND, rules)
