"""A sheet and words for its cells in, notes on those cells out; what the user wrote stays.

A note has its words in the comments part, and a box that a drawing of the sheet shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from importer.model import column_letter
from importer.report.ooxml.cells import at, string
from importer.report.ooxml.comment_shapes import Boxes
from importer.report.ooxml.errors import Refused
from importer.report.ooxml.markup import Element, Part, last_before, written
from importer.report.ooxml.package import MAIN
from importer.report.ooxml.sheet import Sheet
from importer.report.ooxml.strings import plain

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
AUTHOR = "importer"
NOTE_HEAD = "[importer report]"
"""What our words on a cell begin with."""

At = tuple[int, int]
"""Row and column of a cell."""


def write_notes(sheet: Sheet, words: Mapping[At, str]) -> None:
    """Take away what earlier reports have said, and put words on cells, after those of the user.

    A cell with a threaded comment is left alone: its note mirrors what people said to each other.
    """
    threads = _threads(sheet)
    words = {place: text for place, text in sorted(words.items()) if place not in threads}
    names = sheet.related("comments")
    if names:
        Notes(sheet, sheet.package.part(names[0])).write(words)
    elif words:
        _add_part(sheet, words)


def _threads(sheet: Sheet) -> set[At]:
    parts = map(sheet.package.part, sheet.related("threadedComment"))
    return {at(one.get("ref")) for part in parts for one in part.children(part.root())}


def _add_part(sheet: Sheet, words: Mapping[At, str]) -> None:
    """A comments part for a sheet that has none."""
    package, name = sheet.package, sheet.package.free_name("xl/comments{}.xml")
    notes = b"".join(_note("", place, text, 0) for place, text in words.items())
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}">'
    authors = f"<authors><author>{AUTHOR}</author></authors><commentList>"
    package.added[name] = (head + authors).encode() + notes + b"</commentList></comments>"
    package.declare(name, COMMENTS_TYPE)
    package.relate(sheet.part.name, "comments", name)
    Boxes(sheet).put(words)


@dataclass(slots=True)
class Notes:
    """The notes of one sheet."""

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
            raise Refused(f"the notes of the sheet {self.sheet.title} have no authors")
        self.listed, self.authors = listed, authors
        self.known = {at(one.get("ref")): one for one in self.part.children(listed)}

    def write(self, words: Mapping[At, str]) -> None:
        """Leave the user's words, and ours of now behind them."""
        gone = {place for place, note in self.known.items() if self._is_ours(note)}
        fresh = {place: w for place, w in words.items() if place in gone or place not in self.known}
        if gone and len(gone) == len(self.known) and not fresh:
            self.sheet.package.drop(self.sheet.part.name, self.part.name)
        else:
            self._rewrite(gone, words)
            self._add(fresh)
        boxes = Boxes(self.sheet)
        if fresh and boxes.drawing is None:
            raise Refused(f"the notes of the sheet {self.sheet.title} have no boxes")
        boxes.put(fresh, gone)

    def _rewrite(self, gone: set[At], words: Mapping[At, str]) -> None:
        for place, note in self.known.items():
            if place in gone:
                self.part.replace(note.start, note.end, b"")
            elif text := self._text(note):
                self._cut(text)
                if place in words:
                    self._extend(text, f"\n{words[place]}")

    def _text(self, note: Element) -> Element | None:
        return self.part.child(note, "text")

    def _is_ours(self, note: Element) -> bool:
        """Whether nobody but a report has said anything in a note."""
        text = self._text(note)
        runs = self.part.children(text) if text else []
        return bool(runs) and all(map(self._says_ours, runs))

    def _says_ours(self, run: Element) -> bool:
        held = run.name in ("r", "t") and plain(self.part.data[run.start : run.end])
        return bool(held) and str(held).lstrip("\n").startswith(NOTE_HEAD)

    def _cut(self, text: Element) -> None:
        """Take our runs away, and our words off a run that a program made of theirs and ours."""
        for run in self.part.children(text):
            if self._says_ours(run):
                self.part.replace(run.start, run.end, b"")
                continue
            for held in self._texts(run):
                said = plain(self.part.data[held.start : held.end])
                theirs, mark, _ = said.partition(f"\n{NOTE_HEAD}")
                if mark:
                    self.part.replace(held.inner, held.close, written(theirs))

    def _texts(self, run: Element) -> Iterator[Element]:
        held = run if run.name == "t" else self.part.child(run, "t")
        if held:
            yield held

    def _extend(self, text: Element, words: str) -> None:
        """Put a run of ours at the end of a note; a bare text becomes a run, as runs need."""
        p = self.part.prefix().decode()
        stays = [run for run in self.part.children(text) if not self._says_ours(run)]
        for one in stays:
            if one.name == "t":
                self.part.insert(one.start, f"<{p}r>".encode())
                self.part.insert(one.end, f"</{p}r>".encode())
        self.part.insert(_after_runs(text, stays), _run(p, words))

    def _add(self, words: Mapping[At, str]) -> None:
        if not words:
            return
        part, p = self.part, self.part.prefix().decode()
        known = [part.text(one) for one in part.children(self.authors)]
        if AUTHOR not in known:
            part.append(self.authors, f"<{p}author>{AUTHOR}</{p}author>".encode())
        author = known.index(AUTHOR) if AUTHOR in known else len(known)
        notes = (_note(p, place, text, author) for place, text in words.items())
        part.append(self.listed, b"".join(notes))


def _after_runs(text: Element, stays: list[Element]) -> int:
    """Where a run may stand: after the runs, before what tells how a text sounds."""
    before = last_before(stays, ("t", "r", "rPh", "phoneticPr"), "r")
    return before.end if before else text.inner


def _note(p: str, place: At, words: str, author: int) -> bytes:
    ref = f"{column_letter(place[1])}{place[0]}"
    head = f'<{p}comment ref="{ref}" authorId="{author}"><{p}text>'.encode()
    return head + _run(p, words) + f"</{p}text></{p}comment>".encode()


def _run(p: str, words: str) -> bytes:
    return f"<{p}r>".encode() + string(p, words) + f"</{p}r>".encode()
