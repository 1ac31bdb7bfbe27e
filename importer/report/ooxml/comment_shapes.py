"""The drawing (VML) with the shapes in which a sheet's comments are shown.

Such a drawing is often not well-formed XML, so it is only ever spliced as text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.markup import Element, Part
from importer.report.ooxml.package import TRANSITIONAL
from importer.report.ooxml.shape_blocks import BLOCK_SIZE, IDMAP, numbers, used_blocks
from importer.report.ooxml.sheet import Sheet

VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
SHAPE_WIDTH, LINE_HEIGHT = 320, 18
"""Of a comment's shape, in pixels."""

_SHAPE = re.compile(rb"<([\w.-]+):shape\b.*?</\1:shape>", re.DOTALL)
_ANCHOR = re.compile(rb"<[\w.-]+:(Row|Column)>\s*(\d+)\s*</")
VML = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
"""The namespaces of our prefixes in a drawing."""

SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
Texts = Mapping[tuple[int, int], str]
"""The texts of comments by row and column of their cells."""


@dataclass(slots=True)
class CommentShapes:
    """The shapes of a sheet's comments; `drawing` is None where it has none."""

    sheet: Sheet
    drawing: Part | None = None
    _legacy: Element | None = field(init=False)

    def __post_init__(self) -> None:
        self._legacy = self.sheet.child("legacyDrawing")
        targets = {relation.id: relation.target for relation in self.sheet.relations}
        target = targets.get(self._legacy.get("id"), "") if self._legacy else ""
        if self.sheet.package.has(target):
            self.drawing = self.sheet.package.part(target)

    def put(self, texts: Texts, removed: Collection[tuple[int, int]] = ()) -> None:
        """Remove the shapes of the cells `removed` and add one for each text."""
        part = self.drawing
        shapes = _SHAPE.finditer(part.data) if part and removed else ()
        old = [match for match in shapes if _is_of(match[0], removed)]
        if not old and not texts:
            return
        if part is None:
            self._add_drawing(texts)
        elif not texts and b":ClientData" not in _without(part.data, old):
            self._drop(part)
        else:
            self._redraw(part, old, texts)

    def _drop(self, part: Part) -> None:
        self.sheet.package.drop(self.sheet.part.name, part.name)
        if self._legacy:
            self.sheet.part.replace(self._legacy.start, self._legacy.end, b"")

    def _add_drawing(self, texts: Texts) -> None:
        package, sheet = self.sheet.package, self.sheet
        blocks = self._blocks(texts, [])
        head = (
            f'<xml xmlns:v="{VML["v"]}" xmlns:o="{VML["o"]}" xmlns:x="{VML["x"]}">'
            '<o:shapelayout v:ext="edit">'
            f'<o:idmap v:ext="edit" data="{_listed(blocks)}"/></o:shapelayout>'
        )
        name = package.free_name("xl/drawings/vmlDrawing{}.vml")
        package.added[name] = (head + SHAPE_TYPE + self._shapes(texts, blocks) + "</xml>").encode()
        package.types.declare_ending("vml", VML_TYPE)
        identity = package.relate(sheet.part.name, "vmlDrawing", name)
        element = f'<{sheet.p}legacyDrawing xmlns:r="{TRANSITIONAL}" r:id="{identity}"/>'
        sheet.insert("legacyDrawing", element.encode())

    def _redraw(self, part: Part, old: list[re.Match[bytes]], texts: Texts) -> None:
        for match in old:
            part.replace(match.start(), match.end(), b"")
        free = _freed(part.data, old)
        blocks = self._blocks(texts, free)
        idmap = IDMAP.search(part.data)
        if idmap:
            kept = [b for b in numbers(idmap[1]) if b not in free or b in blocks]
            listed = _listed([*kept, *(b for b in blocks if b not in kept)])
            if listed.encode() != idmap[1]:
                part.replace(idmap.start(1), idmap.end(1), listed.encode())
        if not texts:
            return
        end = part.data.rfind(b"</xml>")
        if end < 0:
            title = self.sheet.title
            raise PatchRefused(f"the comments of the sheet {title} are drawn in a strange way")
        type_ = "" if b'id="_x0000_t202"' in part.data else SHAPE_TYPE
        part.insert(end, _declared(type_ + self._shapes(texts, blocks), part.data).encode())

    def _blocks(self, texts: Texts, free: list[int]) -> list[int]:
        """Return blocks of shape ids for so many shapes."""
        return self.sheet.blocks.take(-(-len(texts) // (BLOCK_SIZE - 1)), free)

    def _shapes(self, texts: Texts, blocks: list[int]) -> str:
        ids = (b * BLOCK_SIZE + place for b in blocks for place in range(1, BLOCK_SIZE))
        edge = self.sheet.shown_to()
        numbered = zip(texts, ids, strict=False)
        return "".join(_shape(shape, *at, texts[at], edge) for at, shape in numbered)


def _is_of(shape: bytes, places: Collection[tuple[int, int]]) -> bool:
    """Return whether a shape is that of a comment on any of the cells."""
    anchor = dict(_ANCHOR.findall(shape))
    place = int(anchor.get(b"Row", b"-2")) + 1, int(anchor.get(b"Column", b"-2")) + 1
    return place in places and b'ObjectType="Note"' in shape


def _freed(drawing: bytes, old: Iterable[re.Match[bytes]]) -> list[int]:
    """Return the blocks of shape ids that are unused without the shapes `old`."""
    used = {block for match in old for block in used_blocks(match[0])}
    return sorted(used - used_blocks(_without(drawing, old)))


def _without(drawing: bytes, old: Iterable[re.Match[bytes]]) -> bytes:
    kept, at = [], 0
    for match in old:
        kept.append(drawing[at : match.start()])
        at = match.end()
    return b"".join([*kept, drawing[at:]])


def _listed(blocks: Iterable[int]) -> str:
    return ",".join(map(str, blocks))


def _declared(shapes: str, drawing: bytes) -> str:
    """Return the shapes with declarations of the prefixes that the drawing does not declare."""
    missing = "".join(f' xmlns:{p}="{uri}"' for p, uri in VML.items() if _uri_of(drawing, p) != uri)
    return re.sub(r"<(v:shape(?:type)?)(?= )", rf"<\1{missing}", shapes) if missing else shapes


def _uri_of(drawing: bytes, prefix: str) -> str:
    """Return the namespace of a prefix in a drawing, "" where it is not declared."""
    found = re.search(rb"""xmlns:""" + prefix.encode() + rb"""=["']([^"']*)""", drawing)
    return found[1].decode() if found else ""


def _shape(shape: int, row: int, column: int, text: str, edge: int) -> str:
    """Return the shape of a comment, which ends at the column `edge` or before.

    LibreOffice takes ten seconds to place shapes that reach into 16,000 hidden columns.
    """
    lines = sum(1 + len(line) // 45 for line in text.split("\n"))
    width, height = SHAPE_WIDTH * 0.75, LINE_HEIGHT * (lines + 1) * 0.75
    end = f"{column + 5}, 15" if column + 5 < edge else f"{edge}, 0"
    return (
        f'<v:shape id="_x0000_s{shape}" type="#_x0000_t202" style="position:absolute;'
        f"margin-left:80pt;margin-top:2pt;width:{width:g}pt;height:{height:g}pt;"
        'z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{min(column, edge - 1)}, 15, {row - 1}, 2, {end}, {row + lines}, 5</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row>"
        f"<x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )
