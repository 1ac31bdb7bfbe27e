"""A line is broken between words at a terminal, and a command in it stays whole."""

from importer.cli.console import folded


def test_a_line_with_a_command_is_broken_between_words_and_the_command_is_whole():
    line = "Next: correct what is named above, then `importer check a.csv --template t` again."
    assert folded(line, 50).splitlines() == [
        "Next: correct what is named above, then",
        "    `importer check a.csv --template t` again.",
    ]
