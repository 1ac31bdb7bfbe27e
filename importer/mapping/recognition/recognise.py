"""Recognises which template a file follows, and which rule each of its sheets follows."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatch

from importer.errors import MappingNeeded, UsageError
from importer.mapping.recognition.evidence import Candidate, candidates
from importer.mapping.recognition.look import Look, Sheet
from importer.mapping.recognition.question import (
    Question,
    Undecided,
    nearly_known,
    several_templates,
    unknown,
)
from importer.mapping.recognition.verdict import Verdict, judge
from importer.mapping.recognition.vocabulary import Vocabulary
from importer.model import Cell
from importer.template import Template
from importer.template.own_sheets import ours
from importer.template.words import words_of


def own(sheet: Sheet, template: Template) -> bool:
    """Return whether a report wrote a sheet, or the template ignores it.

    A sheet that only has the name of one of our sheets is the user's.
    """
    ignored = any(fnmatch(sheet.name, pattern) for pattern in template.ignore_sheets)
    return ignored or ours(sheet.head())


class Recogniser:
    """Judges sheets by the rules of some templates; `chosen` says that the user named the one."""

    def __init__(self, templates: Sequence[Template], *, chosen: bool = False) -> None:
        self.templates = templates
        self._chosen = chosen
        self._words = {t.name: [Vocabulary.of(t, rule) for rule in t.sheets] for t in templates}
        self._foreign: dict[str, list[Vocabulary]] = {}

    def judge(self, look: Look, *, alone: bool = False) -> Verdict:
        """Return the verdict on a sheet; `alone` says that its file has no other.

        Words of other languages count where the sheet is not well known without them.
        """
        mine = [t for t in self.templates if look.kind or not own(look, t)]
        return self._verdict(mine, look, chosen=self._chosen, alone=alone)

    def _verdict(
        self, mine: Sequence[Template], look: Look, *, chosen: bool = False, alone: bool = False
    ) -> Verdict:
        words = [word for template in mine for word in self._words[template.name]]
        verdict = judge(candidates(words, look, chosen=chosen), chosen=chosen, alone=alone)
        if verdict.taken and verdict.taken.mostly_known and not verdict.taken.missing:
            return verdict
        spoken = [word for template in mine for word in self._in_other_languages(template)]
        if not any(word.names.words for word in spoken):
            return verdict
        other = judge(candidates(spoken, look, chosen=chosen), chosen=chosen, alone=alone)
        return other if _holds(other, look, chosen=chosen) else verdict

    def _in_other_languages(self, template: Template) -> list[Vocabulary]:
        if template.name not in self._foreign:
            words = words_of(template)
            spoken = [word.with_words(words) for word in self._words[template.name]]
            self._foreign[template.name] = spoken
        return self._foreign[template.name]

    def nearly(self, look: Look) -> Candidate | None:
        """Return what a sheet would be if it had more, or less, where most of it is known."""
        mine = [t for t in self.templates if not own(look, t)]
        spoken = [word for template in mine for word in self._in_other_languages(template)]
        found = [one for one in candidates(spoken, look) if 2 * len(one.known) > one.columns]
        return min(found, key=lambda c: (len(c.missing), -len(c.known)), default=None)

    def best(self, template: Template, look: Look) -> Candidate | None:
        """Return what a sheet is likeliest in one of the templates."""
        if not look.kind and own(look, template):
            return None
        verdict = self._verdict([template], look)
        return verdict.taken or next(iter(verdict.candidates), None)


def _holds(verdict: Verdict, look: Look, *, chosen: bool) -> bool:
    """Return whether a verdict that rests on words of other languages counts.

    Where something is missing or unknown a proposal says more than an error or a question would;
    but a sheet beside others is not left out for what it lacks, and where a misspelt heading leaves
    open what the rows are, a question names it.
    """
    if one := verdict.taken:
        return chosen or (not one.missing and (one.mostly_known or not look.file))
    likely = verdict.likely
    if any(one.slip and one.mostly_known for one in likely):
        return True
    known = frozenset[str]().union(*(one.known for one in likely))
    whole = all(len(known) >= one.columns and not one.missing for one in likely)
    return bool(likely) and whole


def match_sheet(template: Template, name: str, head: Sequence[Sequence[Cell]]) -> Candidate | None:
    """Return what a sheet with these first rows is in a template that was chosen for it.

    None where it has too few headings that are known. Raises Undecided.
    """
    look = Look.of(_Rows(name, head))
    verdict = Recogniser([template], chosen=True).judge(look, alone=True)
    if verdict.undecided:
        raise Undecided([Question(look, verdict.likely)])
    return verdict.taken


class _Rows:
    """The first rows of a sheet, read already."""

    def __init__(self, name: str, rows: Sequence[Sequence[Cell]]) -> None:
        self.name = name
        self._rows = [list(row) for row in rows]

    def head(self, rows: int = 0) -> list[list[Cell]]:
        """Return the rows."""
        return self._rows[:rows]


def choose(templates: Sequence[Template], sheets: Sequence[Sheet]) -> Template:
    """Return the template that the sheets follow.

    Raises UsageError where none fits, Undecided where it is not certain which.
    """
    looks = [Look.of(sheet) for sheet in sheets]
    recogniser = Recogniser(templates)
    verdicts = [(look, recogniser.judge(look)) for look in looks]
    taken = [(look, verdict.taken) for look, verdict in verdicts if verdict.taken]
    if taken:
        return _fullest(recogniser, taken)
    asked = [Question(look, verdict.likely) for look, verdict in verdicts if verdict.candidates]
    if asked:
        raise Undecided(asked)
    nearly = (one for look in looks if (one := recogniser.nearly(look)))
    why = next((f"{nearly_known(one)} What it is likely to be:" for one in nearly), "")
    raise MappingNeeded(unknown(templates, looks), why)


def _fullest(recogniser: Recogniser, taken: Sequence[tuple[Look, Candidate]]) -> Template:
    """Return the template that most of a workbook's sheets follow, with most known headings."""
    templates = {c.template.name: c.template for _, c in taken}
    if len(templates) == 1:
        return next(iter(templates.values()))
    looks = [look for look, _ in taken]
    scores = {name: _score(recogniser, template, looks) for name, template in templates.items()}
    best = [name for name, score in scores.items() if score == max(scores.values())]
    fullest = templates[best[0]]
    follows = Recogniser([fullest])
    if len(best) > 1 or not all(follows.judge(look).taken for look in looks):
        raise UsageError(several_templates([(look.name, c) for look, c in taken]))
    return fullest


def _score(recogniser: Recogniser, template: Template, looks: list[Look]) -> tuple[int, ...]:
    found = [best for look in looks if (best := recogniser.best(template, look))]
    known = sum(len(candidate.known) for candidate in found)
    columns = sum(candidate.columns for candidate in found)
    return (sum(not c.missing for c in found), len(found), 2 * known - columns)
