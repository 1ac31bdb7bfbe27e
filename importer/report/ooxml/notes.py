"""A sheet and words for its cells in, notes on those cells out; what the user wrote stays.

A note has its words in the comments part and its box in a drawing that is often no well-formed
XML (VML): that is only ever spliced as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from importer.model import column_letter
from importer.report.marks import AUTHOR, LINE_HEIGHT, NOTE_HEAD, NOTE_WIDTH
from importer.report.ooxml.cells import at, string
from importer.report.ooxml.markup import Element, Part, last_before, written
from importer.report.ooxml.package import MAIN, TRANSITIONAL
from importer.report.ooxml.refused import Refused
from importer.report.ooxml.sheet import Sheet
from importer.report.ooxml.strings import plain

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
A_BLOCK = 1024
"""Shape ids come in blocks of so many, which a drawing's idmap names."""

_SHAPE_ID = re.compile(rb"_x0000_s(\d+)")
_IDMAP = re.compile(rb"""<[\w.-]+:idmap\b[^>]*\bdata=["']([^"']*)["']""")
_SHAPE = re.compile(rb"<([\w.-]+):shape\b.*?</\1:shape>", re.DOTALL)
_WHERE = re.compile(rb"<[\w.-]+:(Row|Column)>\s*(\d+)\s*</")
VML = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
"""What our prefixes mean in a drawing."""

BOX_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


@dataclass(slots=True)
class Notes:
    """The notes of one sheet."""

    sheet: Sheet
    comments: Part | None = None
    drawing: Part | None = None
    _threaded: set[tuple[int, int]] = field(default_factory=set)
    _gone: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        package = self.sheet.package
        names = self.sheet.related("comments")
        self.comments = package.part(names[0]) if names else None
        if legacy := self.sheet.child("legacyDrawing"):
            known = {one.id: one.target for one in self.sheet.relations}
            target = known.get(legacy.get("id"), "")
            self.drawing = package.part(target) if package.has(target) else None
        if self.comments and not self.drawing:
            raise Refused(f"the notes of the sheet {self.sheet.title} have no boxes")
        for name in self.sheet.related("threadedComment"):
            part = package.part(name)
            self._threaded |= {at(one.get("ref")) for one in part.children(part.root())}

    def clear(self) -> None:
        """Take away what earlier reports have said."""
        for place, element in self._known().items():
            runs = self._ours(element)
            text = self._text(element)
            if text is None or self.comments is None:
                continue
            self._cut(text)
            if not runs:
                continue
            if len(runs) == len(self.comments.children(text)):
                self.comments.replace(element.start, element.end, b"")
                self._gone.add(place)
            else:
                for run in runs:
                    self.comments.replace(run.start, run.end, b"")
        self._remove_boxes()

    def _cut(self, text: Element) -> None:
        """Take our words off the end of a run that a program has made of theirs and ours."""
        part = self.comments
        for run in part.children(text) if part else ():
            held = run if run.name == "t" else part.child(run, "t") if part else None
            if part is None or held is None:
                continue
            said = plain(part.data[held.start : held.end])
            theirs, mark, _ = said.partition(f"\n{NOTE_HEAD}")
            if mark and theirs:
                part.replace(held.inner, held.close, written(theirs))

    def write(self, words: Mapping[tuple[int, int], str]) -> None:
        """Put words on cells, after those that stand there."""
        words = {place: text for place, text in words.items() if place not in self._threaded}
        if not words:
            return
        known = {place: e for place, e in self._known().items() if place not in self._gone}
        fresh = {place: text for place, text in sorted(words.items()) if place not in known}
        for place, element in known.items():
            if place in words:
                self._extend(element, f"\n{words[place]}")
        if fresh:
            self._add(fresh)

    def _known(self) -> dict[tuple[int, int], Element]:
        found = self._list()
        parts = self.comments.children(found) if self.comments and found else []
        return {at(one.get("ref")): one for one in parts}

    def _list(self) -> Element | None:
        return self.comments.child(self.comments.root(), "commentList") if self.comments else None

    def _text(self, element: Element) -> Element | None:
        return self.comments.child(element, "text") if self.comments else None

    def _ours(self, element: Element) -> list[Element]:
        """The runs of a note that a report has put there."""
        text = self._text(element)
        if self.comments is None or text is None:
            return []
        runs = (one for one in self.comments.children(text) if one.name in ("r", "t"))
        held = ((run, self.comments.data[run.start : run.end]) for run in runs)
        return [run for run, xml in held if plain(xml).lstrip("\n").startswith(NOTE_HEAD)]

    def _extend(self, element: Element, words: str) -> None:
        """Put a run of ours at the end of a note; a bare text becomes a run, as runs need."""
        part, text = self.comments, self._text(element)
        if part is None or text is None:
            return
        p = part.prefix().decode()
        stays = [one for one in part.children(text) if one not in self._ours(element)]
        for one in stays:
            if one.name == "t":
                part.insert(one.start, f"<{p}r>".encode())
                part.insert(one.end, f"</{p}r>".encode())
        part.insert(_after_runs(text, stays), self._run(p, words))

    @staticmethod
    def _run(p: str, words: str) -> bytes:
        return f"<{p}r>".encode() + string(p, words) + f"</{p}r>".encode()

    def _add(self, words: Mapping[tuple[int, int], str]) -> None:
        package, sheet = self.sheet.package, self.sheet
        if self.comments is None:
            name = package.free_name("xl/comments{}.xml")
            package.added[name] = self._whole(words)
            package.declare(name, COMMENTS_TYPE)
            package.relate(sheet.part.name, "comments", name)
        else:
            self._add_to(self.comments, words)
        if self.drawing is None:
            self._draw(words)
        else:
            self._draw_into(self.drawing, words)

    def _whole(self, words: Mapping[tuple[int, int], str]) -> bytes:
        notes = b"".join(self._note("", place, text, 0) for place, text in words.items())
        head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}">'
        authors = f"<authors><author>{AUTHOR}</author></authors><commentList>"
        return (head + authors).encode() + notes + b"</commentList></comments>"

    def _note(self, p: str, place: tuple[int, int], words: str, author: int) -> bytes:
        ref = f"{column_letter(place[1])}{place[0]}"
        head = f'<{p}comment ref="{ref}" authorId="{author}"><{p}text>'.encode()
        return head + self._run(p, words) + f"</{p}text></{p}comment>".encode()

    def _add_to(self, part: Part, words: Mapping[tuple[int, int], str]) -> None:
        p, listed = part.prefix().decode(), self._list()
        authors = part.child(part.root(), "authors")
        if listed is None or authors is None:
            raise Refused(f"the notes of the sheet {self.sheet.title} have no authors")
        known = [part.text(one) for one in part.children(authors)]
        if AUTHOR not in known:
            part.append(authors, f"<{p}author>{AUTHOR}</{p}author>".encode())
        author = known.index(AUTHOR) if AUTHOR in known else len(known)
        notes = (self._note(p, place, text, author) for place, text in words.items())
        part.append(listed, b"".join(notes))

    # --- boxes -----------------------------------------------------------------------------------

    def _remove_boxes(self) -> None:
        for match in _SHAPE.finditer(self.drawing.data if self.drawing and self._gone else b""):
            where = dict(_WHERE.findall(match[0]))
            place = int(where.get(b"Row", b"-2")) + 1, int(where.get(b"Column", b"-2")) + 1
            if place in self._gone and b'ObjectType="Note"' in match[0] and self.drawing:
                self.drawing.replace(match.start(), match.end(), b"")

    def _draw(self, words: Mapping[tuple[int, int], str]) -> None:
        """A drawing of its own for the sheet."""
        package, sheet = self.sheet.package, self.sheet
        blocks, boxes = self._boxes(words)
        head = (
            f'<xml xmlns:v="{VML["v"]}" xmlns:o="{VML["o"]}" xmlns:x="{VML["x"]}">'
            '<o:shapelayout v:ext="edit">'
            f'<o:idmap v:ext="edit" data="{",".join(map(str, blocks))}"/></o:shapelayout>'
        )
        name = package.free_name("xl/drawings/vmlDrawing{}.vml")
        package.added[name] = (head + BOX_TYPE + boxes + "</xml>").encode()
        package.declare_ending("vml", VML_TYPE)
        identity = package.relate(sheet.part.name, "vmlDrawing", name)
        element = f'<{sheet.p}legacyDrawing xmlns:r="{TRANSITIONAL}" r:id="{identity}"/>'
        sheet.insert("legacyDrawing", element.encode())

    def _draw_into(self, part: Part, words: Mapping[tuple[int, int], str]) -> None:
        end = part.data.rfind(b"</xml>")
        blocks, boxes = self._boxes(words)
        kind = "" if b'id="_x0000_t202"' in part.data else BOX_TYPE
        idmap = _IDMAP.search(part.data)
        if end < 0:
            raise Refused(f"the notes of the sheet {self.sheet.title} are drawn in a strange way")
        if idmap:
            part.insert(idmap.end(1), ("," + ",".join(map(str, blocks))).encode())
        part.insert(end, _named(kind + boxes, part.data).encode())

    def _boxes(self, words: Mapping[tuple[int, int], str]) -> tuple[list[int], str]:
        """The blocks of shape ids that are taken, and the boxes."""
        first = self._last_block() + 1
        count = (len(words) + A_BLOCK - 2) // (A_BLOCK - 1)
        boxes = []
        for number, ((row, column), text) in enumerate(words.items()):
            block, place = divmod(number, A_BLOCK - 1)
            shape = (first + block) * A_BLOCK + place + 1
            boxes.append(_box(shape, row, column, text))
        return list(range(first, first + count)), "".join(boxes)

    def _last_block(self) -> int:
        """The highest block of shape ids that any drawing of the workbook uses."""
        package, last = self.sheet.package, 0
        for name in package.names():
            if name.lower().endswith(".vml") and package.has(name):
                data = package.added.get(name) or package.part(name).data
                ids = [int(found) // A_BLOCK for found in _SHAPE_ID.findall(data)]
                blocks = [int(b) for m in _IDMAP.findall(data) for b in m.split(b",") if b.strip()]
                pending = package.parts[name].edits if name in package.parts else []
                new = [int(b) // A_BLOCK for _, _, by in pending for b in _SHAPE_ID.findall(by)]
                last = max([last, *ids, *blocks, *new])
        return last


def _named(boxes: str, drawing: bytes) -> str:
    """Boxes that say what their prefixes mean, where the drawing does not."""
    missing = "".join(f' xmlns:{p}="{uri}"' for p, uri in VML.items() if _uri_of(drawing, p) != uri)
    return re.sub(r"<(v:shape(?:type)?)(?= )", rf"<\1{missing}", boxes) if missing else boxes


def _uri_of(drawing: bytes, prefix: str) -> str:
    """What a prefix means in a drawing, blank where it means nothing."""
    found = re.search(rb"""xmlns:""" + prefix.encode() + rb"""=["']([^"']*)""", drawing)
    return found[1].decode() if found else ""


def _after_runs(text: Element, stays: list[Element]) -> int:
    """Where a run may stand: after the runs, before what tells how a text sounds."""
    order = ("t", "r", "rPh", "phoneticPr")
    before = last_before(stays, order, "r")
    return before.end if before else text.inner


def _box(shape: int, row: int, column: int, text: str) -> str:
    lines = sum(1 + len(line) // 45 for line in text.split("\n"))
    height = LINE_HEIGHT * (lines + 1)
    return (
        f'<v:shape id="_x0000_s{shape}" type="#_x0000_t202" style="position:absolute;'
        f"margin-left:80pt;margin-top:2pt;width:{NOTE_WIDTH * 0.75:g}pt;height:{height * 0.75:g}pt;"
        'z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{column}, 15, {row - 1}, 2, {column + 5}, 15, {row + lines}, 5</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row>"
        f"<x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )
