"""Binds a sheet's rule to the columns that its header has."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from importer.mapping.absent import absence_findings
from importer.mapping.beside import set_steps
from importer.mapping.binding import (
    BoundColumn,
    BoundEntity,
    BoundReference,
    BoundSheet,
    Header,
    HeadingWords,
)
from importer.mapping.blank_words import blank_words
from importer.mapping.columns import DOUBTFUL
from importer.mapping.conditions import conditions
from importer.mapping.conversion.choice_words import ChoiceWords
from importer.mapping.conversion.converters import converter
from importer.mapping.conversion.rewording import Rewording, naming_column, rewording
from importer.mapping.conversion.survey import ColumnTexts
from importer.mapping.header import headed, matches, stated, wild
from importer.mapping.heading_findings import header_findings
from importer.mapping.levels import bound_levels, of_level
from importer.mapping.misspelt import with_misspelt
from importer.mapping.sections import bound_sections
from importer.mapping.skipping import bound_skips
from importer.model import Severity
from importer.template import Column, EntityRule, Kind, Reference, SheetRule, Template, fold
from importer.template.expectation import KEYWORD
from importer.template.paths import Schema, node_at, resolve
from importer.template.words import Index, choice_words, words_of


class Binder:
    """The binder of one run: it numbers sheets and references, so that a journal can name them."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self._sheets = 0
        self._words = _heading_words(template)
        self._levels = _levels(template)
        self._numbers = 0

    def bind(
        self, file: str, name: str, rule: SheetRule, header: Header, *, records: bool = False
    ) -> BoundSheet:
        """Bind one sheet to its rule; findings on its headings are in the result.

        `records` says that the rows are records of a text file.
        """
        found = self._found(rule, header)
        width = max(
            len(header.headings), *(at + 1 for columns in found.values() for at in columns), 0
        )
        sections = bound_sections(rule, found, width)
        found |= {one.heading: [one.column] for one in sections if one.heading not in found}
        sheet = BoundSheet(
            no=self._sheets,
            file=file,
            name=name,
            rule=rule,
            header=header,
            present=frozenset(found),
            records=records,
            clear=self.template.clear,
            heading_words=self._words,
            width=width,
            sections=sections,
        )
        self._sheets += 1
        sheet.columns = first = {main: columns[0] for main, columns in found.items()}
        sheet.levels = bound_levels(rule, first)
        for entity in rule.entities:
            bound = self._entity(sheet, entity, first)
            if bound is not None:
                sheet.entities.append(of_level(bound, sheet))
        of_headings = [*header_findings(sheet, found, self._foreign)]
        lacking = [*absence_findings(sheet)]
        sheet.findings = list(dict.fromkeys(with_misspelt(of_headings, lacking)))
        sheet.refused = any(finding.severity is Severity.ERROR for finding in sheet.findings)
        set_steps(sheet.entities)
        sheet.self_referring = any(bound.steps for bound in sheet.entities)
        known = {*first.values(), *_wild_columns(sheet)}
        sheet.known = tuple(sorted(index for index in known if index < width))
        sheet.blanks = self._blanks(sheet, first)
        sheet.skips = bound_skips(sheet, first)
        return sheet

    def without_headings(
        self, file: str, name: str, rule: SheetRule, seen: tuple[str, ...]
    ) -> BoundSheet:
        """Return a sheet that is named like a rule and has none of its headings, but those seen."""
        sheet = BoundSheet(
            no=self._sheets,
            file=file,
            name=name,
            rule=rule,
            header=Header(0, ()),
            seen=seen,
            refused=True,
            clear=self.template.clear,
        )
        self._sheets += 1
        return sheet

    def _found(self, rule: SheetRule, header: Header) -> dict[str, list[int]]:
        """Return the columns (0-based) of each heading; a letter counts more than a heading."""
        columns = rule.columns.items()
        lettered = {
            main: _index(column.letter)
            for main, column in columns
            if column.letter and not column.in_sections and not _moved(column, rule, header)
        }
        others = [
            "" if index in lettered.values() else heading
            for index, heading in enumerate(header.headings)
        ]
        found = matches(others, rule, self._foreign) if rule.header else {}
        found |= {main: [index] for main, index in lettered.items()}
        return {main: columns for main, columns in found.items() if main not in stated(rule)}

    def _foreign(self) -> Index:
        return words_of(self.template).headings

    def _blanks(self, sheet: BoundSheet, first: dict[str, int]) -> dict[int, frozenset[str]]:
        columns = headed(sheet.rule)
        own = {index: columns[main].blanks for main, index in first.items() if main in columns}
        return blank_words((*self.template.blanks, *sheet.rule.blanks), own, sheet.known)

    def _entity(
        self, sheet: BoundSheet, rule: EntityRule, first: dict[str, int]
    ) -> BoundEntity | None:
        when = conditions(rule.when, first)
        if None in when:
            return None
        when += conditions(rule.unless, first, negated=True)
        each = first.get(rule.each.heading) if rule.each else None
        if rule.each and each is None:
            return None
        kind = self.template.kinds[rule.kind]
        columns = list(self._columns(sheet, rule, kind, first))
        bound = BoundEntity(
            rule=rule,
            kind=kind,
            columns=[c for c in columns if c.rule.type not in ("id", "action")],
            references=list(self._references(sheet, rule, first)),
            when=[condition for condition in when if condition is not None],
            each=each,
            id_columns=[c.sources[0] for c in columns if c.rule.type == "id"],
            action_column=next((c.sources[0] for c in columns if c.rule.type == "action"), None),
            is_level=rule.kind in self._levels,
        )
        bound.origins = _origins(bound, sheet)
        return bound

    def _columns(
        self, sheet: BoundSheet, rule: EntityRule, kind: Kind, first: dict[str, int]
    ) -> Iterator[BoundColumn]:
        for column in rule.columns:
            if column.heading and "*" in column.heading:
                for index, concrete in wild(column, sheet.header):
                    yield self._column(concrete, kind, (index,), sheet)
                continue
            if column.path is None and column.type not in ("id", "action"):
                continue
            pieces = tuple(_pieces(sheet, column, first))
            sources = tuple(piece for piece in pieces if isinstance(piece, int))
            usable = sources or column.part is not None or column.constant is not None
            if usable or column.default is not None:
                bound = self._column(column, kind, sources, sheet)
                extracts = _extracts(sheet.rule, rule, column, first)
                yield replace(bound, pieces=pieces, extracts=extracts)

    def _column(
        self, column: Column, kind: Kind, sources: tuple[int, ...], sheet: BoundSheet
    ) -> BoundColumn:
        node = (node_at(kind.schema, column.path) if column.path else None) or {}
        if "items" in node:
            node = {**node, "items": resolve(kind.schema, node["items"])}
        if column.type == "text" and _is_name(column, kind, node):
            column = replace(column, type="name")
        if isinstance(column.default, str):
            column = replace(column, default=_named(column.default, sheet))
        if isinstance(column.constant, str):
            column = replace(column, constant=_named(column.constant, sheet))
        changed = column.values or column.extract or "enum" in node or KEYWORD in node
        plain = (
            column.type in ("text", "name") and not changed and self.template.clear[0] in DOUBTFUL
        )
        alone = column.part is not None or len(sources) != 1
        texts = ColumnTexts(sheet.survey, None if alone else sources[0])
        choices = self._choices(column, node)
        convert = converter(column, node, self.template.clear, texts, choices)
        return BoundColumn(column, sources, convert, plain, choices=choices)

    def _choices(self, column: Column, node: Schema) -> ChoiceWords | None:
        """Return the words for the choices of a column, None where any text may stand in it."""
        if column.type == "list" or not ("enum" in node or column.values):
            return None
        choices = node.get("enum", column.values.values())
        return ChoiceWords(
            choices,
            lambda: words_of(self.template).values,
            column.extract,
            lambda choice: choice_words(choice, self.template),
        )

    def _references(
        self, sheet: BoundSheet, rule: EntityRule, first: dict[str, int]
    ) -> Iterator[BoundReference]:
        columns = headed(sheet.rule)
        for reference in rule.references:
            defaults = tuple(_default(columns.get(name), sheet) for name in reference.by)
            here = [first.get(name, -1) for name in reference.by]
            if any(i < 0 and not d for i, d in zip(here, defaults, strict=True)):
                continue
            within = tuple(first[name] for name in reference.within if name in first)
            bound = BoundReference(
                no=self._number(),
                rule=reference,
                by=tuple(here),
                within=within,
                defaults=defaults,
                clear=self.template.clear,
                parent=reference.parent,
                rewordings=tuple(self._rewordings(sheet, rule, reference, first)),
            )
            if reference.or_below:
                exactly = replace(reference, or_below=False)
                bound = replace(bound, exact=replace(bound, no=self._number(), rule=exactly))
            if reference.many:
                adds, drops = (replace(bound, no=self._number(), edit=sign) for sign in "+-")
                bound = replace(bound, adds=adds, drops=drops)
            yield bound

    def _rewordings(
        self, sheet: BoundSheet, rule: EntityRule, reference: Reference, first: dict[str, int]
    ) -> Iterator[Rewording | None]:
        within = (name for name in reference.within if name in first)
        for heading in (*reference.by, *within):
            own, kinds = rule.columns, self.template.kinds
            column = naming_column(sheet.rule, own, reference.to, heading, kinds)
            yield rewording(column, self.template.clear) if column else None

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers


def _pieces(sheet: BoundSheet, column: Column, first: dict[str, int]) -> Iterator[int | str]:
    """Yield the columns of a rule that a sheet has, and what stands for those that it has not."""
    columns = headed(sheet.rule)
    for name in column.headings or ((column.heading,) if column.heading else ()):
        if name in first:
            yield first[name]
        elif column.headings and (text := _default(columns.get(name), sheet)):
            yield text


def _extracts(
    sheet: SheetRule, own: EntityRule, joined: Column, first: dict[str, int]
) -> dict[int, Column]:
    """Return, by column (0-based), the rule that says which part of its cells is joined.

    The entity's own column counts before those of others; where they differ, none does.
    """
    found: dict[int, Column] = {}
    for name in joined.headings:
        every = [column for entity in sheet.entities for column in entity.columns]
        mine = [one for one in own.columns if one.heading == name]
        rules = mine or [one for one in every if one.heading == name]
        parts = {(one.extract, one.join) for one in rules}
        if name in first and len(parts) == 1 and rules[0].extract and rules[0].type != "list":
            found[first[name]] = rules[0]
    return found


def _levels(template: Template) -> frozenset[str]:
    """Return the kinds that rows about something else make inside a parent: floors of buildings."""
    rules = (rule for sheet in template.sheets for rule in sheet.entities if rule.creates)
    inner = (rule for rule in rules if any(r.parent and r.required for r in rule.references))
    return frozenset(rule.kind for rule in inner)


def _heading_words(template: Template) -> HeadingWords:
    columns = [column for rule in template.sheets for column in headed(rule).values()]
    names = [name for column in columns for name in column.names if "*" not in name]
    spelt = (str.strip, str.lower, str.upper, str.title, str.capitalize)
    return HeadingWords(
        known=frozenset(map(fold, names)),
        required=frozenset(fold(name) for c in columns if c.required for name in c.names),
        spellings=frozenset(spell(name) for name in names for spell in spelt),
    )


def _is_name(column: Column, kind: Kind, node: Schema) -> bool:
    """Return whether a text identifies something or has a form, so that outer blanks mean nothing.

    Any other text is free, and kept as it is.
    """
    named = column.path in (*kind.key, *kind.identities)
    formed = not node.keys().isdisjoint(("pattern", "format", KEYWORD))
    return "enum" not in node and (named or formed)


def _default(column: Column | None, sheet: BoundSheet) -> str:
    """Return what a reference names where its cell is blank or absent."""
    value = (column.constant or column.default) if column else None
    return _named(str(value), sheet) if value else ""


def _named(text: str, sheet: BoundSheet) -> str:
    return text.replace("{sheet}", sheet.name).replace("{file}", sheet.file)


def _moved(column: Column, rule: SheetRule, header: Header) -> bool:
    """Return whether another known heading stands where a letter says, and its own elsewhere."""
    at, names = _index(column.letter), set(map(fold, column.names))
    here = fold(header.headings[at]) if at < len(header.headings) else ""
    known = {fold(name) for one in rule.columns.values() for name in one.names}
    return here in known - names and not names.isdisjoint(map(fold, header.headings))


def _index(letter: str) -> int:
    number = 0
    for char in letter:
        number = number * 26 + ord(char) - 64
    return number - 1


def _wild_columns(sheet: BoundSheet) -> Iterator[int]:
    for entity in sheet.entities:
        for column in entity.columns:
            yield from column.sources


def _origins(bound: BoundEntity, sheet: BoundSheet) -> dict[str, tuple[int, str | None]]:
    found: dict[str, tuple[int, str | None]] = {}
    for column in bound.columns:
        source = column.sources[0] if column.sources else bound.each
        if column.rule.path and source is not None:
            found[column.rule.path] = (source, sheet.heading(source))
    for reference in bound.references:
        source = next((index for index in reversed(reference.by) if index >= 0), None)
        if source is not None:
            found.setdefault(reference.rule.path, (source, sheet.heading(source)))
    return found
