"""Comments on cells: writes our own and removes those of earlier reports; the user's stay.

A comment has its text in the comments part, and a shape that a drawing of the sheet shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from importer.model import column_letter
from importer.report.ooxml.cells import address, string
from importer.report.ooxml.comment_shapes import CommentShapes
from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.markup import Element, Part, last_before, xml_text
from importer.report.ooxml.package import MAIN
from importer.report.ooxml.sheet import Sheet
from importer.report.ooxml.strings import plain

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
AUTHOR = "importer"
COMMENT_HEAD = "[importer report]"
"""The first line of our text on a cell."""

At = tuple[int, int]
"""Row and column of a cell."""


def write_comments(sheet: Sheet, texts: Mapping[At, str]) -> None:
    """Remove the text of earlier reports and add `texts`, behind any text of the user.

    A cell with a threaded comment is left alone: its comment is a copy of that conversation.
    """
    threads = _threads(sheet)
    texts = {place: text for place, text in sorted(texts.items()) if place not in threads}
    names = sheet.related("comments")
    if names:
        Comments(sheet, sheet.package.part(names[0])).write(texts)
    elif texts:
        _add_part(sheet, texts)


def _threads(sheet: Sheet) -> set[At]:
    parts = map(sheet.package.part, sheet.related("threadedComment"))
    return {address(each.get("ref")) for part in parts for each in part.children(part.root())}


def _add_part(sheet: Sheet, texts: Mapping[At, str]) -> None:
    """Add a comments part to a sheet that has none."""
    package, name = sheet.package, sheet.package.free_name("xl/comments{}.xml")
    comments = b"".join(_comment("", place, text, 0) for place, text in texts.items())
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}">'
    authors = f"<authors><author>{AUTHOR}</author></authors><commentList>"
    package.added[name] = (head + authors).encode() + comments + b"</commentList></comments>"
    package.types.declare(name, COMMENTS_TYPE)
    package.relate(sheet.part.name, "comments", name)
    CommentShapes(sheet).put(texts)


@dataclass(slots=True)
class Comments:
    """The comments of a sheet."""

    sheet: Sheet
    part: Part
    listed: Element = field(init=False)
    authors: Element = field(init=False)
    known: dict[At, Element] = field(init=False)

    def __post_init__(self) -> None:
        listed, authors = (
            self.part.child(self.part.root(), name) for name in ("commentList", "authors")
        )
        if listed is None or authors is None:
            raise PatchRefused(f"the comments of the sheet {self.sheet.title} have no authors")
        self.listed, self.authors = listed, authors
        self.known = {address(each.get("ref")): each for each in self.part.children(listed)}

    def write(self, texts: Mapping[At, str]) -> None:
        """Keep the user's text and put ours behind it."""
        removed = {place for place, comment in self.known.items() if self._is_ours(comment)}
        new = {
            place: t for place, t in texts.items() if place in removed or place not in self.known
        }
        if removed and len(removed) == len(self.known) and not new:
            self.sheet.package.drop(self.sheet.part.name, self.part.name)
        else:
            self._rewrite(removed, texts)
            self._add(new)
        shapes = CommentShapes(self.sheet)
        if new and shapes.drawing is None:
            raise PatchRefused(f"the comments of the sheet {self.sheet.title} have no shapes")
        shapes.put(new, removed)

    def _rewrite(self, removed: set[At], texts: Mapping[At, str]) -> None:
        for place, comment in self.known.items():
            if place in removed:
                self.part.replace(comment.start, comment.end, b"")
            elif element := self.part.child(comment, "text"):
                self._cut(element)
                if place in texts:
                    self._extend(element, f"\n{texts[place]}")

    def _is_ours(self, comment: Element) -> bool:
        """Return whether all text of a comment is ours."""
        element = self.part.child(comment, "text")
        runs = self.part.children(element) if element else []
        return bool(runs) and all(map(self._is_our_run, runs))

    def _is_our_run(self, run: Element) -> bool:
        text = run.name in ("r", "t") and plain(self.part.data[run.start : run.end])
        return bool(text) and str(text).lstrip("\n").startswith(COMMENT_HEAD)

    def _cut(self, element: Element) -> None:
        """Remove our runs, and our text from a run in which a program merged theirs and ours."""
        for run in self.part.children(element):
            if self._is_our_run(run):
                self.part.replace(run.start, run.end, b"")
            elif (held := run if run.name == "t" else self.part.child(run, "t")) is not None:
                text = plain(self.part.data[held.start : held.end])
                theirs, mark, _ = text.partition(f"\n{COMMENT_HEAD}")
                if mark:
                    self.part.replace(held.inner, held.close, xml_text(theirs))

    def _extend(self, element: Element, text: str) -> None:
        """Add a run of ours at the end; the user's bare `t` becomes a run, as runs require."""
        p = self.part.prefix().decode()
        kept = [run for run in self.part.children(element) if not self._is_our_run(run)]
        for run in kept:
            if run.name == "t":
                self.part.insert(run.start, f"<{p}r>".encode())
                self.part.insert(run.end, f"</{p}r>".encode())
        before = last_before(kept, ("t", "r", "rPh", "phoneticPr"), "r")
        self.part.insert(before.end if before else element.inner, _run(p, text))

    def _add(self, texts: Mapping[At, str]) -> None:
        if not texts:
            return
        part, p = self.part, self.part.prefix().decode()
        known = [part.text(author) for author in part.children(self.authors)]
        if AUTHOR not in known:
            part.append(self.authors, f"<{p}author>{AUTHOR}</{p}author>".encode())
        author = known.index(AUTHOR) if AUTHOR in known else len(known)
        comments = (_comment(p, place, text, author) for place, text in texts.items())
        part.append(self.listed, b"".join(comments))


def _comment(p: str, place: At, text: str, author: int) -> bytes:
    ref = f"{column_letter(place[1])}{place[0]}"
    head = f'<{p}comment ref="{ref}" authorId="{author}"><{p}text>'.encode()
    return head + _run(p, text) + f"</{p}text></{p}comment>".encode()


def _run(p: str, text: str) -> bytes:
    return f"<{p}r>".encode() + string(p, text) + f"</{p}r>".encode()
