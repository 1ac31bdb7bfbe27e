"""Says what a sheet may be where it is not certain, and what was seen where nothing fits."""

from __future__ import annotations

import shlex
from collections.abc import Hashable, Iterator, Sequence
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from importer.errors import ReasonCode, UsageError
from importer.mapping.header import SEARCHED, Names, folded, headed, heading_row
from importer.mapping.recognition.evidence import Candidate
from importer.mapping.recognition.look import Look
from importer.suggest import listed
from importer.template import SheetRule, Template, fold
from importer.template.shipped import shipped
from importer.template.words import words_of
from importer.way_out import way_out

NAME_ONE = "Name a template with --template, or write one with `importer template init FILE`."
NEW = "`importer template new NAME` makes a workbook with all headings."
FROM_START = "The page Start has a workbook with all headings of each template."

_MOST = 6
"""How many candidates, headings or flags a message lists."""


class Question(Struct, frozen=True):
    """A sheet of which it is not certain what it holds, and what it may be, likely first."""

    look: Look
    candidates: tuple[Candidate, ...]


class Undecided(UsageError):
    """The headings of a sheet leave open what it holds; the text says what it may be, and how.

    `besides` are the sheets of which it is certain, by name.
    """

    code = ReasonCode.UNDECIDED

    def __init__(self, questions: Sequence[Question], besides: Sequence[str] = ()) -> None:
        self.questions = tuple(questions)
        self.besides = tuple(besides)
        super().__init__("\n".join(_lines(self.questions, self.besides)))


def _lines(questions: Sequence[Question], besides: Sequence[str]) -> Iterator[str]:
    for equal in _equal(questions):
        names = [question.look.name for question in equal]
        seen = listed(equal[0].look.likely_headings(), _MOST, quote="")
        what = f"the sheet {names[0]} holds" if len(names) == 1 else f"{_sheets(names)} hold"
        yield f"What {what} is not certain from {_its(names)} headings: {seen}."
        yield "Repeat the command with the flags behind what is right:"
        for candidate in equal[0].candidates[:_MOST]:
            yield f"- {_evidence(candidate)}: {_flags(names, candidate, besides)}"
    if len(questions) > 1:
        yield "Give the --sheet of every sheet to import in one command."
    if besides:
        others = " ".join(f"--sheet {shlex.quote(name)}" for name in besides[:_MOST])
        yield f"To leave it out, name only the other sheets: {others}."
    first = questions[0].candidates[0].rule.name
    if not any(candidate.named for question in questions for candidate in question.candidates):
        yield f"A sheet, or its file, that is named after its kind ({first}, say) needs no flags."
    yield "If none is right: `importer template init FILE` proposes what each column is."


def _equal(questions: Sequence[Question]) -> list[list[Question]]:
    """Return the questions about equal headings with equal candidates together."""
    found: dict[Hashable, list[Question]] = {}
    for question in questions:
        kinds = tuple((c.template.name, c.rule.name) for c in question.candidates)
        found.setdefault((tuple(question.look.likely_headings()), kinds), []).append(question)
    return list(found.values())


def _sheets(names: Sequence[str]) -> str:
    return f"the sheets {listed(names, _MOST, quote='')}"


def _its(names: Sequence[str]) -> str:
    return "its" if len(names) == 1 else "their"


def _evidence(candidate: Candidate) -> str:
    """Return what speaks for a candidate: `Terms of atlan-glossary (Name fits; no Glossary)`."""
    fits = listed(candidate.headings, _MOST, quote="") or "its name"
    lacks = "".join(f"; {text} may mean {main}" for text, main in candidate.likely_meant.items())
    lacks += f"; it lacks {', '.join(candidate.missing)}" if candidate.missing else ""
    verb = "fits" if len(candidate.headings) < 2 else "fit"
    return f"{candidate.rule.name} of {candidate.template.name} ({fits} {verb}{lacks})"


def _flags(names: Sequence[str], candidate: Candidate, besides: Sequence[str]) -> str:
    """Return the flags that answer for all sheets of some names, of many for the first."""
    asked = [f"{name}={candidate.rule.name}" for name in names]
    shown = asked if len(asked) <= _MOST else asked[:2]
    flags = [f"--sheet {shlex.quote(sheet)}" for sheet in (*shown, *besides[:_MOST])]
    more = " and so on" if len(shown) < len(asked) else ""
    return " ".join([template_flag(candidate.template), *flags]) + more


def template_flag(template: Template) -> str:
    """Return what names a template on the command line."""
    ours = template.folder == shipped("templates") / template.name
    return f"--template {shlex.quote(template.name if ours else str(template.folder))}"


def several_templates(kinds: Sequence[tuple[str, Candidate]]) -> str:
    """Return the error message for sheets that are certain, but follow different templates."""
    parts = [f"{name} is {c.rule.name} of {c.template.name}" for name, c in kinds]
    ways: dict[str, str] = {}
    for name, candidate in kinds:
        flags = _flags([name], candidate, ())
        known = ways.get(candidate.template.name)
        ways[candidate.template.name] = (
            f"{known} --sheet {flags.partition(' --sheet ')[2]}" if known else flags
        )
    return (
        f"The sheets follow several templates: {listed(parts, _MOST, quote='')}. Import those of "
        f"one template at a time:\n" + "\n".join(f"- {flags}" for flags in ways.values())
    )


def unknown(templates: Sequence[Template], looks: Sequence[Look]) -> str:
    """Return the error message for a file that no template knows."""
    if not any(text for look in looks for line in look.table for text in line):
        names = [look.name for look in looks]
        what = f"the sheet {names[0]} has" if len(names) == 1 else f"{_sheets(names)} have"
        return f"There is nothing to import: {what} no rows."
    row = next((row for look in looks if (row := look.likely_headings())), ())
    seen = f"Seen: {', '.join(row[:8]) or 'nothing'}. {_searched(looks)}"
    templates = [template for template in templates if not template.is_form] or templates
    if ways := "; ".join(filter(None, (_partly(template, row) for template in templates))):
        return (
            f"No sheet has enough headings that a template knows. {seen}A sheet needs two "
            f"that are known, one of them required, or its kind's name: {ways}. "
            f"{way_out(NEW, FROM_START)}"
        )
    first = "; ".join(
        f"{template.name}: {', '.join(_few(template.sheets[0]))}"
        for template in templates
        if template.sheets
    )
    return (
        f"No sheet has headings that a template knows. {seen}Known are for example {first}. "
        f"{way_out(NAME_ONE, FROM_START)}"
    )


def nearly_known(candidate: Candidate) -> str:
    """Return what keeps a list from being of a kind of which most headings are known."""
    folded_names = {fold(text): text for text in candidate.header.headings if text}
    strange = [text for name, text in folded_names.items() if name not in candidate.known]
    reasons = [f"{name} is required, and has no column" for name in candidate.missing]
    reasons += [f"`{text}` is not known" for text in strange]
    what = f"{candidate.rule.name} of {candidate.template.name}"
    return f"No template knows all that the list has. To be {what}: {'; '.join(reasons[:_MOST])}."


def _searched(looks: Sequence[Look]) -> str:
    """Return how far headings were looked for, where a sheet goes on below."""
    if all(len(look.cells) < SEARCHED for look in looks):
        return ""
    return f"Headings are looked for in the first {SEARCHED} rows. "


def _partly(template: Template, row: Sequence[str]) -> str:
    """Return the required headings of the rule that knows most headings of a row, if any."""
    words = words_of(template).headings
    names = ((replace(Names.of(rule), words=words), rule) for rule in template.sheets)
    rows = [folded(row)]
    found = [(header[1], rule) for own, rule in names if (header := heading_row(rows, own))]
    hits, rule = max(found, key=itemgetter(0), default=(0, None))
    if rule is None or not hits:
        return ""
    needed = [name for name, column in headed(rule).items() if column.required]
    return f"{template.name} needs {', '.join(needed)} for {rule.name}"


def _few(rule: SheetRule) -> list[str]:
    return [name for name in headed(rule) if "*" not in name][:4]
