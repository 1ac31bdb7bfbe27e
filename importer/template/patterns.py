"""Patterns of a template, in RE2's language: none of them takes longer than its text is long.

A template may come from a stranger, and Python's own engine needs centuries for `(a+)+$`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Protocol

CONSTRUCTS = {
    "(?=": "looks ahead",
    "(?!": "looks ahead",
    "(?<=": "looks behind",
    "(?<!": "looks behind",
    "(?>": "is an atomic group",
    "(?(": "asks for a group",
    "(?P": "refers back to a group",
    "(?#": "is a comment",
    "(?x": "is the flag for blanks and comments",
    "++": "never gives back",
    "*+": "never gives back",
    "?+": "never gives back",
    "\\Z": "is written \\z",
}
"""What RE2 does not know of the languages of other engines, and what it does there."""


class PatternError(ValueError):
    """A pattern is not of RE2's language."""


class Match(Protocol):
    """Where a text fits a pattern."""

    def group(self, number: int | str, /) -> str | None:
        """Return the text of a group, None where it has no part in the match."""
        ...

    def groups(self) -> tuple[str, ...]:
        """Return the texts of all groups, where each of them has a part in every match."""
        ...

    def groupdict(self) -> dict[str, str]:
        """Return the texts of the groups that have a name, likewise."""
        ...


class Pattern(Protocol):
    """A compiled pattern."""

    @property
    def pattern(self) -> str:
        """The pattern as it is written."""
        ...

    @property
    def groups(self) -> int:
        """How many groups it has."""
        ...

    def fullmatch(self, text: str, /) -> Match | None:
        """Return the match where the whole text fits."""
        ...

    def search(self, text: str, /) -> Match | None:
        """Return the match where a part of the text fits."""
        ...


def part_of(pattern: Pattern, text: str, join: str) -> str:
    """Return the group of a pattern that a whole text fits, or its groups, joined; else blank."""
    match = pattern.fullmatch(text)
    groups = (match.group(number) for number in range(1, pattern.groups + 1)) if match else ()
    return join.join(part for group in groups if (part := (group or "").strip()))


@lru_cache(1_000)
def compiled(pattern: str) -> Pattern:
    """Return a pattern that is ready for use. Raises PatternError, which names the construct."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        found: Pattern = re2.compile(pattern, options)
    except re2.error as problem:
        raise PatternError(_words(pattern, problem.args[0])) from None
    except UnicodeEncodeError:
        raise PatternError(f"{pattern!r} is not Unicode text") from None
    return found


def _words(pattern: str, problem: bytes | str) -> str:
    """Return what RE2 says of a pattern, with the construct that it stumbles over."""
    said = problem.decode("utf-8", "replace") if isinstance(problem, bytes) else problem
    what, _, construct = said.partition(": ")
    back = construct.startswith("\\") and construct[1:].isdigit()
    does = "refers back to a group" if back else CONSTRUCTS.get(construct)
    seen = f", `{construct}`" if construct and construct != pattern else ""
    reason = f"`{construct}` {does}" if does else f"{what}{seen}"
    return f"`{pattern}` is not a pattern of RE2's language: {reason}"


@lru_cache(1_000)
def screen(pattern: str) -> Any:
    """Return what says whether a part of a text fits, as the screen of a whole schema does.

    It is the same engine with the same options, so that both agree in every case: JSON Schema means
    digits, letters and white space as ECMAScript does. Raises PatternError.
    """
    import jsonschema_rs

    try:
        return jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=linear())
    except ValueError:
        raise PatternError(f"`{pattern}` is not a pattern of a JSON Schema") from None


@lru_cache(1)
def linear() -> Any:
    """Return the options by which jsonschema-rs takes the engine that never goes back."""
    import jsonschema_rs

    return jsonschema_rs.RegexOptions()


def is_pattern(word: str) -> bool:
    """Return whether a word of a condition is a pattern: `/total.*/`."""
    return len(word) > 2 and word[0] == word[-1] == "/"
