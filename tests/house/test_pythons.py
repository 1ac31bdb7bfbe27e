"""The source uses only what every supported version of Python does correctly."""

import re

from tests.house.reference import ROOT

POSSESSIVE = re.compile(r"""["'].*\)[*+?]\+""")


def test_no_pattern_repeats_a_group_possessively():
    """Before Python 3.11.5 `(...)*+`, `(...)++` and `(...)?+` match less than they should."""
    assert POSSESSIVE.search("re.compile('(?:a|b)" + "*+c')")
    texts = {path.name: path.read_text("utf-8") for path in (ROOT / "importer").rglob("*.py")}
    found = {name: match[0] for name, text in texts.items() if (match := POSSESSIVE.search(text))}
    assert found == {}
