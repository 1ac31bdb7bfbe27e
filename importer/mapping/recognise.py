"""Recognises which template a file follows, and which rule each of its sheets follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from operator import itemgetter
from typing import Protocol

from importer.errors import UsageError
from importer.mapping.binding import Header
from importer.mapping.header import ALIKE, find_header, headed
from importer.model import Cell
from importer.suggest import Speller
from importer.template import Column, SheetRule, Template, fold
from importer.template.model import ours


class Sheet(Protocol):
    """A sheet as recognition needs it: its name and its first rows."""

    name: str

    def head(self, rows: int = 30) -> list[list[Cell]]:
        """Return the sheet's first rows."""
        ...


@dataclass(frozen=True, slots=True)
class Match:
    """A sheet's rule, its header, and how many of its headings are known."""

    rule: SheetRule
    header: Header
    hits: int


def own(sheet: Sheet, template: Template) -> bool:
    """Return whether a report wrote a sheet, or the template ignores it.

    A sheet that only has the name of one of our sheets is the user's.
    """
    ignored = any(fnmatch(sheet.name, pattern) for pattern in template.ignore_sheets)
    return ignored or ours(sheet.head())


def match_sheet(template: Template, name: str, head: Sequence[Sequence[Cell]]) -> Match | None:
    """Return the rule that fits a sheet best: the rule of its name, else by its headings."""
    found: list[tuple[tuple[int, ...], Match]] = []
    for rule in template.sheets:
        named = _has_name(rule, name)
        header = find_header(head, rule)
        if header and (rule.header or named):
            match = Match(rule, *header)
            if _fits(match, named):
                found.append((_rank(match, named), match))
    return max(found, key=itemgetter(0))[1] if found else None


def rule_named(template: Template, name: str) -> SheetRule | None:
    """Return the rule with headings that has this name or alias."""
    headed_rules = (rule for rule in template.sheets if rule.header)
    return next((r for r in headed_rules if _has_name(r, name)), None)


def _has_name(rule: SheetRule, name: str) -> bool:
    return fold(name) in {fold(each) for each in (rule.name, *rule.aliases)}


def _fits(match: Match, named: bool) -> bool:
    if not match.rule.header:
        return True
    required = _required(match)
    return match.hits >= (1 if named else 2) and (named or required[0] > 0)


def _rank(match: Match, named: bool) -> tuple[int, ...]:
    """Return the reasons for a rule, the weightiest first.

    A required heading that is only misspelt counts as present: otherwise a sheet of terms would be
    taken for a sheet of glossaries, which have fewer headings. Where all else is equal it does not.
    """
    have, need = _required(match)
    filled = sum(1 for heading in match.header.headings if heading)
    nearly = have == need or have + _misspelt(match) >= need
    balance = 2 * match.hits - filled
    return (int(named and have > 0), int(nearly), balance, match.hits, int(have == need))


def _required(match: Match) -> tuple[int, int]:
    """Return how many required headings the sheet has, and how many its rule has."""
    missing, needed = _missing(match)
    return needed - len(missing), needed


def _missing(match: Match) -> tuple[list[Column], int]:
    """Return the required columns that the sheet lacks, and how many its rule has."""
    present = {fold(heading) for heading in match.header.headings if heading}
    columns = [column for column in headed(match.rule).values() if column.required]
    return [c for c in columns if not present & set(map(fold, c.names))], len(columns)


def _misspelt(match: Match) -> int:
    """Return how many missing required headings are similar to an unknown heading."""
    known = {fold(name) for column in headed(match.rule).values() for name in column.names}
    strange = {fold(heading) for heading in match.header.headings if heading} - known
    missing, _ = _missing(match)
    speller = Speller(sorted(strange), ALIKE) if missing else Speller(())
    return sum(any(map(speller.nearest, map(fold, column.names))) for column in missing)


def choose(templates: Sequence[Template], sheets: Sequence[Sheet]) -> Template:
    """Return the template whose headings the sheets hold most of.

    Raises UsageError where no template fits, or two fit equally well.
    """
    scores = [(_score(template, sheets), template) for template in templates]
    best = max(scores, key=itemgetter(0), default=((0,), None))
    if best[1] is None or not best[0][-1]:
        raise UsageError(unknown(templates, sheets))
    equal = [template.name for score, template in scores if score == best[0]]
    if len(equal) > 1:
        raise UsageError(
            f"The headings fit several templates ({', '.join(equal)}): name one with --template."
        )
    return best[1]


def _score(template: Template, sheets: Sequence[Sheet]) -> tuple[int, ...]:
    matches = [
        match
        for sheet in sheets
        if not own(sheet, template) and (match := match_sheet(template, sheet.name, sheet.head()))
    ]
    complete = sum(1 for m in matches if _required(m)[0] == _required(m)[1])
    filled = sum(sum(1 for h in match.header.headings if h) for match in matches)
    hits = sum(match.hits for match in matches)
    main = sum(_main_headings(match) for match in matches)
    return (complete, len(matches), 2 * hits - filled, main, hits)


def _main_headings(match: Match) -> int:
    """Return how many headings are spelt as in the rule itself, aliases aside."""
    present = {fold(heading) for heading in match.header.headings if heading}
    return sum(1 for heading in headed(match.rule) if fold(heading) in present)


def unknown(templates: Sequence[Template], sheets: Sequence[Sheet]) -> str:
    """Return the error message for a file that no template knows."""
    heads = ([str(cell).strip() for cell in row] for sheet in sheets for row in sheet.head())
    first_row = next((row for row in heads if any(row)), [])
    seen = ", ".join(filter(None, first_row[:8])) or "nothing"
    if ways := "; ".join(filter(None, (_partly(template, first_row) for template in templates))):
        return (
            f"No sheet has enough headings that a template knows. Seen: {seen}. A sheet needs two "
            f"that are known, one of them required, or its kind's name: {ways}. "
            "`importer template new NAME` makes a workbook with all headings."
        )
    first = "; ".join(
        f"{template.name}: {', '.join(_few(template.sheets[0]))}"
        for template in templates
        if template.sheets
    )
    return (
        f"No sheet has headings that a template knows. Seen: {seen}. "
        f"Known are for example {first}. "
        "Name a template with --template, or write one with `importer template init FILE`."
    )


def _partly(template: Template, row: Sequence[str]) -> str:
    """Return the required headings of the rule that knows most headings of a row, if any."""
    found = [(header[1], rule) for rule in template.sheets if (header := find_header([row], rule))]
    hits, rule = max(found, key=itemgetter(0), default=(0, None))
    if rule is None or not hits:
        return ""
    needed = [name for name, column in headed(rule).items() if column.required]
    return f"{template.name} needs {', '.join(needed)} for {rule.name}"


def _few(rule: SheetRule) -> list[str]:
    return [name for name in headed(rule) if "*" not in name][:4]
