"""The workbook part of a package: its sheets, our Report sheet, and the sheet it opens on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from importer.model import SIGNATURE
from importer.report.content import Content
from importer.report.ooxml.cells import address
from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.markup import Element, Part, last_before, xml_attribute, xml_text
from importer.report.ooxml.package import MAIN, TRANSITIONAL, Package, rels_of
from importer.report.ooxml.page import SHEET_TYPE, XmlPage
from importer.report.ooxml.shape_blocks import ShapeBlocks
from importer.report.ooxml.sheet import Sheet
from importer.report.ooxml.strings import Strings
from importer.report.ooxml.styles import StyleTable
from importer.report.report_sheet import SIGNATURE_CELL, free_title, write_page

ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames",
)  # fmt: skip
"""ECMA-376 part 1, 18.2.27: the order of a workbook's elements, up to its defined names."""

MARK = b"importer-report"
"""Part of the formula of every conditional format of ours."""


@dataclass(slots=True)
class Book:
    """The workbook part with its sheets, styles and strings.

    `titles_here` maps a sheet's title in the input to its title in this workbook, if that differs.
    """

    package: Package
    titles_here: Mapping[str, str]
    part: Part = field(init=False)
    styles: StyleTable = field(init=False)
    strings: Strings = field(init=False)
    blocks: ShapeBlocks = field(init=False)
    listed: list[tuple[Element, str]] = field(init=False)
    titles: list[str] = field(init=False)
    """The sheets' titles in their order."""
    _worksheets: frozenset[str] = field(init=False)
    _places: dict[str, int] = field(init=False)
    _filters: dict[str, Element] | None = None

    def __post_init__(self) -> None:
        main = [each.target for each in self.package.relations("") if each.kind == "officeDocument"]
        if not main:
            raise PatchRefused("it names no workbook")
        self.part = self.package.part(main[0])
        if MAIN.encode() not in self.part.data[:4096]:
            raise PatchRefused("it is written in strict OOXML")
        relations = self.package.relations(self.part.name)
        by_kind = {each.kind: each.target for each in relations}
        if "styles" not in by_kind:
            raise PatchRefused("it has no styles")
        self.styles = StyleTable(self.package.part(by_kind["styles"]))
        self.strings = Strings(self.package, by_kind.get("sharedStrings", ""))
        targets = {each.id: each.target for each in relations}
        self._worksheets = frozenset(each.target for each in relations if each.kind == "worksheet")
        sheets = self.part.child(self.part.root(), "sheets")
        entries = self.part.children(sheets) if sheets else []
        self.listed = [(entry, targets.get(entry.get("id"), "")) for entry in entries]
        self.titles = [entry.get("name") for entry in entries]
        self._places = {title: at for at, title in reversed([*enumerate(self.titles)])}
        self.blocks = ShapeBlocks(self.package)

    @property
    def counts_from_1904(self) -> bool:
        """Whether the workbook counts its days from 1904, as Excel on a Mac once did."""
        stated = self.part.child(self.part.root(), "workbookPr")
        return stated is not None and stated.get("date1904", "0") in {"1", "true"}

    def sheet(self, name: str) -> Sheet:
        """Return the worksheet with that title in the input. Raises PatchRefused without one."""
        title = self.titles_here.get(name, name)
        if title not in self._places:
            raise PatchRefused(f"it has no sheet {title}")
        return self._sheet(self.listed[self._places[title]][1], title)

    def _sheet(self, name: str, title: str) -> Sheet:
        package, part = self.package, self.package.sheet_part(name)
        return Sheet(package, part, title, self.styles, self.strings, self.blocks)

    def with_old_highlights(self, reported: set[str]) -> list[Sheet]:
        """Return the sheets not in `reported` that have highlights of an earlier report."""
        return [
            self._sheet(name, title)
            for title, (_, name) in zip(self.titles, self.listed, strict=True)
            if title not in reported
            and self._is_worksheet(name)
            and MARK in self.package.sheet_part(name).data
        ]

    def report(self, content: Content, notes: list[str]) -> None:
        """Write the Report sheet, in the place of an earlier one or behind all sheets.

        The workbook opens on it if anything needs attention, else on the sheet it opened on.
        """
        earlier, wanted = self._earlier(), content.wants_attention
        titles = {title: title for title in self.titles if title not in earlier}
        page = XmlPage(self.styles, {**titles, **self.titles_here})
        write_page(page, content, notes)
        if earlier:
            place = self.titles.index(next(iter(earlier)))
            title, name = next(iter(earlier.items()))
            self.package.sheet_part(name).whole = page.xml(selected=wanted)
            if self.package.has(rels_of(name)):
                rels = self.package.part(rels_of(name))
                for relation in rels.children(rels.root()):
                    rels.replace(relation.start, relation.end, b"")
        else:
            place, title = len(self.listed), free_title(self.titles)
            self._add(title, page.xml(selected=wanted))
        rows = f"${page.repeated}:${page.repeated}" if page.repeated else "$1:$2"
        self._define_name("_xlnm.Print_Titles", place, f"'{title}'!{rows}")
        self._open_on(place if wanted else self._shown(place), place, set(earlier))

    def _earlier(self) -> dict[str, str]:
        """Return title and part of an earlier Report sheet of ours; a user's `Report` is none."""
        row, column = address(SIGNATURE_CELL)
        for entry, name in self.listed:
            if self._is_worksheet(name):
                sheet = self._sheet(name, entry.get("name"))
                if sheet.text(row, column) == SIGNATURE:
                    return {entry.get("name"): name}
        return {}

    def _is_worksheet(self, name: str) -> bool:
        return name in self._worksheets and self.package.has(name)

    def _add(self, title: str, xml: bytes) -> None:
        package, part = self.package, self.part
        name = package.free_name("xl/worksheets/sheet{}.xml")
        package.added[name] = xml
        package.types.declare(name, SHEET_TYPE)
        identity = package.relate(part.name, "worksheet", name)
        sheets = part.child(part.root(), "sheets")
        if sheets is None:
            raise PatchRefused("it lists no sheets")
        number = max((int(entry.get("sheetId", "0")) for entry, _ in self.listed), default=0) + 1
        p = part.prefix().decode()
        entry = f'<{p}sheet name="{xml_attribute(title)}" sheetId="{number}" '
        part.append(sheets, (entry + f'xmlns:r="{TRANSITIONAL}" r:id="{identity}"/>').encode())

    def _define_name(self, name: str, place: int, refers_to: str) -> None:
        """Define a name for a range of the sheet at `place`."""
        p, root = self.part.prefix().decode(), self.part.root()
        entry = f'<{p}definedName name="{name}" localSheetId="{place}">'.encode()
        entry += xml_text(refers_to) + f"</{p}definedName>".encode()
        names = self.part.child(root, "definedNames")
        if names is not None:
            self._replace_name(names, name, place, entry)
            return
        before = last_before(self.part.children(root), ORDER, "definedNames")
        whole = f"<{p}definedNames>".encode() + entry + f"</{p}definedNames>".encode()
        self.part.insert(before.end if before else root.inner, whole)

    def _replace_name(self, names: Element, name: str, place: int, entry: bytes) -> None:
        for known in self.part.children(names):
            if known.get("name") == name and known.get("localSheetId") == str(place):
                return self.part.replace(known.start, known.end, entry)
        return self.part.append(names, entry)

    def widen_filter(self, title: str, old: str, new: str) -> None:
        """Widen the range of a filter's hidden name as the filter was."""
        name = self._filter_names().get(str(self._places[title]))
        if name is None:
            return
        sheet, _, area = self.part.text(name).rpartition("!")
        if area.replace("$", "") == old:
            fixed = re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", new)
            self.part.replace(name.inner, name.close, xml_text(f"{sheet}!{fixed}"))

    def _filter_names(self) -> dict[str, Element]:
        """Return the hidden names of the sheets' filters by the sheet's place."""
        if self._filters is None:
            names = self.part.child(self.part.root(), "definedNames")
            self._filters = {
                name.get("localSheetId"): name
                for name in (self.part.children(names) if names else ())
                if name.get("name") == "_xlnm._FilterDatabase"
            }
        return self._filters

    def _view(self) -> Element | None:
        views = self.part.child(self.part.root(), "bookViews")
        return self.part.child(views, "workbookView") if views else None

    def _shown(self, report: int) -> int:
        """Return the sheet the workbook opens on, another visible sheet if that is our report."""
        view = self._view()
        active = int(view.get("activeTab", "0")) if view else 0
        visible = [
            place
            for place, (entry, _) in enumerate(self.listed)
            if entry.get("state", "visible") == "visible" and place != report
        ]
        return active if active in visible else next(iter(visible), 0)

    def _open_on(self, place: int, report: int, ours: set[str]) -> None:
        """Make the sheet at `place` the active one, and the only one selected."""
        view = self._view()
        if view is not None and int(view.get("activeTab", "0")) != place:
            self.part.set(view, "activeTab", place)
        if view is None and place:
            p = self.part.prefix().decode()
            views = f'<{p}bookViews><{p}workbookView activeTab="{place}"/></{p}bookViews>'
            sheets = self.part.child(self.part.root(), "sheets")
            if sheets:
                self.part.insert(sheets.start, views.encode())
        for number, (entry, name) in enumerate(self.listed):
            if number != report and entry.get("name") not in ours:
                part = self.package.sheet_part if self._is_worksheet(name) else self.package.part
                _select(part(name), selected=number == place)


def _select(part: Part, *, selected: bool) -> None:
    """Select a sheet, or deselect it."""
    views = part.child(part.root(), "sheetViews")
    for view in part.children(views) if views else ():
        was = view.get("tabSelected", "0") in ("1", "true")
        if view.name == "sheetView" and was != selected:
            if selected:
                part.set(view, "tabSelected", 1)
            else:
                part.drop(view, "tabSelected")
