"""A sheet's first rows and its rule in, the sheet bound to its columns out."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from importer.mapping.convert import Convert, converter, shown
from importer.model import Cell, Finding, Place, Severity
from importer.template import Column, EntityRule, Kind, Reference, SheetRule, Template, fold
from importer.template.model import OWN_COLUMNS
from importer.template.paths import DOT, node_at, resolve


@dataclass(frozen=True, slots=True)
class Header:
    """Where a sheet's headings stand: `row` is 0 and `headings` are letters where it has none."""

    row: int
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundColumn:
    """A column rule and the cells it takes its value from (0-based column indices).

    `plain` columns hand text on as it is, unless it begins with white space or as a token might.
    `memo` remembers, for each type of cell, what cells were converted to.
    """

    rule: Column
    sources: tuple[int, ...]
    convert: Convert
    plain: bool = False
    memo: dict[type, dict[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BoundReference:
    """A reference rule and the columns its texts stand in; `no` numbers it within the run.

    `clear` is the text that asks for the reference to be emptied.
    """

    no: int
    rule: Reference
    by: tuple[int, ...]
    within: tuple[int, ...]
    defaults: tuple[str, ...]
    clear: str


@dataclass(slots=True)
class BoundEntity:
    """One entity rule on one sheet, with only those columns and references the sheet has."""

    rule: EntityRule
    kind: Kind
    columns: list[BoundColumn]
    references: list[BoundReference]
    when: list[tuple[int, frozenset[str]]]
    each: int | None
    id_columns: list[int]
    action_column: int | None
    origins: dict[str, tuple[int, str | None]] = field(default_factory=dict)

    def origin(self, path: str) -> tuple[int, str | None]:
        """The 1-based column and heading that a payload path came from, (0, None) if from none."""
        while path:
            if path in self.origins:
                column, heading = self.origins[path]
                return column + 1, heading
            below = [at for known, at in self.origins.items() if known.startswith(f"{path}.")]
            if below:
                return below[0][0] + 1, below[0][1]
            path = path.rpartition(".")[0]
        return 0, None


@dataclass(slots=True)
class BoundSheet:
    """One sheet of one file, ready to be mapped; `refused` keeps all its rows from being sent.

    `self_referring` says that a row's entities may refer to each other without naming any cell.
    """

    no: int
    file: str
    name: str
    rule: SheetRule
    header: Header
    entities: list[BoundEntity]
    known: tuple[int, ...]
    findings: list[Finding]
    refused: bool = False
    self_referring: bool = False

    def heading(self, index: int) -> str | None:
        """The heading of a 0-based column, None where it has none."""
        headings = self.header.headings
        return headings[index] or None if index < len(headings) else None

    def place(self, row: int, column: int = 0, heading: str | None = None) -> Place:
        """A place on this sheet; `column` is 1-based, 0 means the row."""
        return Place(self.name, row, column, heading, self.file)


def find_header(head: Sequence[Sequence[Cell]], rule: SheetRule) -> tuple[Header, int] | None:
    """The row among the first that holds most of the rule's headings, and how many it holds."""
    if not rule.header:
        width = max((len(row) for row in head), default=0)
        return Header(0, ("",) * width), 0
    best: tuple[int, Header] | None = None
    for number, row in enumerate(head, start=1):
        headings = tuple(shown(cell).strip() for cell in row)
        hits = len(_matches(headings, rule))
        if hits and (best is None or hits > best[0]):
            best = hits, Header(number, headings)
    return (best[1], best[0]) if best else None


def _matches(headings: Sequence[str], rule: SheetRule) -> dict[str, list[int]]:
    """Main heading -> the columns it stands in; a wildcard heading never counts as a match."""
    lookup = _lookup(rule)
    found: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        main = lookup.get(fold(heading)) if heading else None
        if main is not None:
            found.setdefault(main, []).append(index)
    return found


def _lookup(rule: SheetRule) -> dict[str, str]:
    names: dict[str, str] = {}
    for main, column in headed(rule).items():
        for name in column.names:
            if "*" not in name:
                names.setdefault(fold(name), main)
    return names


def headed(rule: SheetRule) -> dict[str, Column]:
    """Every heading the sheet knows, with the column rule that declares it."""
    found = rule.columns
    for entity in rule.entities:
        for column in entity.columns:
            for heading in column.headings:
                found.setdefault(heading, Column(heading=heading))
        if entity.each:
            found.setdefault(entity.each.heading, Column(heading=entity.each.heading))
    return found


class Binder:
    """Binds sheets of one run; numbers sheets and references so that a journal can name them."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self._sheets = 0
        self._numbers = 0

    def bind(self, file: str, name: str, rule: SheetRule, header: Header) -> BoundSheet:
        """Bind one sheet to its rule and say what is wrong with its headings."""
        found = self._found(rule, header)
        sheet = BoundSheet(self._sheets, file, name, rule, header, [], (), [])
        self._sheets += 1
        sheet.findings = list(dict.fromkeys(_header_findings(sheet, found)))
        sheet.refused = any(finding.severity is Severity.ERROR for finding in sheet.findings)
        first = {main: columns[0] for main, columns in found.items()}
        for entity in rule.entities:
            bound = self._entity(sheet, entity, first)
            if bound is not None:
                sheet.entities.append(bound)
        every = (reference for bound in sheet.entities for reference in bound.references)
        sheet.self_referring = any(not reference.by for reference in every)
        sheet.known = tuple(sorted({*first.values(), *_wild_columns(sheet)}))
        return sheet

    def _found(self, rule: SheetRule, header: Header) -> dict[str, list[int]]:
        if rule.header:
            return _matches(header.headings, rule)
        lettered = ((main, column) for main, column in rule.columns.items() if column.letter)
        return {main: [_index(column.letter)] for main, column in lettered}

    def _entity(
        self, sheet: BoundSheet, rule: EntityRule, first: dict[str, int]
    ) -> BoundEntity | None:
        when = [(first.get(h), frozenset(map(fold, values))) for h, values in rule.when.items()]
        if any(column is None for column, _ in when):
            return None
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
            when=[(column, values) for column, values in when if column is not None],
            each=each,
            id_columns=[c.sources[0] for c in columns if c.rule.type == "id"],
            action_column=next((c.sources[0] for c in columns if c.rule.type == "action"), None),
        )
        bound.origins = _origins(bound, sheet.header)
        return bound

    def _columns(
        self, sheet: BoundSheet, rule: EntityRule, kind: Kind, first: dict[str, int]
    ) -> Iterator[BoundColumn]:
        for column in rule.columns:
            if column.heading and "*" in column.heading:
                for index, concrete in _wild(column, sheet.header):
                    yield self._column(concrete, kind, (index,), sheet)
                continue
            if column.path is None and column.type not in ("id", "action"):
                continue
            names = column.headings or ((column.heading,) if column.heading else ())
            sources = tuple(first[name] for name in names if name in first)
            usable = sources or column.part is not None or column.constant is not None
            if usable or column.default is not None:
                yield self._column(column, kind, sources, sheet)

    def _column(
        self, column: Column, kind: Kind, sources: tuple[int, ...], sheet: BoundSheet
    ) -> BoundColumn:
        node = (node_at(kind.schema, column.path) if column.path else None) or {}
        if "items" in node:
            node = {**node, "items": resolve(kind.schema, node["items"])}
        if column.path in kind.key and column.type == "text" and "enum" not in node:
            column = replace(column, type="name")
        if isinstance(column.default, str):
            named = column.default.replace("{sheet}", sheet.name).replace("{file}", sheet.file)
            column = replace(column, default=named)
        text = column.type == "text" and not (column.values or column.extract or "enum" in node)
        plain = text and self.template.clear[0] <= "<"
        return BoundColumn(column, sources, converter(column, node, self.template.clear), plain)

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
            self._numbers += 1
            clear = self.template.clear
            yield BoundReference(self._numbers, reference, tuple(here), within, defaults, clear)


def _default(column: Column | None, sheet: BoundSheet) -> str:
    value = column.default if column else None
    return str(value).replace("{sheet}", sheet.name).replace("{file}", sheet.file) if value else ""


def _index(letter: str) -> int:
    number = 0
    for char in letter:
        number = number * 26 + ord(char) - 64
    return number - 1


def _wild(column: Column, header: Header) -> Iterator[tuple[int, Column]]:
    """Every heading that fits a wildcard, with the column whose path its texts fill."""
    for index, heading in enumerate(header.headings):
        texts = next((t for name in column.names if (t := _fill(name, heading))), None)
        if texts and column.path:
            path = column.path
            for text in texts:
                path = path.replace("*", text.replace(".", DOT), 1)
            yield index, replace(column, heading=heading, aliases=(), path=path)


def _fill(name: str, heading: str) -> tuple[str, ...]:
    """What stands in a heading where a name has its wildcards; case and blanks do not count."""
    pieces = (r"\s*".join(map(re.escape, piece.split())) for piece in name.split("*"))
    pattern = r"\s*(\S.*?)\s*".join(pieces)
    match = re.fullmatch(pattern, heading, re.IGNORECASE) if "*" in name else None
    return match.groups() if match else ()


def _wild_columns(sheet: BoundSheet) -> Iterator[int]:
    for entity in sheet.entities:
        for column in entity.columns:
            yield from column.sources


def _origins(bound: BoundEntity, header: Header) -> dict[str, tuple[int, str | None]]:
    def heading(index: int) -> str | None:
        return header.headings[index] or None if index < len(header.headings) else None

    found: dict[str, tuple[int, str | None]] = {}
    for column in bound.columns:
        source = column.sources[0] if column.sources else bound.each
        if column.rule.path and source is not None:
            found[column.rule.path] = (source, heading(source))
    for reference in bound.references:
        source = next((index for index in reversed(reference.by) if index >= 0), None)
        if source is not None:
            found.setdefault(reference.rule.path, (source, heading(source)))
    return found


def _header_findings(sheet: BoundSheet, found: dict[str, list[int]]) -> Iterator[Finding]:
    if not sheet.rule.header:
        return
    yield from _duplicates(sheet, found)
    yield from _unknown(sheet, found)


def _duplicates(sheet: BoundSheet, found: dict[str, list[int]]) -> Iterator[Finding]:
    for columns in (*found.values(), *_wild_twice(sheet)):
        places = [_heading_place(sheet, index) for index in columns]
        for place in places[1:]:
            yield Finding(
                "duplicate_heading",
                f"`{places[0].heading}` in {places[0].cell} and `{place.heading}` in {place.cell} "
                "mean the same column: remove or rename one of them.",
                place,
                value=place.heading,
            )


def _wild_twice(sheet: BoundSheet) -> Iterator[list[int]]:
    """The columns of each path that wildcard headings fill."""
    for entity in sheet.rule.entities:
        columns: dict[str | None, list[int]] = {}
        for rule in entity.columns:
            for index, column in _wild(rule, sheet.header) if "*" in rule.heading else ():
                columns.setdefault(column.path, []).append(index)
        yield from columns.values()


def _unknown(sheet: BoundSheet, found: dict[str, list[int]]) -> Iterator[Finding]:
    taken = {index for columns in found.values() for index in columns}
    ignored = {fold(name) for name in (*OWN_COLUMNS, *sheet.rule.ignored)}
    wild = [c for e in sheet.rule.entities for c in e.columns if "*" in c.heading]
    taken |= {index for column in wild for index, _ in _wild(column, sheet.header)}
    names = list(headed(sheet.rule))
    for index, heading in enumerate(sheet.header.headings):
        if not heading or index in taken or fold(heading) in ignored:
            continue
        near = _nearest(heading, [name for name in names if name not in found])
        hint = f" Did you mean {near}?" if near else ""
        yield Finding(
            "unknown_heading",
            f"The heading `{heading}` is not known; its column is not imported.{hint}",
            _heading_place(sheet, index),
            Severity.WARNING,
            heading,
            near,
        )


def _nearest(heading: str, names: list[str]) -> str | None:
    folded = {fold(name): name for name in names}
    near = difflib.get_close_matches(fold(heading), list(folded), 1, 0.7)
    return folded[near[0]] if near else None


def _heading_place(sheet: BoundSheet, index: int) -> Place:
    return sheet.place(sheet.header.row, index + 1, sheet.header.headings[index])


def own_column(header: Header, name: str) -> int | None:
    """The 0-based column of one of our own headings of an earlier report, where there is one."""
    folded = [fold(heading) for heading in header.headings]
    return folded.index(fold(name)) if fold(name) in folded else None
