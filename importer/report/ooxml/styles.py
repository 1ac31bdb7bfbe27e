"""The styles part of a workbook, extended with the styles of our own cells.

Styles are added at the end of their lists, unless they are there already: the style numbers of the
user's cells never change.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.markup import Element, Part, last_before
from importer.report.styles import BLACK, CellStyle

ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip
"""ECMA-376 part 1, 18.8.39: the order of a stylesheet's lists."""

_WRAPS = re.compile(rb"""\swrapText\s*=\s*["'](?:1|true)["']""")

THOUSANDS = 3
"""The built-in number format `#,##0`."""


class StyleTable(Struct):
    """The numbers of our styles in the workbook; `save` adds new styles to the part."""

    part: Part
    _lists: dict[str, tuple[Element, list[bytes]]] = field(default_factory=dict)
    _new: dict[str, list[bytes]] = field(default_factory=dict)
    _known: dict[CellStyle, int] = field(default_factory=dict)
    _colours: dict[str, int] = field(default_factory=dict)
    _wrapping: frozenset[int] | None = None

    def number(self, style: CellStyle) -> int:
        """Return the number of a cell style."""
        if style not in self._known:
            self._known[style] = self._add("cellXfs", self._format(style))
        return self._known[style]

    def colour(self, argb: str) -> int:
        """Return the number of the differential style that fills a cell with a light colour.

        It makes the text black, since that of many headings is white.
        """
        if argb not in self._colours:
            self._colours[argb] = self._add("dxfs", self._coloured(argb))
        return self._colours[argb]

    def _coloured(self, argb: str) -> str:
        p = self._p
        font = f'<{p}font><{p}color rgb="{BLACK}"/></{p}font>'
        fill = f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{argb}"/>'
        fill += f'<{p}bgColor rgb="{argb}"/></{p}patternFill></{p}fill>'
        return f"<{p}dxf>{font}{fill}</{p}dxf>"

    def wraps(self, number: int) -> bool:
        """Return whether a cell style of the user wraps a text."""
        if self._wrapping is None:
            styles = enumerate(self._old("cellXfs"))
            self._wrapping = frozenset(number for number, xml in styles if _WRAPS.search(xml))
        return number in self._wrapping

    def format(self, number: int) -> bytes:
        """Return the `xf` of a cell style. Raises PatchRefused where there is none."""
        formats = self._old("cellXfs")
        if number >= len(formats):
            raise PatchRefused(f"a cell has the style {number}, which it does not have")
        return formats[number]

    def count(self) -> int:
        """Return how many cell styles the workbook had."""
        return len(self._old("cellXfs"))

    def add_format(self, xml: bytes) -> int:
        """Return the number of the cell style with that `xf`, added unless it is there."""
        return self._add("cellXfs", xml.decode())

    def number_formats(self) -> dict[str, str]:
        """Return the workbook's own number formats by their ids."""
        listed = self.part.child(self.part.root(), "numFmts")
        formats = self.part.children(listed) if listed else []
        return {each.get("numFmtId"): each.get("formatCode") for each in formats}

    def save(self) -> None:
        """Add the new styles at the end of their lists."""
        root = self.part.root()
        for name, new in self._new.items():
            if name in self._lists:
                element, old = self._lists[name]
                self._count(element, len(old) + len(new), b"".join(new))
            else:
                p, count = self._p, len(new)
                whole = f'<{p}{name} count="{count}">'.encode() + b"".join(new)
                whole += f"</{p}{name}>".encode()
                before = last_before(self.part.children(root), ORDER, name)
                self.part.insert(before.end if before else root.inner, whole)

    def _count(self, element: Element, count: int, new: bytes) -> None:
        if element.empty:
            p = self._p
            name = element.name
            whole = f'<{p}{name} count="{count}">'.encode() + new + f"</{p}{name}>".encode()
            self.part.replace(element.start, element.end, whole)
        else:
            self.part.set(element, "count", count)
            self.part.append(element, new)

    @property
    def _p(self) -> str:
        return self.part.prefix().decode()

    def _add(self, name: str, text: str) -> int:
        """Return the index of an item in a list, adding it at the end unless it is there."""
        item = text.encode()
        old, new = self._old(name), self._new.setdefault(name, [])
        if item in old:
            return old.index(item)
        if item not in new:
            new.append(item)
        return len(old) + new.index(item)

    def _old(self, name: str) -> list[bytes]:
        if name not in self._lists:
            element = self.part.child(self.part.root(), name)
            if element is None:
                if name != "dxfs":
                    raise PatchRefused(f"its styles have no {name}")
                return []
            items = [self.part.data[each.start : each.end] for each in self.part.children(element)]
            self._lists[name] = element, items
        return self._lists[name][1]

    def _format(self, style: CellStyle) -> str:
        p = self._p
        fill = f' fillId="{self._fill(style.fill)}" applyFill="1"' if style.fill else ' fillId="0"'
        number = (
            f' numFmtId="{THOUSANDS}" applyNumberFormat="1"' if style.number else ' numFmtId="0"'
        )
        quoted = ' quotePrefix="1"' if style.quoted else ""
        side = ' horizontal="right"' if style.number else ""
        indent = ' indent="1"' if style.number else ""
        wrap = ' wrapText="1"' if style.wrap else ""
        return (
            f'<{p}xf{number} fontId="{self._font(style)}"{fill} borderId="0" xfId="0"{quoted} '
            f'applyFont="1" applyAlignment="1">'
            f'<{p}alignment{side} vertical="top"{indent}{wrap}/></{p}xf>'
        )

    def _font(self, style: CellStyle) -> int:
        p = self._p
        bold = f"<{p}b/>" if style.bold else ""
        line = f"<{p}u/>" if style.underline else ""
        return self._add(
            "fonts",
            f'<{p}font>{bold}{line}<{p}sz val="{style.size}"/><{p}color rgb="{style.colour}"/>'
            f'<{p}name val="Calibri"/></{p}font>',
        )

    def _fill(self, argb: str) -> int:
        p = self._p
        return self._add(
            "fills",
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{argb}"/>'
            f'<{p}bgColor rgb="{argb}"/></{p}patternFill></{p}fill>',
        )
