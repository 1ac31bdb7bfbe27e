"""The field of a column whose heading is misspelt, as `Descripton` is, whatever its cells are."""

from __future__ import annotations

from importer.proposal.around import Around
from importer.proposal.columns import Column
from importer.proposal.fit import fit
from importer.proposal.main_part import unmarked
from importer.proposal.normalize import words_of
from importer.proposal.option import Option
from importer.proposal.rules import KindRules
from importer.proposal.saying import cells
from importer.proposal.vocabulary import vocabulary

_SLIP = 0.9
"""How surely a misspelt heading is the one of ours that it is like."""


def misspelt(column: Column, rules: KindRules, around: Around) -> dict[str, Option]:
    """Return the field that a misspelt heading means, nothing where a heading is not misspelt."""
    name = _meant(column, rules)
    if not name:
        return {}
    unique = around.unique.get(column.index, column.profile.unique)
    fits = fit(name, rules, column.profile, unique, own=True, said=name == rules.name)
    reason = f"{column.title} is likely our own heading `{name}`, misspelt; {cells(column, fits)}"
    return {name: Option(round(_SLIP * fits, 3), reason)}


def _meant(column: Column, rules: KindRules) -> str:
    """Return the field for which a heading is misspelt, nothing where its words say something."""
    heading = unmarked(column.heading)
    if column.reading.grouped or rules.exact(heading) or _is_understood(column, heading):
        return ""
    return rules.misspelt(heading)


def _is_understood(column: Column, heading: str) -> bool:
    """Return whether all words of a heading are known; a single one must be, not only its parts.

    `Capcity` is no city.
    """
    words = words_of(heading).tokens
    whole = len(words) != 1 or bool(vocabulary().meanings(words[0], alone=True))
    return whole and column.confidence == 1.0
