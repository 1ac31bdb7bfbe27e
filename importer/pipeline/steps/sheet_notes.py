"""What is said of a whole sheet: that it is hidden, or that nothing of it is imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.finding_codes import FindingCode
from importer.mapping.header import SEARCHED
from importer.mapping.recognition.look import Look
from importer.mapping.recognition.sheet_name import named_after
from importer.model import Finding, Place, Severity
from importer.pipeline.steps.intake import Source
from importer.suggest import listed
from importer.template import SheetRule, Template, fold
from importer.template.find import how_to_remove
from importer.template.words import words_of


def rule_named(template: Template, *names: str) -> SheetRule | None:
    """Return the rule with headings after which a sheet is named by the first of its names."""
    rules = {n: rule for rule in template.sheets if rule.header for n in (rule.name, *rule.aliases)}
    named = {fold(name): rule for name, rule in rules.items()}
    for word, senses in words_of(template).sheets.items():
        if rule := next((named[n] for s in senses if (n := fold(s.name)) in named), None):
            rules.setdefault(word, rule)
    for name in filter(None, names):
        kinds = named_after(name, rules).kinds
        if found := next((rule for n, rule in rules.items() if fold(n) in kinds), None):
            return found
    return None


def ignored(file: str, look: Look, template: Template) -> Finding:
    """Return the finding on a sheet of no kind."""
    name = look.name
    among = f" among its first {SEARCHED} rows" if len(look.cells) >= SEARCHED else ""
    few = listed(_known(look, template))
    has = (
        f"has too few headings that are known ({few})" if few else "has no headings that are known"
    )
    words = f"The sheet {name} {has}{among}; it is passed over."
    place = Place(name, file=file)
    return Finding(FindingCode.SHEET_IGNORED, words, place, Severity.INFO)


def _known(look: Look, template: Template) -> list[str]:
    """Return the headings of a sheet that a template has, in the row that looks most like them."""
    columns = (column for sheet in template.sheets for column in sheet.columns.values())
    names = {fold(name) for column in columns for name in column.names}
    return [text for text in look.likely_headings() if fold(text) in names]


def of_another(file: str, look: Look, holds: str, template: Template) -> Finding:
    """Return the finding on a sheet of which the system of a template has nothing."""
    words = f"The sheet {look.name} holds {holds}: {template.name} has none, it is passed over."
    return Finding(FindingCode.SHEET_IGNORED, words, Place(look.name, file=file), Severity.WARNING)


def kept_mapping(source: Source, template: Template) -> Finding:
    """Return the finding that a mapping was used which the user has kept."""
    words = (
        f"Read by the mapping `{template.name}` that you have kept. To forget it, "
        f"{how_to_remove(template.name)}; `--template NAME` takes another once."
    )
    return Finding(FindingCode.KEPT_MAPPING, words, source.sheet.place(0), Severity.INFO)


def hidden(sources: Sequence[Source]) -> Iterator[Finding]:
    """Yield a finding for each file with hidden sheets that are imported."""
    unseen = [source for source in sources if source.read.hidden]
    for file in dict.fromkeys(source.sheet.file for source in unseen):
        names = [source.sheet.name for source in unseen if source.sheet.file == file]
        sheets = "The hidden sheet {} is" if len(names) == 1 else "The hidden sheets {} are"
        words = f"{sheets.format(listed(names))} imported like the others."
        place = Place(names[0], file=file)
        yield Finding(FindingCode.HIDDEN_SHEETS, words, place, Severity.INFO)
