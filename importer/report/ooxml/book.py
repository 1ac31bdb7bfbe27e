"""A package in, its workbook out: which sheets it has, which is ours, which one it opens on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from importer.model import SIGNATURE
from importer.report.content import Content
from importer.report.ooxml.cells import at
from importer.report.ooxml.errors import Refused
from importer.report.ooxml.markup import Element, Part, attribute, last_before, written
from importer.report.ooxml.package import MAIN, TRANSITIONAL, Package, rels_of
from importer.report.ooxml.page import SHEET_TYPE, XmlPage
from importer.report.ooxml.sheet import Sheet
from importer.report.ooxml.strings import Strings
from importer.report.ooxml.styles import Looks
from importer.report.report_sheet import SIGNATURE_CELL, free_title, write_page

ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames",
)  # fmt: skip
"""ECMA-376 part 1, 18.2.27: the order of a workbook's elements, up to its names."""

MARK = b"importer-report"
"""Stands in the formula of every conditional format of ours."""


@dataclass(slots=True)
class Book:
    """The workbook part with its sheets, styles and strings.

    `called` says which sheets have another title here than in the input.
    """

    package: Package
    called: Mapping[str, str]
    part: Part = field(init=False)
    looks: Looks = field(init=False)
    strings: Strings = field(init=False)
    listed: list[tuple[Element, str]] = field(init=False)
    _worksheets: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        main = [one.target for one in self.package.relations("") if one.kind == "officeDocument"]
        if not main:
            raise Refused("it names no workbook")
        self.part = self.package.part(main[0])
        if MAIN.encode() not in self.part.data[:4096]:
            raise Refused("it is written in strict OOXML")
        relations = self.package.relations(self.part.name)
        by_kind = {one.kind: one.target for one in relations}
        if "styles" not in by_kind:
            raise Refused("it has no styles")
        self.looks = Looks(self.package.part(by_kind["styles"]))
        self.strings = Strings(self.package, by_kind.get("sharedStrings", ""))
        targets = {one.id: one.target for one in relations}
        self._worksheets = frozenset(one.target for one in relations if one.kind == "worksheet")
        self.listed = [(one, targets.get(one.get("id"), "")) for one in self._entries()]

    def _entries(self) -> list[Element]:
        sheets = self.part.child(self.part.root(), "sheets")
        return self.part.children(sheets) if sheets else []

    @property
    def titles(self) -> list[str]:
        """The sheets' names, in their order."""
        return [entry.get("name") for entry, _ in self.listed]

    def sheet(self, name: str) -> Sheet:
        """The worksheet called so in the input. Raises Refused where there is none."""
        title = self.called.get(name, name)
        for entry, part in self.listed:
            if entry.get("name") == title:
                return self._sheet(part, title)
        raise Refused(f"it has no sheet {title}")

    def _sheet(self, name: str, title: str) -> Sheet:
        return Sheet(self.package, self.package.frame(name), title, self.looks, self.strings)

    def marked_before(self, told: set[str]) -> list[Sheet]:
        """The sheets of which nothing is told now, but something was by an earlier report."""
        return [
            self._sheet(name, entry.get("name"))
            for entry, name in self.listed
            if entry.get("name") not in told
            and self._is_worksheet(name)
            and MARK in self.package.frame(name).data
        ]

    def report(self, content: Content, notes: list[str]) -> None:
        """Write the Report sheet, last or in the place of an earlier one of ours, and open there.

        Only where there is something to attend to; else the sheet that was shown stays so.
        """
        earlier, wanted = self._earlier(), content.wants_attention
        titles = {title: title for title in self.titles if title not in earlier}
        page = XmlPage(self.looks, {**titles, **self.called})
        write_page(page, content, notes)
        if earlier:
            place = self.titles.index(next(iter(earlier)))
            name = next(iter(earlier.values()))
            self.package.frame(name).whole = page.xml(selected=wanted)
            if self.package.has(rels_of(name)):
                rels = self.package.part(rels_of(name))
                for one in rels.children(rels.root()):
                    rels.replace(one.start, one.end, b"")
        else:
            place, title = len(self.listed), free_title(self.titles)
            self._add(title, page.xml(selected=wanted))
            self._name("_xlnm.Print_Titles", place, f"'{title}'!$1:$2")
        self._open_on(place if wanted else self._shown(place), place, set(earlier))

    def _earlier(self) -> dict[str, str]:
        """Our own sheet of an earlier report: its title and part; a user's `Report` is not ours."""
        row, column = at(SIGNATURE_CELL)
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
        package.declare(name, SHEET_TYPE)
        identity = package.relate(part.name, "worksheet", name)
        sheets = part.child(part.root(), "sheets")
        if sheets is None:
            raise Refused("it lists no sheets")
        number = max((int(one.get("sheetId", "0")) for one, _ in self.listed), default=0) + 1
        p = part.prefix().decode()
        entry = f'<{p}sheet name="{attribute(title)}" sheetId="{number}" '
        part.append(sheets, (entry + f'xmlns:r="{TRANSITIONAL}" r:id="{identity}"/>').encode())

    def _name(self, name: str, place: int, refers_to: str) -> None:
        """Give a range of a sheet, by its place, a name."""
        p, root = self.part.prefix().decode(), self.part.root()
        entry = f'<{p}definedName name="{name}" localSheetId="{place}">'.encode()
        entry += written(refers_to) + f"</{p}definedName>".encode()
        names = self.part.child(root, "definedNames")
        if names is not None:
            self.part.append(names, entry)
            return
        before = last_before(self.part.children(root), ORDER, "definedNames")
        whole = f"<{p}definedNames>".encode() + entry + f"</{p}definedNames>".encode()
        self.part.insert(before.end if before else root.inner, whole)

    def widen_filter(self, title: str, old: str, new: str) -> None:
        """A filter's hidden name says where it stands, too."""
        names = self.part.child(self.part.root(), "definedNames")
        for one in self.part.children(names) if names else ():
            mine = one.get("localSheetId") == str(self.titles.index(title))
            if mine and one.get("name") == "_xlnm._FilterDatabase":
                said = self.part.text(one)
                sheet, _, area = said.rpartition("!")
                if area.replace("$", "") == old:
                    self.part.replace(one.inner, one.close, written(f"{sheet}!{_fixed(new)}"))

    def _view(self) -> Element | None:
        views = self.part.child(self.part.root(), "bookViews")
        return self.part.child(views, "workbookView") if views else None

    def _shown(self, report: int) -> int:
        """The sheet that the workbook opens on; another visible one where that was our report."""
        view = self._view()
        active = int(view.get("activeTab", "0")) if view else 0
        visible = [
            place
            for place, (entry, _) in enumerate(self.listed)
            if entry.get("state", "visible") == "visible" and place != report
        ]
        return active if active in visible else next(iter(visible), 0)

    def _open_on(self, place: int, report: int, ours: set[str]) -> None:
        """Make a sheet the one shown, and the only one selected."""
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
                part = self.package.frame if self._is_worksheet(name) else self.package.part
                _select(part(name), selected=number == place)


def _fixed(area: str) -> str:
    """`A1:C9` -> `$A$1:$C$9`."""
    return re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", area)


def _select(part: Part, *, selected: bool) -> None:
    """Whether a sheet belongs to those selected."""
    views = part.child(part.root(), "sheetViews")
    for view in part.children(views) if views else ():
        was = view.get("tabSelected", "0") in ("1", "true")
        if view.name == "sheetView" and was != selected:
            if selected:
                part.set(view, "tabSelected", 1)
            else:
                part.drop(view, "tabSelected")
